"""The ways to open a vault: listed, added, replaced and removed, each step safe to be cut off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import Damaged, Misused, NewerVault, NotFound, NotSaved, Refused
from kinship.vault import durable, key_copies, opening, slots
from kinship.vault.crypto import Key
from kinship.vault.keyring_slot import SecretStore
from kinship.vault.roots import Root, derivations, read_slots
from kinship.vault.slots import Slot
from kinship.vault.values import Change, KdfCost, Randomness
from kinship.vault.vault import LABELS, Vault

VALID, RETIRED, DAMAGED, ELSEWHERE = "valid", "retired", "damaged", "elsewhere"


class Unlock(Struct, frozen=True):
    """One way to open a vault."""

    id: str
    kind: str
    """passphrase, keyfile or device; empty where that cannot be read here."""
    label: str
    state: str
    """valid; retired (replaced, and its file came back); damaged; elsewhere (another computer's, or not synced yet)."""


def unlocks(vault: Vault) -> tuple[Unlock, ...]:
    """Return every way to open the vault that is known here; the printed sheet always opens it besides."""
    vault.refresh()
    valid = vault.valid_slots
    found = [_described(vault, file, valid) for file in _files(vault)]
    known = {one.id for one in found}
    away = [Unlock(id_, _told(vault, id_, "kind"), _told(vault, id_, "label"), ELSEWHERE) for id_ in valid or ()]
    return (*found, *(one for one in away if one.id not in known))


def _files(vault: Vault) -> list[Path]:
    folders = (vault.path / slots.FOLDER, key_copies.device_folder(vault.state, vault.key_vault))
    return [file for folder in folders for file in sorted(folder.glob(f"*{slots.ENDING}"))]


def _described(vault: Vault, file: Path, valid: tuple[str, ...] | None) -> Unlock:
    id_ = file.name.removesuffix(slots.ENDING)
    label = _told(vault, id_, "label")
    try:
        slot = slots.read_slot(file)
    except (Damaged, NewerVault):
        return Unlock(id_, _told(vault, id_, "kind"), label, DAMAGED)
    if slot.id != id_ or slot.vault != vault.id:
        return Unlock(id_, slot.kind, label, DAMAGED)
    return Unlock(id_, slot.kind, label, VALID if valid is None or id_ in valid else RETIRED)


def _told(vault: Vault, id_: str, field: str) -> str:
    return str((vault.get(LABELS, id_) or {}).get(field, ""))


def add_passphrase(
    vault: Vault,
    root: Root,
    passphrase: str,
    *,
    keyfile: bytes | None = None,
    label: str = "",
    cost: KdfCost | None = None,
    randomness: Randomness = os.urandom,
) -> str:
    """Add a way to open the vault and return its id: a passphrase, with a keyfile beside it where one is given.

    Raises Misused for a passphrase or keyfile that will not do, Refused beyond eight ways, NotSaved.
    """
    _check_room(vault)
    slot = _made(vault, root, passphrase, keyfile, cost, randomness)
    _keep(vault, slot, _proof(slot, root, passphrase, keyfile, vault.state), label)
    _settle(vault)
    return slot.id


def change_passphrase(
    vault: Vault,
    root: Root,
    passphrase: str,
    *,
    keyfile: bytes | None = None,
    cost: KdfCost | None = None,
    randomness: Randomness = os.urandom,
) -> str:
    """Replace the slot that `root` came out of, and return the id of the new one; cut off anywhere, one of them opens.

    With a root from the printed sheet nothing is replaced: the new passphrase stands beside the others. Old copies of
    the folder still open with the old passphrase. Raises Misused, Refused or NotSaved; then the old one still opens.
    """
    if root.slot is None:
        _check_room(vault)
    slot = _made(vault, root, passphrase, keyfile, cost, randomness)
    label = _told(vault, root.slot, "label") if root.slot else ""
    _keep(vault, slot, _proof(slot, root, passphrase, keyfile, vault.state), label)
    if root.slot is not None:
        _retire(vault, root.slot)
        with suppress(OSError):
            durable.remove_durable(vault.path / slots.FOLDER / f"{root.slot}{slots.ENDING}")
    key_copies.note_last(vault.state, vault.key_vault, slot.id)
    _settle(vault)
    return slot.id


def add_device(
    vault: Vault, root: Root, store: SecretStore, *, label: str = "", randomness: Randomness = os.urandom
) -> str:
    """Let this computer's keyring open the vault, and return the id of that way; its file never leaves the computer.

    Raises KinshipError where the keyring refuses, NotSaved where the disk does.
    """
    secret = randomness(slots.DEVICE_SECRET_BYTES)
    slot = slots.make_device_slot(root.secret, root.vault, secret, randomness)
    folder = key_copies.device_folder(vault.state, vault.key_vault)
    try:
        durable.make_folder(folder)
    except OSError as error:
        raise NotSaved("This computer has no place for a key file.", "Make room and try again.") from error
    store.put(slot.id, secret)
    try:
        _keep(vault, slot, lambda read: _opened_by(store, read) == root.secret, label, folder)
    except NotSaved:
        store.drop(slot.id)
        raise
    return slot.id


def _opened_by(store: SecretStore, slot: Slot) -> bytes | None:
    secret = store.get(slot.id)
    return None if secret is None else slots.open_device_slot(slot, secret)


def remove_unlock(vault: Vault, id_: str, *, store: SecretStore | None = None) -> None:
    """Take away a way to open the vault: first it is retired, then its file is removed.

    Raises NotFound, Refused for the last passphrase (the sheet alone would be left), NotSaved.
    """
    known = {one.id: one for one in unlocks(vault)}
    if id_ not in known:
        raise NotFound(f"There is no way to unlock called {id_}.", "See: kinship unlock list")
    left = [one for one in known.values() if one.id != id_ and one.state == VALID and one.kind != slots.DEVICE]
    if not left:
        raise Refused("That is the last passphrase; only the sheet would open the vault.", "Add another one first.")
    _retire(vault, id_)
    for file in _files(vault):
        if file.name == f"{id_}{slots.ENDING}":
            _unlink(file)
    if store is not None:
        store.drop(id_)
    _settle(vault)


def _unlink(file: Path) -> None:
    try:
        durable.remove_durable(file)
    except OSError as error:
        raise NotSaved(f"{file.name} is retired, but its file could not be removed.", "Try again.") from error


def _check_room(vault: Vault) -> None:
    files = [file for file in _files(vault) if file.parent.name == slots.FOLDER]
    if len(files) >= slots.MOST_SLOTS:
        raise Refused(f"A vault has {slots.MOST_SLOTS} key files at most.", "Remove one: kinship unlock list")


def _made(
    vault: Vault, root: Root, passphrase: str, keyfile: bytes | None, cost: KdfCost | None, randomness: Randomness
) -> Slot:
    slots.check_new_passphrase(passphrase)
    if keyfile is not None:
        slots.check_keyfile(keyfile)
    with derivations(vault.state):
        cost = cost or opening.calibrate()
        return slots.make_slot(root.secret, root.vault, passphrase, cost, randomness, keyfile=keyfile)


def _proof(slot: Slot, root: Root, passphrase: str, keyfile: bytes | None, state: Path) -> Callable[[Slot], bool]:
    def opens(read: Slot) -> bool:
        with derivations(state):
            return read == slot and slots.open_slot(read, passphrase, keyfile) == root.secret

    return opens


def _keep(vault: Vault, slot: Slot, opens: Callable[[Slot], bool], label: str, folder: Path | None = None) -> None:
    """Announce a slot in the log, write its file, read it again and open it; a failure takes both back.

    An id without a file is harmless; a file without its id would be called retired.
    """
    vault.refresh()
    valid = vault.valid_slots or tuple(one.id for one in unlocks(vault) if one.state == VALID)
    document = {"label": label, "kind": slot.kind}
    vault.note_slots([*valid, slot.id], [Change(LABELS, slot.id, document)])
    path = (folder or vault.path / slots.FOLDER) / f"{slot.id}{slots.ENDING}"
    try:
        durable.create_durable(path, slots.write_slot(slot))
        whole = opens(slots.read_slot(path))
    except (OSError, Damaged) as error:
        _take_back(vault, path, slot.id)
        raise NotSaved("The new key file could not be kept; what opened the vault still does.") from error
    if not whole:
        _take_back(vault, path, slot.id)
        raise NotSaved("The new key file does not read as it was written; what opened the vault still does.")


def _take_back(vault: Vault, path: Path, id_: str) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with suppress(NotSaved):
        _retire(vault, id_)


def _retire(vault: Vault, id_: str) -> None:
    vault.note_slots(_without(vault.valid_slots or (), id_), [Change(LABELS, id_, None)])


def _without(ids: Iterable[str], id_: str) -> list[str]:
    return [one for one in ids if one != id_]


def _settle(vault: Vault) -> None:
    copies = key_copies.copies_folder(vault.state, vault.key_vault)
    key_copies.follow(vault.path / slots.FOLDER, copies, vault.valid_slots)


def restore_copies(path: Path, key: Key, state: Path) -> int:
    """Put this computer's copies of key files back into a vault that has no readable one; return how many.

    Raises Misused where the vault has readable ones, NotSaved where the disk refuses.
    """
    readable, _ = read_slots(path, later=False)
    if readable:
        raise Misused("The vault has key files that can be read; copies are not needed.")
    kept = key_copies.read(key_copies.copies_folder(state, key.vault))
    try:
        durable.make_folder(path / slots.FOLDER)
        for slot in kept:
            durable.replace_durable(path / slots.FOLDER / f"{slot.id}{slots.ENDING}", slots.write_slot(slot))
    except OSError as error:
        raise NotSaved("The copies of the key files could not be put back.", "Make room and try again.") from error
    return len(kept)
