"""The hard-day card in the real program: half of it survives a lock, help shows it, and the disk never does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from builders.installed import machine
from builders.terminal import files_holding

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

WORDS = "Marrowfat and a lantern"
LOCK = "\x1b[19~"
HELP = "\x1bOP"


def test_what_was_typed_on_the_card_is_there_after_a_lock(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        terminal.press(HELP)
        terminal.wait_for("hard-day card is empty")
        terminal.press("tab", "e")
        terminal.wait_for("Words to yourself")
        terminal.press(WORDS)
        terminal.wait_for("lantern")
        terminal.press(LOCK)
        seen = terminal.wait_for("Locked")
        assert WORDS not in seen
        terminal.settle()
        terminal.press(HELP)
        assert WORDS not in terminal.wait_for("findahelpline")
        terminal.press("esc")
        terminal.wait_for("Passphrase")
        assert files_holding("Marrowfat", tmp_path) == []
        terminal.press(person.passphrase, "enter")
        assert WORDS in terminal.wait_for("not kept yet")
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press(HELP)
        assert WORDS in terminal.wait_for("hard-day card")
        terminal.press("esc", "ctrl+q")
        assert terminal.end() == 0
    assert files_holding("Marrowfat", tmp_path) == []
