"""Making, finding and opening a vault through the command line; its failures and their exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.console import Console, Result, Stream, console
from kinship.cli.passphrase import FILE
from kinship.vault import Vault
from kinship.vault.values import Notice


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return Console(tmp_path / "home")


def answers(*words: str) -> Iterator[str]:
    yield from words


def asked(machine: Console, *words: str, answer: list[str]) -> tuple[Result, list[str]]:
    """Run a command with no other source than the prompt, which is answered in turn."""
    machine.environment.pop(FILE, None)
    questions: list[str] = []
    told = answers(*answer)

    def ask(question: str) -> str:
        questions.append(question)
        return next(told)

    machine.ask = ask
    return machine.run(*words), questions


def test_with_a_source_nothing_is_asked_and_the_recovery_text_stands_alone(machine: Console) -> None:
    result = machine.fine("new")
    assert len(result.id.replace("-", "").replace(" ", "")) == 40
    assert str(machine.vault) in result.err
    assert machine.fine("list").out == ""


def test_a_place_may_be_named_in_three_ways(machine: Console) -> None:
    home = machine.home
    machine.fine("new", str(home / "one.kinship"))
    machine.fine("--vault", str(home / "two.kinship"), "new")
    machine.environment["KINSHIP_VAULT"] = str(home / "three.kinship")
    machine.fine("new")
    for name in ("one", "two", "three"):
        assert (home / f"{name}.kinship" / "vault.kin").is_file()
    machine.fine("write", "in two", "--vault", str(home / "two.kinship"))
    assert machine.fine("list").out == ""
    assert "in two" in machine.fine("--vault", str(home / "two.kinship"), "list").out


def test_a_vault_is_never_made_over_another(machine: Console) -> None:
    machine.fine("new")
    result = machine.run("new")
    assert (result.code, result.out) == (1, "")
    assert "already" in result.err


def test_the_passphrase_is_asked_twice_and_two_groups_of_the_sheet_are_typed_back(machine: Console) -> None:
    machine.environment.pop(FILE)
    questions: list[str] = []
    shown: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        if question.startswith("Type group"):
            assert isinstance(sys.stdout, Stream)
            text = sys.stdout.bytes.getvalue().decode()
            shown[:] = text.strip().replace("-", " ").split()
            wrong = len(questions) == 3
            return "nonsense" if wrong else shown[int(question.split()[2]) - 1].lower()
        return machine.passphrase

    machine.ask = ask
    result = machine.fine("new")
    assert len(questions) == 2 + 3
    assert "look at the sheet again" in result.err
    assert "right" in result.err


@pytest.mark.parametrize("answer", [["correct horse battery", "correct horse batterie"], ["horse"]])
def test_a_passphrase_that_differs_or_is_short_makes_no_vault(machine: Console, answer: list[str]) -> None:
    result, _ = asked(machine, "new", answer=answer)
    assert result.code == 2
    assert not machine.vault.exists()
    assert answer[0] not in result.err


def test_no_vault_says_how_to_make_one(machine: Console) -> None:
    result = machine.run("list")
    assert (result.code, result.out) == (1, "")
    assert "kinship new" in result.err


@pytest.mark.parametrize("words", [["list"], ["new"], ["write", "words"]])
def test_a_vault_path_that_is_a_file_is_refused(machine: Console, words: list[str]) -> None:
    (machine.home / "file").write_text("mine")
    result = machine.run("--vault", str(machine.home / "file"), *words)
    assert result.code == 1
    assert "file" in result.err
    assert (machine.home / "file").read_text() == "mine"


def test_a_vault_of_somebody_else_is_refused(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.fine("new")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert machine.run("list").code == 1


def test_a_wrong_passphrase_is_exit_3_and_touches_nothing(machine: Console) -> None:
    machine.fine("new")
    before = {path: path.read_bytes() for path in machine.vault.rglob("*") if path.is_file()}
    Path(machine.environment[FILE]).write_text("another one\n")
    result = machine.run("write", "words")
    assert (result.code, result.out) == (3, "")
    assert "another one" not in result.err
    assert {path: path.read_bytes() for path in machine.vault.rglob("*") if path.is_file()} == before


def test_damage_is_exit_4_and_the_rest_is_still_read(machine: Console) -> None:
    machine.fine("new")
    for number in range(3):
        machine.fine("write", f"page {number}")
    segments = sorted((machine.vault / "log").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    damaged = segments[-2]
    data = bytearray(damaged.read_bytes())
    data[len(data) // 3] ^= 0xFF
    damaged.write_bytes(data)
    result = machine.run("list")
    assert result.code == 4
    assert len(result.out.splitlines()) >= 2
    assert f"log/{damaged.stem}" in result.err


def test_a_save_beside_damage_is_still_a_save(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.fine("new")
    notice = Notice("damaged", "log/x.seg", "Something is damaged.")
    monkeypatch.setattr(Vault, "notices", property(lambda _self: (notice,)))
    result = machine.run("write", "words")
    assert result.code == 0
    assert "damaged" in result.err
    assert machine.run("list").code == 4


def test_a_key_file_that_is_damaged_is_never_a_wrong_passphrase(machine: Console) -> None:
    machine.fine("new")
    (key,) = (machine.vault / "keys").iterdir()
    key.write_bytes(key.read_bytes().replace(b"a", b"b"))
    assert machine.run("list").code == 4


def test_a_newer_vault_is_exit_6(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from kinship.ground.errors import NewerVault

    def newer(*_: object, **__: object) -> None:
        raise NewerVault("This vault was made by a later kinship.")

    machine.fine("new")
    monkeypatch.setattr("kinship.vault.roots.root_by_passphrase", newer)
    assert machine.run("list").code == 6


def test_the_prompt_of_the_day_is_the_same_all_day(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    first = machine.fine("today", "--json").json
    machine.clock.advance(3600)
    assert machine.fine("today", "--json").json == first
    assert first["text"] in " ".join(machine.fine("today").out.split())
    assert {"date", "id", "topic", "text", "alternatives"} <= set(first)


def test_vaults_are_listed_moved_and_opened_at_their_new_place(machine: Console, tmp_path: Path) -> None:
    machine.fine("new")
    page = machine.fine("write", "words").id
    machine.fine("--vault", str(tmp_path / "second.kinship"), "new")
    told = machine.fine("vaults", "--json").json
    assert {one["path"] for one in told} == {str(machine.vault), str(tmp_path / "second.kinship")}
    assert {one["there"] for one in told} == {True}
    assert "* 20" in machine.fine("vaults").out
    (tmp_path / "stick").mkdir()
    moved = machine.fine("vaults", "move", str(tmp_path / "stick"))
    assert moved.id == str(tmp_path / "stick" / "journal.kinship")
    assert "KINSHIP_VAULT=" in moved.err
    assert machine.run("list").code == 1
    assert "words" in machine.fine("--vault", moved.id, "show", page).out
    machine.fine("--vault", moved.id, "vaults", "move", str(machine.vault))
    assert "words" in machine.fine("show", page).out


def test_a_vault_is_removed_only_when_its_name_is_typed(machine: Console) -> None:
    machine.fine("new")
    assert machine.run("vaults", "remove").code == 2
    assert machine.run("vaults", "remove", "--confirm", "journal").code == 2
    for typed in ("", "yes\n", "journal\n"):
        assert "Nothing was removed." in machine.fine("vaults", "remove", piped=f"{typed}\n", terminal=True).err
    assert machine.vault.is_dir()
    told = machine.fine("vaults", "remove", piped="journal.kinship\n", terminal=True).err
    assert "What stays: copies on other devices" in told
    assert not machine.vault.exists()
    assert machine.fine("vaults", "--json").json == []
    machine.fine("new")
    machine.fine("vaults", "remove", "--confirm", "journal.kinship")
    assert not machine.vault.exists()
