"""A year as a calendar: how many pages each day has, and where the day stands in a grid of weeks."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kinship.ground.days import Span
from kinship.journal.query import Key, Query, Term

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry


Days = Mapping[dt.date, Sequence[object]]
"""The pages of each day that has one."""
WEEK = 7
_LONGEST = 366
WEEK_STARTS: Mapping[str, int] = {"monday": 0, "sunday": 6, "saturday": 5}
"""The days that a week may start on, as Python numbers them."""


class Grid(Struct, frozen=True):
    """The days of a year: a column for each week, a row for each day of it."""

    year: int
    week_start: int = 0
    """The day of the week of the first row; Monday is 0."""

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, 12, 31)

    @property
    def weeks(self) -> int:
        """Columns, 53 or 54."""
        return self.place(self.last)[0] + 1

    def place(self, day: dt.date) -> tuple[int, int]:
        """Return column and row of a day of the year."""
        column, row = divmod((day - self.first).days + self._lead, WEEK)
        return column, row

    def day_at(self, column: int, row: int) -> dt.date | None:
        """Return the day at a place, None where the year has none there."""
        number = column * WEEK + row - self._lead
        day = self.first + dt.timedelta(days=number) if 0 <= row < WEEK and 0 <= number < _LONGEST else None
        return day if day is not None and day.year == self.year else None

    def months(self) -> Iterator[tuple[int, str]]:
        """Yield for each month the column of its first day, and its short name."""
        for month in range(1, 13):
            yield self.place(dt.date(self.year, month, 1))[0], calendar.month_abbr[month]

    def weekdays(self) -> tuple[str, ...]:
        """Return the short names of the rows."""
        return tuple(calendar.day_abbr[(self.week_start + row) % WEEK] for row in range(WEEK))

    @property
    def _lead(self) -> int:
        """Places before the first of January in its week."""
        return (self.first.weekday() - self.week_start) % WEEK


def pages_by_day(journal: Journal, query: Query, year: int) -> dict[dt.date, list[Entry]]:
    """Return the pages of a year that a query finds, by their day. Raises NotFound where it names nobody known."""
    days = Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    found: dict[dt.date, list[Entry]] = {}
    for entry in journal.find(query & Query(((Term(Key.ON, days=days),),))):
        found.setdefault(entry.day, []).append(entry)
    return found


def written_years(journal: Journal) -> tuple[int, int] | None:
    """Return the first and the last year with a page, None where there is none."""
    pages = journal.pages.all()
    return (pages[-1].day.year, pages[0].day.year) if pages else None


def month_after(day: dt.date, step: int) -> dt.date:
    """Return the same day so many months on, or the last day of that month where it has no such day."""
    months = day.year * 12 + day.month - 1 + step
    year, month = divmod(months, 12)
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def in_words(days: Days, year: int) -> str:
    """Return what a year holds as a sentence."""
    return f"{year}: {counted(days)}." if days else f"{year}: no page."


def by_month(days: Days, year: int) -> Iterable[str]:
    """Yield a sentence for each month that has a page."""
    for month in range(1, 13):
        of_month = {day: pages for day, pages in days.items() if day.month == month}
        if of_month:
            yield f"{calendar.month_name[month]} {year}: {counted(of_month)}."


def counted(days: Days) -> str:
    """Return "12 pages on 9 days"."""
    pages = sum(map(len, days.values()))
    return f"{pages:,} page{'' if pages == 1 else 's'} on {len(days)} day{'' if len(days) == 1 else 's'}"
