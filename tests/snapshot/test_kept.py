"""A kept map: what is frozen comes back as it stood, and two of them can be compared."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from builders.circles import DAY, a_bond, a_circle, a_moment, crowd
from kinship.ground.errors import Damaged, Refused
from kinship.journal.model import Alter, AlterKind, Circle, Ring, Snapshot, Status
from kinship.snapshot.kept import AS_KEPT, check_names, circle_of, compared, frozen, map_of, thawed, title_of
from kinship.snapshot.map_json import map_json, read_map_json
from kinship.snapshot.names import call_everyone
from kinship.snapshot.share import CAREFUL, NamesMode

SEED = "vault"


def kept(circle: Circle, names: NamesMode = NamesMode.FULL, title: str = "") -> Snapshot:
    told, mode = frozen(circle, names=names, seed=SEED)
    taken = dt.datetime.combine(circle.as_of, dt.time(21), dt.UTC)
    return Snapshot(id=f"{circle.as_of}", as_of=circle.as_of, taken=taken, title=title, names=mode, map=told)


def bare(circle: Circle) -> dict[str, object]:
    """Return everything a map says of everybody, ids of moments left out."""
    found: dict[str, object] = {}
    for bond in circle.bonds:
        moments = sorted((one.day, one.direction, one.kind, one.subkind or "", one.strength) for one in bond.moments)
        own = (bond.alter.name, bond.alter.kind, bond.status, bond.ring, bond.sector)
        found[bond.alter.id] = (own, bond.gives, bond.receives, bond.strain, moments)
    found["ties"] = sorted((tie.a, tie.b, tie.strength, tie.member) for tie in circle.ties)
    return found


@pytest.mark.parametrize("count", [0, 1, 40])
def test_what_is_frozen_comes_back_as_it_stood(count: int) -> None:
    strained = a_bond(
        "Wim", strain=("drains", "strain.own words"), gives=("emotional", "practical.soup"), receives=("time",)
    )
    whole = msgspec.structs.replace(crowd(count), bonds=(*crowd(count).bonds, strained))
    assert bare(thawed(kept(whole))) == bare(whole)
    assert thawed(kept(whole)).as_of == whole.as_of


def test_notes_and_other_names_are_not_kept() -> None:
    alter = Alter(
        id="x", kind=AlterKind.PERSON, name="Ana", aliases=("Anka",), notes="met at school", birthday="--05-03"
    )
    told = kept(a_circle(msgspec.structs.replace(a_bond("Ana"), alter=alter))).map
    assert "Ana" in told
    assert not any(word in told for word in ("Anka", "school", "05-03"))


def test_a_map_kept_without_names_holds_none_and_leaves_only_so() -> None:
    circle = a_circle(a_bond("Beatrix", sector="the Novaks"), a_bond("Ana"))
    told = kept(circle, NamesMode.NONE)
    assert "Beatrix" not in told.map
    assert "Novak" not in told.map
    called = call_everyone(circle, NamesMode.NONE, SEED)
    assert {bond.alter.name for bond in thawed(told).bonds} == set(called.values())
    check_names(told, NamesMode.NONE)
    for mode in (NamesMode.ROLES, NamesMode.INITIALS, NamesMode.FULL):
        with pytest.raises(Refused, match="codes for names"):
            check_names(told, mode)
        check_names(kept(circle), mode)


def later(circle: Circle) -> Circle:
    """Return the circle of another day: Ana moved in, Bea is gone, Wim came."""
    bonds = (a_bond("Ana", ring=Ring.INNER, gives=("listening",)), a_bond("Wim"))
    return Circle(circle.as_of + dt.timedelta(days=90), bonds, ())


@pytest.mark.parametrize("modes", [("full", "full"), ("none", "none"), ("full", "none"), ("none", "full")])
def test_two_kept_maps_are_compared_whatever_they_call_people(modes: tuple[str, str]) -> None:
    before = a_circle(a_bond("Ana", ring=Ring.OUTER), a_bond("Bea"), ties=(("ana", "bea"),))
    one, other = (kept(circle, NamesMode(mode)) for circle, mode in zip((before, later(before)), modes, strict=True))
    change, was, now = compared(one, other, SEED)
    names = {bond.alter.id: bond.alter.name for bond in (*was.bonds, *now.bonds)}
    codes = call_everyone(before, NamesMode.NONE, SEED) | call_everyone(later(before), NamesMode.NONE, SEED)
    ana = "Ana" if modes == ("full", "full") else codes["ana"]
    assert [(names[move.alter], move.before, move.after) for move in change.moved] == [(ana, "outer", "inner")]
    assert (len(change.kept), len(change.new), len(change.gone)) == (1, 1, 1)
    if modes != ("full", "full"):
        assert not {"Ana", "Bea", "Wim"} & set(names.values())


def test_two_sorts_of_words_for_people_cannot_be_compared() -> None:
    circle = a_circle(a_bond("Ana"))
    with pytest.raises(Refused):
        compared(kept(circle, NamesMode.ROLES), kept(circle, NamesMode.INITIALS), SEED)


@pytest.mark.parametrize("told", ["", "{}", "[", '{"format": "kinship-map", "version": 2}', '{"nodes": 1}'])
def test_a_copy_that_is_no_map_is_said_and_stays(told: str) -> None:
    broken = msgspec.structs.replace(kept(a_circle(a_bond("Ana"))), map=told)
    with pytest.raises(Damaged):
        map_of(broken)


def test_an_untitled_map_is_called_by_its_day() -> None:
    assert title_of(kept(a_circle())) == f"{DAY.day} November {DAY.year}"
    assert title_of(kept(a_circle(), title="Before the move")) == "Before the move"


def test_a_map_without_listed_moments_keeps_how_many_there_were() -> None:
    circle = a_circle(a_bond("Ana", moments=(a_moment("ana"), a_moment("ana", days_ago=30))))
    read = circle_of(read_map_json(map_json(circle, share=CAREFUL, seed=SEED)))
    assert [len(bond.moments) for bond in read.bonds] == [2]
    assert AS_KEPT.moments
    assert read.bonds[0].status is Status.ACTIVE
