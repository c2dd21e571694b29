"""Key files beside the vault: this computer's copies of `keys/`, its own device slots, and which slot opened last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kinship.ground.errors import Damaged, NewerVault, Refused
from kinship.vault import durable, place, slots
from kinship.vault.slots import Slot

COPIES = "keys"
DEVICE = place.DEVICE
LAST = "last-slot"
_ID = re.compile(rb"[0-9a-f]{1,64}")


def copies_folder(state: Path, vault: bytes) -> Path:
    """Return where this computer keeps copies of a vault's key files."""
    return state / vault.hex() / COPIES


def device_folder(state: Path, vault: bytes) -> Path:
    """Return where the key files of this computer's own keyring lie; they are never synced."""
    return state / vault.hex() / DEVICE


def read(folder: Path) -> list[Slot]:
    """Return the slots in a folder that can be read; none where there is no folder."""
    found: list[Slot] = []
    for file in sorted(folder.glob(f"*{slots.ENDING}")):
        with suppress(Damaged, NewerVault):
            found.append(slots.read_slot(file))
    return found


def follow(keys: Path, copies: Path, valid: Iterable[str] | None) -> None:
    """Make `copies` what `keys` is now: whole key files that were not retired.

    Nothing changes where `keys` has no readable one: then the copies are what is left. What the disk refuses is left
    for the next time.
    """
    allowed = None if valid is None else set(valid)
    wanted = {slot.id: slot for slot in read(keys) if allowed is None or slot.id in allowed}
    if not wanted:
        return
    with suppress(OSError, Refused):
        durable.make_folder(copies)
        for slot in wanted.values():
            _copy(slot, copies / f"{slot.id}{slots.ENDING}")
        for file in copies.glob(f"*{slots.ENDING}"):
            if file.name.removesuffix(slots.ENDING) not in wanted:
                durable.remove_durable(file)


def _copy(slot: Slot, path: Path) -> None:
    data = slots.write_slot(slot)
    if not path.exists() or path.read_bytes() != data:
        durable.replace_durable(path, data)


def last(state: Path, vault: bytes) -> str:
    """Return the id of the slot that opened last on this computer, empty where that is not known."""
    try:
        told = durable.read_regular(state / vault.hex() / LAST, most=65)
    except OSError:
        return ""
    return told.decode("ascii") if _ID.fullmatch(told) else ""


def note_last(state: Path, vault: bytes, slot: str) -> None:
    """Remember which slot opened; it only decides what is tried first, so a disk that refuses is no matter."""
    if last(state, vault) != slot:
        with suppress(OSError, Refused):
            durable.make_folder(state / vault.hex())
            durable.replace_durable(state / vault.hex() / LAST, slot.encode("ascii"))
