"""Sharing documents on the screen: every line is seen before, and nothing leaves that was not chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from builders.journals import EVENING, new_journal
from builders.screens import NORMAL, SMALL, Stage, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.model import Ring
from kinship.snapshot.share import NamesMode
from kinship.tui import document_sharing
from kinship.tui.context import Context
from kinship.tui.navigation import DocumentRequested, SharedAs
from kinship.tui.screens.appointment import AppointmentScreen
from kinship.tui.screens.document import DocumentScreen

SECRETS = ("Zuleika", "Quorra", "Thistlenote", "3 May")


def filled(tmp_path: Path) -> Journal:
    """Return a journal with two people, three pages, and a date with a list."""
    journal = new_journal(tmp_path)
    since = journal.today() - dt.timedelta(days=90)
    journal.add_alter("Zuleika", ring=Ring.INNER, since=since, notes="Thistlenote")
    journal.add_alter("Quorra", ring=Ring.OUTER, since=since)
    journal.keep_page(
        PageText(body="Tea with @Zuleika and Quorra.", mood=6, day=journal.today() - dt.timedelta(days=2))
    )
    journal.keep_page(PageText(body="Slept badly. #nights"))
    journal.keep_page(PageText(body="Long ago, by the sea.", day=journal.today() - dt.timedelta(days=80)))
    ahead = journal.clock.now() + dt.timedelta(days=3)
    journal.appoint(journal.clock.now() - dt.timedelta(days=30), with_="Dr Okonkwo")
    journal.appoint(ahead, with_="Dr Okonkwo", bring=("the nights", "what Zuleika said"))
    return journal


@asynccontextmanager
async def shown(
    tmp_path: Path, journal: Journal, asked: DocumentRequested | None = None, *, size: tuple[int, int] = NORMAL
) -> AsyncIterator[tuple[DocumentScreen, Stage, Pilot[Any]]]:
    home = tmp_path / "home"
    context = Context(
        clock=FrozenClock(EVENING), places=Places(home, home, home), environment={"HOME": str(home)}, exports=home
    )
    screen = DocumentScreen(context, journal, asked)
    async with staged(screen, size=size) as (stage, pilot):
        await settle(pilot)
        yield screen, stage, pilot


def leaves(screen: DocumentScreen) -> str:
    return "\n".join(str(screen.query_one(part, Static).render()) for part in ("#rules", "#leaves"))


def said(screen: DocumentScreen) -> str:
    return str(screen.query_one("#state", Static).render())


def file_of(tmp_path: Path, name: str) -> str:
    return (tmp_path / "home" / name).read_text()


async def test_a_sheet_is_ticked_together_and_holds_what_was_seen(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    async with shown(tmp_path, journal) as (screen, stage, pilot):
        hold(stage, "document-visit")
        assert [word.strip().split(" ", 2)[2] for _, word in screen.pages.options] == [
            "Slept badly. #nights",
            "Tea with @Zuleika a…",
        ]
        assert screen.since.value == "3 April 2024"
        (date,) = journal.appointments.ahead(journal.clock.now())
        journal.edit_appointment(msgspec.structs.replace(date, bring=("the nights", "what Zuleika said", "the tea")))
        screen.show_again()
        assert len(screen.talk.picked) == 3
        screen.talk.focus()
        await pilot.press("2")
        screen.pages.focus()
        await pilot.press("1")
        await pilot.click(screen.pages, offset=(37, 0))
        screen.words.focus()
        await pilot.press(*"sea")
        await settle(pilot)
        assert len(screen.pages.picked) == 2
        assert len(screen.pages.options) == 3
        screen.form.picked = 2
        await settle(pilot)
        told = leaves(screen)
        assert "the nights" in told
        assert "Slept badly" in told
        assert "What is different since April 2024" in told
        assert [word for word in (*SECRETS, "by the sea", "said") if word in told] == []
        screen.place.focus()
        await pilot.press("enter")
        await settle(pilot)
        written = file_of(tmp_path, "for-a-visit-2024-05.txt")
        assert str(screen.leaves.render()).strip() == written.strip()
        assert said(screen).startswith("It is in ~/for-a-visit-2024-05.txt")


async def test_whole_names_are_asked_about_and_a_wrong_day_is_a_sentence(tmp_path: Path) -> None:
    async with shown(tmp_path, filled(tmp_path), DocumentRequested(full=True)) as (screen, _, pilot):
        assert screen.share.names is NamesMode.FULL
        screen.since.value = "glub"
        await settle(pilot)
        assert screen.state.has_class("-wrong")
        assert not screen.ready
        screen.since.value = ""
        await settle(pilot)
        assert "What is different" not in leaves(screen)
        await pilot.press("w")
        assert screen.asking == "names"
        await pilot.press("escape")
        assert not list((tmp_path / "home").glob("for*"))


async def test_a_book_is_searched_for_counted_and_read_part_by_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_sharing, "PART_PAGES", 2)
    async with shown(tmp_path, filled(tmp_path), DocumentRequested(SharedAs.BOOK, words="tea or sea")) as (
        screen,
        stage,
        pilot,
    ):
        assert "2 pages" in painted(stage)
        screen.words.value = ""
        await settle(pilot)
        assert "3 pages, from February 2024 to May 2024" in leaves(screen)
        assert "pages 1 to 2 of 3, j reads on" in painted(stage)
        screen.query_one("#preview").focus()
        seen = leaves(screen)
        while "Slept badly" not in leaves(screen):
            await pilot.press("j")
            await settle(pilot)
        assert "pages 3 to 3 of 3" in painted(stage)
        while leaves(screen) != seen:
            await pilot.press("k")
            await settle(pilot)
        screen.words.value = "nowhere"
        await settle(pilot)
        assert said(screen).startswith("No page fits that")
        screen.words.value, screen.form.picked = "", 1
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        page = file_of(tmp_path, "pages-2024-05.html")
        assert "Slept badly" in page
        assert "by the sea" in page
        assert [word for word in SECRETS if word in page] == []


async def test_one_persons_page_is_found_by_name_and_says_no_name(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    alter = journal.alters.by_name("Zuleika")[0].id
    async with shown(tmp_path, journal, DocumentRequested(SharedAs.PERSON, alter=alter), size=SMALL) as (
        screen,
        _,
        pilot,
    ):
        screen.ticks.focus()
        await pilot.press("3")
        await settle(pilot)
        assert "Thistlenote" not in leaves(screen)
        screen.names.picked = 3
        await settle(pilot)
        assert "Thistlenote" in leaves(screen)
        screen.who.value = "Nobody"
        await settle(pilot)
        assert said(screen) == "Nobody on your map is called so."
        screen.who.value, screen.names.picked, screen.form.picked = "quorra", 0, 2
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert [word for word in SECRETS if word in file_of(tmp_path, "one-person-2024-05.txt")] == []


async def test_a_date_being_written_is_kept_before_its_sheet_is_asked_for(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    context = Context(clock=FrozenClock(EVENING), places=Places(tmp_path, tmp_path, tmp_path))
    async with staged(AppointmentScreen(context, journal)) as (stage, pilot):
        await pilot.press("f5")
        assert stage.asked == []
        for line in ("in two weeks", "in three weeks"):
            stage.screen.query_one("#when").value = line  # type: ignore[attr-defined]
            await pilot.press("f5")
            await pilot.pause()
    (date,) = journal.appointments.all()
    assert stage.asked == [DocumentRequested(SharedAs.VISIT, date.id)] * 2
