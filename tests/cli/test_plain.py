"""Every command takes `--plain`, and none draws then: a screen reader reads words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from builders.console import Console, console
from kinship.cli.root import kinship

DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff]")
"""Boxes, blocks and braille dots."""
TOLD = (
    "list", "search tea", "searches", "year", "on-this-day", "today", "people", "people show Bea", "map",
    "map --format list", "measures", "compare 2026-11-01 2026-11-22", "without Bea", "insights", "lookback",
    "snapshots", "card", "appointments", "prompts list", "templates", "journals", "conflicts", "inbox", "vaults",
    "unlock list", "verify", "doctor", "privacy", "backup --list", "settings show", "settings check", "where",
    "checkin --mood 6",
    "demo",
)  # fmt: skip

LOOKS = {"doctor", "privacy"}
"""They end with 1 where there is something to look at, as on a machine of tests."""


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something by itself."""

    def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
        if not isinstance(command, click.Group) or (words and command.invoke_without_command):
            yield " ".join(words), command
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                inner = command.get_command(click.Context(command), name)
                assert inner is not None
                yield from below(inner, (*words, name))

    yield from below(kinship, ())


def test_every_command_takes_it() -> None:
    without = [name for name, one in every_command() if not any("--plain" in option.opts for option in one.params)]
    assert without == []


@pytest.fixture
def person(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", "Bea", "--ring", "inner")
    machine.fine("support", "Bea", "--gives", "listening")
    machine.fine("write", "Tea with @Bea.", "--mood", "6", "--plain")
    return machine


def test_nothing_is_drawn_in_plain_output(person: Console) -> None:
    for words in TOLD:
        ended = person.run(*words.split(), "--plain", terminal=True)
        assert ended.code == 0 or words in LOOKS, (words, ended)
        assert DRAWN.findall(ended.out + ended.err) == [], words


def test_a_drawing_would_be_noticed(person: Console) -> None:
    assert DRAWN.search(person.fine("map", terminal=True).out)
