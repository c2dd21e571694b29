"""A change as marks on the map and words beside names, and steps through the calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from builders.circles import DAY, a_bond
from kinship.circle.change import compare
from kinship.circle.compared import marks_of, remarks_of
from kinship.circle.glyphs import ASCII, UNICODE
from kinship.circle.rhythm import months_from
from kinship.journal.model import Bond, Circle, Ring, Status

BEFORE = DAY - dt.timedelta(days=365)


def then(*bonds: Bond) -> Circle:
    return Circle(BEFORE, bonds, ())


def now(*bonds: Bond) -> Circle:
    return Circle(DAY, bonds, ())


def test_who_came_and_who_is_no_longer_counted_on_is_fresh_and_a_ghost() -> None:
    change = compare(then(a_bond("Bea"), a_bond("Ugo")), now(a_bond("Ana"), a_bond("Ugo", status=Status.ENDED)))
    marks = marks_of(change, UNICODE)
    assert set(marks.fresh) == {"ana"}
    assert set(marks.ghosts) == {"bea", "ugo"}
    assert remarks_of(change) == {"ana": "new", "bea": "gone", "ugo": "ended"}


def test_somebody_who_is_back_is_new_and_said_to_be_back() -> None:
    change = compare(then(a_bond("Bea", status=Status.PAUSED)), now(a_bond("Bea")))
    assert set(marks_of(change, UNICODE).fresh) == {"bea"}
    assert remarks_of(change) == {"bea": "here again, was paused"}


@pytest.mark.parametrize(
    ("before", "after", "by", "words"),
    [
        (Ring.OUTER, Ring.INNER, -2, "moved from the outer ring to the inner ring"),
        (Ring.INNER, Ring.MIDDLE, 1, "moved from the inner ring to the middle ring"),
        (None, Ring.MIDDLE, -1, "moved from no ring to the middle ring"),
    ],
)
def test_a_move_counts_rings_outwards_and_is_told_in_words(before: Ring, after: Ring, by: int, words: str) -> None:
    change = compare(then(a_bond("Bea", ring=before)), now(a_bond("Bea", ring=after)))
    assert dict(marks_of(change, UNICODE).moved) == {"bea": by}
    assert remarks_of(change) == {"bea": words}


def test_a_ring_that_was_only_stated_now_moves_nobody_on_the_picture() -> None:
    change = compare(then(a_bond("Bea", ring=None)), now(a_bond("Bea", ring=Ring.OUTER)))
    assert dict(marks_of(change, UNICODE).moved) == {}


@pytest.mark.parametrize(("glyphs", "note"), [(UNICODE, "+◆-●"), (ASCII, "+#-@")])
def test_support_that_was_gained_and_lost_follows_the_name_in_signs(glyphs: object, note: str) -> None:
    change = compare(then(a_bond("Bea", gives=("listening",))), now(a_bond("Bea", gives=("advice",))))
    assert dict(marks_of(change, glyphs).notes) == {"bea": note}  # type: ignore[arg-type]
    assert remarks_of(change) == {"bea": "now also practical support; no longer emotional support"}


def test_what_new_people_bring_is_no_gain_of_somebody_who_was_there() -> None:
    change = compare(then(), now(a_bond("Ana", gives=("advice",))))
    assert dict(marks_of(change, UNICODE).notes) == {}
    assert remarks_of(change) == {"ana": "new"}


def test_two_days_alike_leave_no_mark() -> None:
    change = compare(then(a_bond("Bea")), now(a_bond("Bea")))
    assert marks_of(change, UNICODE).concerned == frozenset()
    assert remarks_of(change) == {}


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), -12, dt.date(2023, 2, 28)),
        (dt.date(2026, 1, 15), -1, dt.date(2025, 12, 15)),
        (dt.date(2025, 12, 15), 1, dt.date(2026, 1, 15)),
        (dt.date.min, -1, dt.date.min),
        (dt.date.max, 12, dt.date.max),
    ],
)
def test_a_step_of_months_keeps_the_day_where_there_is_one_and_never_leaves_the_calendar(
    day: dt.date, months: int, there: dt.date
) -> None:
    assert months_from(day, months) == there
