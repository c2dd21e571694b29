"""The hard-day card: shown first where help is, only after unlocking, written in a form that loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Select

from builders.doors import locked_vault, steady_journal
from builders.screens import EVENING, NORMAL, SMALL, context_in, hold, kinship_app, painted, running, settle, staged
from kinship.ground.errors import NotSaved
from kinship.journal.forms import Form, keep_form, waiting_form
from kinship.journal.journal import Journal
from kinship.journal.model import Card
from kinship.reflect.packs import load_pack
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, CardRequested, SessionRequested
from kinship.tui.screens.card import CardScreen
from kinship.tui.screens.form import lines_of
from kinship.tui.screens.help import HelpScreen

WORDS = "You have been here before."


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    bea, tom = (journal.add_alter(name).made["alters"][0] for name in ("Bea", "Tom"))
    journal.write_card(
        Card(people=(bea, tom, "my aunt", "f" * 32), numbers=("Surgery: 555 0142",), helps=("a walk",), words=WORDS)
    )
    called = journal.alters.get(bea)
    assert called is not None
    journal.edit_alter(msgspec.structs.replace(called, name="Beatrix"))
    journal.state(tom, "status", "no_contact")
    return journal


def help_screen(context: Context, journal: Journal | None) -> HelpScreen:
    return HelpScreen(context, (), journal=journal)


async def typed(pilot: Pilot[Any], words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await pilot.pause()


async def test_the_card_stands_before_the_helplines_with_the_names_of_now(context: Context, journal: Journal) -> None:
    async with staged(help_screen(context, journal)) as (stage, _):
        shown = painted(stage)
        assert shown.index(WORDS) < shown.index("Surgery") < shown.index("a walk") < shown.index("Somebody to talk to")
        assert "Beatrix" in shown
        assert "my aunt" in shown


async def test_nobody_there_is_no_contact_with_and_nobody_who_is_gone_stands_there(
    context: Context, journal: Journal
) -> None:
    async with staged(help_screen(context, journal)) as (stage, _):
        assert "Tom" not in painted(stage)
        assert "ffff" not in painted(stage)


async def test_on_the_lock_screen_only_what_is_public_stands_there(context: Context, journal: Journal) -> None:
    journal.vault.close()
    other = context_in(context.places.config.parent / "other")
    path, _ = locked_vault(other)
    app = kinship_app(other, path)
    async with running(app) as pilot:
        await pilot.press("f1")
        await settle(pilot)
        assert "hard-day card" not in painted(app)
        assert "findahelpline.com" in painted(app)
        await pilot.press("e", "r")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)


async def test_over_the_veil_help_shows_nothing_of_the_journal(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        for keys, shown in ((("ctrl+l", "f1"), False), (("escape", "escape", "f1"), True)):
            await pilot.press(*keys)
            await settle(pilot)
            assert isinstance(app.screen, HelpScreen)
            assert (WORDS in painted(app)) is shown
            assert ("hard-day card" in painted(app)) is shown
    app.close_journal()


async def test_an_empty_card_says_how_it_is_filled(context: Context) -> None:
    async with staged(help_screen(context, steady_journal(context))) as (stage, pilot):
        assert "Your hard-day card is empty." in painted(stage)
        stage.screen.query_one("#people").focus()
        await pilot.press("e", "r")
        await pilot.pause()
        assert stage.asked == [CardRequested(), SessionRequested("res-card")]


async def test_settling_exercises_are_read_one_at_a_time(context: Context) -> None:
    async with staged(help_screen(context, None)) as (stage, pilot):
        stage.screen.query_one(Select).value = "GB"
        stage.screen.query_one("#people").focus()
        await settle(pilot)
        titles = [one.title for one in load_pack().grounding]
        for title in (*titles, titles[0]):
            await pilot.press("s")
            await pilot.pause()
            assert [one for one in titles if one in painted(stage)] == [title]


async def test_every_field_may_be_filled_and_undo_takes_it_back(context: Context) -> None:
    journal = steady_journal(context)
    (bea,) = journal.add_alter("Bea").made["alters"]
    async with staged(CardScreen(context, journal)) as (stage, pilot):
        await typed(pilot, "go gently")
        await pilot.press("tab")
        await typed(pilot, "bea")
        await pilot.press("enter")
        await typed(pilot, "aunt")
        await pilot.press("tab", "tab")
        await typed(pilot, "tea")
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]
    assert journal.card == Card(people=(bea, "aunt"), helps=("tea",), words="go gently")
    journal.undo()
    assert journal.card == Card()


async def test_a_card_left_as_it_was_makes_no_act(context: Context, journal: Journal) -> None:
    before = journal.can_undo
    async with staged(CardScreen(context, journal)) as (_, pilot):
        await pilot.press("escape")
        await pilot.pause()
    assert journal.can_undo == before
    async with staged(CardScreen(context, journal)) as (_, pilot):
        await typed(pilot, "no")
        await pilot.press("f4")
        await pilot.pause()
    assert journal.can_undo == before
    assert waiting_form(journal.vault, "card") is None


async def test_whoever_is_not_shown_stays_on_the_card(context: Context, journal: Journal) -> None:
    before = set(journal.card.people)
    async with staged(CardScreen(context, journal)) as (_, pilot):
        await typed(pilot, "x")
        await pilot.press("escape")
        await pilot.pause()
    assert set(journal.card.people) == before


async def test_what_was_typed_when_it_was_locked_waits_as_a_draft(context: Context) -> None:
    journal = steady_journal(context)
    screen = CardScreen(context, journal)
    async with staged(screen) as (_, pilot):
        await typed(pilot, "half a line")
        screen.keep_draft()
    assert journal.drafts.all() == []
    async with staged(CardScreen(context, journal)) as (stage, pilot):
        assert "half a line" in painted(stage)
        assert "not kept yet, from 21:04" in painted(stage)
        await pilot.press("escape")
        await pilot.pause()
    assert journal.card.words == "half a line"
    assert waiting_form(journal.vault, "card") is None


async def test_what_cannot_be_kept_stays_on_the_screen(
    context: Context, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise NotSaved("No space is left.")

    async with staged(CardScreen(context, journal)) as (stage, pilot):
        monkeypatch.setattr(journal, "write_card", refused)
        await typed(pilot, "x")
        await pilot.press("escape")
        await pilot.pause()
        assert "No space is left." in painted(stage)
        assert stage.asked == []


def test_a_form_keeps_its_words_to_itself(tmp_path: Path) -> None:
    journal = steady_journal(context_in(tmp_path))
    form = Form("card", {"words": "heron"})
    keep_form(journal.vault, journal.clock, form)
    assert "heron" not in repr(waiting_form(journal.vault, "card"))
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"heron" in file.read_bytes()]


def test_the_lines_of_a_field_are_each_there_once() -> None:
    assert lines_of(" tea\n\n tea \nrain") == ("tea", "rain")


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    assert context.clock.now() == EVENING
    for size in (SMALL, NORMAL):
        async with staged(help_screen(context, journal), size=size) as (stage, pilot):
            stage.screen.query_one(Select).value = "IE"
            await pilot.pause()
            hold(stage, "help")
        async with staged(CardScreen(context, journal), size=size) as (stage, _):
            hold(stage, "card")
