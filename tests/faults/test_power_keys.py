"""The power goes while keys change or a vault moves house: there is always a way in, and every word is behind it."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders.keys import NEW, TERMS, root_of
from builders.power import PERSISTENCE, RecordedDisk, crashes
from builders.vaults import CHEAP, NOON, PASSPHRASE, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError
from kinship.vault import Change, Draft, Vault, durable, exists, open_vault, slots, unlocks
from kinship.vault.roots import root_by_passphrase
from kinship.vault.rotate import remove_old, rotate
from kinship.vault.slots import Slot
from kinship.vault.unlocks import add_passphrase, change_passphrase, remove_unlock

Sabotage = Callable[[pytest.MonkeyPatch], None]
WORDS = {f"page-{number}": f"words {number}" for number in range(4)}
ALARMS = frozenset({"damaged", "missing", "older", "state", "retired", "forked", "newer", "other_key"})
OLD_HOUSE, NEW_HOUSE = "journal.kinship", "moved.kinship"


@pytest.fixture(autouse=True)
def only_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of sync, which the model hears of and the real disk need not."""
    monkeypatch.delattr(fcntl, "F_FULLFSYNC", raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(shutil, "rmtree", removed_by_names)


def removed_by_names(folder: Path, ignore_errors: bool = False) -> None:
    """Remove a folder by calls that the model knows."""
    del ignore_errors
    for name in os.listdir(folder) if os.path.isdir(folder) else ():  # noqa: PTH112, PTH208 - recorded calls alone
        path = Path(folder) / name
        removed_by_names(path) if path.is_dir() and not path.is_symlink() else os.unlink(path)  # noqa: PTH108 - recorded
    if Path(folder).is_dir():
        os.rmdir(folder)  # noqa: PTH106 - recorded


class Lived:
    """A vault with some pages, and something done to it on a recorded disk; what was done by then is marked."""

    def __init__(self, folder: Path, act: Callable[[Lived], None], sabotage: Sabotage | None = None) -> None:
        folder.mkdir()
        self.disk = RecordedDisk(folder)
        self.reached: dict[str, int] = {}
        with self.disk.recording(), pytest.MonkeyPatch.context() as broken:
            self.made: Made = new_vault(folder)
            self.made.vault.commit([Change("entries", uid, {"body": text}) for uid, text in WORDS.items()])
            self.made.vault.save_draft(Draft("ab", None, (), NOON, {"body": "unsaved"}))
            self.made.vault.close()
            root = root_of(self.made)
            if act is removes:
                with self.made.reopen() as vault:
                    self.second = add_passphrase(vault, root, NEW, cost=CHEAP)
            self.since = len(self.disk.trace)
            if sabotage is not None:
                sabotage(broken)
            act(self)
            self.reaches("done")

    def reaches(self, what: str) -> None:
        self.reached[what] = len(self.disk.trace)

    def after(self, what: str, step: int) -> bool:
        """Return whether a crash after a step comes when something was acknowledged already."""
        return what in self.reached and step >= self.reached[what]


def changes(lived: Lived) -> None:
    root = root_of(lived.made)
    with lived.made.reopen() as vault:
        change_passphrase(vault, root, NEW, cost=CHEAP)
        lived.reaches("acknowledged")


def adds(lived: Lived) -> None:
    root = root_of(lived.made)
    with lived.made.reopen() as vault:
        add_passphrase(vault, root, NEW, cost=CHEAP)
        lived.reaches("acknowledged")


def removes(lived: Lived) -> None:
    with lived.made.reopen() as vault:
        remove_unlock(vault, lived.second)
        lived.reaches("acknowledged")


def moves(lived: Lived) -> None:
    made = lived.made
    with made.reopen() as old:
        moved = rotate(old, made.path.with_name(NEW_HOUSE), NEW, state=made.state, clock=made.clock, cost=CHEAP)
        lived.reaches("acknowledged")
        moved.vault.close()
        lived.reaches("removing")
        remove_old(old)


def opened(house: Path, passphrase: str) -> str | None:
    """Return what is wrong with a vault, an empty text where nothing is; None where the passphrase does not open it."""
    state = house.parent / "journal-state"
    try:
        root = root_by_passphrase(house, passphrase, state=state, terms=TERMS)
    except (KinshipError, OSError):
        return None
    try:
        vault = open_vault(house, root.key(), state=state, clock=FrozenClock(NOON))
    except KinshipError as error:
        return f"{type(error).__name__}: {error.message}"
    with vault:
        told = [one.what for one in vault.notices if one.what in ALARMS and not one.where.endswith(".seg")]
        words = {uid: document["body"] for uid, document in vault.all("entries")}
    return ", ".join(told) or ("" if words == WORDS else "words are gone")


def drafts_in(house: Path, passphrase: str) -> list[str]:
    state = house.parent / "journal-state"
    key = root_by_passphrase(house, passphrase, state=state, terms=TERMS).key()
    with open_vault(house, key, state=state, clock=FrozenClock(NOON)) as vault:
        return [draft.document["body"] for draft in vault.drafts()]


def after_a_change(lived: Lived, step: int, after: Path) -> str:
    old, new = opened(after / OLD_HOUSE, PASSPHRASE), opened(after / OLD_HOUSE, NEW)
    if lived.after("acknowledged", step) and new is None:
        return "the new passphrase, which was acknowledged, opens nothing"
    if lived.after("acknowledged", step) and old is not None:
        return "the old passphrase, which was replaced, still opens"
    if new is None:
        return "nothing opens" if old is None else old
    return new or (old if old != "retired" else "") or ""


def after_an_addition(lived: Lived, step: int, after: Path) -> str:
    old, new = opened(after / OLD_HOUSE, PASSPHRASE), opened(after / OLD_HOUSE, NEW)
    if lived.after("acknowledged", step) and new is None:
        return "the new passphrase, which was acknowledged, opens nothing"
    return "the first passphrase opens nothing" if old is None else old or new or ""


def after_a_removal(lived: Lived, step: int, after: Path) -> str:
    stays, goes = opened(after / OLD_HOUSE, PASSPHRASE), opened(after / OLD_HOUSE, NEW)
    if lived.after("acknowledged", step) and goes is not None:
        return "the passphrase that was removed still opens"
    if stays is None:
        return "the passphrase that stays opens nothing"
    return stays or (goes if goes != "retired" else "") or ""


def after_a_move(lived: Lived, step: int, after: Path) -> str:
    new = opened(after / NEW_HOUSE, NEW)
    if exists(after / NEW_HOUSE) and new is None:
        return "a half-made vault stands in the new place"
    if lived.after("acknowledged", step):
        if new is None:
            return "the new vault, which was acknowledged, is not there"
        if drafts_in(after / NEW_HOUSE, NEW) != ["unsaved"]:
            return "a draft was lost on the way"
    if not lived.after("removing", step) and (old := opened(after / OLD_HOUSE, PASSPHRASE)) != "":
        return f"the old vault is not as it was: {old}"
    return new or ""


Judge = Callable[[Lived, int, Path], str]
CASES: dict[str, tuple[Callable[[Lived], None], Judge]] = {
    "passphrase change": (changes, after_a_change),
    "unlock add": (adds, after_an_addition),
    "unlock remove": (removes, after_a_removal),
    "rotate": (moves, after_a_move),
}


def faults(lived: Lived, judge: Judge, after: Path, every: int = 1) -> Iterator[str]:
    """Yield what is wrong with each state after a crash, an empty text where nothing is."""
    dice = random.Random(4)
    for step, mode in crashes(lived.disk.trace, lived.since, after, PERSISTENCE, dice, every=every):
        told = judge(lived, step, after)
        yield f"{mode} after step {step}: {told}" if told else ""


@pytest.mark.parametrize("what", CASES)
def test_after_a_power_cut_while_keys_change_there_is_a_way_in_and_all_words_are_there(
    scratch: Path, what: str, part: int, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    act, judge = CASES[what]
    looked, wrong = 0, list[str]()
    for number in range(counted(1, 3)):
        lived = Lived(scratch / f"{part}-{number}", act)
        states = list(faults(lived, judge, scratch / "after", 6 // counted(1, 6)))
        looked += len(states)
        wrong += [one for one in states if one]
    tally(f"power cuts amid {what}", states=looked, wrong=len(wrong))
    assert wrong == []


def without_fsync(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(durable, "sync_file", lambda _: None)


def without_folder_fsync(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(durable, "sync_folder", lambda _: True)


def removing_first(patched: pytest.MonkeyPatch) -> None:
    """Take away what opens before the new way in is written."""
    real = unlocks._keep

    def hasty(vault: Vault, slot: Slot, proof: Callable[[Slot], bool], label: str) -> None:
        for file in sorted((vault.path / slots.FOLDER).iterdir()):
            durable.remove_durable(file)
        real(vault, slot, proof, label)

    patched.setattr(unlocks, "_keep", hasty)


def leaving_the_file(patched: pytest.MonkeyPatch) -> None:
    """Retire a way in and only unlink its file, for the disk to forget that."""
    patched.setattr(unlocks, "_unlink", lambda file: file.unlink())


@pytest.mark.parametrize(
    ("what", "sabotage"),
    [
        ("passphrase change", without_fsync),
        ("passphrase change", without_folder_fsync),
        ("passphrase change", removing_first),
        ("unlock add", without_fsync),
        ("unlock add", without_folder_fsync),
        ("unlock remove", leaving_the_file),
        ("rotate", without_fsync),
        ("rotate", without_folder_fsync),
    ],
)
def test_keys_that_change_carelessly_would_be_noticed(scratch: Path, what: str, sabotage: Sabotage) -> None:
    act, judge = CASES[what]
    lived = Lived(scratch / "lived", act, sabotage)
    assert any(faults(lived, judge, scratch / "after", every=4))
