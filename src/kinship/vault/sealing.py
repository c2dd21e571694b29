"""Sealing a quick note: with a public key only, no passphrase, and nothing heavy to import.

A note is sealed to a key that an unlock on this computer pinned, or that the person names; never to what `vault.kin`
says, since whoever can write the folder could put a key of their own there.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from kinship.ground.errors import Damaged, KinshipError, Misused, NotFound, NotSaved, Refused
from kinship.vault import durable
from kinship.vault.identity import NAME, read_identity
from kinship.vault.padding import body_bytes, padded
from kinship.vault.pinned import read_pinned

MAGIC = b"KINNOTE1"
SUITE = bytes.fromhex("002000010003")
"""RFC 9180's ids of the KEM (X25519, HKDF-SHA256), the KDF (HKDF-SHA256) and the AEAD (ChaCha20-Poly1305)."""
INFO = b"kinship/1 note"
VAULT_BYTES = 16
PUBLIC_BYTES = 32
HEAD_BYTES = len(MAGIC) + len(SUITE) + VAULT_BYTES
SEALED_OVERHEAD = 32 + 16
"""The sender's half of the key agreement, and the tag."""
MOST_TEXT = 64 * 1024
"""Bytes of UTF-8 in one note."""
MOST_FILE = HEAD_BYTES + SEALED_OVERHEAD + body_bytes(2 * MOST_TEXT + 1024)
"""JSON doubles a quotation mark and a line end; the rest is room for the time."""
FOLDER = "inbox"
ENDING = ".note"

_PREFIX = "kinbox1"
_CHECK_BYTES = 4


class Address(NamedTuple):
    """Whom a note is sealed to: a vault and the public half of its capture key."""

    vault: bytes
    public: bytes

    @property
    def text(self) -> str:
        """What `kinship inbox key` prints: 84 signs of base32 behind a prefix, the last ones a checksum."""
        told = self.vault + self.public
        return _PREFIX + base64.b32encode(told + _check(told)).decode().lower().rstrip("=")


def _check(told: bytes) -> bytes:
    return hashlib.sha256(_PREFIX.encode() + told).digest()[:_CHECK_BYTES]


def read_address(text: str) -> Address:
    """Return what `Address.text` wrote; case and white space do not matter. Raises Misused for anything else."""
    signs = "".join(text.split()).lower()
    try:
        told = base64.b32decode(signs.removeprefix(_PREFIX).upper() + "====")
    except (binascii.Error, ValueError):
        told = b""
    address = Address(told[:VAULT_BYTES], told[VAULT_BYTES:-_CHECK_BYTES])
    if len(address.public) != PUBLIC_BYTES or address.text != signs:
        raise Misused("That is not the key of an inbox.", "Copy it whole from: kinship inbox key")
    return address


def pinned_address(path: Path, state: Path) -> Address:
    """Return what an unlock on this computer pinned for the vault at `path`. Raises Refused where nothing is."""
    vault = _vault_id(path)
    public = read_pinned(state / vault.hex())
    if public is None:
        raise Refused(
            "This computer does not know the key of the inbox yet.",
            "Unlock the journal here once, or give the key with --to KEY (kinship inbox key prints it).",
        )
    return Address(vault, public)


def given_address(path: Path, text: str) -> Address:
    """Return the address in `text`, which must be that of the vault at `path`. Raises Misused or Refused."""
    address = read_address(text)
    if _vault_id(path) != address.vault:
        raise Refused("That is the key of another journal's inbox.", f"{path} is not the one it belongs to.")
    return address


def is_contradicted(path: Path, address: Address) -> bool:
    """Return whether `vault.kin` is whole and names another key than `address`: somebody changed one of them."""
    try:
        identity = read_identity(path)
    except (OSError, KinshipError):
        return False
    return identity.capture != address.public


def _vault_id(path: Path) -> bytes:
    """Return which vault lies at `path`, by `vault.kin` or else by a key file."""
    try:
        return read_identity(path).vault
    except (OSError, Damaged):
        for file in sorted((path / "keys").glob("*.key")):
            try:
                told = bytes.fromhex(json.loads(durable.read_regular(file, most=1 << 16))["vault"])
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if len(told) == VAULT_BYTES:
                return told
    if not (path / NAME).exists():
        raise NotFound(f"There is no vault at {path}.", "Make one with: kinship new")
    raise Damaged(f"{NAME} is damaged, so the note cannot be addressed.", "Unlocking the journal mends it.")


def seal(address: Address, text: str, at: dt.datetime, zone: str) -> bytes:
    """Return the file of a note. Raises Misused for one that is too long, or for a key that is none."""
    words = text.encode()
    if len(words) > MOST_TEXT:
        raise Misused(f"A note can be {MOST_TEXT // 1024} KiB long.", "Use kinship write for more.")
    told = {"at": at.isoformat(timespec="seconds"), "zone": zone, "text": text}
    body = padded(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    head = MAGIC + SUITE + address.vault
    try:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - costs 10 ms, late
        from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - costs 10 ms, late
    except ImportError as error:
        raise KinshipError(
            "The installed build of `cryptography` lacks HPKE, which seals notes.",
            "Install cryptography 47 or later from the package index.",
        ) from error
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    try:
        return head + suite.encrypt(body, X25519PublicKey.from_public_bytes(address.public), info_of(address.vault))
    except ValueError as error:
        raise Misused("That is not the key of an inbox.", "Copy it whole from: kinship inbox key") from error


def info_of(vault: bytes) -> bytes:
    """Return what binds a sealed note to its purpose and vault."""
    return INFO + vault + SUITE


def put_in_inbox(path: Path, note: bytes) -> None:
    """Leave a sealed note in the vault's inbox, durable when this returns. Raises Refused or NotSaved."""
    folder = path / FOLDER
    try:
        durable.check_owner(path)
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Refused(f"{FOLDER} in {path} is not a folder of its own.", "It may have been tampered with.")
        durable.make_folder(folder)
        durable.replace_durable(folder / f"{os.urandom(16).hex()}{ENDING}", note)
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise NotSaved(f"The note was not kept: {reason}.", "The words are still where they came from.") from error
