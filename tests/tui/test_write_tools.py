"""What helps while writing: finding words, the day and the journal, templates, counting; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input

from builders.pages import context_of, journal_with, type_in
from builders.screens import hold, painted, settle, staged, wait_for
from kinship.journal.journal import PageText
from kinship.journal.words import count_words, length_in_words
from kinship.tui.screens.write import WriteScreen
from kinship.tui.widgets.page_places import marked_lines, nearest, places_of

LINES = ["The river, the", "boat. Thé end", "nothing"]


def test_words_are_found_whatever_their_case_and_over_the_end_of_a_line() -> None:
    assert places_of(LINES, "the") == (((0, 0), (0, 3)), ((0, 11), (0, 14)))
    places = places_of(LINES, "THE BOAT")
    assert places == (((0, 11), (1, 4)),)
    assert marked_lines(LINES, places) == {0: ((11, 14),), 1: ((0, 4),)}
    assert places_of(LINES, "thé") == (((1, 6), (1, 9)),)
    assert places_of(LINES, " ") == ()
    assert nearest(places_of(LINES, "the"), (0, 1)) == 1
    assert nearest(places_of(LINES, "the"), (2, 0)) == 0


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("Bea's mother-in-law — 3 of 4", 5), ("漢字かな and so", 6), ("* _x_ # --", 1)]
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


def test_the_length_is_said_in_words() -> None:
    assert length_in_words("a") == "1 word, 1 character"
    assert length_in_words("so " * 1000) == "1,000 words, 3,000 characters"


async def test_finding_goes_from_place_to_place_and_back_where_one_was(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    body = "\n".join(["The river.", *["more"] * 60, "the boat", "the end"])
    id_ = journal.keep_page(PageText(body=body)).made["entries"][0]
    screen = WriteScreen(context_of(journal), journal, entry=id_)
    async with staged(screen) as (stage, pilot):
        editor = screen.editor
        editor.move_cursor((30, 2))
        await pilot.pause()
        was, offset = editor.selection, editor.scroll_offset
        await pilot.press("ctrl+f", *"the")
        await settle(pilot)
        assert "1 of 3" not in painted(stage)
        assert "2 of 3" in painted(stage)
        assert editor.selected_text == "the"
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "1 of 3" in painted(stage)
        assert "The river." in painted(stage)
        await pilot.press("up")
        assert editor.selection.start == (62, 0)
        await pilot.press(*"x")
        await settle(pilot)
        assert "nowhere" in painted(stage)
        assert (editor.selection, editor.scroll_offset) == (was, offset)
        await pilot.press("backspace", "escape")
        await settle(pilot)
        assert (editor.selection, editor.scroll_offset, editor.has_focus) == (was, offset, True)
        await pilot.press("ctrl+f", "tab")
        await settle(pilot)
        assert editor.selected_text == "the"
        assert editor.text == body
        await pilot.press("f11", "f9")
        await settle(pilot)
        assert "1 word, 3 characters selected." in painted(stage)
        screen.say("The disk is full.", wrong=True)
        await settle(pilot)
        assert "The disk is full." in painted(stage), "nothing but the page, unless something is wrong"


async def test_the_day_the_journal_and_the_title_are_said_in_words_and_survive_a_kill(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    journal.keep_page(PageText(body="of water", journal="Dreams"))
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        screen.editor.insert("The river again")
        await pilot.press("ctrl+t", "ctrl+u", *"3/4")
        await settle(pilot)
        assert "may be 3 April" not in painted(stage), "half a word is not scolded"
        await wait_for(pilot, "may be 3 April")
        await pilot.press("escape")
        assert "It is as it was." in await wait_for(pilot, "may be 3 April")
        await pilot.press("ctrl+t")
        for name, words in (("day", "yesterday"), ("journal", "dreams"), ("title", "A walk"), ("mood", "7")):
            screen.query_one(f"#about-{name}", Input).value = words
        await pilot.press("enter", "tab")
        await settle(pilot)
        hold(stage, "write-about")
        await pilot.press("escape")
        assert screen.editor.has_focus
        screen.keep_draft()
    again = WriteScreen(context_of(journal), journal)
    async with staged(again) as (stage, pilot):
        assert "Dreams · A walk · mood 7" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
    (page,) = [one for one in journal.pages.all() if one.body == "The river again"]
    assert (page.day, page.journal, page.title) == (journal.today() - dt.timedelta(days=1), "Dreams", "A walk")
    assert page.mood == 7
    edited = WriteScreen(context_of(journal), journal, entry=page.id)
    async with staged(edited) as (_, pilot):
        await pilot.press("ctrl+t", "down", "ctrl+u", "tab", "ctrl+u", "tab", "backspace", "tab", "escape")
        await settle(pilot)
    after = journal.pages.get(page.id)
    assert after is not None
    assert (after.body, after.journal, after.title, after.mood) == ("The river again", "", None, None)


async def test_a_title_alone_is_a_page_and_a_day_alone_is_none(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    for name, words, pages in (("day", "yesterday", 0), ("title", "Only this", 1)):
        screen = WriteScreen(context_of(journal), journal)
        async with staged(screen) as (_, pilot):
            await pilot.press("ctrl+t")
            screen.query_one(f"#about-{name}", Input).value = words
            await pilot.press("escape", "escape")
            await settle(pilot)
        assert len(journal.pages.all()) == pages


async def test_a_template_is_put_in_with_one_undo_and_writing_goes_on_in_it(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    journal.keep_template("Night", "# {day}\n\nI dreamt {text}.", journal="dreams")
    journal.keep_template("Plain", "slept: ")
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("f5")
        await settle(pilot)
        assert "Begin with" in painted(stage)
        await pilot.press("enter")
        await type_in(pilot, "of water")
        assert screen.editor.text.endswith("\n\nI dreamt of water.")
        assert "· dreams" in painted(stage)
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.editor.text == ""
        await pilot.press("ctrl+y", "escape")
        await settle(pilot)
    (page,) = journal.pages.all()
    assert page.journal == "dreams"
    begun = WriteScreen(context_of(journal), journal, template=journal.template_named("plain").id)
    async with staged(begun) as (_, pilot):
        await type_in(pilot, "well")
        assert begun.editor.text == "slept: well"


async def test_without_a_template_it_says_where_they_are_made(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await pilot.press("f5")
        await settle(pilot)
        assert "There is no template yet" in painted(stage)
        await type_in(pilot, "x")
        assert "There is no template yet" not in painted(stage)
