"""On a safe screen no name leaves for the terminal, whichever screen is open; without it the same tour shows them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from builders import tour
from builders.installed import Machine, go_through, machine
from builders.terminal import Terminal

pytestmark = pytest.mark.terminal

NAMES = (
    "Quillon Wetherby", "Tomasz Grzegorzewski", "Zoë Pemberton-Lark", "小林さくら", "Ottoline", "Hesper Marchbanks",
    "the Thornbeck Singers", "Dr Okonkwo", "Biscuit", "Vesperwall Lane", "Mirrorlake forum", "Qigong",
)  # fmt: skip
"""People first, then one of each other kind; each word of a person's name is a name."""
WORDS = ("kitchen", "stairs", "rain")
SHOWN = sorted(
    {word for name in NAMES[:6] for word in name.replace("-", " ").split()} | {"Okonkwo", "Thornbeck Singers"}
)


def names_in(raw: bytes | bytearray) -> list[str]:
    """Return the names that can be read in what was written to a terminal, in any case."""
    text = raw.decode(errors="replace").casefold()
    return [name for name in SHOWN if name.casefold() in text]


def toured(folder: Path, *, safe: bool, columns: int, rows: int, only: Sequence[str] = ()) -> bytes:
    """Tour every screen, or `only` those, on a terminal and return what was written to it."""
    told = {"names": NAMES, "words": WORDS, "safe": safe, "sessions": False, "only": only}
    (folder / "tour.json").write_text(json.dumps(told))
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(tour.__file__).parents[1])}
    command = [sys.executable, str(tour.__file__), str(folder)]
    with Terminal(command, environment, columns=columns, rows=rows) as terminal:
        assert terminal.end(240) == 0, terminal.text()
        return bytes(terminal.raw)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_no_screen_shows_a_name(tmp_path: Path, columns: int, rows: int) -> None:
    raw = toured(tmp_path, safe=True, columns=columns, rows=rows)
    assert names_in(raw) == []
    assert b"Q.W." in raw
    assert set(tour.WAYS) <= set(json.loads((tmp_path / "seen.json").read_text()))
    assert tour.unvisited() == []


def test_a_screen_that_shows_names_would_be_noticed(tmp_path: Path) -> None:
    raw = toured(tmp_path, safe=False, columns=80, rows=24, only=["TodayScreen", "CircleScreen", "PagesScreen"])
    assert set(names_in(raw)) == set(SHOWN)


def _places(raw: bytes | bytearray, word: bytes) -> list[int]:
    return [at for at in range(len(raw)) if raw.startswith(word, at)]


def a_few_names(person: Machine) -> Machine:
    journal = person.journal()
    with journal.vault:
        for name in NAMES[:3]:
            journal.add_alter(name)
    return person


def test_the_option_the_key_and_the_setting_each_hide_names(tmp_path: Path) -> None:
    person = a_few_names(machine(tmp_path))
    with person.unlocked("--safe-screen") as terminal:
        terminal.press("w")
        terminal.wait_for("only the page")
        terminal.press("With Quillon and @Tomasz, by Zo\u00eb and @Quibblewick")
        terminal.press(" ", "esc")
        terminal.wait_for("Lately")
        assert names_in(terminal.raw) == []
        assert [terminal.raw[max(0, at - 30) : at + 30] for at in _places(terminal.raw, b"uibblewick")] == []
        terminal.press("\x1b[18~")
        terminal.wait_for("Names are shown again")
        terminal.wait_for("Quillon")
        terminal.press("\x1b[18~")
        terminal.wait_gone("Quillon")
    assert person.bodies() == ["With Quillon and @Tomasz, by Zoë and @Quibblewick "]
    person.config.mkdir(parents=True)
    (person.config / "settings.toml").write_text("safe_screen = true\n")
    with person.unlocked() as terminal:
        go_through(terminal, [("c", "v list"), ("left", "Q.")])
        assert names_in(terminal.raw) == []


def test_a_name_that_is_added_is_hidden_from_then_on(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked("--safe-screen") as terminal:
        terminal.press("w")
        terminal.wait_for("only the page")
        terminal.press("Tea with Ottoline today")
        terminal.wait_for("Ottoline")
        ended = person.run("people", "add", "Ottoline")
        assert ended.code == 0
        terminal.wait_gone("Ottoline", 40)
        terminal.wait_for("Tea with O. +today")


def test_commands_say_initials_and_files_keep_the_names(tmp_path: Path) -> None:
    person = a_few_names(machine(tmp_path))
    assert person.run("--safe-screen", "write", piped="With @Quillon Wetherby, and rain").code == 0
    for words in (["people"], ["list"], ["search", "rain"], ["map"], ["people", "show", "Quillon Wetherby"]):
        with person.terminal("--safe-screen", *words) as terminal:
            terminal.wait_for("Passphrase:")
            terminal.press(person.passphrase, "enter")
            assert terminal.end() == 0
            assert names_in(terminal.raw) == [], words
        assert names_in(person.run(*words).out.encode()) != [] or words == ["map"], words
    assert "Quillon" in person.run("--safe-screen", "list", "--json").out
    ended = person.run("--safe-screen", "support", "Quillon", "--gives", "nonsense")
    assert names_in(ended.err.encode()) == []
