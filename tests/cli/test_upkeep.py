"""Tidying, purging, backups and taking back, typed as commands."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.cli.root import COMMANDS


def segments(machine: Console) -> list[Path]:
    return sorted((machine.vault / "log").iterdir())


def state(machine: Console) -> Path:
    (found,) = (machine.home / ".local/state/kinship").glob("*/backups")
    return found.parent


def written(machine: Console, count: int) -> list[str]:
    return [machine.fine("write", f"page {number}").id for number in range(count)]


def test_writing_day_after_day_never_leaves_many_files(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    ids = written(machine, 60)
    assert len(segments(machine)) <= 25
    assert {entry["id"] for entry in machine.fine("list", "--json").json} == set(ids)


def test_a_command_that_failed_leaves_the_files_to_the_next_one(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    assert machine.run("write", "  ").code == 2
    assert not list((machine.home / ".local/state/kinship").glob("*/backups"))


def test_tidy_says_what_it_did(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    written(machine, 3)
    assert machine.fine("tidy").out.startswith("4 files became one: ")
    assert machine.fine("tidy").out == "There was nothing to tidy.\n"
    assert len(segments(machine)) == 1


def test_a_page_that_was_purged_is_in_no_listing_and_cannot_be_brought_back(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    gone, stays = written(machine, 2)
    delete(machine, gone)
    told = machine.fine("purge").out
    assert "gone from the vault" in told
    assert "kinship purge --remove-older" in told
    assert "Out of reach" in told
    assert "Removed with it: 2" in machine.fine("purge", "--remove-older").out
    assert [entry["id"] for entry in machine.fine("list", "--json").json] == [stays]
    assert "Deleted since: 0" in machine.fine("restore", "--dry-run", "--deleted").out
    assert len(machine.fine("backup", "--list", "--json").json) == 1


@pytest.mark.parametrize(("answer", "left"), [("y\n", 1), ("n\n", 2)])
def test_on_a_terminal_purging_asks_about_older_backups(tmp_path: Path, answer: str, left: int) -> None:
    machine = console(tmp_path / "home")
    written(machine, 1)
    machine.fine("purge", piped=answer, terminal=True)
    assert len(machine.fine("backup", "--list", "--json").json) == left


def delete(machine: Console, id_: str) -> None:
    """Delete a page as the screen does."""
    from builders.vaults import CHEAP, PASSPHRASE
    from kinship.journal.journal import Journal
    from kinship.vault import open_vault, unlock

    place = machine.home / ".local/state/kinship"
    key = unlock(machine.vault, PASSPHRASE, state=place, floor=CHEAP)
    with open_vault(machine.vault, key, state=place, clock=machine.clock) as vault:
        Journal(vault, machine.clock).delete_page(id_)


def test_a_deleted_page_comes_back_from_a_backup_when_asked_for(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    (id_,) = written(machine, 1)
    made = machine.fine("backup").id
    delete(machine, id_)
    assert machine.fine("list", "--json").json == []
    dry = machine.fine("restore", "--dry-run", "--deleted").out
    assert "Deleted since: 1; they come back." in dry
    assert "Nothing was changed." in dry
    assert machine.fine("list", "--json").json == []
    machine.fine("restore", Path(made).name, "--deleted")
    assert [entry["id"] for entry in machine.fine("list", "--json").json] == [id_]


def test_a_lost_vault_is_put_back_from_the_backup_kept_by_itself(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    ids = written(machine, 3)
    machine.fine("backup")
    shutil.rmtree(machine.vault)
    assert machine.run("list").code == 1
    assert "Nothing was changed." in machine.fine("restore", "--dry-run").out
    assert not machine.vault.exists()
    assert "takes its place" in machine.fine("restore").out
    listed = machine.fine("list", "--json")
    assert {entry["id"] for entry in listed.json} == set(ids)
    assert listed.err == ""


def test_a_backup_goes_into_a_folder_of_ones_own_and_opens_from_there(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    (id_,) = written(machine, 1)
    stick = tmp_path / "stick"
    made = machine.fine("backup", str(stick)).id
    assert Path(made).parent == stick
    assert machine.fine("backup", str(stick), "--list").out == f"{made}\n"
    assert machine.fine("list", "--json", "--vault", made).json[0]["id"] == id_
    assert machine.fine("list", "--json").err == ""


def test_backups_are_kept_by_themselves_one_a_day(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    for _ in range(10):
        machine.fine("write", "a day")
        machine.fine("list")
        machine.clock.advance(dt.timedelta(days=1).total_seconds())
    days = [entry["made"][:10] for entry in machine.fine("backup", "--list", "--json").json]
    assert len(days) == len(set(days))
    assert len(days) in {7, 8, 9}


def test_an_unknown_backup_and_a_computer_without_any_say_so(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    assert "keeps no backup" in machine.run("restore").err
    assert "no backup yesterday" in machine.run("restore", "yesterday").err
    shutil.rmtree(machine.vault)
    for folder in (machine.home / ".local/state/kinship").glob("*/backups"):
        shutil.rmtree(folder)
    told = machine.run("restore")
    assert told.code == 1
    assert "keeps no backup" in told.err


@pytest.mark.parametrize("command", ["tidy", "purge", "backup", "restore", "verify", "doctor"])
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    machine = console(tmp_path / "home")
    told = machine.fine(command, "--help").out
    assert f"kinship {command}" in told.split("Example")[1]
    assert command in COMMANDS
