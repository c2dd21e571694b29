"""Taking a vault away from this computer: its own files, its local state and the backups there, and nothing else."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import NotSaved, Refused
from kinship.vault import backups, durable, key_copies, readme, sealing, slots
from kinship.vault.identity import NAME
from kinship.vault.log import FOLDER as LOG
from kinship.vault.roots import vault_id
from kinship.vault.state import DRAFTS, WRITERS


class Weight(Struct, frozen=True):
    """What a vault holds on this computer, as far as that is seen without its key."""

    size: int
    """Bytes in its folder."""
    backups: int
    drafts: int
    secrets: tuple[str, ...]
    """Ids of the secrets that open it in this computer's keyring."""


def weigh(path: Path, state: Path) -> Weight:
    """Return what would go with a vault. Raises Damaged where it does not say which one it is."""
    own = state_folder(path, state)
    return Weight(
        size=sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink()),
        backups=len(backups.backups_in(own / backups.FOLDER)),
        drafts=len(list((own / DRAFTS).glob("*"))),
        secrets=tuple(slot.id for slot in key_copies.read(key_copies.device_folder(state, vault_id(path, later=True)))),
    )


def state_folder(path: Path, state: Path) -> Path:
    """Return the folder of a vault's local state. Raises Damaged where the vault does not say which one it is."""
    return state / vault_id(path, later=True).hex()


def check_unused(own_state: Path, *, but: str = "") -> None:
    """Raise Refused where a program of this computer holds a writing session of the vault, `but` its own."""
    if any(lock.name != but and is_held(lock) for lock in (own_state / WRITERS).glob("*")):
        raise Refused("Another program has this vault open.", "Leave it there, then try again.")


def is_held(lock: Path) -> bool:
    """Return whether a program holds this lock."""
    try:
        file = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in {errno.EAGAIN, errno.EACCES}
    finally:
        os.close(file)
    return False


def remove_vault(path: Path, state: Path) -> tuple[str, ...]:
    """Remove a vault that nobody has open, with its local state and backups here; return what else is in its folder.

    Killed at any moment it can be begun again. Raises Refused where it is open, Damaged where it does not say which
    vault it is, NotSaved where a file cannot be removed.
    """
    own_state = state_folder(path, state)
    check_unused(own_state)
    return remove_files(path, own_state, remedy="Remove the rest by hand, or try again.")


def remove_files(path: Path, own_state: Path, *, remedy: str) -> tuple[str, ...]:
    """Remove kinship's own files in `path`, and the local state; return what is left. Raises NotSaved.

    What says which vault it is goes last, so that a removal that was cut off can be begun again.
    """
    try:
        for folder in (LOG, sealing.FOLDER, slots.FOLDER):
            if (path / folder).is_dir() and not (path / folder).is_symlink():
                shutil.rmtree(path / folder)
        if own_state.is_dir():
            shutil.rmtree(own_state)
        for name in (readme.NAME, ".gitattributes", NAME):
            (path / name).unlink(missing_ok=True)
        left = tuple(sorted(entry.name for entry in path.iterdir()))
        if not left:
            path.rmdir()
        with suppress(OSError):
            durable.sync_folder(path.parent)
    except OSError as error:
        raise NotSaved(f"Not all of {path} could be removed.", remedy) from error
    return left
