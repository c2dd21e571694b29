"""What a page said before, the templates and the journals: looked at, changed, taken back; nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from builders.doors import steady_journal
from builders.screens import hold, kinship_app, painted, running, settle, staged, wait_for
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.tui.navigation import (
    BackRequested,
    HistoryRequested,
    PagesRequested,
    TemplateRequested,
    WriteRequested,
)
from kinship.tui.screens.history import HistoryScreen
from kinship.tui.screens.journals import JournalsScreen
from kinship.tui.screens.template import TemplateScreen
from kinship.tui.screens.templates import TemplatesScreen
from kinship.vault import Vault

FIRST = "Met Bea on the stairs. She listened,\nreally, for a quarter of an hour."
THEN = "Met Bea on the steps. She put her bag down and listened,\nfor a quarter of an hour, in the cold."


@pytest.fixture
def journal(context: Context, monkeypatch: pytest.MonkeyPatch) -> Journal:
    monkeypatch.setattr("platform.node", lambda: "laptop")
    return steady_journal(context)


def readable_in(context: Context, words: bytes) -> list[Path]:
    """Return the files below the person's places that hold these words as they are."""
    files = [one for place in (context.places.data, context.places.state) for one in place.rglob("*") if one.is_file()]
    return [one for one in files if words in one.read_bytes()]


def written_over(journal: Journal) -> str:
    id_ = journal.keep_page(PageText(body=FIRST)).made["entries"][0]
    journal.keep_page(PageText(id=id_, body=THEN))
    return id_


async def test_a_former_text_is_shown_word_by_word_and_restored_with_a_way_back(
    context: Context, journal: Journal
) -> None:
    id_ = written_over(journal)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(HistoryRequested(id_))
        await wait_for(pilot, "[-stairs-]{+steps+}")
        hold(app, "history")
        await pilot.press("t")
        assert "on the stairs. She listened," in await wait_for(pilot, "The whole text")
        await pilot.press("r")
        await settle(pilot)
        assert journal.pages.all()[0].body == FIRST
        assert {one.body for one in journal.pages.history(id_)} == {FIRST, THEN}
        await pilot.press("u")
        await settle(pilot)
        assert "“Former text” is taken back." in painted(app)
        assert journal.pages.all()[0].body == THEN
        await pilot.press("U")
        await settle(pilot)
        assert "“Former text” is done again." in painted(app)
        assert journal.pages.all()[0].body == FIRST
    app.close_journal()


async def test_a_page_of_one_text_says_so(context: Context, journal: Journal) -> None:
    id_ = journal.keep_page(PageText(body=FIRST)).made["entries"][0]
    async with staged(HistoryScreen(context, journal, id_)) as (stage, pilot):
        assert "one text only" in painted(stage)
        await pilot.press("r", "t", "escape")
        assert stage.asked == [BackRequested()]


async def test_templates_are_made_changed_used_and_thrown_away(context: Context, journal: Journal) -> None:
    async with staged(TemplatesScreen(context, journal)) as (stage, pilot):
        assert "No template yet" in painted(stage)
        await pilot.press("n")
        assert stage.asked == [TemplateRequested()]
    screen = TemplateScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press(*"Night", "enter", "enter")
        screen.editor.insert("# {day}\n\nI dreamt {text}. #dream")
        await settle(pilot)
        hold(stage, "template")
        await pilot.press("escape")
        assert stage.asked == [BackRequested()]
    (one,) = journal.all_templates()
    assert (one.name, one.body) == ("Night", "# {day}\n\nI dreamt {text}. #dream")
    async with staged(TemplatesScreen(context, journal)) as (stage, pilot):
        assert "I dreamt" in painted(stage)
        await pilot.press("enter", "e", "d")
        await settle(pilot)
        assert stage.asked == [WriteRequested(template=one.id), TemplateRequested(one.id)]
        assert journal.all_templates() == []
    journal.undo()
    assert journal.all_templates() == [one]


async def test_what_was_typed_of_a_template_survives_a_kill_and_a_full_disk(
    context: Context, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = TemplateScreen(context, journal)
    async with staged(screen):
        screen.query_one("#name", Input).value = "Night"
        screen.editor.insert("I dreamt")
        screen.keep_draft()
    assert journal.drafts.of(None) is None
    assert readable_in(context, b"I dreamt") == []
    (context.places.state / "seen").write_bytes(b"so I dreamt")
    assert len(readable_in(context, b"I dreamt")) == 1, "a word that lies open would be noticed"
    again = TemplateScreen(context, journal)
    async with staged(again) as (stage, pilot):
        assert "Brought back" in painted(stage)
        assert again.now() == ("Night", "", "I dreamt")
        with monkeypatch.context() as full:

            def refuse(*_: object) -> None:
                raise NotSaved("The disk is full.")

            full.setattr(Vault, "commit", refuse)
            await pilot.press("escape")
            await settle(pilot)
            assert "The disk is full." in painted(stage)
            assert again.now() == ("Night", "", "I dreamt")
            assert stage.asked == []
        await pilot.press("f3")
        assert again.editor.text == ""
        await pilot.press("ctrl+z", "escape")
        await settle(pilot)
        assert stage.asked == [BackRequested()]
    assert [(one.name, one.body) for one in journal.all_templates()] == [("I dreamt", "I dreamt")]
    assert journal.drafts.all() == []


async def test_two_programs_with_one_template_lose_neither_text(context: Context, journal: Journal) -> None:
    journal.keep_template("Night", "I dreamt")
    (one,) = journal.all_templates()
    screen = TemplateScreen(context, journal, one.id)
    async with staged(screen) as (_, pilot):
        screen.editor.insert("here, ")
        journal.delete_template(one.id)
        await pilot.press("escape")
        await settle(pilot)
    (kept,) = journal.all_templates()
    assert "here, " in kept.body


async def test_journals_are_listed_opened_and_renamed(context: Context, journal: Journal) -> None:
    journal.keep_page(PageText(body="a page"))
    for word in ("one", "two"):
        journal.keep_page(PageText(body=word, journal="Dreams"))
    async with staged(JournalsScreen(context, journal)) as (stage, pilot):
        hold(stage, "journals")
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert stage.asked == [PagesRequested('journal:"unnamed"'), PagesRequested('journal:"Dreams"')]
        await pilot.press("r")
        await settle(pilot)
        await pilot.press(*["backspace"] * 6, *"Nights", "enter")
        await settle(pilot)
        assert [one.name for one in journal.journals()] == ["", "Nights"]
        journal.undo()
    assert [one.name for one in journal.journals()] == ["", "Dreams"]
