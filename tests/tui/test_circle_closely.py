"""The circle looked at closely, with the mouse, at every size, with plain signs and with names of every kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from builders.journals import EVENING, TODAY, fact, new_journal
from builders.journals import alter as an_alter
from builders.lived import YEARS_AGO, lived, peopled
from builders.screens import (
    NORMAL,
    SMALL,
    WIDE,
    context_in,
    hold,
    kinship_app,
    painted,
    running,
    settle,
    staged,
    wait_for,
)  # fmt: skip
from kinship.ground.clock import FrozenClock
from kinship.ground.settings import Settings, Signs
from kinship.tui.context import Context
from kinship.tui.navigation import PersonRequested
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.widgets import map_arranging, map_picture
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.support_map import SupportMap

LAST_YEAR = TODAY.replace(year=TODAY.year - 1)
HUGE = (200, 60)


def context(glyphs: Signs = "unicode", **environment: str) -> Context:
    return Context(clock=FrozenClock(EVENING), settings=Settings(glyphs=glyphs), environment=environment)


# Closer.


async def test_plus_brings_the_map_closer_with_whoever_is_in_focus_in_sight(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 60))
    async with staged(screen) as (stage, pilot):
        for _ in range(7):
            await pilot.press("tab")
        focus = str(screen.map.current)
        for _ in range(5):
            await pilot.press("plus")
            await settle(pilot)
            assert screen.map.picture is not None
            assert focus in screen.map.picture.nodes
        assert "× · = whole map" in painted(stage)
        await pilot.press("equals_sign")
        await settle(pilot)
        assert screen.map.view.whole


async def test_walking_on_a_closer_map_takes_the_window_along(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 60))
    async with staged(screen) as (_, pilot):
        await pilot.press("plus", "plus", "plus")
        for key in ["right"] * 8 + ["up"] * 6 + ["tab"] * 5 + ["down"] * 9:
            await pilot.press(key)
            await settle(pilot)
            assert screen.map.picture is not None
            assert screen.map.current in screen.map.picture.nodes


async def test_shift_and_arrows_move_the_window_and_minus_goes_back_out(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 40))
    async with staged(screen) as (_, pilot):
        await pilot.press("plus", "plus", "shift+right", "shift+down")
        await settle(pilot)
        assert screen.map.view.centre[0] > 0
        assert screen.map.view.centre[1] > 0
        await pilot.press("shift+left", "shift+left", "shift+up", "shift+up")
        await settle(pilot)
        assert screen.map.view.centre[0] < 0
        await pilot.press("minus", "minus", "minus")
        await settle(pilot)
        assert screen.map.view.whole


async def test_the_mouse_drags_the_closer_map_and_a_drag_is_no_click(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 40))
    async with staged(screen) as (stage, pilot):
        await pilot.press("plus", "plus")
        await settle(pilot)
        before, focus = screen.map.view, screen.map.current
        await pilot.mouse_down(SupportMap, offset=(30, 10))
        await pilot.hover(SupportMap, offset=(20, 7))
        await pilot.mouse_up(SupportMap, offset=(20, 7))
        await settle(pilot)
        assert screen.map.view.centre[0] > before.centre[0]
        assert screen.map.view.centre[1] > before.centre[1]
        assert screen.map.current == focus
        assert stage.asked == []


async def test_a_count_that_is_clicked_opens_the_fold(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 99))
    async with staged(screen) as (_, pilot):
        picture = screen.map.picture
        assert picture is not None
        assert picture.folded
        sector = next(sector for sector in picture.sectors if sector.behind)
        await pilot.click(SupportMap, offset=(sector.label.column + 2, sector.label.row))
        await settle(pilot)
        assert screen.map.picture is not None
        assert screen.map.picture.folded == ()


async def test_pointing_at_somebody_shows_the_name_in_full_and_leaving_hides_it(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 60))
    async with staged(screen, size=SMALL) as (_, pilot):
        picture = screen.map.picture
        assert picture is not None
        short = next(alter for alter, label in picture.labels.items() if label.text.endswith("…"))
        column, row = picture.nodes[short]
        await pilot.hover(SupportMap, offset=(column + 1, row))
        assert screen.map.pointed == short
        assert screen.map.picture is not None
        assert not screen.map.picture.labels[short].text.endswith("…")
        await pilot.hover(KeyLine)
        assert screen.map.pointed is None


async def test_a_double_click_opens_somebody(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        picture = screen.map.picture
        assert picture is not None
        label = picture.labels["lee"]
        await pilot.click(SupportMap, offset=(label.column + 2, label.row), times=2)
        await settle(pilot)
        assert stage.asked == [PersonRequested("lee")]


async def test_the_wheel_brings_closer_what_the_mouse_points_at(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, 40))
    async with staged(screen) as (_, pilot):
        for _ in range(3):
            await scrolled(pilot, screen, Offset(45, 10), up=True)
        assert screen.map.view.zoom > 1
        assert screen.map.view.centre[0] > 0
        for _ in range(4):
            await scrolled(pilot, screen, Offset(45, 10), up=False)
        assert screen.map.view.whole


async def scrolled(pilot: Pilot[Any], screen: CircleScreen, at: Offset, *, up: bool) -> None:
    from textual import events

    kind = events.MouseScrollUp if up else events.MouseScrollDown
    x, y = screen.map.region.offset + at
    screen.map.post_message(kind(screen.map, at.x, at.y, 0, 0, 0, False, False, False, x, y))
    await settle(pilot)


# Sizes, colours, signs.


@pytest.mark.parametrize(("count", "size"), [(1, SMALL), (80, NORMAL), (150, SMALL), (300, HUGE)])
async def test_every_mode_stands_at_every_size_with_few_and_with_many(
    tmp_path: Path, count: int, size: tuple[int, int]
) -> None:
    screen = CircleScreen(context(), peopled(tmp_path, count))
    async with staged(screen, size=size) as (stage, pilot):
        for keys in (["tab"], ["t", "left"], ["c"], ["escape", "tab", "x"], ["escape", "s", "plus"], ["v"]):
            await pilot.press(*keys)
            await settle(pilot)
            shown = painted(stage)
            assert max(map(len, shown.splitlines())) <= size[0]
            assert len(shown.splitlines()) == size[1]


@pytest.mark.parametrize(("count", "size"), [(5, NORMAL), (80, WIDE), (150, NORMAL), (150, HUGE), (300, WIDE)])
async def test_the_circle_of_so_many_looks_like_its_golden(tmp_path: Path, count: int, size: tuple[int, int]) -> None:
    async with staged(CircleScreen(context(), peopled(tmp_path, count), focus="a001"), size=size) as (stage, pilot):
        await settle(pilot)
        hold(stage, f"circle-{count}")


async def test_a_day_looks_like_its_golden(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), peopled(tmp_path, 40))) as (stage, pilot):
        await pilot.press("t", "pageup", "left")
        await settle(pilot)
        hold(stage, "circle-then")


async def test_plain_signs_hold_in_every_mode(tmp_path: Path) -> None:
    screen = CircleScreen(context(glyphs="ascii"), lived(tmp_path), focus="bea")
    async with staged(screen, size=WIDE) as (stage, pilot):
        for keys in (["s"], ["t", "left"], ["c"], ["escape", "x"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert (
                painted(stage)
                .replace("·", "")
                .replace("…", "")
                .replace("×", "")
                .translate(dict.fromkeys(map(ord, "←→↓↑")))
                .isascii()
            ), painted(stage)


async def test_a_large_map_is_arranged_aside_and_the_former_picture_stands_until_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    threads: list[str] = []
    arrange = map_arranging.arrange

    def told(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return arrange(*given)

    monkeypatch.setattr(map_picture, "arrange", told)
    screen = CircleScreen(context(), peopled(tmp_path, 150))
    async with staged(screen) as (_, pilot):
        await pilot.press("t", "left", "left")
        await settle(pilot)
        assert threads
        assert threading.main_thread().name not in threads
        assert screen.map.picture is not None


async def test_a_map_that_cannot_be_arranged_says_so_and_the_list_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError

    screen = CircleScreen(context(), peopled(tmp_path, 150))
    monkeypatch.setattr(map_picture, "arrange", broken)
    async with staged(screen) as (stage, pilot):
        await wait_for(pilot, "The map could not be drawn")
        await pilot.press("v")
        await settle(pilot)
        assert "inner ring" in painted(stage)


HOSTILE = ("שלום עולם", "Z\u0301\u0323algo", "👩\u200d👩\u200d👧 trio", "[red]Bo[/]", "\x1b[31mred", "小林さくら")


async def test_names_of_every_kind_stand_in_every_mode(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    values: list[Any] = []
    for index, name in enumerate(HOSTILE):
        since = YEARS_AGO if index % 2 else TODAY - dt.timedelta(days=100)
        values += [an_alter(name, id_=f"h{index}"), fact(f"h{index}", "status", "active", since)]
        values += [fact(f"h{index}", "sector", name, since), fact(f"h{index}", "gives.listening", 1, since)]
    journal.take_in("People", values)
    screen = CircleScreen(context(), journal, focus="h3")
    async with staged(screen) as (stage, pilot):
        for keys in (["t", "down"], ["c"], ["escape", "x"], ["v"], ["v", "escape", "slash", "z"], ["enter", "plus"]):
            await pilot.press(*keys)
            await settle(pilot)
            shown = painted(stage)
            assert "\x1b" not in shown
            from kinship.ground.width import cells

            assert all(cells(line) <= NORMAL[0] for line in shown.splitlines())


# The palette.


async def test_the_palette_finds_what_the_footer_has_no_room_for(tmp_path: Path) -> None:
    home = context_in(tmp_path)
    journal = lived(tmp_path)
    app = kinship_app(home, journal=journal)
    async with running(app) as pilot:
        await pilot.press("c")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, CircleScreen)
        await pilot.press("ctrl+p", *"ties that weigh")
        await wait_for(pilot, "A mark beside ties that weigh")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.facet.strain
        assert app.screen is screen
    app.close_journal()
