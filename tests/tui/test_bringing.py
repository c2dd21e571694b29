"""The screen that brings a journal along: what lies there is seen and shown, comes as one act, and goes again."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders.hostile import MARKUP
from builders.journals import EVENING, new_journal
from builders.journals_of_others import PASSWORD, day_one_zip, everywhere, jrnl_encrypted
from builders.screens import NORMAL, SMALL, Stage, hold, painted, settle, staged, wait_for
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places
from kinship.journal.journal import Event, Journal
from kinship.transfer.bringing import Batch, PagesBatch, weigh
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.paths import further, typed_path, ways_on
from kinship.tui.screens import bringing
from kinship.tui.screens.bringing import BringScreen, with_bold_title
from kinship.vault import exists

CARDS = "".join(f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEND:VCARD\n" for name in ("Ana Ruiz", "Bo Lind"))


@asynccontextmanager
async def shown(
    tmp_path: Path, journal: Journal, size: tuple[int, int] = NORMAL
) -> AsyncIterator[tuple[BringScreen, Stage, Pilot[Any]]]:
    home = tmp_path / "home"
    (home / "old").mkdir(parents=True, exist_ok=True)
    for name, data, _ in everywhere().values():
        (home / "old" / name).write_bytes(data)
    (home / "old" / "sealed.txt").write_bytes(jrnl_encrypted())
    (home / "old" / "contacts.vcf").write_text(CARDS)
    context = Context(
        clock=FrozenClock(EVENING), places=Places(home, home, home), environment={"HOME": str(home)}, exports=home
    )
    screen = BringScreen(context, journal)
    async with staged(screen, size=size) as (stage, pilot):

        def tell(event: Event) -> None:
            screen.post_message(JournalChanged(event))

        end = journal.subscribe(tell)
        yield screen, stage, pilot
        end()


def said(screen: BringScreen) -> str:
    return str(screen.state.render())


async def name(screen: BringScreen, pilot: Pilot[Any], typed: str) -> None:
    screen.where.line.focus()
    screen.where.line.value = typed
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    await settle(pilot)


async def test_a_journal_is_completed_seen_shown_brought_and_taken_back(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with shown(tmp_path, journal) as (screen, stage, pilot):
        screen.where.line.value = "~/o"
        await pilot.press("tab")
        await settle(pilot)
        await settle(pilot)
        assert screen.where.typed == "~/old/"
        hold(stage, "bring-ways")
        await pilot.press("j", "tab", "enter")
        await settle(pilot)
        await settle(pilot)
        assert screen.choices.form.value == "jrnl"
        assert journal.pages.all() == []
        hold(stage, "bring-preview")
        screen.people.focus()
        screen.choices.into.value = "old"
        await pilot.press("a", "b", "enter")
        await settle(pilot)
        assert said(screen) == "Brought in: 3 new, 2 onto your map. u takes it back."
        assert {one.journal for one in journal.pages.all()} == {"old"}
        assert [one.name for one in journal.alters.all()] == ["garden", "Marta"]
        journal.undo()
        await settle(pilot)
        assert said(screen) == "Taken back: nothing of it is in your journal."
        assert (journal.pages.all(), journal.alters.all()) == ([], [])
        await name(screen, pilot, "~/old/journal.txt")
        await pilot.press("enter")
        await settle(pilot)
        await name(screen, pilot, "~/old/journal.txt")
        assert said(screen) == "Nothing new is in it."
        await pilot.press("escape")
        await settle(pilot)
        assert [type(one) for one in stage.asked] == [BackRequested]


async def test_what_it_is_can_be_changed_and_what_is_unclear_is_asked_for(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with shown(tmp_path, journal, SMALL) as (screen, stage, pilot):
        (tmp_path / "home" / "unclear.txt").write_text("03/04/2024\nWords\n")
        await name(screen, pilot, "unclear.txt")
        assert said(screen) == "03/04/2024 can be read in two ways. Say what stands first, beside “days”."
        screen.choices.days.picked = 1
        await settle(pilot)
        assert "1 new, 2024-04-03" in painted(stage)
        screen.choices.form.picked = 0
        await settle(pilot)
        assert screen.state.has_class("-wrong")
        assert "kinship import jrnl --help" in said(screen)
        await name(screen, pilot, "~/old/days.csv")
        screen.choices.scale.picked = 1
        await settle(pilot)
        assert "with a mood: 1" in painted(stage)
        hold(stage, "bring-table")


async def test_an_encrypted_journal_asks_for_its_password_and_forgets_it(tmp_path: Path) -> None:
    async with shown(tmp_path, new_journal(tmp_path)) as (screen, _, pilot):
        await name(screen, pilot, "~/old/sealed.txt")
        assert screen.choices.password.has_focus
        for typed in ("wrong", PASSWORD):
            assert screen.query_one("#answers").display is False
            screen.choices.password.value = typed
            await pilot.press("enter")
            await settle(pilot)
        assert screen.query_one("#answers").display is True
        assert screen.choices.password.value == ""
        await name(screen, pilot, "~/old/sealed.txt")
        assert screen.choices.password.has_focus


async def test_of_an_address_book_only_those_come_who_are_ticked(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with shown(tmp_path, journal) as (screen, _, pilot):
        await name(screen, pilot, "~/old/contacts.vcf")
        await pilot.press("enter")
        await settle(pilot)
        assert said(screen) == "Tick whom to bring, then enter."
        await pilot.press("b", "enter")
        await settle(pilot)
        assert [one.name for one in journal.alters.all()] == ["Bo Lind"]


async def test_what_is_there_or_not_is_said_in_a_sentence(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.vault.path.rename(tmp_path / "moved.kinship")
    async with shown(tmp_path, journal) as (screen, stage, pilot):
        home = tmp_path / "home"
        assert exists(tmp_path / "moved.kinship")
        (home / "photo.jpeg").write_bytes(b"\xff\xd8" * 20)
        (home / "[red]x").mkdir()
        for place, words in {
            "~/none.json": "There is no file",
            "photo.jpeg": "does not see what this is",
            str(tmp_path / "moved.kinship"): "a vault of kinship",
            "~/[red]x": "does not see what this is",
        }.items():
            await name(screen, pilot, place)
            if "none" in place:
                screen.choices.form.picked = 1
                await settle(pilot)
            assert words in said(screen)
            assert "[red]x" in painted(stage) or place != "~/[red]x"


async def test_esc_stops_reading_and_comparing_but_not_what_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = new_journal(tmp_path)
    go_on, keep = threading.Event(), PagesBatch.keep

    def slowly(*told: Any) -> Batch:
        go_on.wait(5)
        return weigh(*told)

    def kept_slowly(batch: PagesBatch, into: Journal) -> str:
        go_on.wait(5)
        return keep(batch, into)

    async with shown(tmp_path, journal) as (screen, stage, pilot):
        with monkeypatch.context() as patched:
            patched.setattr(bringing, "weigh", slowly)
            screen.where.line.value = "~/old/journal.txt"
            await pilot.press("enter")
            await wait_for(pilot, "Reading")
            await pilot.press("escape")
            go_on.set()
            await settle(pilot)
            assert said(screen) == "Stopped. Nothing was brought."
            assert screen.query_one("#answers").display is False
        await name(screen, pilot, "~/old/journal.txt")
        go_on.clear()
        monkeypatch.setattr(PagesBatch, "keep", kept_slowly)
        await pilot.press("enter")
        await pilot.press("escape")
        await wait_for(pilot, "It is being kept now")
        go_on.set()
        await settle(pilot)
        assert said(screen).startswith("Brought in: 3 new")
        assert stage.asked == []


def test_paths_are_typed_as_in_a_shell(tmp_path: Path) -> None:
    tmp_path = tmp_path / "mine"
    tmp_path.mkdir()
    for one in ("Export.zip", "export-2.zip", ".hidden", "words in it.txt"):
        (tmp_path / one).write_bytes(day_one_zip())
    (tmp_path / "Exports").mkdir()
    assert ways_on("~/", tmp_path, tmp_path) == (
        "~/export-2.zip",
        "~/Export.zip",
        "~/Exports/",
        "~/words in it.txt",
    )
    assert ways_on("~/.h", tmp_path, tmp_path) == ("~/.hidden",)
    assert ways_on("exp", tmp_path, tmp_path) == ("export-2.zip", "Export.zip", "Exports/")
    assert ways_on("~/none/", tmp_path, tmp_path) == ()
    assert further("~/Ex", ("~/Export.zip", "~/Exports/")) == "~/Export"
    assert further("~/Export", ("~/Export.zip", "~/Exports/")) == "~/Export"
    assert further("x", ()) == "x"
    assert typed_path("'~/words in it.txt'", tmp_path, tmp_path) == tmp_path / "words in it.txt"
    assert typed_path("/etc", tmp_path, tmp_path) == Path("/etc")


def test_the_words_of_a_file_are_never_markup() -> None:
    for words in MARKUP.values():
        assert with_bold_title(f"New: {words}").plain == f"New: {words}"
