"""Where the lines of a long list of pages stand: a heading for each month or year, and so many rows for each page."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kinship.journal.model import Entry

ENOUGH = 2
"""Pages that a month has on average where months are the headings; else years are."""


class Group(Struct, frozen=True):
    """The pages of a month or a year: from the index `first` on so many, with the heading in the row `top`."""

    first: int
    count: int
    top: int
    start: dt.date


class Row(Struct, frozen=True):
    """What stands in a row: the heading of a group, or line `line` of a page; of a gap neither."""

    group: Group
    index: int | None = None
    line: int = 0
    heads: bool = False


class PageRows:
    """The rows of `pages` (newest first), of which each takes `each`; nothing here grows with the number of pages."""

    def __init__(self, pages: Sequence[Entry], each: int = 1) -> None:
        self.each = each
        months = tuple(_groups(pages, by_year=False))
        self.by_year = len(pages) < ENOUGH * len(months)
        self.groups = tuple(_placed(_groups(pages, by_year=True) if self.by_year else months, each))
        self._tops = [group.top for group in self.groups]
        self._firsts = [group.first for group in self.groups]

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.groups[-1].top + 1 + self.groups[-1].count * self.each if self.groups else 0

    def at(self, row: int) -> Row | None:
        """Return what stands in a row, None beyond the last."""
        if not 0 <= row < self.height:
            return None
        group = self.groups[bisect_right(self._tops, row) - 1]
        if row == group.top:
            return Row(group, heads=True)
        index, line = divmod(row - group.top - 1, self.each)
        return Row(group, group.first + index, line) if index < group.count else Row(group)

    def row_of(self, index: int) -> int:
        """Return the first row of a page."""
        group = self.group_of(index)
        return group.top + 1 + (index - group.first) * self.each

    def group_of(self, index: int) -> Group:
        """Return the month or year of a page."""
        return self.groups[bisect_right(self._firsts, index) - 1]

    def group_after(self, index: int, step: int) -> int:
        """Return the first page of the next group, or of the one before where `step` is negative."""
        place = bisect_right(self._firsts, index) - 1
        if step < 0 and index > self._firsts[place]:
            return self._firsts[place]
        return self._firsts[min(max(place + step, 0), len(self._firsts) - 1)]


def _groups(pages: Sequence[Entry], *, by_year: bool) -> Iterator[tuple[int, int, dt.date]]:
    first = 0
    while first < len(pages):
        day = pages[first].day
        start = dt.date(day.year, 1 if by_year else day.month, 1)
        after = bisect_left(pages, -start.toordinal() + 1, lo=first, key=lambda page: -page.day.toordinal())
        yield first, after - first, start
        first = after


def _placed(groups: Iterable[tuple[int, int, dt.date]], each: int) -> Iterator[Group]:
    top = 0
    for first, count, start in groups:
        yield Group(first, count, top, start)
        top += 2 + count * each
