"""Taking back from a backup: into an empty place as it is, into a vault that is there by merging."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from kinship.ground.errors import Damaged, KinshipError, NotSaved, Refused
from kinship.vault import durable
from kinship.vault.crypto import Key
from kinship.vault.fold import RAW, Fold, read_whole, segment_files
from kinship.vault.identity import BACKUP_MARK
from kinship.vault.log import FOLDER as LOG
from kinship.vault.merge import Head, dominates, shown
from kinship.vault.place import check_place
from kinship.vault.state import LocalState
from kinship.vault.values import Change
from kinship.vault.vault import Vault

AT_ONCE = 500
"""How many deleted documents come back in one transaction."""


class Comparison(Struct, frozen=True):
    """What a backup holds beside a vault, in documents."""

    held: int
    """Not deleted in the backup."""
    lacking: int
    """The vault has never seen them, or not this version: a restore brings them."""
    deleted: tuple[Change, ...]
    """Deleted since the backup, as they were; they come back only when asked for."""
    changed: int
    """Changed since; the vault's own text stays."""


def compare(vault: Vault, key: Key, backup: Path) -> Comparison:
    """Return what restoring `backup` would do. Raises KinshipError where it is none of this vault's."""
    held = lacking = changed = 0
    deleted: list[Change] = []
    for (table, uid), heads in _fold_of(key, backup).heads.items():
        document = shown(heads)[0].document
        held += document is not None
        here = vault.versions(table, uid)
        if any(not any(dominates(version, head.version) for version in here) for head in heads):
            lacking += 1
        elif document is not None:
            now = vault.get(table, uid)
            before = msgspec.json.decode(document[RAW])
            if now is None:
                deleted.append(Change(table, uid, before, lww=_is_choice(heads)))
            else:
                changed += now != before
    return Comparison(held, lacking, tuple(deleted), changed)


def _is_choice(heads: tuple[Head, ...]) -> bool:
    return all(head.lww for head in heads)


def _fold_of(key: Key, backup: Path) -> Fold:
    found, _ = read_whole(key, segment_files(backup / LOG))
    if not found:
        raise KinshipError(f"{backup} is no backup of this vault.", "A backup opens with the key of its own vault.")
    fold = Fold()
    for whole in found.values():
        fold.take(whole)
    return fold


def merge_backup(vault: Vault, backup: Path) -> None:
    """Put the segments of a backup into an open vault's log: what it lacks comes back, everything newer stays.

    Raises NotSaved where the disk refuses.
    """
    try:
        for file in segment_files(backup / LOG):
            target = vault.path / LOG / file.name
            if not target.exists():
                durable.create_durable(target, durable.read_regular(file))
    except OSError as error:
        raise NotSaved(f"The backup could not be brought in: {_reason(error)}.", "Nothing was removed.") from error
    vault.refresh()


def bring_back(vault: Vault, deleted: tuple[Change, ...]) -> None:
    """Make deleted documents what they were, as new saves. Raises NotSaved."""
    for start in range(0, len(deleted), AT_ONCE):
        vault.commit(deleted[start : start + AT_ONCE])


def restore_whole(backup: Path, path: Path, key: Key, state: Path) -> None:
    """Copy a backup to `path`, where no vault is, and verify the copy; what this computer remembered is put back to it.

    Raises Refused where something is there, NotSaved where the disk refuses, Damaged where the copy differs.
    """
    check_place(path)
    if path.exists() and any(path.iterdir()):
        raise Refused(f"There is a vault at {path} already.", "Name another place, or merge the backup into it.")
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    try:
        durable.make_folder(path.parent)
        _copy_folder(backup, beside)
        beside.rename(path)
        durable.sync_folder(path.parent)
        LocalState(state, key).reset({})
    except OSError as error:
        raise NotSaved(f"The backup could not be put to {path}: {_reason(error)}.", "It is as it was.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy_folder(source: Path, target: Path) -> None:
    durable.make_folder(target)
    for entry in sorted(source.iterdir()):
        if entry.is_symlink() or entry.name == BACKUP_MARK:
            continue
        if entry.is_dir():
            _copy_folder(entry, target / entry.name)
        else:
            data = durable.read_regular(entry)
            durable.create_durable(target / entry.name, data)
            if durable.read_regular(target / entry.name) != data:
                raise Damaged("The copy is not what was written.", "Look after the disk.")
    durable.sync_folder(target)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "it failed"
