"""Where people stand: inside the disc, on their ring, in their sector, and where they stood yesterday."""

from __future__ import annotations

import itertools
import math

import pytest
from msgspec.structs import replace

from builders.circles import a_bond, a_circle, crowd
from kinship.circle import RADII, Layout, lay_out
from kinship.journal.model import Circle, Ring


@pytest.mark.parametrize("count", [0, 1, 5, 40, 150])
def test_everybody_stands_once_inside_the_disc_and_in_their_wedge(count: int) -> None:
    circle = crowd(count)
    layout = lay_out(circle)
    assert [place.alter for place in layout.places] == [bond.alter.id for bond in circle.bonds]
    assert all(math.hypot(place.x, place.y) <= 1.000001 for place in layout.places)
    places = layout.by_alter()
    for wedge in layout.wedges:
        assert all(wedge.start < places[alter].angle < wedge.end for alter in wedge.members)


def test_the_rings_are_those_that_were_said_and_nobody_said_stands_at_the_edge() -> None:
    names = zip(("Bea", "Ana", "Ugo", "Lee"), (*Ring, None), strict=True)
    layout = lay_out(a_circle(*(a_bond(name, ring=ring) for name, ring in names)))
    assert [place.ring for place in layout.places] == [0, 1, 2, 2]
    assert [round(math.hypot(place.x, place.y), 6) for place in layout.places] == [*RADII, 1.0]


def test_the_same_circle_is_laid_out_the_same_in_whatever_order_it_comes() -> None:
    circle = crowd(60)
    turned = Circle(circle.as_of, circle.bonds[::-1], circle.ties[::-1])
    assert _by_alter(lay_out(circle)) == _by_alter(lay_out(turned))


def test_wedges_go_round_once_in_proportion_to_their_members() -> None:
    wedges = lay_out(crowd(120)).wedges
    assert wedges[0].start == pytest.approx(-math.pi / 2)
    assert wedges[-1].end == pytest.approx(1.5 * math.pi)
    for one, after in itertools.pairwise(wedges):
        assert one.end == after.start
    spans = {wedge.sector: (wedge.end - wedge.start) / (len(wedge.members) + 1) for wedge in wedges}
    assert max(spans.values()) == pytest.approx(min(spans.values()))


def test_sectors_keep_their_order_round_the_circle_and_one_spelling() -> None:
    people = (
        ("Bea", "work"),
        ("Ana", "choir"),
        ("Ugo", None),
        ("Lee", "Family"),
        ("Mei", "family "),
        ("Kai", "aikido"),
    )
    wedges = lay_out(a_circle(*(a_bond(name, sector=sector) for name, sector in people))).wedges
    assert [wedge.sector for wedge in wedges] == ["Family", "work", "aikido", "choir", ""]


def test_a_newcomer_who_knows_nobody_changes_no_order_and_moves_others_by_less_than_a_seat() -> None:
    before = crowd(40)
    new = a_bond("Nadia", ring=Ring.OUTER, sector="friends")
    after = replace(before, bonds=(*before.bonds, new))
    old, now = lay_out(before), lay_out(after)
    ids = [bond.alter.id for bond in before.bonds]
    for ring in range(3):
        assert _round(old, ring, ids) == _round(now, ring, ids)
    spans = {wedge.sector: wedge.end - wedge.start for wedge in old.wedges}
    were, are = old.by_alter(), now.by_alter()
    seat = max(spans.values()) / 2
    assert max(abs(were[alter].angle - are[alter].angle) for alter in ids) < seat


def test_people_who_know_each_other_stand_near_each_other() -> None:
    names = [f"P{index}" for index in range(12)]
    bonds = [a_bond(name, ring=Ring.OUTER) for name in names]
    left, right = names[:6], names[6:]
    ties = [(a.casefold(), b.casefold()) for half in (left, right) for a in half for b in half if a < b]
    known = _spread(lay_out(a_circle(*bonds, ties=tuple(ties))), left)
    assert known < _spread(lay_out(a_circle(*bonds)), left)


def test_nobody_moves_when_a_word_about_them_changes() -> None:
    circle = crowd(40)
    renamed = replace(circle.bonds[3], alter=replace(circle.bonds[3].alter, name="Other"), gives={"listening": 3})
    assert lay_out(replace(circle, bonds=(*circle.bonds[:3], renamed, *circle.bonds[4:]))) == lay_out(circle)


def _by_alter(layout: Layout) -> dict[str, tuple[float, float]]:
    return {place.alter: (place.x, place.y) for place in layout.places}


def _round(layout: Layout, ring: int, ids: list[str]) -> list[str]:
    places = [place for place in layout.places if place.ring == ring and place.alter in ids]
    return [place.alter for place in sorted(places, key=lambda place: place.angle)]


def _spread(layout: Layout, names: list[str]) -> float:
    places = layout.by_alter()
    spots = [places[name.casefold()] for name in names]
    return sum(math.dist((a.x, a.y), (b.x, b.y)) for a in spots for b in spots)
