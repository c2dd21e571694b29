"""Unlocking a vault and opening it; what of it was lost and follows from the key is written anew."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kinship.ground.clock import Clock
from kinship.ground.errors import (
    Damaged,
    KinshipError,
    Misused,
    NewerVault,
    NotFound,
    Refused,
    WrongPassphrase,
)
from kinship.vault import crypto, durable, notes, readme, sealing, slots
from kinship.vault.crypto import Key, master_key
from kinship.vault.identity import NAME, Identity, read_identity, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.recovery import read_recovery
from kinship.vault.segment import ENDING, HEADER_BYTES, Header, Kind, read_header, vault_of
from kinship.vault.slots import FLOOR, Slot
from kinship.vault.state import DERIVATION
from kinship.vault.values import KdfCost, Notice, Randomness
from kinship.vault.vault import Vault


def exists(path: Path) -> bool:
    """Return whether there is a vault."""
    return (path / NAME).is_file()


def remains(path: Path) -> bool:
    """Return whether a vault lies here that has lost its `vault.kin`: it can be opened, and gets a new one then."""
    return not exists(path) and any(
        entry.is_file()
        for folder, ending in ((slots.FOLDER, slots.ENDING), (LOG, ENDING))
        for entry in (path / folder).glob(f"*{ending}")
    )


def check_place(path: Path) -> None:
    """Raise Refused when a vault cannot be at `path`: a file, somebody else's, a folder of other things."""
    if path.is_symlink() and not path.exists():
        raise Refused(f"{path} is a link that leads nowhere.")
    if not path.exists():
        return
    if not path.is_dir():
        raise Refused(f"{path} is a file; a vault is a folder.", "Name another place.")
    durable.check_owner(path)
    for name in (NAME, slots.FOLDER, LOG):
        if (path / name).is_symlink():
            raise Refused(f"{name} in {path} is a link; a vault has none.", "It may have been tampered with.")
    if not exists(path) and not remains(path) and any(path.iterdir()):
        raise Refused(f"{path} holds other things than a vault.", "Name a folder that is empty or not there yet.")


@contextmanager
def derivations(state: Path) -> Iterator[None]:
    """Let one derivation run at a time: ten commands at once must not need ten times the memory."""
    with ExitStack() as held:
        with suppress(OSError):
            durable.make_folder(state)
            held.enter_context(durable.locked(state / DERIVATION))
        yield


def unlock(
    path: Path, passphrase: str, *, state: Path, floor: KdfCost = FLOOR, heavy: bool = False, later: bool = False
) -> Key:
    """Return the key that a passphrase opens; slow on purpose, and the interpreter lock is free meanwhile.

    `floor` is the cheapest slot that is accepted; `heavy` allows one that takes more than a GiB; `later` a vault of a
    later version, which is only read.
    Raises WrongPassphrase when no slot opens, Damaged when none can be read, NewerVault, NotFound, Refused.
    """
    path = path.resolve()
    check_vault(path)
    readable, problems = _slots(path, later=later)
    usable: list[Slot] = []
    for slot in readable[: slots.MOST_SLOTS]:
        try:
            slots.check_cost(slot, floor, heavy=heavy)
        except Refused as error:
            problems.append(error)
        else:
            usable.append(slot)
    if not usable:
        raise (
            _worst(problems) if problems else Damaged("The vault has no key file.", "Open it with the recovery sheet.")
        )
    with derivations(state):
        for slot in usable:
            root = slots.open_slot(slot, passphrase)
            if root is not None:
                return _proved(path, master_key(root, bytes.fromhex(slot.vault), slot.id), later=later)
    also = f" {len(problems)} of its key files cannot be used." if problems else ""
    raise WrongPassphrase(f"That is not the passphrase of this vault.{also}", "Try again, or open it with the sheet.")


def unlock_with_recovery(path: Path, text: str, *, state: Path, later: bool = False) -> Key:
    """Return the key that the printed sheet opens. Raises Misused for a typo, WrongPassphrase for another vault's."""
    del state
    path = path.resolve()
    check_vault(path)
    root = read_recovery(text)
    return _proved(path, master_key(root, _vault_id(path, later=later)), later=later)


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


def _identity(path: Path, *, later: bool) -> Identity | None:
    """Return what `vault.kin` says, None where it is damaged or gone. Raises NewerVault unless `later` will do."""
    try:
        return read_identity(path)
    except NewerVault:
        if not later:
            raise
        return None
    except (OSError, Damaged):
        return None


def _slots(path: Path, *, later: bool) -> tuple[list[Slot], list[KinshipError]]:
    readable: list[Slot] = []
    problems: list[KinshipError] = []
    identity = _identity(path, later=later)
    vault = None if identity is None else identity.vault.hex()
    for file in sorted((path / slots.FOLDER).glob(f"*{slots.ENDING}")):
        try:
            slot = slots.read_slot(file)
        except (Damaged, NewerVault) as error:
            problems.append(error)
        else:
            if slot.kind == "passphrase" and vault in (None, slot.vault):
                readable.append(slot)
    return readable, problems


def _worst(problems: list[KinshipError]) -> KinshipError:
    for kind in (Refused, NewerVault):
        for problem in problems:
            if isinstance(problem, kind):
                return problem
    return Damaged(f"{problems[0].message} No key file can be read.", "Open the vault with the recovery sheet.")


def _vault_id(path: Path, *, later: bool) -> bytes:
    identity = _identity(path, later=later)
    if identity is not None:
        return identity.vault
    readable, _ = _slots(path, later=later)
    if readable:
        return bytes.fromhex(readable[0].vault)
    for file in sorted((path / LOG).glob("*")):
        vault = vault_of(_head(file))
        if vault is not None:
            return vault
    raise Damaged(
        "The vault does not say which one it is.", f"{NAME}, all key files and all writing sessions are damaged or gone."
    )


def _proved(path: Path, key: Key, *, later: bool) -> Key:
    """Return `key` if it is this vault's, by `vault.kin` or else by any segment's header."""
    identity = _identity(path, later=later)
    if identity is not None and crypto.same(identity.commitment, key.commitment):
        return key
    if not any(_opens(key, file) for file in (path / LOG).glob("*")):
        if identity is not None:
            raise WrongPassphrase("That opens another vault, not this one.", "Look for this vault's own.")
        raise Damaged(f"{NAME} is damaged or gone, and no writing session proves that this is the key.")
    return key


def _opens(key: Key, file: Path) -> bool:
    return isinstance(read_header(key, Kind.LOG, _head(file)), Header)


def _head(file: Path, most: int = HEADER_BYTES) -> bytes:
    try:
        return durable.read_regular(file, most=most)
    except OSError:
        return b""


def open_vault(path: Path, key: Key, *, state: Path, clock: Clock, randomness: Randomness = os.urandom) -> Vault:
    """Return the vault with everything readable in it.

    Before the first commit nothing is written there but what follows from the key or the program and is not as it
    should be: a lost `vault.kin`, the text for whoever has only the folder. A vault of a later version is only read:
    its commits raise NewerVault. Raises Damaged when the log cannot be read at all, Misused for another vault's key.
    """
    path = path.resolve()
    check_vault(path)
    later = _is_later(path)
    early = [*notes.alarms(path, key, state), *([_READ_ONLY] if later else _put_right(path, key))]
    if not later:
        _tighten(path)
    vault = Vault(path, key, state=state, clock=clock, randomness=randomness, notices=tuple(early), read_only=later)
    vault.load()
    return vault


_READ_ONLY = Notice(
    "newer", NAME, "This vault was made by a later kinship: it is read as far as it can be, and nothing is written."
)


def _is_later(path: Path) -> bool:
    try:
        _identity(path, later=False)
    except NewerVault:
        return True
    return False


def _put_right(path: Path, key: Key) -> Iterator[Notice]:
    wanted = write_identity(key)
    if _head(path / NAME, len(wanted) + 1) != wanted:
        if not any(_opens(key, file) for file in (path / LOG).glob("*")):
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
    if _identity(path, later=False) is not None:
        sentence = f"{NAME} is not the one this vault was made with: somebody changed it. Nothing is lost."
        return Notice("damaged", NAME, sentence)
    try:
        durable.replace_durable(path / NAME, wanted)
    except OSError:
        return Notice("damaged", NAME, f"{NAME} {what}; the writing sessions prove the key, and nothing is lost.")
    what = "was damaged" if what == "is damaged" else what
    return Notice("damaged", NAME, f"{NAME} {what} and was written anew from the key; nothing is lost.")


def _tighten(path: Path) -> None:
    """Take other people's bits from what we own: git and syncers make files by their own habits."""
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
