"""What is asked of the person: switches they set themselves, and questions that never come again unless called."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from textual.pilot import Pilot

from builders.doors import steady_journal
from builders.screens import EVENING, NORMAL, SMALL, context_in, hold, kinship_app, painted, running, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.journal.model import Status
from kinship.reflect.packs import load_pack
from kinship.reflect.prompts import Condition
from kinship.reflect.state import condition_since, put_away, put_away_in, selection_state
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, ChoicesRequested, PersonRequested
from kinship.tui.screens.choices import ChoicesScreen
from kinship.tui.screens.reflections import ReflectionsScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.widgets.prompt_card import PromptCard

LOSS, SEPARATION = 3, 4
"""Rows below the first."""


@pytest.fixture
def journal(context: Context) -> Journal:
    return steady_journal(context)


async def to_row(pilot: Pilot[Any], row: int) -> None:
    await pilot.press("home", *["down"] * row, "enter")
    await pilot.pause()


async def answered(pilot: Pilot[Any], words: str) -> None:
    await pilot.press("end", *["backspace"] * 20, *("space" if one == " " else one for one in words), "enter")
    await pilot.pause()


async def refreshed(screen: ChoicesScreen, pilot: Pilot[Any]) -> str:
    screen.show_choices()
    await settle(pilot)
    return painted(screen.app)


async def test_whoever_is_left_out_stands_there_and_enter_opens_their_page(context: Context, journal: Journal) -> None:
    for name, status in (("Pat", "paused"), ("Rex", "no_contact")):
        journal.add_alter(name, status=Status(status))
    (rex,) = journal.alters.by_name("Rex")
    screen = ChoicesScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        assert re.search("No contact +Rex\n *Paused +Pat", painted(stage))
        await to_row(pilot, screen.rows.get_option_index(f"person.{rex.id}"))
        assert "No question brings them up" in painted(stage)
        assert stage.asked == [PersonRequested(rex.id)]


@pytest.mark.parametrize(("row", "key"), [(LOSS, "recent_loss"), (SEPARATION, "recent_separation")])
async def test_a_switch_is_set_with_its_day_and_taken_back(
    context: Context, journal: Journal, row: int, key: str
) -> None:
    screen = ChoicesScreen(context, journal)
    async with staged(screen) as (_, pilot):
        await to_row(pilot, row)
        assert condition_since(journal, key) == EVENING.date()
        shown = await refreshed(screen, pilot)
        assert "since 22 November" in shown
        assert "by itself in May 2027" in " ".join(shown.split())
        assert selection_state(journal, journal.today()).conditions == {Condition(key)}
        await pilot.press("enter")
        await pilot.pause()
        assert condition_since(journal, key) is None
        journal.undo()
        assert condition_since(journal, key) == EVENING.date()


def test_a_switch_wears_off_by_itself(context: Context, journal: Journal) -> None:
    journal.choose("recent_loss", EVENING.date().isoformat())
    assert isinstance(context.clock, FrozenClock)
    days = load_pack().rules.recent_loss_days
    context.clock.at = EVENING + dt.timedelta(days=days)
    assert condition_since(journal, "recent_loss") is not None
    assert selection_state(journal, journal.today()).conditions
    context.clock.at = EVENING + dt.timedelta(days=days + 1)
    assert condition_since(journal, "recent_loss") is None
    assert not selection_state(journal, journal.today()).conditions


async def test_name_country_and_the_start_of_the_day_are_said_in_words(context: Context, journal: Journal) -> None:
    screen = ChoicesScreen(context, journal)
    async with staged(screen) as (_, pilot):
        await to_row(pilot, 0)
        await answered(pilot, "Alma")
        await to_row(pilot, 1)
        await answered(pilot, "ireland")
        await to_row(pilot, 2)
        await answered(pilot, "5")
        shown = await refreshed(screen, pilot)
        assert (journal.choices.own_name, journal.choices.country) == ("Alma", "IE")
        assert journal.choices.day_start == dt.time(5)
        assert "Ireland" in shown
        await to_row(pilot, 1)
        await answered(pilot, "")
        assert journal.choices.country == ""


@pytest.mark.parametrize(("row", "words"), [(1, "Atlantis"), (2, "25:00")])
async def test_what_is_not_understood_is_said_and_nothing_changes(tmp_path: Any, row: int, words: str) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=(journal := steady_journal(context)))
    async with running(app) as pilot:
        app.screen.post_message(ChoicesRequested())
        await settle(pilot)
        await to_row(pilot, row)
        await answered(pilot, words)
        assert f"“{words}”" in painted(app)
        assert (journal.choices.country, journal.choices.day_start) == ("", dt.time(4))
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_a_question_that_is_not_for_me_never_comes_again(tmp_path: Any) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=(journal := steady_journal(context)))
    async with running(app) as pilot:
        card = app.screen.query_one(PromptCard)
        assert card.shown is not None
        first = card.shown.question.id
        await pilot.press("x")
        await settle(pilot)
        assert put_away_in(journal) == {first}
        assert card.shown.question.id != first
        await pilot.press("u")
        await settle(pilot)
        assert put_away_in(journal) == frozenset()
    app.close_journal()


async def test_what_was_put_away_is_listed_with_a_way_back(context: Context, journal: Journal) -> None:
    put_away(journal, "val-01")
    put_away(journal, "of a pack that is gone")
    screen = ChoicesScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        assert painted(stage).count("Put away") == 2
        prompt = load_pack().prompt("val-01")
        assert prompt is not None
        assert prompt.text[:20] in painted(stage)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert put_away_in(journal) == {"of a pack that is gone"}


async def test_the_reflections_lead_there(context: Context, journal: Journal) -> None:
    async with staged(ReflectionsScreen(context, journal)) as (stage, pilot):
        await pilot.press("a")
        await pilot.pause()
        assert stage.asked == [ChoicesRequested()]


async def test_esc_goes_back(context: Context, journal: Journal) -> None:
    async with staged(ChoicesScreen(context, journal)) as (stage, pilot):
        await pilot.press("enter", "escape", "escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    journal.choose("recent_loss", EVENING.date().isoformat())
    put_away(journal, "val-01")
    for size in (SMALL, NORMAL):
        async with staged(ChoicesScreen(context, journal), size=size) as (stage, pilot):
            await pilot.press(*["down"] * LOSS)
            await pilot.pause()
            hold(stage, "choices")
