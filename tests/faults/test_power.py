"""The power goes at any moment: whatever the disk may legally be left with, what was acknowledged is there."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from builders.power import PERSISTENCE, Disk, RecordedDisk
from builders.vaults import CHEAP, NOON, PASSPHRASE, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError
from kinship.vault import Change, Draft, Vault, durable, open_vault, unlock
from kinship.vault.site import Site
from kinship.vault.state import LocalState
from kinship.vault.tidy import Order, tidy

State = frozenset[tuple[str, str]]
"""Id and words of every page and draft."""


class Lived:
    """Some sessions with a vault on a recorded disk, and what was acknowledged after which step of it."""

    def __init__(self, folder: Path, seed: int, acts: int, sabotage: Callable[[], None] | None = None) -> None:
        self.dice = random.Random(seed)
        self.disk = RecordedDisk(folder)
        self.words: dict[str, str] = {}
        self.acknowledged: list[tuple[int, State]] = []
        with self.disk.recording():
            self.made: Made = new_vault(folder)
            self.vaults: list[Vault] = [self.made.vault, self.made.reopen()]
            self._acknowledge()
            if sabotage is not None:
                sabotage()
            for _ in range(acts):
                self._act(self.dice.choices(ACTS, WEIGHTS)[0])
                self._acknowledge()
            for vault in self.vaults:
                vault.close()
                self._acknowledge()

    def _acknowledge(self) -> None:
        self.acknowledged.append((len(self.disk.trace), frozenset(self.words.items())))

    def _act(self, act: str) -> None:
        place = self.dice.randrange(len(self.vaults))
        if act == "restart":
            self.vaults[place].close()
            self.vaults[place] = self.made.reopen()
        else:
            self.vaults[place].refresh()
            getattr(self, act)(self.vaults[place], f"{act[0]}{self.dice.randrange(6)}")

    def tidied(self, vault: Vault, _: str) -> None:
        vault.close()
        key = self.made.key()
        site = Site(self.made.path, key, LocalState(self.made.state, key), self.made.clock, self.dice.randbytes)
        tidy(site, Order(asked=True))
        self.vaults[self.vaults.index(vault)] = self.made.reopen()

    def page(self, vault: Vault, uid: str) -> None:
        self._keep(vault, {uid: self._text(1800)})

    def pages(self, vault: Vault, uid: str) -> None:
        self._keep(vault, {f"{uid}{number}": self._text(9000) for number in range(4)})

    def gone(self, vault: Vault, _: str) -> None:
        kept = sorted(set(self.words) - {uid for uid in self.words if uid.startswith("draft")})
        if kept:
            uid = self.dice.choice(kept)
            vault.commit([Change("pages", uid, None)])
            del self.words[uid]

    def draft(self, vault: Vault, uid: str) -> None:
        name = f"{ord(uid[-1]):02x}"
        if self.dice.random() < 0.4:
            vault.drop_draft(name)
            self.words.pop(f"draft {name}", None)
        else:
            text = self._text(600)
            vault.save_draft(Draft(name, None, (), NOON, {"body": text}))
            self.words[f"draft {name}"] = text

    def _keep(self, vault: Vault, pages: dict[str, str]) -> None:
        vault.commit([Change("pages", uid, {"body": text}) for uid, text in pages.items()])
        self.words |= pages

    def _text(self, most: int) -> str:
        return f"{self.dice.random()} " + "x" * self.dice.randrange(most)

    def moments(self) -> Iterator[tuple[Disk, tuple[State, ...]]]:
        """Yield the disk after each step since the vault was made, and the states that may then be found."""
        disk = Disk()
        before = -1
        for number, (step, told) in enumerate(self.disk.trace, 1):
            getattr(disk, step)(*told)
            while before + 1 < len(self.acknowledged) and self.acknowledged[before + 1][0] <= number:
                before += 1
            if before >= 0:
                yield disk, tuple(state for _, state in self.acknowledged[before : before + 2])


ACTS = ("page", "pages", "gone", "draft", "restart", "tidied")
WEIGHTS = (10, 2, 3, 3, 4, 2)
LOST = "acknowledged words are gone, or others are there"
ALARMS = frozenset({"damaged", "missing", "state", "retired", "forked", "newer", "other_key"})


def found(folder: Path, *, goes_on: bool) -> tuple[State, list[str]]:
    """Return what a program that starts after the crash finds, and the false alarms that it gives."""
    path, state = folder / "journal.kinship", folder / "journal-state"
    vault = open_vault(path, unlock(path, PASSPHRASE, state=state, floor=CHEAP), state=state, clock=FrozenClock(NOON))
    with vault:
        alarms = [
            f"{notice.what} {notice.where}"
            for notice in vault.notices
            if notice.what in ALARMS and not notice.where.endswith(".seg")
        ]
        words = {(uid, document["body"]) for uid, document in vault.all("pages")}
        words |= {(f"draft {draft.id}", draft.document["body"]) for draft in vault.drafts()}
        if goes_on:
            vault.commit([Change("pages", "after", {"body": "after"})])
    return frozenset(words), alarms


def violations(lived: Lived, folder: Path, states: int, sought: str = "nothing") -> tuple[int, list[str]]:
    """Return how many of the first `states` states after a crash were looked at, and what was wrong with them.

    Stops where the last thing that was wrong is what was `sought`.
    """
    dice = random.Random(5)
    looked, wrong = 0, list[str]()
    for disk, allowed in lived.moments():
        for mode in PERSISTENCE:
            if looked == states or (wrong and sought in wrong[-1]):
                return looked, wrong
            folder.mkdir()
            disk.leave(folder, mode, dice)
            try:
                goes_on = looked % 9 == 0
                words, alarms = found(folder, goes_on=goes_on)
                if goes_on:
                    again, more = found(folder, goes_on=False)
                    alarms += more
                    wrong += [] if again == words | {("after", "after")} else [f"{mode}: it did not go on"]
            except KinshipError as error:
                wrong.append(f"{mode}: {type(error).__name__}")
            else:
                wrong += [f"{mode}: {alarm}" for alarm in alarms]
                wrong += [] if words in allowed else [f"{mode}: {LOST}"]
            looked += 1
            shutil.rmtree(folder)
    return looked, wrong


@pytest.fixture(autouse=True)
def only_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of sync, which the model hears of and the real disk need not."""
    monkeypatch.delattr(fcntl, "F_FULLFSYNC", raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_after_a_power_cut_at_any_moment_everything_acknowledged_is_there(
    scratch: Path, part: int, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    wanted = counted(720, 2500)
    looked, wrong = 0, list[str]()
    for seed in range(part, 400, 4):
        folder = scratch / str(seed)
        folder.mkdir()
        lived = Lived(folder, seed, 12)
        more, faults = violations(lived, scratch / "after", wanted - looked)
        looked, wrong = looked + more, wrong + faults
        if looked == wanted:
            break
    tally("power cuts", states=looked, wrong=len(wrong))
    assert looked == wanted
    assert wrong == []


def test_everything_that_is_written_goes_through_the_recorded_calls(scratch: Path) -> None:
    (scratch / "lived").mkdir()
    (scratch / "again").mkdir()
    lived = Lived(scratch / "lived", 1, 30)
    lived.disk.leave(scratch / "again", "everything", lived.dice)

    def files(folder: Path) -> dict[str, bytes]:
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert files(scratch / "again") == files(scratch / "lived")


def without_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "sync_file", lambda _: None)


def without_folder_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "sync_folder", lambda _: True)


def acknowledging_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sync only what was acknowledged one save ago."""
    real = durable.sync_file
    waiting: list[int] = []

    def late(file: int) -> None:
        waiting.append(file)
        if len(waiting) > 1:
            with suppress(OSError):
                real(waiting.pop(0))

    monkeypatch.setattr(durable, "sync_file", late)


def renaming_unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a file in place of another before its bytes are safe."""

    def careless(path: Path, data: bytes) -> None:
        beside = path.with_name(f".{path.name}.new")
        file = durable.open_new(beside)
        durable.write_all(file, data)
        os.close(file)
        beside.replace(path)
        durable.sync_folder(path.parent)

    monkeypatch.setattr(durable, "replace_durable", careless)


Sabotage = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("sabotage", "shows"),
    [
        (without_fsync, LOST),
        (without_folder_fsync, LOST),
        (acknowledging_early, LOST),
        (renaming_unsynced, "state "),
    ],
)
def test_a_disk_treated_carelessly_would_be_noticed(
    scratch: Path, monkeypatch: pytest.MonkeyPatch, sabotage: Sabotage, shows: str
) -> None:
    (scratch / "lived").mkdir()
    with monkeypatch.context() as broken:
        lived = Lived(scratch / "lived", 2, 16, lambda: sabotage(broken))
    _, wrong = violations(lived, scratch / "after", 2000, sought=shows)
    assert shows in wrong[-1]
