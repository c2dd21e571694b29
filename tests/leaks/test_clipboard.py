"""Copying happens only when it is asked for: one act, one OSC 52, and kinship says that the words have left it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import textual
from textual.app import App
from textual.widgets import Input

from builders.doors import locked_vault, steady_journal
from builders.screens import context_in, kinship_app, painted, running, settle, wait_for
from builders.sweep import CANARIES
from kinship.journal.journal import PageText
from kinship.tui import navigation as go
from kinship.tui.app import KinshipApp
from kinship.tui.guard import COPIED

OSC_52 = re.compile(r"\x1b\]52;[^;]*;([^\x07\x1b]*)")
CALLERS = {"screen.py": 1, "app.py": 1, "widgets/_input.py": 2, "widgets/_text_area.py": 2}
"""Where Textual itself copies: a selection on the screen, a field, a page; and where it is defined."""
WORDS = CANARIES["body"]


@contextmanager
def clipboard(app: App[Any]) -> Iterator[Callable[[], list[str]]]:
    """Give a function that returns what went to the clipboard of the terminal since it was last asked."""
    written: list[str] = []
    driver = app._driver
    assert driver is not None
    driver.write = written.append  # type: ignore[method-assign, assignment]

    def taken() -> list[str]:
        found = [base64.b64decode(one).decode() for one in OSC_52.findall("".join(written))]
        written.clear()
        return found

    yield taken


def test_the_places_where_textual_copies_are_the_ones_that_were_looked_at() -> None:
    home = Path(textual.__file__).parent
    found = {}
    for file in home.rglob("*.py"):
        calls = file.read_text("utf-8").count("copy_to_clipboard(")
        if calls:
            found[str(file.relative_to(home))] = calls
    assert found == CALLERS


def test_nothing_of_ours_writes_to_a_clipboard_around_the_one_way() -> None:
    import kinship

    told = {
        file.name: file.read_text("utf-8").count("copy_to_clipboard")
        for file in Path(kinship.__file__).parent.rglob("*.py")
    }
    assert {name: number for name, number in told.items() if number} == {"guard.py": 2, "reflect.py": 1}


async def test_a_page_copies_and_cuts_once_for_each_time_it_is_asked(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app) as pilot:
        app.screen.post_message(go.WriteRequested())
        await wait_for(pilot, "only the page")
        with clipboard(app) as taken:
            await pilot.press(*WORDS)
            assert taken() == []
            await pilot.press("ctrl+c")
            assert taken() == []
            await pilot.press("shift+home", "ctrl+c")
            await settle(pilot)
            assert taken() == [WORDS]
            assert await wait_for(pilot, COPIED.split()[0])
            await pilot.press("ctrl+x")
            assert taken() == [WORDS]
            await pilot.press("ctrl+x", "ctrl+v", "ctrl+z")
            assert taken() == []
    app.close_journal()


async def test_a_field_copies_what_is_selected_and_nothing_else(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app) as pilot:
        app.screen.post_message(go.PagesRequested())
        await settle(pilot)
        await pilot.press("slash", *"nobody")
        with clipboard(app) as taken:
            await pilot.press("ctrl+c")
            assert taken() == []
            await pilot.press("shift+home", "ctrl+c")
            assert taken() == ["nobody"]
            assert await wait_for(pilot, COPIED.split()[0])
    app.close_journal()


async def test_what_the_mouse_selects_is_copied_only_by_the_key(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    journal = steady_journal(context)
    journal.keep_page(PageText(body=f"{WORDS} on the stairs"))
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(go.PageRequested(journal.pages.latest(1)[0].id))
        await wait_for(pilot, "on the stairs")
        row = next(at for at, line in enumerate(painted(app).splitlines()) if WORDS in line)
        with clipboard(app) as taken:
            await pilot.mouse_down(offset=(2, row))
            await pilot.hover(offset=(40, row))
            await pilot.mouse_up(offset=(40, row))
            await settle(pilot)
            assert taken() == []
            await pilot.press("ctrl+c")
            (copied,) = taken()
            assert copied in f"{WORDS} on the stairs"
            assert WORDS[1:] in copied
    app.close_journal()


async def test_a_passphrase_is_never_copied(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    locked_vault(context)
    app = kinship_app(context)
    async with running(app) as pilot:
        field = app.screen.query_one(Input)
        field.focus()
        with clipboard(app) as taken:
            await pilot.press(*"hush", "shift+home", "ctrl+c", "ctrl+x")
            assert taken() == []
            assert field.value == "hush"


async def test_an_empty_copy_leaves_the_clipboard_alone_and_orders_are_taken_out(tmp_path: Path) -> None:
    app = kinship_app(context_in(tmp_path))
    async with running(app):
        with clipboard(app) as taken:
            app.copy_to_clipboard("")
            assert taken() == []
            app.copy_to_clipboard("a\x1b[2Jb\ud800\u202e")
            assert taken() == ["a[2Jb"]


async def test_a_copy_that_nobody_asked_for_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=steady_journal(context))
    monkeypatch.setattr(KinshipApp, "action_veil", lambda self: self.copy_to_clipboard(WORDS))
    async with running(app) as pilot:
        with clipboard(app) as taken:
            await pilot.press("ctrl+l")
            assert taken() == [WORDS]
    app.close_journal()
