"""A stage for one screen or widget, the text of what it paints, and the goldens that hold it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

import kinship.tui
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places, shipped_themes
from kinship.journal.journal import Journal
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.guard import GuardedApp
from kinship.tui.keymap import EVERYWHERE
from kinship.tui.navigation import Navigation
from kinship.tui.theming import BREAKPOINTS, look_for, read_palettes, theme_of

EVENING = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
GOLDENS = Path(__file__).resolve().parent.parent / "tui" / "golden"
SMALL, NORMAL, WIDE = (60, 20), (80, 24), (120, 40)


class Stage(GuardedApp, inherit_bindings=False):
    """An App with our themes and style sheet that shows one screen and keeps what it asks for in `asked`."""

    CSS_PATH = Path(kinship.tui.__file__).parent / "app.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [*EVERYWHERE]

    def __init__(self, shown: Screen[Any] | None = None, theme: str = "dark") -> None:
        super().__init__()
        self.shown = shown
        self.asked: list[Message] = []
        for palette in read_palettes((shipped_themes(),))[0].values():
            self.register_theme(theme_of(palette))
        self.theme = theme

    def on_mount(self) -> None:
        if self.shown is not None:
            self.push_screen(self.shown)

    @on(Navigation)
    def keep_request(self, message: Navigation) -> None:
        self.asked.append(message)


def context_in(tmp_path: Path, at: dt.datetime = EVENING, **changes: Any) -> Context:
    """Return a context of a frozen evening whose places lie under `tmp_path`."""
    home = tmp_path / "person"
    places = Places(config=home / "config", data=home / "data", state=home / "state")
    told: dict[str, Any] = {"clock": FrozenClock(at), "places": places, "environment": {}, "exports": home}
    return Context(**{**told, **changes})


def kinship_app(context: Context, path: Path | None = None, journal: Journal | None = None) -> KinshipApp:
    """Return the whole App, at the vault of `path` or in an open journal, in the theme of its settings (dark)."""
    look = look_for(context.settings.theme, context.places.own_themes, lambda: "dark")
    return KinshipApp(context, path or context.places.default_vault, look, journal=journal)


@asynccontextmanager
async def running(app: KinshipApp, size: tuple[int, int] = NORMAL) -> AsyncIterator[Pilot[int]]:
    """Yield the pilot of the App, settled."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


def painted(app: App[Any]) -> str:
    """Return the screen as a person reads it: its cells as text, trailing blanks cut, one line a row."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows) + "\n"


def still(app: App[Any]) -> None:
    """Stop every cursor from blinking, so that a picture is the same each time."""
    for widget in app.screen.query("Input, TextArea"):
        if isinstance(widget, (Input, TextArea)):
            widget.cursor_blink = False


def hold(app: App[Any], name: str) -> None:
    """Hold the screen against golden/<name>.<width>x<height>.txt; with GOLDEN=write in the environment, write it."""
    golden = GOLDENS / f"{name}.{app.size.width}x{app.size.height}.txt"
    screen = painted(app)
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(screen, encoding="utf-8")
    assert screen == golden.read_text(encoding="utf-8"), f"{golden.name} differs; GOLDEN=write takes the new one"


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every worker has finished and what it posted was painted."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    still(pilot.app)


async def wait_for(pilot: Pilot[Any], words: str) -> str:
    """Return the screen once it shows `words`; fail with the screen where it never does."""
    for _ in range(400):
        await pilot.pause()
        if words in painted(pilot.app):
            return painted(pilot.app)
        await asyncio.sleep(0.01)
    raise AssertionError(f"never saw {words!r}; the screen was:\n{painted(pilot.app)}")


@asynccontextmanager
async def staged(
    shown: Screen[Any], *, size: tuple[int, int] = NORMAL, theme: str = "dark"
) -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    """Yield the stage and its pilot with the screen shown and settled."""
    stage = Stage(shown, theme)
    async with stage.run_test(size=size) as pilot:
        await settle(pilot)
        yield stage, pilot
