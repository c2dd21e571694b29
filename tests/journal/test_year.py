"""A year as a grid of weeks: each day has one place, and a place at most one day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from builders.journals import entry, new_journal
from kinship.journal.pages import same_days
from kinship.journal.query import parse
from kinship.journal.year import Grid, by_month, in_words, month_after, pages_by_day


@given(st.integers(1900, 2200), st.integers(0, 6))
def test_each_day_has_its_place(year: int, week_start: int) -> None:
    grid = Grid(year, week_start)
    places = [grid.day_at(column, row) for column in range(grid.weeks) for row in range(7)]
    days = [day for day in places if day is not None]
    assert days == [grid.first + dt.timedelta(days=number) for number in range((grid.last - grid.first).days + 1)]
    assert all(
        grid.day_at(*grid.place(day)) == day and grid.place(day)[1] == (day.weekday() - week_start) % 7 for day in days
    )


@given(st.dates(dt.date(1, 2, 1), dt.date(9998, 12, 31)), st.sampled_from((-1, 1, 12, -1)))
def test_a_month_on_is_the_same_day_or_the_last_there_is(day: dt.date, step: int) -> None:
    after = month_after(day, step)
    assert after.day == day.day or (after + dt.timedelta(days=1)).day == 1


def test_a_year_is_counted_by_day_and_said_in_sentences(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    march, may = dt.date(2024, 3, 3), dt.date(2023, 5, 1)
    journal.take_in("Pages", [entry("a", day=march), entry("b", day=march), entry("c", day=may)])
    days = pages_by_day(journal, parse("", march), 2024)
    assert {day: len(pages) for day, pages in days.items()} == {march: 2}
    assert in_words(days, 2024) == "2024: 2 pages on 1 day."
    assert list(by_month(days, 2024)) == ["March 2024: 2 pages on 1 day."]


def test_a_last_of_february_stands_for_the_29th_where_its_year_has_none(tmp_path: Path) -> None:
    assert same_days(dt.date(2025, 2, 28), 2024) == (dt.date(2024, 2, 29), dt.date(2024, 2, 28))
    assert same_days(dt.date(2024, 2, 28), 2020) == (dt.date(2020, 2, 28),)
    assert same_days(dt.date(2024, 2, 29), 2023) == ()
    journal = new_journal(tmp_path)
    journal.take_in("Pages", [entry("leap", day=dt.date(2020, 2, 29)), entry("now", day=dt.date(2023, 2, 28))])
    assert [one.body for one in journal.pages.on_this_day(dt.date(2023, 2, 28))] == ["leap"]
