"""A vault of a later version, and one that lost its vault.kin, on the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from builders.console import Console, console


def later(tmp_path: Path) -> Console:
    """Return a machine with a page in a vault that a later version wrote."""
    machine = console(tmp_path / "machine")
    machine.fine("write", "A page.")
    kin = machine.vault / "vault.kin"
    body = bytearray(kin.read_bytes()[:96])
    body[8] = 2
    kin.write_bytes(bytes(body) + hashlib.sha256(bytes(body)).digest())
    return machine


def content(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("search", "page")], ids=" ".join)
def test_a_later_vault_is_read_and_ends_with_6(tmp_path: Path, words: tuple[str, ...]) -> None:
    machine = later(tmp_path)
    before = content(machine.vault)
    result = machine.run(*words)
    assert result.code == 6
    assert "A page." in result.out
    assert "later kinship" in result.err
    assert content(machine.vault) == before


WRITING = (("write", "Another."), ("people", "add", "Bea"), ("tidy",), ("purge",), ("backup",))


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_later_vault_is_never_written(tmp_path: Path, words: tuple[str, ...]) -> None:
    machine = later(tmp_path)
    before = content(machine.vault)
    result = machine.run(*words)
    assert (result.code, result.out) == (6, "")
    assert content(machine.vault) == before


def test_a_later_vault_with_waiting_notes_is_read_and_keeps_them(tmp_path: Path) -> None:
    machine = later(tmp_path)
    (machine.vault / "inbox").mkdir(mode=0o700, exist_ok=True)
    (machine.vault / "inbox" / "00.note").write_bytes(b"KINNOTE1 of another kind")
    machine.run("jot", "A note.")
    before = content(machine.vault)
    assert machine.run("list").code == 6
    assert content(machine.vault) == before


def test_a_lost_vault_kin_is_said_and_written_anew(tmp_path: Path) -> None:
    machine = console(tmp_path / "machine")
    machine.fine("write", "A page.")
    whole = (machine.vault / "vault.kin").read_bytes()
    (machine.vault / "vault.kin").unlink()
    result = machine.run("list")
    assert result.code == 4
    assert "A page." in result.out
    assert "was gone and was written anew" in result.err
    assert (machine.vault / "vault.kin").read_bytes() == whole
    assert machine.fine("list").err == ""
