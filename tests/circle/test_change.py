"""Two days of a map: what is different, told truly and kindly."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders.circles import DAY, a_bond, a_circle, a_moment, crowd
from kinship.circle.change import Move, Support, both, change_in_words, compare
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, AlterTie, Bond, Circle, Ring, Status

THEN = DAY - dt.timedelta(days=200)


def earlier(*bonds: Bond, ties: tuple[tuple[str, str], ...] = ()) -> Circle:
    return replace(a_circle(*bonds, ties=ties), as_of=THEN)


def words(before: Circle, after: Circle) -> tuple[str, ...]:
    return change_in_words(compare(before, after), before, after)


def test_who_was_there_who_came_and_who_is_not_active_any_more() -> None:
    before = earlier(a_bond("Bea"), a_bond("Ugo"), a_bond("Lee", status=Status.WISHED))
    after = a_circle(a_bond("Bea"), a_bond("Ugo", status=Status.ENDED), a_bond("Lee"), a_bond("Ana"))
    change = compare(before, after)
    assert (change.kept, change.new, change.gone) == (("bea",), ("lee", "ana"), ("ugo",))
    assert change.jaccard == pytest.approx(1 / 4)
    assert change.turnover == pytest.approx(3 / 5)


def test_two_empty_maps_have_no_overlap_to_speak_of() -> None:
    wished = a_bond("Lee", status=Status.WISHED)
    assert compare(earlier(wished), a_circle(wished)).jaccard is None
    assert compare(earlier(), a_circle()).turnover is None
    assert compare(earlier(), a_circle(a_bond("Bea"))).jaccard == 0


def test_places_come_and_go_but_are_not_counted() -> None:
    garden = a_bond("the garden", kind=AlterKind.PLACE)
    change = compare(earlier(a_bond("Bea")), a_circle(a_bond("Bea"), garden))
    assert (change.new, change.jaccard) == (("the garden",), 1.0)


def test_a_move_between_rings_is_of_those_whose_tie_stands_as_it_stood() -> None:
    before = earlier(a_bond("Bea", ring=Ring.OUTER), a_bond("Ugo", ring=None), a_bond("Lee"))
    after = a_circle(a_bond("Bea"), a_bond("Ugo"), a_bond("Lee", ring=Ring.OUTER, status=Status.ENDED))
    assert compare(before, after).moved == (
        Move("bea", Ring.OUTER, Ring.INNER),
        Move("ugo", None, Ring.INNER),
    )


def test_support_gained_and_lost_is_said_or_received() -> None:
    before = earlier(a_bond("Bea", gives=("listening",)), a_bond("Ugo", gives=("advice",)), a_bond("Lee"))
    after = a_circle(
        a_bond("Bea", moments=(a_moment("bea", "advice"),)),
        a_bond("Ugo", gives=("advice",), status=Status.PAUSED),
        a_bond("Lee"),
        a_bond("Ana", gives=("belonging",)),
    )
    change = compare(before, after)
    assert change.gained == (Support("bea", Kind.PRACTICAL), Support("ana", Kind.IDENTITY))
    assert change.lost == (Support("bea", Kind.EMOTIONAL), Support("ugo", Kind.PRACTICAL))


def test_a_kind_that_was_only_not_written_of_in_the_year_is_no_end() -> None:
    long_ago = replace(a_moment("bea", "advice"), day=THEN)
    before = earlier(a_bond("Bea", gives=("listening",), moments=(long_ago,)), a_bond("Ugo", gives=("time",)))
    after = a_circle(a_bond("Bea"), a_bond("Ugo", gives=("time",)))
    change = compare(before, after)
    assert change.lapsed == (Support("bea", Kind.PRACTICAL),)
    assert set(change.lost) == {*change.lapsed, Support("bea", Kind.EMOTIONAL)}
    assert words(before, after)[:2] == (
        "No longer marked for emotional support: Bea.",
        "No moment of practical support in the year to 22 November 2025: Bea.",
    )


def test_ties_are_compared_among_those_who_are_active() -> None:
    people = tuple(map(a_bond, ("Bea", "Ugo", "Lee")))
    before = earlier(*people, ties=(("bea", "ugo"), ("bea", "lee")))
    after = a_circle(*people[:2], a_bond("Lee", status=Status.ENDED), ties=(("bea", "ugo"), ("bea", "lee")))
    assert compare(before, after).ties_gone == (("bea", "lee"),)
    assert compare(after, before).ties_new == (("bea", "lee"),)


def test_whoever_died_is_remembered_and_never_gone_or_lost() -> None:
    before = earlier(a_bond("Bea", gives=("listening",)), a_bond("Ugo"))
    after = a_circle(a_bond("Bea", gives=("listening",), status=Status.REMEMBERED), a_bond("Ugo"))
    change = compare(before, after)
    assert (change.remembered, change.gone, change.lost) == (("bea",), (), ())
    said = " ".join(words(before, after))
    assert "Remembered now: Bea." in said
    assert not {"gone", "lost", "no longer", "No longer", "left"} & set(said.replace(".", "").split(" "))
    assert {bond.alter.id: bond.status for bond in both(before, after).bonds}["bea"] is Status.REMEMBERED


def test_both_days_in_one_drawing_keep_the_old_bond_of_those_who_are_gone() -> None:
    before = earlier(a_bond("Bea", gives=("listening",)), a_bond("Ugo"), ties=(("bea", "ugo"),))
    after = a_circle(a_bond("Bea", status=Status.ENDED), a_bond("Ana"))
    one = both(before, after)
    assert [(bond.alter.id, bond.status) for bond in one.bonds] == [
        ("ana", Status.ACTIVE),
        ("bea", Status.ACTIVE),
        ("ugo", Status.ACTIVE),
    ]
    assert (one.as_of, one.ties) == (DAY, (AlterTie("bea", "ugo"),))


def test_the_sentences_say_what_matters_first_and_judge_nobody() -> None:
    before = earlier(
        a_bond("Bea", ring=Ring.OUTER, gives=("listening",)),
        a_bond("Ugo", gives=("advice",)),
        a_bond("Mei", status=Status.PAUSED),
        a_bond("Lee", status=Status.WISHED),
        a_bond("Tom", ring=Ring.MIDDLE),
    )
    after = a_circle(
        a_bond("Bea", gives=("listening", "belonging")),
        a_bond("Ugo", gives=("advice",), status=Status.NO_CONTACT),
        a_bond("Mei"),
        a_bond("Lee"),
        a_bond("Tom", ring=Ring.OUTER),
        a_bond("Ana"),
        ties=(("bea", "tom"), ("ana", "bea")),
    )
    assert words(before, after) == (
        "New on the map: Ana.",
        "Once wished for, now part of it: Lee.",
        "In touch again: Mei.",
        "No contact: Ugo.",
        "Closer, from outer to inner: Bea.",
        "Further out, from middle to outer: Tom.",
        "Now also marked for belonging: Bea.",
        "Nobody is marked for practical support on 22 November 2025; it may be worth knowing.",
        "Somebody is marked for belonging now; on 6 May 2025 nobody was.",
        "Marked as knowing each other now: Bea and Tom.",
    )


def test_those_who_moved_the_same_way_are_told_together() -> None:
    names = ("Ana", "Bea", "Kai", "Lee")
    rings = ((Ring.OUTER, Ring.MIDDLE), (Ring.OUTER, Ring.MIDDLE), (None, Ring.OUTER), (Ring.INNER, None))
    before = earlier(*(a_bond(name, ring=ring) for name, (ring, _) in zip(names, rings, strict=True)))
    after = a_circle(*(a_bond(name, ring=ring) for name, (_, ring) in zip(names, rings, strict=True)))
    assert words(before, after) == (
        "Closer, from outer to middle: Ana, Bea.",
        "Closer, from no ring to outer: Kai.",
        "Further out, from inner to no ring: Lee.",
    )


def test_a_map_that_stayed_as_it_was_says_so() -> None:
    circle = crowd(12)
    before = replace(circle, as_of=THEN)
    assert words(before, circle) == ("Nothing changed on the map between 6 May 2025 and 22 November 2025.",)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 39)), st.sets(st.integers(0, 39)), st.sets(st.integers(0, 39)))
def test_there_and_back_is_the_same_change_turned_round(one: set[int], other: set[int], ended: set[int]) -> None:
    whole = crowd(40)

    def some(chosen: set[int]) -> Circle:
        bonds = (
            replace(bond, status=Status.ENDED) if index in ended and index in one else bond
            for index, bond in enumerate(whole.bonds)
            if index in chosen
        )
        return replace(whole, bonds=tuple(bonds))

    before, after = some(one), some(other)
    there, back = compare(before, after), compare(after, before)
    assert set(there.new) == {*back.gone, *back.remembered}
    assert (there.jaccard, there.turnover) == (back.jaccard, back.turnover)
    assert set(there.kept) == set(back.kept)
    assert set(there.ties_new) == set(back.ties_gone)
    assert {bond.alter.id for bond in both(before, after).bonds} == {
        bond.alter.id for bond in (*before.bonds, *after.bonds)
    }
    assert there.jaccard is None or 0 <= there.jaccard <= 1
    assert there.turnover is None or 0 <= there.turnover <= 1
    assert change_in_words(there, before, after)
