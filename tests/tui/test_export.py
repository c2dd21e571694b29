from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from builders.hostile import MARKUP
from builders.journals import EVENING, alter, circle_of, fact, new_journal
from builders.screens import NORMAL, SMALL, WIDE, Stage, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places
from kinship.journal.journal import Journal
from kinship.snapshot.export import Format
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested
from kinship.tui.screens.export import ExportScreen, free_place, with_ending


@asynccontextmanager
async def shown(
    tmp_path: Path, journal: Journal, *, size: tuple[int, int] = NORMAL, folder: Path | None = None
) -> AsyncIterator[tuple[ExportScreen, Stage, Pilot[Any]]]:
    home = tmp_path / "home"
    context = Context(
        clock=FrozenClock(EVENING),
        places=Places(home, home, home),
        environment={"HOME": str(home)},
        exports=folder or home,
    )
    screen = ExportScreen(context, journal)
    async with staged(screen, size=size) as (stage, pilot):
        yield screen, stage, pilot


def with_people(tmp_path: Path, count: int = 12) -> Journal:
    journal = new_journal(tmp_path)
    alters, facts, moments = circle_of(count)
    journal.take_in("people", [*alters, *facts, *moments])
    return journal


def said(screen: ExportScreen) -> str:
    return str(screen.query_one("#state", Static).render())


def leaves(screen: ExportScreen) -> str:
    return str(screen.query_one("#leaves", Static).render())


async def test_it_offers_a_careful_picture_in_the_persons_folder(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, _):
        assert screen.place.value == "~/support-map-2024-05.svg"
        assert leaves(screen).startswith("Names stay here")
        assert "Bea" not in leaves(screen)


async def test_the_file_is_written_without_names_and_the_screen_says_where(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        await pilot.press("w")
        await settle(pilot)
        file = tmp_path / "home" / "support-map-2024-05.svg"
        assert b"Bea" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert said(screen).startswith("It is in ~/support-map-2024-05.svg")
        assert screen.place.value == "~/support-map-2024-05-2.svg"


async def test_whole_names_need_a_second_yes(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.names.picked = 3
        await pilot.pause()
        assert "Bea" in leaves(screen)
        await pilot.press("w")
        await settle(pilot)
        assert screen.asking
        assert not list((tmp_path / "home").glob("*.svg"))
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert "Bea" in (tmp_path / "home" / "support-map-2024-05.svg").read_text()


async def test_a_no_to_names_writes_nothing(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, stage, pilot):
        screen.names.picked = 3
        await pilot.press("w", "enter")
        await settle(pilot)
        assert not screen.asking
        await pilot.press("w", "escape")
        await settle(pilot)
        assert not screen.asking
        assert not list((tmp_path / "home").glob("*.svg"))
        assert stage.asked == []


@pytest.mark.parametrize(("index", "ending"), [(0, "svg"), (1, "txt"), (2, "txt"), (3, "json")])
async def test_each_format_is_written_under_its_ending(tmp_path: Path, index: int, ending: str) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.form.picked = index
        await pilot.press("w")
        await settle(pilot)
        assert (tmp_path / "home" / f"support-map-2024-05.{ending}").stat().st_size > 100


@pytest.mark.parametrize("place", ["nowhere/map.svg", "taken.svg", "taken.svg/map.svg", ""])
async def test_a_wrong_place_is_one_sentence_and_nothing_is_lost(tmp_path: Path, place: str) -> None:
    taken = tmp_path / "home" / "taken.svg"
    taken.write_text("mine")
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = place
        await pilot.press("w")
        await settle(pilot)
        assert screen.state.has_class("-wrong")
        assert "\n" not in said(screen)
        assert "--force" not in said(screen)
        assert screen.place.has_focus
        assert screen.place.value == place
        assert taken.read_text() == "mine"


async def test_a_folder_as_the_place_gets_the_offered_name(tmp_path: Path) -> None:
    (tmp_path / "home" / "pictures").mkdir()
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = "~/pictures"
        await pilot.press("w")
        await settle(pilot)
        assert (tmp_path / "home" / "pictures" / "support-map-2024-05.svg").is_file()


async def test_enter_in_the_place_writes_too(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "home" / "support-map-2024-05.svg").is_file()


async def test_an_own_name_keeps_its_stem_when_the_format_changes(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = "~/for-maria.svg"
        screen.form.picked = 3
        await pilot.pause()
        assert screen.place.value == "~/for-maria.json"


async def test_a_name_with_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    values = [alter(MARKUP["console tag"], id_="x"), fact("x", "ring", "inner")]
    journal.take_in("people", values)
    async with shown(tmp_path, journal, size=WIDE) as (screen, stage, pilot):
        screen.names.picked = 3
        await settle(pilot)
        assert "[red]NAME[/red]" in painted(stage)


async def test_escape_asks_to_go_back(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (_, stage, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(stage.asked[-1], BackRequested)


async def test_an_empty_map_can_be_looked_at(tmp_path: Path) -> None:
    async with shown(tmp_path, new_journal(tmp_path)) as (screen, _, _):
        assert leaves(screen).startswith("Names stay here")


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_screen_looks_as_it_did(tmp_path: Path, size: tuple[int, int]) -> None:
    async with shown(tmp_path, with_people(tmp_path), size=size) as (screen, stage, pilot):
        screen.names.picked = 1
        await settle(pilot)
        hold(stage, "export")


def test_a_place_that_is_taken_gives_the_next_number(tmp_path: Path) -> None:
    assert free_place(tmp_path / "a.svg") == tmp_path / "a.svg"
    (tmp_path / "a.svg").touch()
    (tmp_path / "a-2.svg").touch()
    assert free_place(tmp_path / "a.svg") == tmp_path / "a-3.svg"


@pytest.mark.parametrize(
    ("typed", "after"), [("a.svg", "a.json"), ("a", "a"), ("a.b.txt", "a.b.json"), ("a.odt", "a.odt"), ("", "")]
)
def test_only_an_ending_of_ours_is_changed(typed: str, after: str) -> None:
    assert with_ending(typed, Format.JSON) == after
