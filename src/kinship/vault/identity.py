"""`vault.kin`: which vault this is, and which key is the right one."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kinship.ground.errors import Damaged, NewerVault
from kinship.vault import durable, place

if TYPE_CHECKING:
    from kinship.vault.crypto import Key

NAME = place.IDENTITY
BACKUP_MARK = "THIS-IS-A-BACKUP.txt"
"""Stands in every backup, so that one that is opened as a vault is neither remembered nor looked after like one."""
MAGIC = b"KINVAULT"
FORMAT = 1

_BODY = struct.Struct("<8sHHI16s32s32s")
BYTES = _BODY.size + 32
LARGEST = 64 * 1024
"""A later version may be longer; it begins with the same magic and version and ends with the SHA-256 of the rest."""


class Identity(NamedTuple):
    """What `vault.kin` says."""

    vault: bytes
    commitment: bytes
    capture: bytes
    """Public half of the capture key."""


def write_identity(key: Key) -> bytes:
    """Return the bytes of `vault.kin`; they never change in the life of a vault."""
    from kinship.vault.crypto import capture_public  # noqa: PLC0415 - reading needs no key

    body = _BODY.pack(MAGIC, FORMAT, 0, 0, key.vault, key.commitment, capture_public(key))
    return body + hashlib.sha256(body).digest()


def is_backup(folder: Path) -> bool:
    """Return whether the vault in a folder is a backup of another one."""
    return (folder / BACKUP_MARK).is_file()


def read_identity(folder: Path) -> Identity:
    """Return what `vault.kin` says.

    Raises FileNotFoundError, Damaged, or NewerVault for one that a later major version wrote.
    """
    data = durable.read_regular(folder / NAME, most=LARGEST)
    if data[:8] != MAGIC or len(data) < BYTES or hashlib.sha256(data[:-32]).digest() != data[-32:]:
        raise Damaged(f"{NAME} is damaged.")
    _, version, _, _, vault, commitment, capture = _BODY.unpack_from(data)
    if version > FORMAT:
        raise NewerVault(
            "This vault was made by a later kinship.",
            "Install the newest version; until then, kinship list, show and search read it.",
        )
    if version != FORMAT or len(data) != BYTES:
        raise Damaged(f"{NAME} is damaged.")
    return Identity(vault, commitment, capture)
