"""A month on the screen: offered kindly, read as one page, its parts left out, kept as one act or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.journals import alter, fact, moment, new_journal
from builders.screens import NORMAL, Stage, context_in, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.insight.month import offered_on
from kinship.journal.journal import Journal, PageText
from kinship.tui.navigation import BackRequested, LookBackRequested
from kinship.tui.screens.look_back import NOTHING, LookBackScreen
from kinship.tui.screens.today import TodayScreen

EVENING = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
OCTOBER = dt.date(2026, 10, 1)


def october(folder: Path) -> Journal:
    """Return a journal with a page, a starred line and somebody new in October."""
    journal = new_journal(folder, FrozenClock(EVENING))
    helped = moment("bea", "listening", OCTOBER.replace(day=7))
    journal.take_in("October", [alter("Bea"), fact("bea", "status", "active", OCTOBER.replace(day=4)), helped])
    page = journal.keep_page(PageText(body="Tea with @Bea.\nShe put her bag down.", day=OCTOBER.replace(day=7)))
    journal.star_line(page.made["entries"][0], "She put her bag down and listened, really, for a quarter of an hour.")
    return journal


async def test_today_offers_the_month_and_one_key_leads_to_it(tmp_path: Path) -> None:
    journal = october(tmp_path)
    async with staged(TodayScreen(context_in(tmp_path, EVENING), journal), size=NORMAL) as (stage, pilot):
        assert "October on one page, if you like to look back.  o" in painted(stage)
        await pilot.press("o")
        assert isinstance(stage.asked[-1], LookBackRequested)


async def test_a_month_is_read_trimmed_kept_and_taken_back(tmp_path: Path) -> None:
    journal = october(tmp_path)
    screen = LookBackScreen(context_in(tmp_path, EVENING), journal)
    async with staged(screen) as (stage, pilot):
        hold(stage, "look-back")
        await pilot.press("2", "m")
        assert "Who came up · left out" in painted(stage)
        assert len(journal.snapshots) == 1
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert NOTHING in painted(stage)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        await pilot.press("2", "s")
        assert isinstance(stage.asked[-1], BackRequested)
    page = journal.pages.latest(1)[0]
    assert page.title == "Looking back at October 2026"
    assert "bag down" in page.body
    assert "Who came up" not in page.body
    assert offered_on(journal, EVENING.date()) is None
    journal.undo()
    assert journal.pages.get(page.id) is None


async def test_a_month_that_is_not_wanted_comes_no_more(tmp_path: Path) -> None:
    journal = october(tmp_path)
    stage = Stage(LookBackScreen(context_in(tmp_path, EVENING), journal))
    async with stage.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        assert isinstance(stage.asked[-1], BackRequested)
    assert offered_on(journal, EVENING.date()) is None
    assert len(journal.pages) == 1
