"""`kinship verify` and `kinship doctor`, typed as commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture(autouse=True)
def on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the vault lie on a disk, wherever the folders of tests lie."""
    monkeypatch.setattr("kinship.vault.doctor.filesystem_of", lambda _: "ext4")


def with_pages(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    for number in range(3):
        machine.fine("write", f"private words {number}")
    return machine


def damaged(machine: Console) -> Path:
    """Flip a bit in the words of one page."""
    path = max((machine.vault / "log").iterdir(), key=lambda one: one.stat().st_size)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"KFRM") - 300] ^= 1
    path.write_bytes(bytes(data))
    return path


def test_a_whole_vault_verifies_with_nothing_to_say(tmp_path: Path) -> None:
    machine = with_pages(tmp_path)
    told = machine.fine("verify")
    assert told.out.endswith("; nothing is damaged.\n")
    assert len(told.out.splitlines()) == 1
    shape = machine.fine("verify", "--json").json
    assert shape["whole"] is True
    assert shape["missing"] == []
    assert {one["state"] for one in shape["files"]} == {"whole"}


def test_damage_ends_with_4_and_is_named_without_a_word_of_the_page(tmp_path: Path) -> None:
    machine = with_pages(tmp_path)
    path = damaged(machine)
    told = machine.run("verify")
    assert told.code == 4
    assert f"log/{path.name}: damaged" in told.out
    assert "cannot be read" in told.out
    assert "private" not in told.out
    shape = machine.run("verify", "--json")
    assert shape.code == 4
    assert shape.json["whole"] is False
    (bad,) = [one for one in shape.json["files"] if one["state"] == "damaged"]
    assert bad["lost"]


def test_what_has_not_arrived_is_named_and_is_no_damage(tmp_path: Path) -> None:
    machine = with_pages(tmp_path)
    min((machine.vault / "log").iterdir(), key=lambda one: one.stat().st_size).unlink()
    told = machine.run("verify", "--json")
    assert told.code == 0
    assert told.json["missing"]
    assert told.json["whole"] is False
    assert {one["state"] for one in told.json["files"]} == {"whole"}


def test_the_doctor_is_content_or_says_what_is_not(tmp_path: Path) -> None:
    machine = with_pages(tmp_path)
    told = machine.run("doctor", "--json")
    assert told.code == 0
    assert {one["check"] for one in told.json} >= {
        "place",
        "owner",
        "mode",
        "disk",
        "foreign",
        "quarantine",
        "backup",
        "clock",
    }
    assert {one["level"] for one in told.json} == {"fine"}
    (machine.vault / "shopping.txt").touch(0o600)
    plain = machine.run("doctor")
    assert plain.code == 0
    assert "WARNING  shopping.txt in the vault is not kinship's; it is left alone." in plain.out
    assert plain.err.endswith("1 thing to look at.\n")


def test_the_doctor_comes_to_a_vault_that_does_not_open(tmp_path: Path) -> None:
    machine = with_pages(tmp_path)
    for path in (machine.vault / "keys").iterdir():
        path.write_text("{}")
    told = machine.run("doctor", "--json")
    assert told.code == 1
    assert told.json[-1]["check"] == "opening"
    assert machine.run("doctor", "--outside").code == 0


def test_the_doctor_has_nobody_to_see_without_a_vault(tmp_path: Path) -> None:
    machine = Console(tmp_path / "home")
    assert "There is no vault" in machine.run("doctor").err
