"""Where the lines of a long list stand: every row is a heading, a gap or a line of one page, in order."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from builders.journals import entry
from kinship.tui.page_rows import PageRows

FIRST = dt.date(2024, 1, 1)
DAYS = st.lists(st.integers(0, 900), max_size=40).map(lambda ago: sorted(ago, reverse=True))


@given(DAYS, st.integers(1, 2))
def test_every_page_has_its_rows_under_the_heading_of_its_month_or_year(days: list[int], each: int) -> None:
    pages = [entry("x", day=FIRST + dt.timedelta(days=day)) for day in days]
    rows = PageRows(pages, each)
    found = [rows.at(number) for number in range(rows.height)]
    assert rows.at(-1) is None
    assert rows.at(rows.height) is None
    told = [(row.index, row.line) for row in found if row is not None and row.index is not None]
    assert told == [(index, line) for index in range(len(pages)) for line in range(each)]
    assert sum(row.heads for row in found if row is not None) == len(rows.groups)
    for index, page in enumerate(pages):
        row, group = rows.at(rows.row_of(index)), rows.group_of(index)
        assert row is not None
        assert (row.index, row.line, row.group) == (index, 0, group)
        assert group.start == dt.date(page.day.year, 1 if rows.by_year else page.day.month, 1)
        assert rows.group_after(index, 1) >= group.first
        assert rows.group_after(index, -1) <= index
