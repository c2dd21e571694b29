"""The Inbox: sealed notes are read, kept as pages or thrown away, and undo brings each back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.doors import a_few_pages, steady_journal
from builders.notes import jotted, planted
from builders.screens import EVENING, NORMAL, WIDE, context_in, hold, kinship_app, painted, running, settle, staged
from kinship.journal.inbox import SENDER
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, InboxRequested
from kinship.tui.screens.inbox import GOES_ON, NOTHING, InboxScreen, words_of
from kinship.tui.screens.today import TodayScreen
from kinship.tui.today_words import sealed
from kinship.tui.widgets.key_line import KeyLine

NOTES = (
    "The blue house on the corner. Ask @Bea whether she saw it too.\n\nIt was *yellow* before.",
    "Called @Grace, no answer, try on Sunday",
)


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    jotted(journal.vault, *NOTES, at=EVENING - dt.timedelta(hours=3))
    return journal


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_inbox_looks_as_it_should(context: Context, journal: Journal, size: tuple[int, int]) -> None:
    async with staged(InboxScreen(context, journal), size=size) as (stage, _):
        hold(stage, "inbox")
        assert SENDER in painted(stage)
        assert len(stage.screen.query_one(KeyLine).shown) <= 6


async def test_an_empty_inbox_says_one_sentence(context: Context) -> None:
    async with staged(InboxScreen(context, steady_journal(context))) as (stage, pilot):
        await pilot.press("a", "d", "tab", "enter")
        await settle(pilot)
        assert NOTHING in painted(stage)
        hold(stage, "inbox-empty")


async def test_a_kept_note_becomes_a_page_and_undo_takes_it_back(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("ctrl+p", *"inbox", "enter")
        await settle(pilot)
        pages = len(journal.pages.all())
        await pilot.press("a")
        await settle(pilot)
        assert len(journal.pages.all()) == pages + 1
        assert "Called" not in painted(app).split("Kept as a page")[0]
        assert "The blue house" in painted(app)
        await pilot.press("u")
        await settle(pilot)
        assert len(journal.pages.all()) == pages
        assert len(journal.waiting_notes()) == 2
        assert "Called @Grace" in painted(app)
    app.close_journal()


async def test_a_note_thrown_away_is_brought_back_by_u(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        journal.take_notes()
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        await pilot.press("j", "d")
        await settle(pilot)
        assert [note.body for note in journal.waiting_notes()] == [NOTES[1]]
        assert "Thrown away. u brings it back." in painted(app)
        await pilot.press("u")
        await settle(pilot)
        assert len(journal.waiting_notes()) == 2
    app.close_journal()


async def test_the_words_of_a_waiting_note_link_nobody(context: Context, journal: Journal) -> None:
    async with staged(InboxScreen(context, journal)):
        (grace,) = journal.alters.by_name("Grace")
        before = journal.pages.mentioning(grace)
        assert [page.body for page in before if "Sunday" in page.body] == []
        journal.accept_note(journal.waiting_notes()[0].id)
        assert [page.body for page in journal.pages.mentioning(grace) if "Sunday" in page.body] == [NOTES[1]]


async def test_escape_goes_from_the_words_to_the_list_and_then_back(context: Context, journal: Journal) -> None:
    async with staged(InboxScreen(context, journal)) as (stage, pilot):
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert stage.asked == []
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]


async def test_what_stays_in_the_folder_is_said_there(context: Context, journal: Journal) -> None:
    planted(journal.vault, "odd.note", b"KINNOTE1 and nothing")
    async with staged(InboxScreen(context, journal)) as (stage, _):
        assert "it stays where it is." in " ".join(painted(stage).split())


async def test_today_says_that_notes_wait_and_b_leads_there(context: Context, journal: Journal) -> None:
    journal.take_notes()
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        assert "2 sealed notes wait · b" in painted(stage)
        await pilot.press("b")
        await pilot.pause()
        assert stage.asked == [InboxRequested()]


def test_today_says_nothing_where_nothing_waits(tmp_path: Path) -> None:
    journal = steady_journal(context_in(tmp_path))
    assert sealed(journal) == ""
    jotted(journal.vault, "one")
    journal.take_notes()
    assert sealed(journal) == "1 sealed note waits · b"
    journal.discard_note(journal.waiting_notes()[0].id)
    assert sealed(journal) == ""


async def test_hostile_notes_are_shown_as_words_and_not_for_ever(context: Context) -> None:
    journal = steady_journal(context)
    jotted(journal.vault, "- line @Bea [/x] *so*\n" * 2900, "\n" * 65_535 + "x", "word " * 13_000)
    journal.take_notes()
    assert all(words_of(note).plain.endswith(GOES_ON) for note in journal.waiting_notes())
    assert all(len(words_of(note).plain) < 17_000 for note in journal.waiting_notes())
    async with staged(InboxScreen(context, journal)) as (stage, pilot):
        await pilot.press("G")
        await pilot.pause()
        assert "[/x]" in painted(stage)
