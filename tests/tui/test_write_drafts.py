"""What a person typed is never lost: drafts are kept, and brought back after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.pages import context_of, journal_with, type_in
from builders.screens import Stage, painted, settle, staged
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal, PageText
from kinship.tui import drafting
from kinship.tui.drafting import STROKES
from kinship.tui.navigation import Question
from kinship.tui.screens.write import WriteScreen
from kinship.tui.widgets.page_editor import PageEditor
from kinship.vault import Vault


def text_of(stage: Stage) -> str:
    return stage.screen.query_one(PageEditor).text


async def killed_while_writing(journal: Journal, words: str, question: Question | None = None) -> None:
    """Type, keep the draft, and end without leaving the page: as a killed program does."""
    screen = WriteScreen(context_of(journal), journal, question=question)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, words)
        screen.keep_draft()


async def test_words_come_back_after_a_kill(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    await killed_while_writing(journal, "Long day with @Bea.")
    assert journal.pages.all() == []
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        assert text_of(stage) == "Long day with @Bea."
        assert "Brought back from 21:04" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
    assert [one.body for one in journal.pages.all()] == ["Long day with @Bea."]
    assert journal.drafts.all() == []


async def test_marks_newcomers_and_the_question_come_back_too(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea")
    screen = WriteScreen(context_of(journal), journal, question=Question("p9", "Who was kind?", "kindness"))
    async with staged(screen) as (_, pilot):
        await type_in(pilot, "@Bea and @Noor.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("y", "3", "1", "left", "1", "1")
        await pilot.pause()
        screen.keep_draft()
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        assert "Who was kind?" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
    (entry,) = journal.pages.all()
    noor = journal.alters.by_name("Noor")[0].id
    assert entry.prompt == "p9"
    found = {(one.alter, one.subkind) for one in journal.moments.of_entry(entry)}
    assert found == {(people["Bea"], "listening"), (noor, "belonging")}


async def test_an_edit_that_was_cut_short_comes_back_on_its_page_only(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    id_ = journal.keep_page(PageText(body="One.")).made["entries"][0]
    screen = WriteScreen(context_of(journal), journal, entry=id_)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, " Two.")
        screen.keep_draft()
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, _):
        assert text_of(stage) == ""
    async with staged(WriteScreen(context_of(journal), journal, entry=id_)) as (stage, pilot):
        assert text_of(stage) == "One. Two."
        await pilot.press("escape")
        await settle(pilot)
    assert [one.body for one in journal.pages.all()] == ["One. Two."]


async def test_words_brought_back_are_kept_apart_from_a_new_answer(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    await killed_while_writing(journal, "Yesterday.")
    question = Question("p1", "And today?")
    async with staged(WriteScreen(context_of(journal), journal, question=question)) as (stage, pilot):
        assert "And today?" not in painted(stage)
        await pilot.press("f2")
        await settle(pilot)
        assert text_of(stage) == ""
        assert "And today?" in painted(stage)
        await type_in(pilot, "Better.")
        await pilot.press("escape")
        await settle(pilot)
    assert {(one.body, one.prompt) for one in journal.pages.all()} == {("Yesterday.", None), ("Better.", "p1")}


async def test_words_brought_back_can_be_thrown_away_and_had_again(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    await killed_while_writing(journal, "No more of this.")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await pilot.press("f3")
        assert text_of(stage) == ""
        await pilot.press("ctrl+z")
        assert text_of(stage) == "No more of this."
        await pilot.press("f3", "escape")
        await settle(pilot)
    assert journal.pages.all() == []
    assert journal.drafts.all() == []


async def test_a_draft_is_kept_after_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "IDLE", 0.01)
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "Words")
        while not journal.drafts.all():
            await settle(pilot)
        await settle(pilot)
        assert "kept 21:04" in painted(stage)
    assert journal.drafts.all()[0].page.body == "Words"


async def test_a_draft_is_kept_after_many_strokes_without_a_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "IDLE", 3600.0)
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        for _ in range(STROKES):
            editor.insert("a")
        await settle(pilot)
        assert len(journal.drafts.all()) == 1


async def test_a_page_that_was_emptied_leaves_no_draft(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        await type_in(pilot, "Words")
        screen.save_draft()
        await settle(pilot)
        assert len(journal.drafts.all()) == 1
        stage.screen.query_one(PageEditor).clear()
        screen.save_draft()
        await settle(pilot)
        assert journal.drafts.all() == []


async def test_a_refused_draft_says_so_and_keeps_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, _ = journal_with(tmp_path)

    def refuse(*_: object) -> None:
        raise NotSaved("The draft could not be kept.", "The words are still on the screen.")

    monkeypatch.setattr(Vault, "save_draft", refuse)
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        await type_in(pilot, "Words")
        screen.save_draft()
        await settle(pilot)
        assert "not kept yet" in painted(stage)
        assert "The draft could not be kept." in painted(stage)
        assert text_of(stage) == "Words"


async def test_a_draft_that_comes_late_does_not_outlive_its_page(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, "Words")
        screen.keep_words()
        screen.save_draft()
        screen.keep_draft()
        await settle(pilot)
    assert journal.drafts.all() == []
