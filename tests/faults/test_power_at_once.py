"""The power goes while two programs are in the middle of things, one of them tidying: nothing acknowledged is lost."""

from __future__ import annotations

import fcntl
import itertools
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from builders.power import PERSISTENCE, RecordedDisk, Turns, crashes
from builders.vaults import CHEAP, NOON, PASSPHRASE, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError
from kinship.vault import Change, Vault, durable, open_vault, unlock
from kinship.vault.fold import Fold, Kept, write_fold
from kinship.vault.site import Site
from kinship.vault.state import LocalState
from kinship.vault.tidy import Order, tidy

Sabotage = Callable[[pytest.MonkeyPatch], None]
Words = frozenset[tuple[str, str]]
LOST = "acknowledged words are gone, or others are there"
ALARMS = frozenset({"damaged", "missing", "state", "retired", "forked", "newer", "other_key", "older"})


@pytest.fixture(autouse=True)
def only_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of sync, which the model hears of and the real disk need not."""
    monkeypatch.delattr(fcntl, "F_FULLFSYNC", raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: None)


class Program:
    """One of two programs with a vault: what it acknowledged, after which step of the disk."""

    def __init__(self, together: Together, name: str) -> None:
        self._together = together
        self.name = name
        self._dice = random.Random(f"{together.seed} {name}")
        self.words: dict[str, str] = {}
        self.acknowledged: list[tuple[int, Words]] = [(0, frozenset())]

    def save(self, vault: Vault) -> None:
        """Write, change or delete some pages of its own in one act."""
        uids = [f"{self.name}{self._dice.randrange(4)}" for _ in range(self._dice.choice((1, 1, 3)))]
        texts = {uid: f"{uid} {self._dice.random()} " + "x" * self._dice.randrange(2500) for uid in uids}
        if self._dice.random() < 0.2:
            vault.commit([Change("pages", uid, None) for uid in uids])
            self.words = {uid: text for uid, text in self.words.items() if uid not in uids}
        else:
            vault.commit([Change("pages", uid, {"body": text}) for uid, text in texts.items()])
            self.words |= texts
        self.told()

    def told(self) -> None:
        self.acknowledged.append((len(self._together.disk.trace), frozenset(self.words.items())))

    def lives(self) -> None:
        for _ in range(self._dice.randrange(2, 4)):
            with self._together.opened() as vault:
                for _ in range(self._dice.randrange(1, 3)):
                    self.save(vault)
                    vault.refresh()

    def tidies(self) -> None:
        for everything in (False, True):
            tidy(self._together.site(), Order(asked=True, everything=everything))
            with self._together.opened() as vault:
                self.save(vault)

    def watches(self) -> None:
        """Read again and again what the other one writes, and remember it."""
        for _ in range(6):
            with self._together.opened() as vault:
                vault.refresh()
        with self._together.opened() as vault:
            self.save(vault)

    def allowed(self, step: int) -> tuple[Words, ...]:
        """Return what may be found of its words after a crash at a step: without, or with, what was under way."""
        last = max(place for place, (at, _) in enumerate(self.acknowledged) if at <= step)
        return tuple(words for _, words in self.acknowledged[last : last + 2])


class Together:
    """Two programs at work on one recorded disk, taking turns at every call."""

    def __init__(self, folder: Path, seed: int, patched: pytest.MonkeyPatch, sabotage: Sabotage | None = None) -> None:
        self.seed = seed
        self.disk = RecordedDisk(folder)
        turns = Turns(random.Random(seed), (0.1, 0.3)[seed % 2])
        with self.disk.recording(), patched.context() as taking_turns:
            taking_turns.setattr(fcntl, "flock", turns.flock)
            self.made: Made = new_vault(folder)
            self.made.vault.close()
            self.key = self.made.key()
            self.since = len(self.disk.trace)
            if sabotage is not None:
                sabotage(taking_turns)
            self.disk.between = turns.may_pass
            self.programs = (Program(self, "a"), Program(self, "b"))
            other = self.programs[1]
            turns.run(self.programs[0].lives, (other.lives, other.tidies, other.watches)[seed % 3])
        self.passed = turns.passed

    def opened(self) -> Vault:
        return open_vault(self.made.path, self.key, state=self.made.state, clock=self.made.clock)

    def site(self) -> Site:
        state = LocalState(self.made.state, self.key)
        return Site(self.made.path, self.key, state, self.made.clock, os.urandom)

    def allowed(self, step: int) -> set[Words]:
        return {one | other for one, other in itertools.product(*(each.allowed(step) for each in self.programs))}


def found(folder: Path) -> tuple[Words, list[str]]:
    """Return what a program that starts after the crash finds, and the false alarms that it gives."""
    path, state = folder / "journal.kinship", folder / "journal-state"
    key = unlock(path, PASSPHRASE, state=state, floor=CHEAP)
    with open_vault(path, key, state=state, clock=FrozenClock(NOON)) as vault:
        told = [one for one in vault.notices if one.what in ALARMS and not one.where.endswith(".seg")]
        words = frozenset((uid, document["body"]) for uid, document in vault.all("pages"))
    return words, [f"{one.what} {one.where}" for one in told]


def wrong_states(together: Together, after: Path, modes: Sequence[str] = PERSISTENCE, every: int = 1) -> Iterator[str]:
    """Yield what is wrong with each state after a crash, an empty text where nothing is."""
    dice = random.Random(9)
    for step, mode in crashes(together.disk.trace, together.since, after, modes, dice, every=every):
        try:
            words, alarms = found(after)
        except KinshipError as error:
            yield f"{mode}: {type(error).__name__}"
        else:
            yield ", ".join(alarms) or ("" if words in together.allowed(step) else f"{mode}: {LOST}")


def test_after_a_power_cut_amid_two_programs_everything_acknowledged_is_there(
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: int,
    counted: Callable[[int, int], int],
    tally: Callable[..., None],
) -> None:
    wanted, every = counted(200, 2000), 13
    looked, wrong, passed = 0, list[str](), 0
    for seed in itertools.count(1 + 1000 * part):
        (scratch / str(seed)).mkdir()
        together = Together(scratch / str(seed), seed, monkeypatch)
        passed += together.passed
        all_states = wrong_states(together, scratch / f"after{seed}", every=every)
        states = list(itertools.islice(all_states, wanted - looked))
        looked += len(states)
        wrong += [one for one in states if one]
        if looked == wanted:
            break
    tally("power cuts amid two programs", states=looked, changes_of_turn=passed, wrong=len(wrong))
    assert passed > 10
    assert wrong == []


def without_fsync(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(durable, "sync_file", lambda _: None)


def removing_unsynced(patched: pytest.MonkeyPatch) -> None:
    """Remove what was folded before the new segment's name is safe."""

    def careless(site: Site, folder: Path, fold: Fold, purpose: str) -> Kept:
        with pytest.MonkeyPatch.context() as hasty:
            hasty.setattr(durable, "sync_folder", lambda _: True)
            return write_fold(site, folder, fold, purpose)

    patched.setattr("kinship.vault.tidy.write_fold", careless)


def vouching_for_the_unsynced(patched: pytest.MonkeyPatch) -> None:
    """Remember what was read of another program's session, whether it is on the drive yet or not."""
    patched.setattr(LocalState, "lasting", lambda _, __, seen: dict(seen))


@pytest.mark.parametrize(
    ("sabotage", "first", "modes", "shows"),
    [
        (without_fsync, 1, ("nothing", "mixed"), LOST),
        (removing_unsynced, 28, ("mixed", "mixed"), LOST),
        (vouching_for_the_unsynced, 14, ("nothing",), "older log"),
    ],
)
def test_two_programs_that_treat_the_disk_carelessly_would_be_noticed(
    scratch: Path, monkeypatch: pytest.MonkeyPatch, sabotage: Sabotage, first: int, modes: tuple[str, ...], shows: str
) -> None:
    for seed in range(first, first + 120, 3):
        (scratch / str(seed)).mkdir()
        together = Together(scratch / str(seed), seed, monkeypatch, sabotage)
        if any(one.endswith(shows) for one in wrong_states(together, scratch / f"after{seed}", modes)):
            return
    pytest.fail("nobody noticed")
