"""The installed program from a bare home to an exported map, by keyboard, under a pseudo-terminal."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builders.terminal import Terminal, files_holding

PASSPHRASE = "violet lantern orchard seven"
CANARY = "Quillonwether"
"""A name and a word that stand nowhere else: what must not be readable afterwards."""
FIRST_FIVE = ("Amabelwyn", "Bertholdine", "Casimirette", "Dorotheana", "Emeritha")
FIRST_HOUR = 80
"""The width at which somebody new also meets five people, a session and the patterns."""

pytestmark = pytest.mark.terminal


def kinship(home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
    command = [sys.executable, "-m", "kinship", *arguments]
    return Terminal(command, {"HOME": str(home), "PATH": os.environ["PATH"]}, columns=columns, rows=rows)


def make_a_vault(terminal: Terminal) -> None:
    """Go through the first start, typing two groups of the recovery text back."""
    terminal.wait_for("Welcome to kinship")
    terminal.press("enter")
    terminal.wait_for("the same again")
    terminal.press(PASSPHRASE)
    terminal.press("enter")
    terminal.press(PASSPHRASE)
    terminal.press("enter")
    sheet = terminal.wait_for("third and eighth group")
    groups = re.findall(r"\b[0-9A-Z]{4}\b", sheet)
    terminal.press(groups[2])
    terminal.press("enter")
    terminal.press(groups[7])
    terminal.wait_for(f"{groups[2]} +{groups[7]} *\n")
    terminal.press("enter")
    terminal.wait_for("Lately")


def follow(terminal: Terminal, words: str) -> None:
    """Press the key that the screen itself names before what it does: "c circle"."""
    terminal.wait_for(rf"(?<![\w+]){re.escape(words)}\b")
    terminal.press(words.split(maxsplit=1)[0])


def write_about(terminal: Terminal, name: str) -> None:
    """Write a page that names somebody, say that they listened, and keep it."""
    follow(terminal, "w starts your first")
    terminal.wait_for("only the page")
    terminal.press(f"Met @{name} on the stairs, and it rained. ")
    terminal.wait_for(rf"{name} \?")
    terminal.press("tab")
    terminal.wait_for("add|y ")
    terminal.press("y")
    terminal.wait_for("1 emotional")
    terminal.press("1")
    terminal.wait_for("1 listened")
    terminal.press("1")
    terminal.wait_for(f"{name}  listened")
    terminal.press("esc")
    terminal.wait_for("only the page")
    terminal.press("esc")
    terminal.wait_for("Lately")


def put_people_on_the_map(terminal: Terminal, names: Sequence[str]) -> None:
    """Open the map while it is empty, and go where its one sentence leads; back to Today."""
    follow(terminal, "c circle")
    assert "Nobody is on your map" in terminal.wait_for("v list")
    terminal.press("m")
    for number, name in enumerate(names, 1):
        terminal.wait_for("a name, and enter")
        terminal.press(name, "enter")
        terminal.wait_for(rf"\b{number} on your map")
    follow(terminal, "esc leave")
    terminal.wait_for("v list")
    terminal.press("esc")
    terminal.wait_for("Lately")


def begin_a_session(terminal: Terminal) -> None:
    """Begin the session that is offered first, go on a step, stop and keep it."""
    follow(terminal, "r reflect")
    follow(terminal, "enter begin")
    terminal.wait_for("1 of")
    follow(terminal, "ctrl+j go on")
    terminal.wait_for("2 of")
    follow(terminal, "esc stop here")
    follow(terminal, "esc back")
    terminal.wait_for("Lately")


def look_at_patterns(terminal: Terminal) -> None:
    """Find the patterns by name, and be told how much is still missing, and the key for it."""
    terminal.press("?")
    terminal.wait_for(r"i +What your pages can say")
    terminal.press("esc")
    terminal.wait_gone("Keys that work here")
    terminal.press("i")
    assert "not yet" in terminal.wait_for("m on Today says how you are")
    follow(terminal, "esc back")
    terminal.wait_for("Lately")


def export_the_map(terminal: Terminal) -> None:
    """Open the map, walk to somebody, and write the SVG with the careful defaults."""
    follow(terminal, "c circle")
    terminal.wait_for("v list")
    terminal.press("left")
    terminal.wait_for(CANARY)
    follow(terminal, "e share")
    terminal.wait_for("What leaves")
    follow(terminal, "w write the file")
    terminal.wait_for(r"It is in")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_from_a_bare_home_to_a_map_on_disk(tmp_path: Path, columns: int, rows: int) -> None:
    home = tmp_path / "home"
    with kinship(home, columns=columns, rows=rows) as terminal:
        make_a_vault(terminal)
        if columns == FIRST_HOUR:
            put_people_on_the_map(terminal, FIRST_FIVE)
        write_about(terminal, CANARY)
        if columns == FIRST_HOUR:
            begin_a_session(terminal)
            look_at_patterns(terminal)
        export_the_map(terminal)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    (svg,) = home.glob("*.svg")
    assert stat.S_IMODE(svg.stat().st_mode) == 0o600
    assert ET.fromstring(svg.read_bytes()).tag == "{http://www.w3.org/2000/svg}svg"
    for word in (CANARY, PASSPHRASE, "stairs", "rained", *FIRST_FIVE):
        assert files_holding(word, tmp_path) == []
    with kinship(home, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for(f"Met @{CANARY[:6]}")


def test_the_sweep_for_readable_words_finds_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text(f"met {CANARY}")
    (tmp_path / f"{CANARY}.swp").touch()
    assert len(files_holding(CANARY, tmp_path)) == 2


def test_a_wrong_passphrase_says_so_and_asks_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with kinship(home) as terminal:
        make_a_vault(terminal)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    with kinship(home) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press("another one", "enter")
        terminal.wait_for("not the passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Lately")


def test_what_was_typed_is_there_after_the_terminal_was_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with kinship(home) as terminal:
        make_a_vault(terminal)
        terminal.press("w")
        terminal.wait_for("only the page")
        terminal.press(f"Half a thought about {CANARY}")
        terminal.wait_for(CANARY)
        terminal.hang_up()
        terminal.end()
    assert files_holding(CANARY, tmp_path) == []
    with kinship(home) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Lately")
        terminal.press("w")
        terminal.wait_for(f"Half a thought about {CANARY}")


def test_a_window_of_forty_columns_still_shows_the_way(tmp_path: Path) -> None:
    with kinship(tmp_path / "home", columns=40, rows=20) as terminal:
        terminal.wait_for("Welcome to kinship")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
