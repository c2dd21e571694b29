"""The screen that takes the journal out: what leaves is shown, names and what is there are asked about again."""

from __future__ import annotations

import datetime as dt
import json
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from builders.journals import EVENING, TODAY, new_journal
from builders.screens import NORMAL, SMALL, Stage, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested
from kinship.tui.screens.taking_out import TakeOutScreen


@asynccontextmanager
async def shown(
    tmp_path: Path, size: tuple[int, int] = NORMAL
) -> AsyncIterator[tuple[TakeOutScreen, Stage, Pilot[Any]]]:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    context = Context(
        clock=FrozenClock(EVENING), places=Places(home, home, home), environment={"HOME": str(home)}, exports=home
    )
    screen = TakeOutScreen(context, with_pages(tmp_path))
    async with staged(screen, size=size) as (stage, pilot):
        yield screen, stage, pilot


def with_pages(tmp_path: Path) -> Journal:
    journal = new_journal(tmp_path)
    journal.add_alter("Quill")
    journal.keep_page(
        PageText(body="rain with @Quill [b]#sea[/b]", title="Quill's day", day=TODAY - dt.timedelta(days=1))
    )
    journal.keep_page(PageText(body="sun"))
    return journal


def said(screen: TakeOutScreen) -> str:
    return str(screen.state.render())


async def test_a_folder_of_pages_leaves_with_initials_and_is_not_written_over_unasked(tmp_path: Path) -> None:
    async with shown(tmp_path) as (screen, stage, pilot):
        assert screen.place.typed == "~/kinship-pages-2024-05-03"
        assert "Quill" not in painted(stage)
        hold(stage, "take-out")
        await pilot.press("w")
        await settle(pilot)
        folder = tmp_path / "home" / "kinship-pages-2024-05-03"
        assert "rain with @Q. [b]#sea[/b]" in (folder / "2024-05-02.md").read_text()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert said(screen).startswith("It is in ~/kinship-pages-2024-05-03.")
        assert screen.place.typed == "~/kinship-pages-2024-05-03-2"
        (folder / "2024-05-02.md").write_text("mine")
        screen.place.line.value = "~/kinship-pages-2024-05-03"
        await pilot.press("w")
        await settle(pilot)
        assert "files of the same name go" in said(screen)
        await pilot.press("enter")
        assert (folder / "2024-05-02.md").read_text() == "mine"
        screen.form.focus()
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert "rain" in (folder / "2024-05-02.md").read_text()


async def test_names_and_everything_are_asked_about_again(tmp_path: Path) -> None:
    async with shown(tmp_path, SMALL) as (screen, stage, pilot):
        screen.names.picked = 1
        screen.form.picked = 2
        await settle(pilot)
        assert "Quill" in str(screen.query_one("#leaves", Static).render())
        await pilot.press("w")
        await settle(pilot)
        assert screen.asking == "names"
        hold(stage, "take-out-names")
        await pilot.press("escape")
        assert list((tmp_path / "home").iterdir()) == []
        screen.form.picked = 3
        await settle(pilot)
        assert screen.place.typed == "~/kinship-everything-2024-05-03.json"
        screen.form.focus()
        await pilot.press("w", "tab", "enter")
        await settle(pilot)
        told = json.loads((tmp_path / "home" / "kinship-everything-2024-05-03.json").read_text())
        assert (told["complete"], len(told["documents"]["entries"])) == (True, 2)


async def test_pages_are_chosen_as_in_a_search_and_what_is_wrong_is_a_sentence(tmp_path: Path) -> None:
    async with shown(tmp_path) as (screen, stage, pilot):
        screen.form.picked = 2
        screen.pages.value = "tag:sea"
        await settle(pilot)
        assert "1 page of 2024-05-02 leaves, with titles, tags." in painted(stage)
        for words, told in (("moods:3", "There is no moods:"), ("nothing", "No page fits that")):
            screen.pages.value = words
            await settle(pilot)
            assert said(screen).startswith(told)
            await pilot.press("w")
            assert list((tmp_path / "home").iterdir()) == []
        screen.pages.value = ""
        await settle(pilot)
        for place, told in (("", "Say where it goes."), ("~/none/x.txt", "")):
            screen.place.line.value = place
            screen.form.focus()
            await pilot.press("w")
            await settle(pilot)
            assert screen.state.has_class("-wrong")
            assert said(screen).startswith(told)
        (tmp_path / "home" / "there.txt").write_text("mine")
        screen.place.line.value = "~/there.txt"
        screen.place.line.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert said(screen) == "~/there.txt is there already, and would be gone. Write over it?"
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert [type(one) for one in stage.asked] == [BackRequested]
        assert (tmp_path / "home" / "there.txt").read_text() == "mine"
