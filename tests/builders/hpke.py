"""HPKE in base mode, written from RFC 9180 with hashes and one cipher only: the second opinion on sealed notes."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEM = b"KEM\x00\x20"
SUITE = b"HPKE\x00\x20\x00\x01\x00\x03"
PUBLIC_BYTES = 32


def _extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    told = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, told + b"\x01", "sha256")[:length]


def _opened_with(shared: bytes, enc: bytes, recipient: bytes, info: bytes) -> tuple[ChaCha20Poly1305, bytes]:
    """Return cipher and nonce of the one message that follows from a Diffie-Hellman value."""
    agreed = _expand(KEM, _extract(KEM, b"", b"eae_prk", shared), b"shared_secret", enc + recipient, 32)
    context = b"\x00" + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info)
    secret = _extract(SUITE, agreed, b"secret", b"")
    return ChaCha20Poly1305(_expand(SUITE, secret, b"key", context, 32)), _expand(
        SUITE, secret, b"base_nonce", context, 12
    )


def seal(recipient: bytes, info: bytes, body: bytes, sender: bytes) -> bytes:
    """Return the sender's public half and the sealed body; `sender` is the 32-byte secret that is made for one use."""
    private = X25519PrivateKey.from_private_bytes(sender)
    enc = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(recipient))
    cipher, nonce = _opened_with(shared, enc, recipient, info)
    return enc + cipher.encrypt(nonce, body, b"")


def unseal(private: bytes, info: bytes, sealed: bytes) -> bytes:
    """Return the body; raises InvalidTag."""
    own, enc = X25519PrivateKey.from_private_bytes(private), sealed[:PUBLIC_BYTES]
    shared = own.exchange(X25519PublicKey.from_public_bytes(enc))
    cipher, nonce = _opened_with(shared, enc, own.public_key().public_bytes_raw(), info)
    return cipher.decrypt(nonce, sealed[PUBLIC_BYTES:], b"")
