"""The circle of the installed program: every way to look at it, by keyboard, in a small window and without colours."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.installed import Machine, go_through, machine
from builders.terminal import files_holding
from kinship.journal.model import Ring

pytestmark = pytest.mark.terminal

SOUGHT = "Quillonwether"
"""Typed into the search line and nowhere else."""
LONG_AGO = dt.timedelta(days=900)


@pytest.fixture
def person(tmp_path: Path) -> Machine:
    """Return a machine whose journal knows five people; one came and one moved since long ago."""
    made = machine(tmp_path)
    journal = made.journal()
    today = journal.today()
    with journal.vault:
        since = {"Bartholomew": LONG_AGO, "Ingrid": LONG_AGO, "Oluwaseun": LONG_AGO, "Ravi": dt.timedelta(days=90)}
        for name, ago in since.items():
            act = journal.add_alter(name, ring=Ring.OUTER, sector="friends", since=today - ago)
            (alter,) = act.made["alters"]
            if name != "Ravi":
                journal.state((alter,), "gives.listening", 2, from_=today - ago)
            if name == "Ingrid":
                journal.state((alter,), "ring", "inner", from_=today - dt.timedelta(days=60))
    return made


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (120, 40)])
def test_every_way_to_look_at_the_circle_by_keyboard(person: Machine, columns: int, rows: int) -> None:
    with person.unlocked(columns=columns, rows=rows) as terminal:
        go_through(
            terminal,
            [
                ("c", "v list"),
                ("tab", "Ingrid"),
                ("right", "Bartholomew|Oluwaseun|Ravi"),
                ("t", r"as of \d.*"),
                ("left", r"as of \d"),
                ("shift+left", r"as of \d"),
                ("esc", "as of today"),
                ("c", "beside today"),
                ("tab", "v list"),
                ("v", "moved from the outer|new"),
                ("v", "beside today"),
                ("esc", "as of today"),
                ("/", "find"),
                ("ingr", "1 of 1"),
                ("enter", "v list"),
                ("x", "without Ingrid"),
                ("esc", "as of today"),
                ("d", "what I give"),
                ("s", "strain beside"),
                ("0", "as of today"),
                ("+", "whole map"),
                ("=", "as of today"),
                ("/", "find"),
                (SOUGHT, "nobody by that name"),
                ("esc", "v list"),
                ("?", "Keys that work here"),
                ("esc", "v list"),
                ("enter", "Ingrid"),
                ("esc", "v list"),
                ("esc", "Lately"),
                ("ctrl+q", ""),
            ],
        )
        assert terminal.end() == 0
    assert b"stopped unexpectedly" not in terminal.raw
    assert files_holding(SOUGHT, person.root) == []
    assert files_holding("Bartholomew", person.root) == []


def test_a_name_that_lies_in_a_file_would_be_noticed(person: Machine) -> None:
    (person.home / "note.txt").write_text(f"about {SOUGHT}", encoding="utf-8")
    assert files_holding(SOUGHT, person.root) != []


def test_without_colours_the_focus_and_the_mode_are_still_seen(person: Machine) -> None:
    person.environment["NO_COLOR"] = "1"
    with person.unlocked() as terminal:
        go_through(terminal, [("c", "v list"), ("tab", "Ingrid"), ("x", "without Ingrid")])
        rows = terminal.cells()
        lit = {"".join(cell[0] for cell in row if cell[2] is not None).strip() for row in rows}
        assert any("Ingrid" in words for words in lit)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
