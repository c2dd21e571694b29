"""The one door to `cryptography`: derivation, sealing, passphrase stretching; imported when first used."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from msgspec import Struct

from kinship.ground.errors import KinshipError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_BYTES = 32
TAG_BYTES = 16

MASTER = b"kinship/1 master"
SLOT_PASSPHRASE = b"kinship/1 slot passphrase"
SLOT_KEYFILE = b"kinship/1 slot keyfile"
SLOT_DEVICE = b"kinship/1 slot device"
COMMITMENT = b"kinship/1 commitment"
KEY_ID = b"kinship/1 key id"
CAPTURE = b"kinship/1 capture"
LOCAL_STATE = b"kinship/1 local state"
SEGMENT = b"kinship/1 "
"""Followed by the kind byte, vault id and segment id; a kind is below 0x20, so that no other label begins so."""


class Key(Struct, frozen=True):
    """An opened vault's master key; it encrypts nothing itself."""

    vault: bytes
    """The vault id, 16 bytes."""
    master: bytes
    slot: str | None = None
    """Id of the slot that opened; None for the printed sheet."""

    def __repr__(self) -> str:
        return f"Key(of vault {self.vault.hex()})"

    def derive(self, info: bytes, length: int = KEY_BYTES) -> bytes:
        """Return the key for one purpose, named by `info`."""
        return hkdf(self.master, self.vault, info, length)

    @property
    def key_id(self) -> bytes:
        """What segments name to say which key they are written under, 8 bytes."""
        return self.derive(KEY_ID, 8)

    @property
    def commitment(self) -> bytes:
        """What `vault.kin` holds to tell this key from any other."""
        return self.derive(COMMITMENT)


def master_key(root: bytes, vault: bytes, slot: str | None = None) -> Key:
    """Return the key of a vault from its 20-byte root secret."""
    return Key(vault, hkdf(root, vault, MASTER), slot)


def hkdf(secret: bytes, salt: bytes | None, info: bytes, length: int = KEY_BYTES) -> bytes:
    """Return `length` bytes of HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - costs 50 ms, late
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - costs 50 ms, late

    return HKDF(SHA256(), length, salt, info).derive(secret)


def mac(key: bytes, data: bytes) -> bytes:
    """Return HMAC-SHA256."""
    return hmac.digest(key, data, "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Compare without telling by its time where they differ."""
    return hmac.compare_digest(one, other)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sealer(key: bytes) -> ChaCha20Poly1305:
    """Return the cipher of one key (RFC 8439)."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - costs 50 ms, late

    return ChaCha20Poly1305(key)


def unseal(cipher: ChaCha20Poly1305, nonce: bytes, sealed: bytes | memoryview, data: bytes) -> bytes | None:
    """Return what was sealed, None where the tag says that it is something else."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - costs 50 ms, late

    try:
        return cipher.decrypt(nonce, sealed, data)
    except InvalidTag:
        return None


def argon2id(passphrase: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """Return 32 bytes of Argon2id (RFC 9106); releases the interpreter lock while it works."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - costs 50 ms, late
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - costs 50 ms, late

        stretch = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    except (ImportError, UnsupportedAlgorithm) as error:
        raise KinshipError(
            "The installed build of `cryptography` lacks Argon2id, which protects the passphrase.",
            "Install cryptography 47 or later from the package index.",
        ) from error
    try:
        return stretch.derive(passphrase)
    except MemoryError as error:
        raise KinshipError(
            f"Trying a passphrase takes {memory_kib // 1024} MiB of memory, which is not free.",
            "Close other programs and try again.",
        ) from error


def capture_public(key: Key) -> bytes:
    """Return the public half of the capture key (X25519), to which quick notes are sealed."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - costs 50 ms, late

    return X25519PrivateKey.from_private_bytes(key.derive(CAPTURE)).public_key().public_bytes_raw()
