"""Today: one question, how you are, what is near, the circle, the last pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders.doors import a_few_pages, steady_journal
from builders.screens import (
    EVENING,
    NORMAL,
    SMALL,
    WIDE,
    Stage,
    context_in,
    hold,
    kinship_app,
    painted,
    running,
    settle,
    staged,
)
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.tui.navigation import CircleRequested, PageRequested, PagesRequested, Question, WriteRequested
from kinship.tui.screens.today import TodayScreen
from kinship.tui.today_words import INVENTED, heading
from kinship.tui.widgets.page_list import PageList, day_label
from kinship.tui.widgets.prompt_card import PromptCard, Shown

QUESTION = Question("q-01", "Who listened to you today, even for a minute?", "heard")


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


def today(context: Context, journal: Journal) -> TodayScreen:
    return TodayScreen(context, journal)


async def put(stage: Stage, pilot: Pilot[Any]) -> None:
    """Put a question of ours on the card, so that a picture does not change with the content."""
    stage.screen.query_one(PromptCard).shown = Shown(QUESTION, "Being heard", "What did they do that helped?")
    await pilot.pause()


async def test_enter_writes_about_the_question(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        await put(stage, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert stage.asked == [WriteRequested(prompt=QUESTION)]


async def test_the_demo_says_that_it_is_not_yours(context: Context, journal: Journal) -> None:
    async with staged(today(replace(context, demo=True), journal)) as (stage, _):
        assert INVENTED in painted(stage)
    async with staged(today(context, journal)) as (stage, _):
        assert INVENTED not in painted(stage)


async def test_the_question_of_the_day_comes_from_the_content(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, _):
        shown = stage.screen.query_one(PromptCard).shown
        assert shown is not None
        assert shown.question.id
        assert shown.question.text.split()[0] in painted(stage)
        assert shown.topic_title in painted(stage)


async def test_n_asks_another_and_comes_round_again(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        card = stage.screen.query_one(PromptCard)
        seen = []
        for _ in range(4):
            assert card.shown is not None
            seen.append(card.shown.question.id)
            await pilot.press("n")
        assert len(set(seen)) == 3
        assert seen[0] == seen[3]


async def test_m_says_how_the_person_is_in_one_line(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        await pilot.press("m", "right", "right", "enter")
        await settle(pilot)
        assert [one.mood for one in journal.checkins.on(journal.today())] == [7]
        assert "quite good" in painted(stage)
        assert stage.screen.query_one(PromptCard).has_focus


async def test_a_digit_is_a_place_on_the_line_and_esc_says_nothing(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        await pilot.press("m", "3", "escape")
        await settle(pilot)
        assert journal.checkins.on(journal.today()) == []
        await pilot.press("m", "0", "left", "enter")
        await settle(pilot)
        assert [one.mood for one in journal.checkins.on(journal.today())] == [0]
        assert "very low" in painted(stage)


async def test_what_cannot_be_kept_is_said(context: Context, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise NotSaved("No space is left.")

    monkeypatch.setattr(journal, "check_in", refused)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("m", "enter")
        await settle(pilot)
        assert "No space is left." in painted(app)
    app.close_journal()


@pytest.mark.parametrize(("key", "asked"), [("w", WriteRequested()), ("p", PagesRequested()), ("c", CircleRequested())])
async def test_one_key_goes_on(key: str, asked: object, context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert stage.asked == [asked]


async def test_the_last_pages_are_a_list(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        stage.screen.query_one("#lately", PageList).focus()
        await pilot.press("j", "enter")
        await pilot.pause()
        assert stage.asked == [PageRequested(journal.pages.latest(2)[1].id)]


async def test_a_change_of_the_journal_is_shown(context: Context, journal: Journal) -> None:
    screen = today(context, journal)
    async with staged(screen) as (stage, pilot):
        journal.keep_page(PageText(body="A heron on the roof."))
        screen.show_day()
        await settle(pilot)
        assert "A heron on the roof." in painted(stage)


async def test_after_midnight_it_is_the_same_evening_and_after_four_another_day(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    context = context_in(tmp_path, clock=clock)
    journal = steady_journal(context)
    screen = today(context, journal)
    async with staged(screen) as (stage, pilot):
        clock.advance(5 * 3600)
        screen.come_back()
        await settle(pilot)
        assert "Sunday 22 November, night" in painted(stage)
        clock.advance(4 * 3600)
        screen.come_back()
        await settle(pilot)
        assert "Monday 23 November, morning" in painted(stage)


async def test_an_empty_journal_says_how_it_begins(context: Context) -> None:
    async with staged(today(context, steady_journal(context))) as (stage, _):
        assert "w starts your first" in painted(stage)
        assert "Nobody on the map yet" in painted(stage)


async def test_markup_and_orders_in_names_and_titles_are_only_text(context: Context) -> None:
    journal = steady_journal(context)
    journal.add_alter("[red]Bea[/nope]")
    journal.keep_page(PageText(body="[bold]@[red]Bea[/nope] \x1b]0;x\x07 [/]"))
    journal.intend("[link=x]go", due=journal.today())
    async with staged(today(context, journal)) as (stage, _):
        assert "[bold]" in painted(stage)
        assert "[link=x]go" in painted(stage)
        assert "[red]Bea" in painted(stage)


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    journal.intend("Send Tomás the photos", due=journal.today() + dt.timedelta(days=6))
    for size in (SMALL, NORMAL, WIDE):
        async with staged(today(context, journal), size=size) as (stage, pilot):
            await put(stage, pilot)
            hold(stage, "today")


async def test_everything_fits_in_80_by_24(context: Context, journal: Journal) -> None:
    async with staged(today(context, journal)) as (stage, pilot):
        await put(stage, pilot)
        rows = painted(stage).split("\n")
        assert "? keys" in rows[23]
        assert "kinship" in rows[1]


@pytest.mark.parametrize(
    ("hour", "part"), [(3, "night"), (6, "morning"), (13, "afternoon"), (18, "evening"), (23, "night")]
)
def test_the_part_of_the_day_is_said(hour: int, part: str) -> None:
    assert heading(EVENING.date(), EVENING.replace(hour=hour)) == f"Sunday 22 November, {part}"


def test_a_day_is_short_and_fits_its_column() -> None:
    here = dt.date(2026, 11, 22)
    days = [here, dt.date(2026, 11, 20), dt.date(2026, 10, 3), dt.date(2025, 10, 3)]
    labels = [day_label(day, here) for day in days]
    assert labels == ["today", "Fri 20", "3 Oct", "Oct '25"]
