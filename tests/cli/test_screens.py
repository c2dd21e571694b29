"""The full screen's door: refused without a terminal, and a demo that leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.journal.journal import Journal

SMALL = ["demo", "--people", "12", "--as-of", "2026-06-01"]


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = Console(tmp_path / "home")
    memory = tmp_path / "memory"
    memory.mkdir(mode=0o700)
    machine.environment["XDG_RUNTIME_DIR"] = str(memory)
    return machine


def left_in(machine: Console) -> list[Path]:
    return [*Path(machine.environment["XDG_RUNTIME_DIR"]).iterdir(), *machine.home.glob(".*")]


def test_without_a_terminal_the_demo_prints_today_and_the_map(machine: Console) -> None:
    result = machine.fine(*SMALL)
    assert "1 June 2026" in result.out
    assert "Support map, 1 June 2026" in result.out
    assert any("\u2800" < one <= "\u28ff" for one in result.out)
    assert left_in(machine) == []


def test_the_plain_demo_is_words_alone(machine: Console) -> None:
    out = machine.fine(*SMALL, "--plain").out
    assert "Inner ring" in out
    assert not any("\u2500" <= one <= "\u28ff" for one in out)


def test_a_seed_gives_the_same_life_each_time_and_another_seed_another(machine: Console) -> None:
    def circle(seed: str) -> str:
        return machine.fine(*SMALL, "--plain", "--seed", seed).out.partition("Support map")[2]

    assert circle("3") == circle("3")
    assert circle("4") != circle("3")


def test_the_demo_touches_nothing_of_the_persons(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("write", "mine")
    before = {path: path.stat().st_mtime_ns for path in machine.home.rglob("*")}
    machine.environment["KINSHIP_VAULT"] = str(machine.vault)
    machine.fine(*SMALL)
    assert {path: path.stat().st_mtime_ns for path in machine.home.rglob("*")} == before


def test_on_a_terminal_the_screens_open_on_a_private_folder_that_is_wiped(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def run_demo(journal: Journal, *_: object, **__: object) -> int:
        folder = journal.vault.path.parent
        assert folder.stat().st_mode & 0o077 == 0
        seen.append(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr("kinship.tui.app.run_demo", run_demo)
    assert machine.run(*SMALL, terminal=True).code == 130
    (folder,) = seen
    assert folder.is_relative_to(machine.environment["XDG_RUNTIME_DIR"])
    assert left_in(machine) == []


def test_a_dumb_terminal_is_no_screen(machine: Console) -> None:
    machine.environment["TERM"] = "dumb"
    assert machine.run(terminal=True).code == 2
    assert "Support map" in machine.fine(*SMALL, terminal=True).out


def test_the_screens_get_the_vault_that_is_meant(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def run_vault(path: Path, *_: object, **__: object) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("kinship.tui.app.run_vault", run_vault)
    machine.fine("--vault", "/somewhere/else.kinship", terminal=True)
    machine.fine(terminal=True)
    assert opened == [Path("/somewhere/else.kinship"), machine.vault]


def test_a_vault_path_that_is_a_file_opens_no_screen(machine: Console) -> None:
    (machine.home / "file").write_text("mine")
    assert machine.run("--vault", str(machine.home / "file"), terminal=True).code == 1


@pytest.mark.parametrize("words", [["--years", "0"], ["--people", "0"], ["--as-of", "someday"], ["--seed", "x"]])
def test_a_life_that_cannot_be_is_wrong_use(machine: Console, words: list[str]) -> None:
    assert machine.run("demo", *words).code == 2
