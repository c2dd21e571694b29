"""Starting a medicine: whatever is passed over, the screen says to talk first, in the real program too."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from builders.journals import new_journal
from builders.screens import EVENING, NORMAL, Stage, context_in, painted
from builders.terminal import Terminal
from kinship.ground.clock import FrozenClock
from kinship.reflect.book import load_book
from kinship.tui.screens.reflect import ReflectScreen

BOOK = load_book()
SESSION = "When it is hard to keep going"
TALK_FIRST = "pharmacist, before you change anything."
F3, F4 = "\x1bOR", "\x1bOS"


@pytest.mark.parametrize("short", [False, True])
async def test_on_the_screen_to_talk_first_cannot_be_gone_past(tmp_path: Path, *, short: bool) -> None:
    journal = new_journal(tmp_path, FrozenClock(EVENING))
    app = Stage(ReflectScreen(context_in(tmp_path), journal, BOOK, "trt-keep", short=short))
    async with app.run_test(size=NORMAL) as pilot:
        await pilot.pause()
        for keys in (("6", "enter", "1"), ("f4", "4"), ("f4", "f3")):
            await pilot.press(*keys)
            await pilot.pause()
            assert TALK_FIRST in painted(app), keys
        await pilot.press("f4", "2")
        await pilot.pause()
        assert TALK_FIRST not in painted(app), "it would not be noticed"


@pytest.mark.terminal
def test_in_the_real_program_a_session_is_gone_through_by_keyboard(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    order = ("kinship", "demo", "--people", "12", "--as-of", "2026-11-22")
    with Terminal([sys.executable, "-m", *order], environment) as terminal:
        terminal.wait_for("Lately")
        terminal.press("r")
        rows = terminal.wait_for("Reflections").splitlines()
        sessions = [row for row in rows if " min" in row]
        at = next(at for at, row in enumerate(sessions) if SESSION in row)
        terminal.press(*["down"] * at)
        terminal.wait_for(BOOK.session("trt-keep").evidence[:20])
        terminal.press("enter")
        terminal.wait_for("How are you")
        terminal.press("6", "enter")
        terminal.wait_for("side effects or pain")
        terminal.press(F3)
        terminal.wait_for(TALK_FIRST)
        terminal.press("enter")
        terminal.wait_for("4 of")
        terminal.press("It makes me dizzy in the morning.")
        terminal.wait_for("in the morning")
        terminal.press("esc")
        terminal.wait_for(f"go on +{SESSION}")
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press("p")
        terminal.wait_for(SESSION)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
