"""Writing from the command line: the day in plain words, journals, templates, and what stands around the words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from builders.console import Console, console
from builders.vaults import CHEAP
from kinship.journal.journal import Journal
from kinship.vault import open_vault, unlock


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def page(machine: Console, id_: str) -> Any:
    return machine.fine("show", id_, "--json").json


def test_the_day_is_said_in_plain_words_and_doubt_is_refused_before_anything_is_asked(machine: Console) -> None:
    id_ = machine.fine("write", "some words", "--date", "last Friday").id
    assert page(machine, id_)["date"] == "2026-11-20"
    refused = machine.run("write", "some words", "--date", "03/04/2025")
    assert (refused.code, refused.out) == (2, "")
    assert "may be 3 April or 4 March" in refused.err
    assert len(machine.fine("list", "--json").json) == 1


def test_the_day_begins_when_the_person_says(machine: Console) -> None:
    machine.fine("write", "first")
    key = unlock(machine.vault, machine.passphrase, state=machine.home / ".local/state/kinship", floor=CHEAP)
    with open_vault(machine.vault, key, state=machine.home / ".local/state/kinship", clock=machine.clock) as vault:
        Journal(vault, machine.clock).choose("day_start", "07:00")
    machine.clock.at = dt.datetime(2026, 11, 23, 5, 30, tzinfo=dt.UTC)
    assert page(machine, machine.fine("write", "at half past five").id)["date"] == "2026-11-22"
    assert page(machine, machine.fine("write", "before", "--date", "yesterday").id)["date"] == "2026-11-21"


def test_pages_go_into_journals_that_are_listed_and_renamed(machine: Console) -> None:
    assert "no page yet" in machine.fine("journals").err
    machine.fine("write", "a page")
    for name in ("Dreams", "dreams"):
        machine.fine("write", "of water", "--journal", name)
    assert machine.fine("journals").out == (
        "unnamed  1 page, the last of 2026-11-22\nDreams  2 pages, the last of 2026-11-22\n"
    )
    assert len(machine.fine("list", "--journal", "dreams", "--json").json) == 2
    assert "2 pages renamed" in machine.fine("journals", "rename", "dreams", "Nights").err
    assert "there before" in machine.fine("journals", "rename", "unnamed", "nights").err
    assert [one["name"] for one in machine.fine("journals", "--json").json] == ["Nights"]
    assert machine.run("journals", "rename", "dreams", "x").code == 1


def test_a_template_is_made_used_changed_and_thrown_away(machine: Console) -> None:
    assert "no template yet" in machine.fine("templates").err
    machine.fine("templates", "add", "Night", "--journal", "dreams", piped="# {day}\n\nI dreamt {text}.\n\nslept: \n")
    machine.fine("templates", "add", "list", "* one")
    assert machine.fine("templates").out == "list\nNight  (dreams)\n"
    written = page(machine, machine.fine("write", "--template", "nig", "--date", "yesterday", piped="of water\n").id)
    assert written["body"] == "# Saturday 21 November 2026\n\nI dreamt of water.\n\nslept: "
    assert written["journal"] == "dreams"
    plain = page(machine, machine.fine("write", "two", "--template", "list", "--journal", "dreams").id)
    assert (plain["body"], plain["journal"]) == ("* one\n\ntwo", "dreams")
    machine.fine("templates", "edit", "list", "* first")
    machine.fine("templates", "edit", "list", "--name", "errands")
    assert machine.fine("templates", "show", "errands").out == "* first\n"
    assert machine.fine("templates", "delete", "errands").out == "* first\n"
    assert [one["name"] for one in machine.fine("templates", "--json").json] == ["Night"]
    missing = machine.run("write", "x", "--template", "nihgt")
    assert (missing.code, "Did you mean Night" in missing.err) == (1, True)
    assert machine.run("templates", "add", "NIGHT", "again").code == 2


def test_what_stands_around_the_words_is_changed_and_the_words_stay(machine: Console) -> None:
    id_ = machine.fine("write", "some words #sea", "--title", "A walk").id
    told = ("--date", "3 May", "--title", "", "--journal", "dreams", "--mood", "4", "--tag", "rain", "--star")
    assert machine.fine("edit", id_[:8], *told).id == id_
    after = page(machine, id_)
    assert (after["body"], after["date"], after["title"]) == ("some words #sea", "2026-05-03", "some words #sea")
    assert (after["journal"], after["mood"], after["tags"], after["starred"]) == ("dreams", 4, ["sea", "rain"], True)
    machine.fine("edit", id_, "other words", "--no-star", "--journal", "")
    after = page(machine, id_)
    assert (after["body"], after["journal"], after["starred"], after["mood"]) == ("other words", "", False, 4)
    assert machine.run("edit", id_, "--date", "May").code == 2


def test_what_changed_is_shown_word_by_word(machine: Console) -> None:
    id_ = machine.fine("write", "Met Bea on the stairs.").id
    machine.fine("edit", id_, "Met Bea on the steps, again.")
    assert "Met Bea on the [-stairs-]{+steps, again+}." in machine.fine("history", id_, "--words").out
