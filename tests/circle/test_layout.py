"""Where people stand: inside the disc, on their ring, in their sector, and where they stood yesterday."""

from __future__ import annotations

import itertools
import math
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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


WORDS = st.one_of(
    st.none(), st.sampled_from(("family", " Work", "合唱団", "a" * 20 + "1", "a" * 20 + "2")), st.text(max_size=4)
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from((*Ring, None)), WORDS), max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=20),
    st.randoms(use_true_random=False),
)
def test_any_circle_in_any_order_is_laid_out_the_same_and_everybody_in_their_wedge(
    people: list[tuple[Ring | None, str | None]], ties: list[tuple[int, int]], chance: random.Random
) -> None:
    bonds = [a_bond(f"P{n}", ring=ring, sector=sector) for n, (ring, sector) in enumerate(people)]
    known = tuple((f"p{a}", f"p{b}") for a, b in ties if a != b)
    layout = lay_out(a_circle(*bonds, ties=known))
    places = layout.by_alter()
    assert sorted(alter for wedge in layout.wedges for alter in wedge.members) == sorted(places)
    for wedge in layout.wedges:
        angles = sorted(places[alter].angle for alter in wedge.members)
        assert wedge.start < angles[0]
        assert angles[-1] < wedge.end
        assert all(after - one > 1e-3 for one, after in itertools.pairwise(angles))
    chance.shuffle(bonds)
    turned = a_circle(*bonds, ties=tuple(chance.sample(known, len(known))))
    assert _by_alter(lay_out(turned)) == _by_alter(layout)
    assert _by_alter(lay_out(turned, over=a_circle(*bonds, ties=known))) == _by_alter(layout)


def test_wedges_go_round_once_in_proportion_to_their_members() -> None:
    wedges = lay_out(crowd(120)).wedges
    assert wedges[0].start == pytest.approx(-math.pi / 2)
    assert wedges[-1].end == pytest.approx(1.5 * math.pi)
    for one, after in itertools.pairwise(wedges):
        assert one.end == after.start
    spans = [(wedge.end - wedge.start) / (len(wedge.members) + 1) for wedge in wedges]
    assert max(spans) <= min(spans) * 1.5


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


@pytest.mark.parametrize("count", [1, 5, 40, 150])
def test_whoever_moves_rings_moves_straight_in_or_out_and_nobody_else_turns(count: int) -> None:
    circle = crowd(count)
    angles = _angles(lay_out(circle))
    for index in range(0, count, 7):
        moved = replace(circle.bonds[index], ring=Ring.INNER)
        there = lay_out(replace(circle, bonds=(*circle.bonds[:index], moved, *circle.bonds[index + 1 :])))
        assert _angles(there) == angles
        assert there.by_alter()[moved.alter.id].ring == 0


def test_most_newcomers_find_a_seat_and_nearly_everybody_stays_where_they_were() -> None:
    shifts = [shift for count in (20, 40, 60, 80, 150) for seed in range(1, 9) for shift in _shifts(count, seed)]
    assert sum(shift < 0.5 for shift in shifts) / len(shifts) > 0.6
    assert sum(shift < 6.0 for shift in shifts) / len(shifts) > 0.85
    assert sum(shifts) / len(shifts) < 2.5


def test_a_layout_that_shifts_everybody_would_be_noticed() -> None:
    even = {f"a{n:03}": 360 * n / 40 for n in range(40)}
    now = {f"a{n:03}": 360 * n / 41 for n in range(41)}
    shifts = [abs(even[alter] - now[alter]) for alter in even]
    assert not sum(shift < 0.5 for shift in shifts) / len(shifts) > 0.6


def test_people_stay_apart_whatever_the_crowd() -> None:
    for count, least in ((5, 0.15), (40, 0.055), (150, 0.045), (300, 0.03), (1000, 0.008)):
        places = lay_out(crowd(count)).places
        gaps = [math.dist((a.x, a.y), (b.x, b.y)) for a, b in itertools.combinations(places, 2)]
        assert min(gaps) > least, count


def test_over_time_everybody_keeps_their_angle_and_sector() -> None:
    union = crowd(150)
    whole = lay_out(union)
    assert lay_out(union, over=union) == whole
    for day in range(0, 150, 11):
        some = tuple(
            replace(bond, ring=tuple(Ring)[(index + day) % 3], sector="elsewhere" if index == day else bond.sector)
            for index, bond in enumerate(union.bonds)
            if (index * 7 + day) % 5
        )
        layout = lay_out(replace(union, bonds=some), over=union)
        assert [place.alter for place in layout.places] == [bond.alter.id for bond in some]
        assert _angles(layout).items() <= _angles(whole).items()
        assert [place.ring for place in layout.places] == [tuple(Ring).index(bond.ring) for bond in some if bond.ring]
        arcs = {wedge.sector: (wedge.start, wedge.end) for wedge in whole.wedges}
        assert {wedge.sector: (wedge.start, wedge.end) for wedge in layout.wedges}.items() <= arcs.items()


def test_an_empty_sector_is_left_out_on_that_day() -> None:
    union = a_circle(a_bond("Bea", sector="work"), a_bond("Ana", sector="family"))
    layout = lay_out(a_circle(a_bond("Bea", sector="work")), over=union)
    assert [(wedge.sector, wedge.members) for wedge in layout.wedges] == [("work", ("bea",))]


def test_somebody_who_is_missing_in_the_union_is_taken_in() -> None:
    union = a_circle(a_bond("Bea"))
    assert {place.alter for place in lay_out(a_circle(a_bond("Bea"), a_bond("Ana")), over=union).places} == {
        "bea",
        "ana",
    }


def test_every_process_draws_the_same_map() -> None:
    program = "import sys; sys.path.insert(0, sys.argv[1]); from builders.circles import crowd; "
    program += "from kinship.circle import lay_out; print([(p.alter, p.angle, p.x) for p in lay_out(crowd(60)).places])"
    told = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {f"{[(place.alter, place.angle, place.x) for place in lay_out(crowd(60)).places]}\n"}


def _angles(layout: Layout) -> dict[str, float]:
    return {place.alter: place.angle for place in layout.places}


def _shifts(count: int, seed: int) -> list[float]:
    """Return by how many degrees each of `count` people moves round when one more comes."""
    before, after = _angles(lay_out(crowd(count, seed))), _angles(lay_out(crowd(count + 1, seed)))
    return [abs(math.degrees(before[alter] - after[alter])) for alter in before]


def _by_alter(layout: Layout) -> dict[str, tuple[float, float]]:
    return {place.alter: (place.x, place.y) for place in layout.places}


def _round(layout: Layout, ring: int, ids: list[str]) -> list[str]:
    places = [place for place in layout.places if place.ring == ring and place.alter in ids]
    return [place.alter for place in sorted(places, key=lambda place: place.angle)]


def _spread(layout: Layout, names: list[str]) -> float:
    places = layout.by_alter()
    spots = [places[name.casefold()] for name in names]
    return sum(math.dist((a.x, a.y), (b.x, b.y)) for a in spots for b in spots)
