"""The first mapping in the installed program: twenty people by keyboard alone, who knows whom, and nothing readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders.installed import Machine, machine
from builders.sweep import CANARIES, sweep
from builders.terminal import Terminal
from kinship.journal.journal import Journal

pytestmark = pytest.mark.terminal

INNER = ("Ana", "Bea", "Mum", "Miso")
MIDDLE = ("Tomás", "Grace", "Noor", "Ugo", "Dad")
OUTER = ("Hana", "Lee", "Mei")
REST = (("Rosa",), ("Søren",), ("Priya", "Ioan"), ("Carlos",), ("Dr Okon",), ("choir",), (), (), (), ("guild",))
MOST_KEYS = 140
"""Keys for twenty names in fourteen questions, then three kinds ticked for two people each."""


class Typist:
    """Types into a terminal and counts every key."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def names(self, *names: str) -> None:
        """Type each name and enter, and then an enter alone: the next question."""
        for name in names:
            self.terminal.press(name, "enter")
            self.keys += len(name) + 1
        self.next()

    def next(self) -> None:
        number = int(self._question()[0])
        self.terminal.press("enter")
        self.keys += 1
        self.terminal.wait_gone(rf"· {number} of \d+")

    def ticks(self, letters: str) -> None:
        for letter in letters:
            self.terminal.press(letter)
            self.keys += 1
        self.next()

    def _question(self) -> tuple[str, str]:
        found = re.search(r"· (\d+) of (\d+)", self.terminal.text())
        assert found is not None, self.terminal.text()
        return found[1], found[2]


def open_mapping(terminal: Terminal) -> None:
    terminal.press("ctrl+p")
    terminal.wait_for("a person, a page")
    terminal.press("who comes")
    terminal.wait_for("Put people on the map")
    terminal.press("enter")
    terminal.wait_for("hard to picture")


def test_twenty_people_are_on_the_map_with_few_keys(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        open_mapping(terminal)
        typist = Typist(terminal)
        for names in (INNER, MIDDLE, OUTER, *REST):
            typist.names(*names)
        terminal.wait_for("circle of your own")
        typist.next()
        terminal.wait_for("Who of these is so close")
        for letters in ("", "a", "abcde"):
            typist.ticks(letters)
        for letters in ("ab", "cd", "ef"):
            typist.ticks(letters)
        terminal.wait_for("a circle to begin with")
        terminal.press("enter")
        terminal.wait_for("Who knows whom")
        terminal.press("a", "b", "enter")
        terminal.wait_for("1 of 20 asked about")
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert typist.keys <= MOST_KEYS
    _check(person.journal())


def _check(journal: Journal) -> None:
    with journal.vault:
        circle = journal.circle.as_of(journal.today())
        assert len(circle.bonds) == 20
        assert sum(bond.ring is not None for bond in circle.bonds) >= 17
        assert sum(bool(bond.gives) for bond in circle.bonds) == 6
        assert len(circle.ties) == 2


def test_it_goes_on_after_a_kill_where_it_was(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        open_mapping(terminal)
        Typist(terminal).names("Ana")
        terminal.press("Bea", "enter")
        terminal.wait_for("Bea is on your map")
        terminal.process.kill()
        terminal.process.wait()
    with person.unlocked() as terminal:
        terminal.press("ctrl+p")
        terminal.wait_for("a person, a page")
        terminal.press("who comes")
        terminal.wait_for("Put people on the map")
        terminal.press("enter")
        terminal.wait_for("Not quite as close")
        assert "2 on your map" in terminal.text()


@pytest.fixture
def person(tmp_path: Path) -> Machine:
    return Machine(tmp_path, CANARIES["passphrase"]).make_vault()


def test_names_notes_and_own_words_are_readable_nowhere(person: Machine) -> None:
    with person.unlocked() as terminal:
        open_mapping(terminal)
        terminal.press(CANARIES["name"], "enter")
        terminal.wait_for(f"{CANARIES['name']} is on your map")
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+p")
        terminal.wait_for("a person, a page")
        terminal.press(CANARIES["name"])
        terminal.wait_for(f"{CANARIES['name']}\\b.*\n.*person")
        terminal.press("enter")
        terminal.wait_for("I could turn to them")
        terminal.press("a", CANARIES["label"], "enter")
        terminal.wait_for(f"◎ {CANARIES['label']}")
        terminal.press("e", "2")
        terminal.press(CANARIES["tag"], "enter")
        terminal.wait_for(f"also called {CANARIES['tag']}")
        terminal.press("e", "6")
        terminal.press(CANARIES["note"])
        terminal.wait_for(CANARIES["note"])
        terminal.process.kill()
        terminal.process.wait()
    said = person.run("people", "edit", CANARIES["name"], "--notes", CANARIES["body"], "--circle", CANARIES["title"])
    assert (said.code, said.err) == (0, "")
    assert sweep([person.root]) == []
