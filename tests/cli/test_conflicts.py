"""`kinship conflicts`: the shape scripts rely on, settling by number and together, and what cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders.console import Console, console
from builders.devices import called, carry
from builders.vaults import CHEAP
from kinship.journal.journal import Journal, PageText
from kinship.vault import open_vault, unlock


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    """A machine on which a page was written that a phone wrote on too."""
    machine = console(tmp_path / "home")
    page = machine.fine("write", "Tea.").id
    copy, state = tmp_path / "phone.kinship", tmp_path / "phone-state"
    shutil.copytree(machine.vault, copy)
    with called("phone"):
        written(machine, copy, state, page, "Tea.\nIt rained.\x1b[2J")
    machine.clock.advance(60)
    with called("laptop"):
        written(machine, machine.vault, machine.home / ".local/state/kinship", page, "Tea.\nShe laughed.")
    carry(copy, machine.vault)
    return machine


def written(machine: Console, path: Path, state: Path, page: str, text: str) -> None:
    key = unlock(path, machine.passphrase, state=state, floor=CHEAP)
    with open_vault(path, key, state=state, clock=machine.clock) as vault:
        Journal(vault, machine.clock).keep_page(PageText(body=text, id=page))


def body(machine: Console) -> str:
    (page,) = machine.fine("list", "--json").json
    return str(page["body"])


def test_it_has_the_shape_that_scripts_rely_on(machine: Console) -> None:
    (conflict,) = machine.fine("conflicts", "--json").json
    assert conflict["id"] == machine.fine("list", "--json").json[0]["id"]
    assert [(one["device"], one["body"], one["at"]) for one in conflict["versions"]] == [
        ("laptop", "Tea.\nShe laughed.", "2026-11-22T21:31:00+00:00"),
        ("phone", "Tea.\nIt rained.[2J", "2026-11-22T21:30:00+00:00"),
    ]


def test_it_is_read_with_device_and_time_and_nothing_a_terminal_could_obey(machine: Console) -> None:
    told = machine.fine("conflicts", terminal=True)
    assert "a page, 2 versions" in told.out
    assert "1  laptop (this computer), 2026-11-22 21:31" in told.out
    assert "2  phone, 2026-11-22 21:30" in told.out
    assert "\x1b" not in told.out


def test_taking_one_settles_it(machine: Console) -> None:
    id_ = machine.fine("conflicts", "--json").json[0]["id"]
    told = machine.fine("conflicts", id_[:8], "--take", "2")
    assert told.out == ""
    assert body(machine) == "Tea.\nIt rained.[2J"
    assert machine.fine("conflicts", "--json").json == []


def test_together_keeps_both(machine: Console) -> None:
    id_ = machine.fine("conflicts", "--json").json[0]["id"]
    machine.fine("conflicts", id_, "--together")
    assert body(machine) == "Tea.\n\nShe laughed.\n\n---\n\nIt rained.[2J"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--take", "1"], 2),
        (["--together"], 2),
        (["ID", "--take", "1", "--together"], 2),
        (["ID", "--take", "3"], 2),
        (["ID", "--take", "0"], 2),
        (["ID", "--take", "x"], 2),
        (["ffffffffff", "--take", "1"], 1),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(machine: Console, words: list[str], code: int) -> None:
    before = machine.fine("conflicts", "--json").json
    result = machine.run("conflicts", *(before[0]["id"] if word == "ID" else word for word in words))
    assert result.code == code
    assert result.err
    assert machine.fine("conflicts", "--json").json == before


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    told = machine.fine("conflicts")
    assert told.out == ""
    assert "Nothing was written in two places at once." in told.err
    assert machine.fine("conflicts", "--json").json == []


def test_a_folder_put_back_is_told_until_it_is_taken_as_it_is(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    old = tmp_path / "old"
    shutil.copytree(machine.vault, old)
    machine.fine("write", "Gone.")
    shutil.rmtree(machine.vault)
    shutil.copytree(old, machine.vault)
    for _ in range(2):
        told = machine.fine("list")
        assert "1 save from this computer is gone from it." in told.err
        assert "kinship restore --as-it-is" in told.err
    assert machine.run("restore", "--as-it-is", "--deleted").code == 2
    machine.fine("restore", "--as-it-is")
    assert machine.fine("list").err == ""


def test_help_has_examples(machine: Console) -> None:
    told = machine.fine("conflicts", "--help").out
    assert "kinship conflicts 3f9a1c02 --take 2" in told
