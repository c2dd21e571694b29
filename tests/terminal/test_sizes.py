"""In small and changing windows every main screen says something, and nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.installed import Machine, go_through, machine
from builders.terminal import Terminal

pytestmark = pytest.mark.terminal

NAME = "Bartholomew"


@pytest.fixture
def person(tmp_path: Path) -> Machine:
    made = machine(tmp_path)
    journal = made.journal()
    with journal.vault:
        for name in (NAME, "小林さくら", "👩\u200d👩\u200d👧 trio", "שלום עולם", "Z\u0301\u0323algo"):
            journal.add_alter(name)
    return made


def look_around(terminal: Terminal) -> None:
    """Go through Today, Write, Pages, Circle, Person, Export, both helps and the palette, and leave."""
    go_through(
        terminal,
        [
            ("w", "Write|write"),
            (f"Tea with @{NAME}", NAME[:6]),
            ("esc", "Tea"),
            ("esc", "Lately|Tea"),
            ("p", "Tea"),
            ("enter", "Tea"),
            ("esc", "Tea"),
            ("esc", "Lately|Tea"),
            ("c", "."),
            ("right", "."),
            ("enter", "direction|ring|gives|give"),
            ("esc", "."),
            ("e", "leaves|w write"),
            ("esc", "."),
            ("?", "[Kk]eys"),
            ("esc", "."),
            ("f1", "talk"),
            ("esc", "."),
            ("ctrl+p", "a person"),
            ("Bart", NAME),
            ("esc", "."),
            ("ctrl+q", "."),
        ],
    )
    assert terminal.end() == 0
    assert b"stopped unexpectedly" not in terminal.raw


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (60, 20), (20, 8)])
def test_every_main_screen_stands_in_a_small_window(person: Machine, columns: int, rows: int) -> None:
    with person.terminal(columns=columns, rows=rows) as terminal:
        terminal.wait_for("[Pp]assphrase|•|kinship")
        terminal.press(person.passphrase, "enter")
        terminal.wait_for("Lately|How are|\\bw\\b")
        if columns < 40:
            terminal.press("w", "a", "esc", "c", "left", "enter", "esc", "e", "esc", "p", "?", "esc", "ctrl+q")
            assert terminal.end() == 0
            assert b"stopped unexpectedly" not in terminal.raw
        else:
            look_around(terminal)


def test_the_window_may_change_while_somebody_types(person: Machine) -> None:
    with person.unlocked() as terminal:
        terminal.press("w")
        terminal.wait_for("only the page")
        for at, (columns, rows) in enumerate([(40, 10), (1, 1), (200, 60), (10, 3), (80, 2), (80, 24)]):
            terminal.resize(columns, rows)
            terminal.press(f"word{at} @{NAME} ")
        terminal.wait_for("word5")
        terminal.press("esc", "esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert person.bodies() == [" ".join(f"word{at} @{NAME}" for at in range(6)) + " "]
