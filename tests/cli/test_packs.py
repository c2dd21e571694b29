"""`kinship prompts`: a pack is begun, checked, kept in the journal, asked from, and taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def test_a_pack_goes_from_the_example_into_the_journal_and_out_again(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "garden.toml"
    machine.fine("prompts", "new", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "2 questions of the day, 1 guided reflection, 0 scales." in machine.fine("prompts", "check", str(file)).out
    assert machine.fine("prompts", "add", str(file)).id == "garden"
    file.unlink()
    listed = machine.fine("prompts", "list", "--json").json
    assert "garden-walk" in {one["id"] for one in listed["sessions"]}
    assert "garden-walk" in {one["id"] for one in machine.fine("reflect", "--list", "--json").json}
    machine.fine("reflect", "garden-walk", piped="6\nA beetle.\n")
    machine.fine("prompts", "remove", "garden")
    assert "garden-walk" not in machine.fine("prompts", "list").out
    assert machine.run("prompts", "remove", "garden").code == 1


def test_a_pack_is_replaced_by_its_name(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "garden.toml"
    machine.fine("prompts", "new", str(file))
    machine.fine("prompts", "add", str(file))
    file.write_text(file.read_text().replace("A walk in the garden", "A walk by the sea"))
    machine.fine("prompts", "add", str(file))
    assert "A walk by the sea" in machine.fine("prompts", "list").out


def test_an_example_never_replaces_a_file(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("mine")
    assert machine.run("prompts", "new", str(file)).code == 1
    assert file.read_text() == "mine"


@pytest.mark.parametrize("command", ["check", "add"])
def test_a_wrong_pack_is_one_sentence_with_its_line_and_nothing_is_kept(
    machine: Console, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "wrong.toml"
    machine.fine("prompts", "new", str(file))
    file.write_text(file.read_text().replace('next = "tell"', 'next = "told"'))
    result = machine.run("prompts", command, str(file))
    assert result.code == 1
    assert "wrong.toml is wrong at line" in result.err
    assert len(result.err.splitlines()) == 1
    assert "garden" not in machine.fine("prompts", "list").out.replace(".config", "")


def test_a_broken_pack_in_the_folder_is_said_and_leaves_the_rest(machine: Console) -> None:
    folder = machine.home / ".config/kinship/packs"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("[meta")
    result = machine.fine("prompts", "list")
    assert "bad.toml is not valid TOML" in result.err
    assert machine.fine("today").out


def test_a_pack_that_is_not_there_is_one_sentence(machine: Console, tmp_path: Path) -> None:
    result = machine.run("prompts", "check", str(tmp_path / "no.toml"))
    assert (result.code, len(result.err.splitlines())) == (1, 1)
