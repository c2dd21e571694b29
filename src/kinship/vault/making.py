"""Making a vault: it is written beside its place and moved there in one step, so that a half-made one never stands."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kinship.ground.clock import Clock
from kinship.ground.errors import NotSaved, Refused
from kinship.vault import durable, opening, place, readme, slots
from kinship.vault.crypto import Key, master_key
from kinship.vault.identity import NAME, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.recovery import ROOT_BYTES, write_recovery
from kinship.vault.roots import derivations
from kinship.vault.slots import Slot
from kinship.vault.values import KdfCost, Randomness, RecoveryText
from kinship.vault.vault import Vault

GIT_ATTRIBUTES = b"* -text\n"
HALF_MADE = ".new"
"""What the hidden name of a vault ends with until it is whole."""


def create_vault(
    path: Path,
    passphrase: str,
    *,
    state: Path,
    clock: Clock,
    cost: KdfCost | None = None,
    randomness: Randomness = os.urandom,
    fill: Callable[[Vault], None] | None = None,
) -> tuple[Vault, RecoveryText]:
    """Make a vault and return it open, with the text of its recovery sheet.

    `cost` is calibrated to this machine unless given; `fill` puts something into it before it stands in its place,
    and what that raises makes no vault. Raises Refused, Misused or NotSaved; then no vault is there.
    Killed at any moment, it leaves the whole vault at `path` or nothing there; what lies beside is removed by the
    next creation.
    """
    slots.check_new_passphrase(passphrase)
    path = path.resolve()
    place.check_place(path)
    _check_free(path)
    vault, root = randomness(16), randomness(ROOT_BYTES)
    with derivations(state):
        slot = slots.make_slot(root, vault, passphrase, cost or opening.calibrate(), randomness)
    key = master_key(root, vault, slot.id)
    try:
        with beside(path) as half_made:
            made = Vault(half_made, key, state=state, clock=clock, randomness=randomness)
            try:
                _write_vault(made, key, slot)
                if fill is not None:
                    fill(made)
                half_made.rename(path)
            except BaseException:
                _let_go(made)
                raise
            made.moved_to(path)
        _confirm(made)
    except OSError as error:
        raise NotSaved(f"The vault could not be made at {path}: {_reason(error)}.", "Name another place.") from error
    return made, write_recovery(root)


def _check_free(path: Path) -> None:
    if place.exists(path):
        raise Refused(f"There is a vault at {path} already.", "Open it, or name another place.")
    if place.remains(path):
        raise Refused(f"A vault lies at {path} that has lost its {NAME}.", "Open it: that writes the file anew.")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a hidden folder beside `path`, held meanwhile; it is gone afterwards unless it was moved."""
    for folder in reversed(path.parents):
        folder.mkdir(mode=durable.FOLDER_MODE, exist_ok=True)
    sweep(path)
    half_made = path.with_name(f".{path.name}.{os.urandom(6).hex()}{HALF_MADE}")
    half_made.mkdir(mode=durable.FOLDER_MODE)
    held = os.open(half_made, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield half_made
    finally:
        shutil.rmtree(half_made, ignore_errors=True)
        os.close(held)


def sweep(path: Path) -> None:
    """Remove what creations of `path` that were cut off left beside it; one that is still at work is let be."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{12}}{re.escape(HALF_MADE)}")
    for left in path.parent.iterdir():
        if name.fullmatch(left.name):
            with suppress(OSError):
                _remove_unheld(left)


def _remove_unheld(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(held).st_uid == os.geteuid():
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
    finally:
        os.close(held)


def _write_vault(made: Vault, key: Key, slot: Slot) -> None:
    path = made.path
    for folder in (path / slots.FOLDER, path / LOG):
        durable.make_folder(folder)
    durable.create_durable(path / ".gitattributes", GIT_ATTRIBUTES)
    durable.create_durable(path / readme.NAME, readme.text())
    durable.create_durable(path / slots.FOLDER / f"{slot.id}{slots.ENDING}", slots.write_slot(slot))
    made.note_slots([slot.id])
    durable.create_durable(path / NAME, write_identity(key))


def _let_go(made: Vault) -> None:
    with suppress(OSError, NotSaved):
        made.close()


def _confirm(made: Vault) -> None:
    try:
        durable.sync_folder(made.path.parent)
    except OSError:
        _let_go(made)
        shutil.rmtree(made.path, ignore_errors=True)
        raise


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "it failed"
