"""The machine is started again after sessions died: what they left is tidied up, and nothing of it is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.logs import bodies, page
from builders.vaults import Made, new_vault
from kinship.vault import open_vault, writer_lock
from kinship.vault.tidy import Order, tidy

PAGES = 5


@pytest.fixture(autouse=True)
def on_a_drive_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_lock, "filesystem_of", lambda _: "ext4")
    monkeypatch.setattr(writer_lock, "this_host", lambda: b"one machine")


def start(number: int, patched: pytest.MonkeyPatch) -> None:
    """From now on it is another run of the machine."""
    patched.setattr(writer_lock, "this_boot", lambda: b"start %d" % number)


def killed_while_saving(made: Made, name: str, after: int) -> dict[str, str]:
    """Let a process be killed after so many saves, and return what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        vault = made.reopen()
        for number in range(after):
            vault.commit([page(f"{name}-{number}", f"{name} {number}")])
            os.write(writer, b".")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        return {f"{name}-{number}": f"{name} {number}" for number in range(len(told.read()))}


def test_what_died_before_a_restart_is_folded_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    dice = random.Random(3)
    made = new_vault(tmp_path)
    made.vault.close()
    kept: dict[str, str] = {}
    runs = counted(4, 60)
    for number in range(runs):
        start(number, monkeypatch)
        for twin in "ab":
            kept |= killed_while_saving(made, f"{number}{twin}", dice.randrange(1, PAGES))
        start(number + 1000, monkeypatch)
        done = tidy(made.reopen().site, Order(everything=True))
        assert done is not None
        assert done.open == ()
        assert len(list((made.path / "log").iterdir())) == 1
    lost = sum(bodies(made.reopen()).get(uid) != text for uid, text in kept.items())
    tally("restarts", runs=runs, saves=len(kept), lost=lost)
    assert lost == 0


class Twins:
    """A machine and a copy of its files on another one, with a syncer between the vaults that carries removals."""

    def __init__(self, folder: Path, patched: pytest.MonkeyPatch) -> None:
        start(1, patched)
        self.made = new_vault(folder)
        self.made.vault.close()
        self.copy, self.state = folder / "copy.kinship", folder / "copy-state"
        self.key = self.made.key()
        for number in range(3):
            with self.made.reopen() as vault:
                vault.commit([page(str(number))])
        self.vault = self.made.reopen()
        self.vault.commit([page("early")])
        shutil.copytree(self.made.path, self.copy)
        shutil.copytree(self.made.state, self.state)

    def tidied_by_the_copy(self, patched: pytest.MonkeyPatch) -> None:
        """The copy is started, tidies, and the syncer takes away from the first machine what the copy removed."""
        with patched.context() as there:
            start(2, there)
            before = {path.name for path in (self.copy / "log").iterdir()}
            with open_vault(self.copy, self.key, state=self.state, clock=self.made.clock) as vault:
                assert tidy(vault.site, Order(everything=True)) is not None
            after = {path.name for path in (self.copy / "log").iterdir()}
        for name in after - before:
            shutil.copy(self.copy / "log" / name, self.made.path / "log")
        for name in before - after:
            (self.made.path / "log" / name).unlink()

    def found_after_a_crash(self) -> dict[str, str]:
        """Return what the first machine finds; its living session saves nothing more."""
        return bodies(self.made.reopen())


def test_a_copied_state_never_takes_a_living_session_for_a_dead_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = Twins(tmp_path, monkeypatch)
    twins.vault.commit([page("late")])
    twins.tidied_by_the_copy(monkeypatch)
    assert {"early", "late"} <= twins.found_after_a_crash().keys()


def test_believing_a_copied_lock_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(tmp_path, monkeypatch)
    twins.vault.commit([page("late")])
    with monkeypatch.context() as broken:
        broken.setattr(writer_lock.Made, "is_of", lambda *_: True)
        twins.tidied_by_the_copy(broken)
    assert "late" not in twins.found_after_a_crash()


def test_a_session_whose_file_was_tidied_away_writes_it_all_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = Twins(tmp_path, monkeypatch)
    twins.vault.commit([page("late")])
    with monkeypatch.context() as broken:
        broken.setattr(writer_lock.Made, "is_of", lambda *_: True)
        twins.tidied_by_the_copy(broken)
    twins.vault.commit([page("later")])
    assert {"early", "late", "later"} <= twins.found_after_a_crash().keys()
