"""`vault.kin`: which vault this is, and which key is the right one."""

from __future__ import annotations

import struct
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import Damaged, NewerVault
from kinship.vault import crypto, durable
from kinship.vault.crypto import Key

NAME = "vault.kin"
MAGIC = b"KINVAULT"
FORMAT = 1

_BODY = struct.Struct("<8sHHI16s32s32s")
BYTES = _BODY.size + 32


class Identity(Struct, frozen=True):
    """What `vault.kin` says."""

    vault: bytes
    commitment: bytes
    capture: bytes
    """Public half of the capture key."""


def write_identity(key: Key) -> bytes:
    """Return the bytes of `vault.kin`; they never change in the life of a vault."""
    body = _BODY.pack(MAGIC, FORMAT, 0, 0, key.vault, key.commitment, crypto.capture_public(key))
    return body + crypto.sha256(body)


def read_identity(folder: Path) -> Identity:
    """Return what `vault.kin` says.

    Raises FileNotFoundError, Damaged, or NewerVault for one that a later major version wrote.
    """
    data = durable.read_regular(folder / NAME, most=BYTES + 1)
    if data[:8] != MAGIC or len(data) != BYTES:
        raise Damaged(f"{NAME} is damaged.")
    _, version, _, _, vault, commitment, capture = _BODY.unpack_from(data)
    if version > FORMAT:
        raise NewerVault("This vault was made by a later kinship.", "Install the newest version to open it.")
    if crypto.sha256(data[: _BODY.size]) != data[_BODY.size : BYTES]:
        raise Damaged(f"{NAME} is damaged.")
    return Identity(vault, commitment, capture)
