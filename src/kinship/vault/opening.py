"""Making a vault, unlocking it, opening it."""

from __future__ import annotations

import os
import shutil
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
    NotSaved,
    Refused,
    WrongPassphrase,
)
from kinship.vault import crypto, durable, slots
from kinship.vault.crypto import Key, master_key
from kinship.vault.identity import NAME, read_identity, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.recovery import ROOT_BYTES, read_recovery, write_recovery
from kinship.vault.segment import HEADER_BYTES, Header, Kind, read_header
from kinship.vault.slots import FLOOR, Slot
from kinship.vault.state import DERIVATION
from kinship.vault.values import KdfCost, Notice, Randomness, RecoveryText
from kinship.vault.vault import Vault

GIT_ATTRIBUTES = b"* -text\n"
README = "READ-ME-recovery.txt"


def exists(path: Path) -> bool:
    """Return whether there is a vault, whole or not."""
    return (path / NAME).is_file() or ((path / slots.FOLDER).is_dir() and (path / LOG).is_dir())


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
    if not exists(path) and any(path.iterdir()):
        raise Refused(f"{path} holds other things than a vault.", "Name a folder that is empty or not there yet.")


def create_vault(
    path: Path,
    passphrase: str,
    *,
    state: Path,
    clock: Clock,
    cost: KdfCost | None = None,
    randomness: Randomness = os.urandom,
) -> tuple[Vault, RecoveryText]:
    """Make a vault and return it open, with the text of its recovery sheet.

    `cost` is calibrated to this machine unless given. Raises Refused, Misused or NotSaved; then no vault is there.
    """
    slots.check_new_passphrase(passphrase)
    path = path.resolve()
    check_place(path)
    if exists(path):
        raise Refused(f"There is a vault at {path} already.", "Open it, or name another place.")
    vault, root = randomness(16), randomness(ROOT_BYTES)
    with _derivations(state):
        slot = slots.make_slot(root, vault, passphrase, cost or calibrate(), randomness)
    made = Vault(path, master_key(root, vault, slot.id), state=state, clock=clock, randomness=randomness)
    try:
        _write_vault(path, slot, made)
    except (OSError, KinshipError) as error:
        _take_back(path, made)
        if isinstance(error, KinshipError):
            raise
        raise NotSaved(f"The vault could not be made at {path}: {_reason(error)}.") from error
    return made, write_recovery(root)


def _write_vault(path: Path, slot: Slot, made: Vault) -> None:
    for folder in (path, path / slots.FOLDER, path / LOG):
        durable.make_folder(folder)
    durable.create_durable(path / ".gitattributes", GIT_ATTRIBUTES)
    durable.create_durable(path / README, recovery_readme())
    durable.create_durable(path / slots.FOLDER / f"{slot.id}{slots.ENDING}", slots.write_slot(slot))
    made.note_slots([slot.id])
    durable.create_durable(path / NAME, made.identity())
    durable.sync_folder(path.parent)


def _take_back(path: Path, made: Vault) -> None:
    """Remove what a failed creation left: the folder held nothing else."""
    with suppress(NotSaved):
        made.close()
    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _derivations(state: Path) -> Iterator[None]:
    """Let one derivation run at a time: ten commands at once must not need ten times the memory."""
    with ExitStack() as held:
        with suppress(OSError):
            durable.make_folder(state)
            held.enter_context(durable.locked(state / DERIVATION))
        yield


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "it failed"


def recovery_readme() -> bytes:
    """Return the text that lies in every vault for whoever has only the folder and the sheet."""
    return (Path(__file__).parent / README).read_bytes()


def unlock(path: Path, passphrase: str, *, state: Path, floor: KdfCost = FLOOR, heavy: bool = False) -> Key:
    """Return the key that a passphrase opens; slow on purpose, and the interpreter lock is free meanwhile.

    `floor` is the cheapest slot that is accepted; `heavy` allows one that takes more than a GiB.
    Raises WrongPassphrase when no slot opens, Damaged when none can be read, NewerVault, NotFound, Refused.
    """
    path = path.resolve()
    check_vault(path)
    readable, problems = _slots(path)
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
    with _derivations(state):
        for slot in usable:
            root = slots.open_slot(slot, passphrase)
            if root is not None:
                return _proved(path, master_key(root, bytes.fromhex(slot.vault), slot.id))
    also = f" {len(problems)} of its key files cannot be used." if problems else ""
    raise WrongPassphrase(f"That is not the passphrase of this vault.{also}", "Try again, or open it with the sheet.")


def unlock_with_recovery(path: Path, text: str, *, state: Path) -> Key:
    """Return the key that the printed sheet opens. Raises Misused for a typo, WrongPassphrase for another vault's."""
    del state
    path = path.resolve()
    check_vault(path)
    root = read_recovery(text)
    return _proved(path, master_key(root, _vault_id(path)))


def check_vault(path: Path) -> None:
    """Raise NotFound or Refused unless there is a vault of ours at `path`."""
    try:
        if not path.exists():
            raise NotFound(f"There is no vault at {path}.")
        if path.is_dir() and not exists(path):
            raise NotFound(f"{path} is not a vault.")
    except PermissionError as error:
        raise Refused(
            f"{path} may not be looked into.", "It belongs to somebody else, or its mode was changed."
        ) from error
    check_place(path)


def _slots(path: Path) -> tuple[list[Slot], list[KinshipError]]:
    readable: list[Slot] = []
    problems: list[KinshipError] = []
    try:
        vault: str | None = read_identity(path).vault.hex()
    except (OSError, Damaged):
        vault = None
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


def _vault_id(path: Path) -> bytes:
    try:
        return read_identity(path).vault
    except (OSError, Damaged):
        readable, _ = _slots(path)
        if readable:
            return bytes.fromhex(readable[0].vault)
    raise Damaged("The vault does not say which one it is.", "vault.kin and all key files are damaged or gone.")


def _proved(path: Path, key: Key) -> Key:
    """Return `key` if it is this vault's, by `vault.kin` or else by any segment's header."""
    try:
        if crypto.same(read_identity(path).commitment, key.commitment):
            return key
        misfit: KinshipError = WrongPassphrase("That opens another vault, not this one.", "Look for this vault's own.")
    except (OSError, Damaged):
        misfit = Damaged("vault.kin is damaged, and no writing session proves that this is the key.")
    if not any(_opens(key, file) for file in (path / LOG).glob("*")):
        raise misfit
    return key


def _opens(key: Key, file: Path) -> bool:
    try:
        head = durable.read_regular(file, most=HEADER_BYTES)
    except OSError:
        return False
    return isinstance(read_header(key, Kind.LOG, head), Header)


def open_vault(path: Path, key: Key, *, state: Path, clock: Clock, randomness: Randomness = os.urandom) -> Vault:
    """Return the vault with everything readable in it; writes nothing there before the first commit.

    Raises Damaged when the log cannot be read at all, Misused for the key of another vault.
    """
    path = path.resolve()
    check_vault(path)
    notices: tuple[Notice, ...] = ()
    if _identity_bytes(path) != write_identity(key):
        if not any(_opens(key, file) for file in (path / LOG).glob("*")):
            raise Misused("This key belongs to another vault.")
        sentence = f"{NAME} is damaged or gone; the writing sessions prove the key, and nothing is lost."
        notices = (Notice("damaged", NAME, sentence),)
    _tighten(path)
    vault = Vault(path, key, state=state, clock=clock, randomness=randomness, notices=notices)
    vault.load()
    return vault


def _identity_bytes(path: Path) -> bytes:
    try:
        return durable.read_regular(path / NAME)
    except OSError:
        return b""


def _tighten(path: Path) -> None:
    """Take other people's bits from what we own: git and syncers make files by their own habits."""
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
