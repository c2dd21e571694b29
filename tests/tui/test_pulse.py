"""The week in three lines: offered at most once a week, left without a word, kept as a check-in."""

from __future__ import annotations

import datetime as dt

import pytest

from builders.doors import a_few_pages, steady_journal
from builders.screens import NORMAL, SMALL, hold, painted, settle, staged
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal
from kinship.journal.model import Pulse
from kinship.reflect.packs import load_pack
from kinship.reflect.pulse import leave_pulse, pulse_offer
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, PulseRequested
from kinship.tui.screens.pulse import PulseScreen
from kinship.tui.screens.today import TodayScreen

OFFER = load_pack().pulse.offer


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


def offered_in(journal: Journal, days: int) -> bool:
    return bool(pulse_offer(journal, load_pack(), journal.today() + dt.timedelta(days=days)))


def test_it_is_offered_once_in_seven_days(journal: Journal) -> None:
    assert offered_in(journal, 0)
    journal.check_in(mood=5)
    assert offered_in(journal, 0)
    journal.check_in(pulse=Pulse(heard=7))
    assert [offered_in(journal, days) for days in (0, 6, 7)] == [False, False, True]


def test_where_it_was_left_it_is_offered_a_week_later(journal: Journal) -> None:
    before = journal.can_undo
    leave_pulse(journal)
    assert [offered_in(journal, days) for days in (0, 6, 7)] == [False, False, True]
    assert journal.can_undo == before


def test_in_the_first_week_nothing_is_offered(context: Context) -> None:
    assert not offered_in(steady_journal(context), 0)


def test_it_says_that_it_is_no_test_and_scores_nothing() -> None:
    pulse = load_pack().pulse
    assert [one.id for one in pulse.lines] == ["heard", "helped", "belonging"]
    assert "no test" in pulse.about
    assert "no score" in pulse.about
    assert all(len(one.text) <= 60 for one in pulse.lines)


async def test_today_offers_it_below_the_mood_and_asks_for_nothing(context: Context, journal: Journal) -> None:
    screen = TodayScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        shown = painted(stage)
        assert shown.index("How are you?") < shown.index(OFFER) < shown.index("Lately")
        await pilot.press("l")
        await pilot.pause()
        assert stage.asked == [PulseRequested()]
        journal.check_in(pulse=Pulse(heard=3))
        screen.show_day()
        await settle(pilot)
        assert OFFER not in painted(stage)


async def test_three_lines_by_keyboard_and_undo(context: Context, journal: Journal) -> None:
    async with staged(PulseScreen(context, journal)) as (stage, pilot):
        await pilot.press("7", "enter", "right", "enter", "1", "0", "enter")
        await pilot.pause()
        assert stage.asked == [BackRequested()]
    assert [one.pulse for one in journal.checkins if one.pulse] == [Pulse(heard=7, helped=6, belonging=10)]
    journal.undo()
    assert [one.pulse for one in journal.checkins if one.pulse] == []


async def test_every_line_may_be_left_out(context: Context, journal: Journal) -> None:
    async with staged(PulseScreen(context, journal)) as (_, pilot):
        await pilot.press("enter", "0", "escape")
        await pilot.pause()
    assert [one.pulse for one in journal.checkins if one.pulse] == [Pulse(helped=0)]


async def test_nothing_said_is_nothing_kept_and_it_is_not_offered_again_this_week(
    context: Context, journal: Journal
) -> None:
    async with staged(PulseScreen(context, journal)) as (_, pilot):
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
    assert list(journal.checkins) == []
    assert not offered_in(journal, 0)


async def test_a_lock_keeps_what_was_said_so_far(context: Context, journal: Journal) -> None:
    screen = PulseScreen(context, journal)
    async with staged(screen) as (_, pilot):
        screen.keep_draft()
        assert offered_in(journal, 0)
        await pilot.press("4")
        screen.keep_draft()
        screen.keep_draft()
    assert [one.pulse for one in journal.checkins if one.pulse] == [Pulse(heard=4)]


async def test_what_cannot_be_kept_is_said(context: Context, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise NotSaved("No space is left.")

    async with staged(PulseScreen(context, journal)) as (stage, pilot):
        monkeypatch.setattr(journal, "check_in", refused)
        await pilot.press("4", "escape")
        await pilot.pause()
        assert "No space is left." in painted(stage)
        assert stage.asked == []


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    for size in (SMALL, NORMAL):
        async with staged(PulseScreen(context, journal), size=size) as (stage, pilot):
            await pilot.press("7", "enter")
            await pilot.pause()
            hold(stage, "pulse")
