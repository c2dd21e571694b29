"""A year as dots: walking by day, week, month and year, the mouse, and opening a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import msgspec
import pytest

from builders.doors import a_few_pages, steady_journal
from builders.journals import entry
from builders.screens import NORMAL, SMALL, WIDE, hold, painted, settle, staged
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, PageRequested, PagesRequested, Sheaf
from kinship.tui.screens.year import YearScreen
from kinship.tui.widgets.page_list import PageList
from kinship.tui.widgets.year_dots import YearDots


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    journal.take_in("Pages", [entry(f"old {n}", id_=f"old{n}", day=dt.date(2025, 3, 3 + n // 2)) for n in range(5)])
    return journal


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    for size in (SMALL, NORMAL, WIDE):
        async with staged(YearScreen(context, journal), size=size) as (stage, _):
            hold(stage, "year")


async def test_one_walks_by_day_week_month_and_year_and_opens_a_day(context: Context, journal: Journal) -> None:
    async with staged(YearScreen(context, journal)) as (stage, pilot):
        dots = stage.screen.query_one(YearDots)
        for key, day in (
            ("up", (2026, 11, 21)), ("left", (2026, 11, 14)), ("j", (2026, 11, 15)), ("l", (2026, 11, 22)),
            ("pageup", (2026, 10, 22)), ("right_square_bracket", (2026, 11, 22)), ("g", (2026, 11, 12)),
            ("G", (2026, 11, 21)),
        ):  # fmt: skip
            await pilot.press(key)
            assert dots.day == dt.date(*day), key
        await pilot.press("enter")
        await pilot.pause()
        ids = tuple(one.id for one in journal.pages.between(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
        assert stage.asked == [PageRequested(ids[0], Sheaf(ids, (), ids[0]))]
        await pilot.press("p")
        await settle(pilot)
        assert "5 pages on 3 days" in painted(stage)
        await pilot.press("g", "enter")
        await pilot.pause()
        assert stage.screen.query_one(PageList).has_focus
        await pilot.press("j", "enter", "escape", "m", "escape")
        await pilot.pause()
        assert stage.asked[1] == PageRequested("old0", Sheaf(("old4", "old3", "old2", "old1", "old0"), (), "old0"))
        assert stage.asked[2:] == [PagesRequested("on:2025-03"), BackRequested()]


async def test_the_mouse_goes_to_a_day_and_a_search_shows_its_days(context: Context, journal: Journal) -> None:
    async with staged(YearScreen(context, journal, year=2025, words="old -3")) as (stage, pilot):
        assert "4 pages on 3 days" in painted(stage)
        dots = stage.screen.query_one(YearDots)
        assert dots.day == dt.date(2025, 3, 5)
        column, row = dots.grid.place(dt.date(2025, 7, 9))
        await pilot.click(YearDots, offset=(4 + column, 1 + row))
        assert dots.day == dt.date(2025, 7, 9)
        assert "Wednesday 9 July 2025 · no page" in painted(stage)
        assert "p year" in painted(stage)


async def test_a_week_may_start_on_a_sunday_and_signs_may_be_plain(context: Context, journal: Journal) -> None:

    plain = msgspec.structs.replace(context.settings, week_start="sunday", glyphs="ascii")

    async with staged(YearScreen(replace(context, settings=plain), journal)) as (stage, _):
        shown = painted(stage)
        assert shown.index("Sun ") < shown.index("Mon ")
        assert "o a page" in shown
        assert shown.isascii() or "·" in shown


async def test_an_empty_journal_has_a_year_too(context: Context) -> None:
    async with staged(YearScreen(context, steady_journal(context))) as (stage, pilot):
        assert "no page" in painted(stage)
        await pilot.press("enter", "G", "g", "pagedown", "n", "p", "t", "m")
        await settle(pilot)
        assert stage.asked == [PagesRequested("on:2026-11")]
