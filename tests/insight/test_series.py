"""Days as a series: the calendar is whole, what was not said is missing, and an occasion counts once."""

from __future__ import annotations

import datetime as dt

from builders.journals import TODAY, entry, moment
from kinship.insight.series import LONGEST, days_of
from kinship.journal.kinds import Kind
from kinship.journal.model import CheckIn
from kinship.vault import new_id


def checkin(day: dt.date, mood: int | None = None, stress: int | None = None, *, page: str | None = None) -> CheckIn:
    at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    return CheckIn(id=new_id(), at=at, day=day, mood=mood, stress=stress, entry=page)


def before(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def test_every_day_is_there_and_what_was_not_said_is_missing_never_nought() -> None:
    days = days_of([entry(day=before(3))], [checkin(TODAY, 0)], [])
    assert [one.day for one in days] == [before(3), before(2), before(1), TODAY]
    assert [one.mood for one in days] == [None, None, None, 0.0]
    assert [one.noted for one in days] == [True, False, False, True]
    assert [one.supported for one in days] == [False, None, None, False]
    assert days[1].got(Kind.EMOTIONAL) is None


def test_an_occasion_counts_once_however_often_it_asks() -> None:
    page = entry(mood=4, stress=2)
    before_and_after = [checkin(TODAY, 4, page=page.id), checkin(TODAY, 7, page=page.id)]
    (day,) = days_of([page], [*before_and_after, checkin(TODAY, 9)], [])
    assert day.mood == (5 + 9) / 2
    assert day.stress == 2
    assert (day.pages, day.checkins) == (1, 3)


def test_what_was_received_and_given_are_told_apart_and_strain_is_no_support() -> None:
    moments = [
        moment("bea", "listening", before(1)),
        moment("bea", "advice", before(1), to_them=True),
        moment("ana", "drains", TODAY),
    ]
    first, second = days_of([], [], moments)
    assert first.received == {Kind.EMOTIONAL}
    assert first.given == {Kind.PRACTICAL}
    assert first.supported
    assert second.received == {Kind.STRAIN}
    assert second.supported is False


def test_a_stretch_that_is_asked_for_is_given_whole() -> None:
    days = days_of([entry(day=before(2), mood=5)], [], [], since=before(4), until=before(1))
    assert [one.day for one in days] == [before(4), before(3), before(2), before(1)]
    assert days_of([], [], []) == ()
    assert days_of([entry()], [], [], until=before(1)) == ()
    assert len(days_of([], [], [], since=before(1), until=TODAY)) == 2


def test_a_page_with_its_year_mistyped_makes_no_million_days() -> None:
    days = days_of([entry(day=dt.date(24, 5, 3)), entry()], [], [])
    assert days[-1].day == TODAY
    assert days[-1].day - days[0].day == LONGEST


def test_a_day_shows_nothing_of_itself_in_a_report() -> None:
    (day,) = days_of([entry(mood=3)], [], [])
    assert "3.0" not in repr(day)
