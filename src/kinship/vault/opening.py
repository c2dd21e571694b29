"""Unlocking a vault and opening it; what of it was lost and follows from the key is written anew."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from kinship.ground.clock import Clock
from kinship.ground.errors import (
    Misused,
    NewerVault,
    NotFound,
    Refused,
)
from kinship.vault import crypto, durable, key_copies, notes, readme, sealing, slots
from kinship.vault.crypto import Key
from kinship.vault.identity import NAME, write_identity
from kinship.vault.place import LOG, check_place, exists, remains
from kinship.vault.roots import Terms, head_of, identity_of, opens, root_by_passphrase, root_by_sheet
from kinship.vault.slots import FLOOR
from kinship.vault.values import KdfCost, Notice, Randomness
from kinship.vault.vault import Vault


def unlock(
    path: Path,
    passphrase: str,
    *,
    state: Path,
    keyfile: bytes | None = None,
    floor: KdfCost = FLOOR,
    heavy: bool = False,
    later: bool = False,
    copies: bool = False,
) -> Key:
    """Return the key that a passphrase opens; slow on purpose, and the interpreter lock is free meanwhile.

    `keyfile` is the content of the second factor; `floor` the cheapest slot that is accepted; `heavy` allows one that
    takes more than a GiB; `later` a vault of a later version, which is only read; `copies` this computer's copies of
    key files where the vault has no readable one.
    Raises WrongPassphrase when no slot opens, Damaged when none can be read, NewerVault, NotFound, Refused.
    """
    path = path.resolve()
    check_vault(path)
    terms = Terms(floor, heavy, later, copies)
    return root_by_passphrase(path, passphrase, state=state, keyfile=keyfile, terms=terms).key()


def unlock_with_recovery(path: Path, text: str, *, state: Path, later: bool = False) -> Key:
    """Return the key that the printed sheet opens. Raises Misused for a typo, WrongPassphrase for another vault's."""
    del state
    path = path.resolve()
    check_vault(path)
    return root_by_sheet(path, text, later=later).key()


def check_vault(path: Path) -> None:
    """Raise NotFound or Refused unless there is a vault of ours at `path`."""
    try:
        if not path.exists():
            raise NotFound(f"There is no vault at {path}.")
        if path.is_dir() and not exists(path) and not remains(path):
            raise NotFound(f"{path} is not a vault.")
    except PermissionError as error:
        raise Refused(
            f"{path} may not be looked into.", "It belongs to somebody else, or its mode was changed."
        ) from error
    check_place(path)


def open_vault(path: Path, key: Key, *, state: Path, clock: Clock, randomness: Randomness = os.urandom) -> Vault:
    """Return the vault with everything readable in it.

    Before the first commit nothing is written there but what follows from the key or the program and is not as it
    should be: a lost `vault.kin`, the text for whoever has only the folder. A vault of a later version is only read:
    its commits raise NewerVault. Raises Damaged when the log cannot be read at all, Misused for another vault's key,
    Refused where the folder cannot be closed to others though its drive keeps modes.
    """
    path = path.resolve()
    check_vault(path)
    later = _is_later(path)
    early = [*notes.alarms(path, key, state), *([_READ_ONLY] if later else _put_right(path, key))]
    if not later:
        _tighten(path)
    vault = Vault(path, key, state=state, clock=clock, randomness=randomness, notices=tuple(early), read_only=later)
    vault.load()
    key_copies.follow(path / slots.FOLDER, key_copies.copies_folder(state, key.vault), vault.valid_slots)
    return vault


_READ_ONLY = Notice(
    "newer", NAME, "This vault was made by a later kinship: it is read as far as it can be, and nothing is written."
)


def _is_later(path: Path) -> bool:
    try:
        identity_of(path, later=False)
    except NewerVault:
        return True
    return False


def _put_right(path: Path, key: Key) -> Iterator[Notice]:
    wanted = write_identity(key)
    if head_of(path / NAME, len(wanted) + 1) != wanted:
        if not any(opens(key, file) for file in (path / LOG).glob("*")):
            raise Misused("This key belongs to another vault.")
        yield _put_identity_right(path, wanted)
    try:
        found = readme.put_right(path)
    except OSError:
        return
    if found is readme.Found.OTHER:
        sentence = "The reader in the folder was another one and was written anew: an update of kinship, or somebody."
        yield Notice("readme", readme.NAME, sentence)


def _put_identity_right(path: Path, wanted: bytes) -> Notice:
    """Write a lost `vault.kin` anew; one that is whole and says something else is left as evidence."""
    what = "is damaged" if exists(path) else "was gone"
    if identity_of(path, later=False) is not None:
        sentence = f"{NAME} is not the one this vault was made with: somebody changed it. Nothing is lost."
        return Notice("damaged", NAME, sentence)
    try:
        durable.replace_durable(path / NAME, wanted)
    except OSError:
        return Notice("damaged", NAME, f"{NAME} {what}; the writing sessions prove the key, and nothing is lost.")
    what = "was damaged" if what == "is damaged" else what
    return Notice("damaged", NAME, f"{NAME} {what} and was written anew from the key; nothing is lost.")


def _tighten(path: Path) -> None:
    """Take other people's bits from what we own: git and syncers make files by their own habits.

    Raises Refused where the vault's own folder stays open to others though modes hold there.
    """
    durable.close_to_others(path)
    durable.tighten(path / sealing.FOLDER)
    for folder in (path, path / slots.FOLDER, path / LOG):
        durable.tighten(folder)
        for file in folder.glob("*"):
            durable.tighten(file)


TARGET_SECONDS = 0.8
PROBE = KdfCost(64 * 1024, 1)
MOST_MEMORY_KIB = 256 * 1024
MOST_PASSES = 12
SHARE_OF_MEMORY = 8


def calibrate() -> KdfCost:
    """Return a cost that takes this machine about 0.8 s, at least the floor."""
    began = time.perf_counter()
    crypto.argon2id(b"probe", bytes(slots.SALT_BYTES), PROBE.memory_kib, PROBE.passes, slots.LANES)
    seconds = (time.perf_counter() - began) / (PROBE.memory_kib * PROBE.passes)
    memory_kib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    return cost_for(seconds, memory_kib)


def cost_for(seconds_per_kib: float, machine_kib: int) -> KdfCost:
    """Return the cost for a machine that fills a KiB in `seconds_per_kib` and has `machine_kib` of memory.

    First as much memory as three passes allow, up to 256 MiB and an eighth of the machine's; then more passes.
    """
    affordable = TARGET_SECONDS / seconds_per_kib
    most = max(FLOOR.memory_kib, min(MOST_MEMORY_KIB, machine_kib // SHARE_OF_MEMORY))
    memory = int(min(most, max(FLOOR.memory_kib, affordable / FLOOR.passes)))
    memory -= memory % 1024
    passes = min(MOST_PASSES, max(FLOOR.passes, round(affordable / memory)))
    return KdfCost(memory, passes)
