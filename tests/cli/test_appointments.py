"""`kinship appointments`: dates ahead in plain words, with their lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def test_a_date_is_added_listed_changed_and_removed(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    id_ = machine.fine(
        "appointments", "add", "in two weeks, 16:30", "--with", "bea", "--bring", "the letter"
    ).out.strip()
    (date,) = machine.fine("appointments", "--json").json
    assert (date["id"], date["with"], date["bring"]) == (id_, "Bea", ["the letter"])
    assert date["person"]
    assert date["at"].startswith(date["date"] + "T16:30:00")
    machine.fine(
        "appointments", "edit", id_[:8], "--bring", "tablets", "--drop", "1", "--when", "tomorrow", "--with", "X"
    )
    (date,) = machine.fine("appointments", "list", "--json").json
    assert (date["with"], date["person"], date["bring"]) == ("X", None, ["tablets"])
    assert "1 tablets" in machine.fine("appointments").out
    machine.fine("appointments", "remove", id_)
    assert machine.fine("appointments", "list", "--all", "--json").json == []


def test_one_that_has_been_is_listed_only_when_asked_for(machine: Console) -> None:
    machine.fine("appointments", "add", "2020-05-03 16:30", "--with", "Dr Okonkwo")
    assert machine.fine("appointments").out == ""
    assert "Sunday 3 May 2020 16:30, Dr Okonkwo" in machine.fine("appointments", "list", "--all").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "some day"), "is no day ahead"),
        (("add", "tomorrow 25:00"), "names no time"),
        (("add", "tomorrow", "--starred", "1"), "No starred line has that number"),
        (("edit", "ffff", "--when", "tomorrow"), "No date has the id"),
        (("remove", "ffff"), "No date has the id"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(machine: Console, words: tuple[str, ...], said: str) -> None:
    ended = machine.run("appointments", *words)
    assert ended.code != 0
    assert said in ended.err


def test_without_starred_lines_the_list_of_them_is_empty(machine: Console) -> None:
    assert machine.fine("appointments", "starred").out == ""
    assert machine.fine("appointments", "starred", "--json").json == []
