"""Somebody who listens to the screen: a session, the map and the figures as plain lines, each number a sentence."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.circle.glyphs import UNICODE
from kinship.circle.support import Look

DRAWN = re.compile("[\u2500-\u25ff\u2800-\u28ff\u2190-\u21ff]")
"""Box art, blocks, shapes, braille, arrows."""
HEARD = (
    "6", "On the stairs.", "Bea", "She put her bag down.", "listening", "yesterday", "That I can be heard.",
    "say thank you", "on Sunday", "", "It was good.", "8",
)  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path)
    for name, ring, way in (("Bea", "inner", "listening"), ("Ana", "middle", "advice"), ("Ugo", "outer", "belonging")):
        made.fine("people", "add", name, "--ring", ring, "--circle", "friends", "--since", "2026-03-01")
        made.fine("support", name, "--gives", way)
    made.fine("people", "knows", "Bea", "Ana")
    return made


def session(machine: Console) -> str:
    result = machine.fine("reflect", "val-heard", "--plain", piped="".join(f"{line}\n" for line in HEARD))
    assert machine.fine("list", "--json").json[0]["title"] == "A time you felt heard"
    return result.out + result.err


def test_a_whole_session_is_plain_lines(machine: Console) -> None:
    told = session(machine)
    assert "1 of 10 · How are you, right now?" in told
    assert DRAWN.search(told) is None
    assert not any(unicodedata.category(one) == "Cc" for one in told.replace("\n", ""))


def test_every_question_says_where_one_is_and_every_choice_has_its_number(machine: Console) -> None:
    told = session(machine).splitlines()
    places = [int(found[1]) for line in told if (found := re.match(r"(\d+) of 10 · ", line))]
    assert places == sorted(places)
    assert places[0] == 1
    assert len(places) >= 8
    assert any(re.match(r" *1  ", line) for line in told)


@pytest.mark.parametrize(
    "words", [["map"], ["people"], ["people", "show", "Bea"], ["measures"], ["without", "Bea"],
              ["compare", "2026-05-01", "today"], ["today"], ["list"], ["appointments"], ["checkin", "--list"]],
)  # fmt: skip
def test_no_command_draws_in_plain(machine: Console, words: list[str]) -> None:
    machine.fine("checkin", "--mood", "6")
    machine.fine("write", "Rain with @Bea", "--mood", "6")
    machine.fine("appointments", "add", "Thursday 16:30", "--with", "Dr Okonkwo")
    told = machine.fine(*words, "--plain", terminal=True).out
    assert told.strip()
    assert DRAWN.search(told) is None


def test_the_drawn_map_would_be_noticed(machine: Console) -> None:
    assert DRAWN.search(machine.fine("map", terminal=True).out)
    assert DRAWN.search(UNICODE.nodes[Look.EMOTIONAL])


def test_every_figure_has_its_sentence(machine: Console) -> None:
    told = machine.fine("measures", "--plain", terminal=True).out.splitlines()
    figures = [line for line in told if line.startswith("  ")]
    assert len(figures) > 30
    for line in figures:
        name, _, rest = line.strip().partition(": ")
        value, _, said = (
            rest.partition(". ") if not rest[:1].isdecimal() else re.split(r"(\. (?=\D))", rest, maxsplit=1)
        )
        assert name, line
        assert value, line
        assert len(said.split()) >= 4, line


def test_the_map_says_who_stands_where_and_what_it_comes_to(machine: Console) -> None:
    told = machine.fine("map", "--plain", terminal=True).out
    for words in (
        "Inner ring",
        "Bea (friends): gives",
        "Outer ring",
        "1 pair knows each other.",
        "for emotional support.",
    ):
        assert words in told
