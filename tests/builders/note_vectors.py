"""The vectors of sealed notes: made from fixed secrets by the second implementation, with one fault each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from builders import hpke
from kinship.vault.crypto import CAPTURE, Key, hkdf, master_key, sha256
from kinship.vault.padding import padded

FILE = Path(__file__).parent.parent / "vectors" / "notes" / "notes.toml"
ROOT = bytes(range(20))
VAULT = bytes(range(0x40, 0x50))
SENDER = bytes(range(0x80, 0xA0))
SUITE = bytes.fromhex("002000010003")
TOLD = {"at": "2024-05-03T23:15:07+02:00", "zone": "Europe/Vienna", "text": "Ask @Bea about the blue house.\n“Yes.”"}
HEAD = """# One sealed note and what can be wrong with it. All byte strings are hex.
# Made from fixed secrets with HPKE as RFC 9180 writes it; see docs/FORMAT.md, "Sealed notes".
"""


def key() -> Key:
    return master_key(ROOT, VAULT)


def capture() -> bytes:
    """Return the private half of the capture key, derived as FORMAT.md says."""
    return hkdf(key().master, VAULT, CAPTURE)


def public() -> bytes:
    return X25519PrivateKey.from_private_bytes(capture()).public_key().public_bytes_raw()


def note(
    body: bytes | None = None,
    *,
    magic: bytes = b"KINNOTE1",
    suite: bytes = SUITE,
    vault: bytes = VAULT,
    recipient: bytes | None = None,
    info: bytes = b"kinship/1 note" + VAULT + SUITE,
) -> bytes:
    """Return the file of a note, right in everything that is not given."""
    body = padded(json.dumps(TOLD, ensure_ascii=False, separators=(",", ":")).encode()) if body is None else body
    return magic + suite + vault + hpke.seal(public() if recipient is None else recipient, info, body, SENDER)


def vectors() -> Iterator[tuple[str, str, bytes]]:
    """Yield what is said of each, its class (`ok` or the name of a fault) and the bytes of the file."""
    right = note()
    stranger = X25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
    short = padded(b'{"at":"2024-05-03T23:15:07+02:00","zone":"UTC","text":"x"}')
    yield "a note as it should be", "ok", right
    yield "an empty file, perhaps not downloaded yet", "absent", b""
    yield "another kind of file", "strange", b"notes of mine\n" * 50
    yield "a head that is cut off", "sealed", right[:29]
    yield "a later version", "newer", note(magic=b"KINNOTE2")
    yield "another suite", "newer", note(suite=bytes.fromhex("002100010003"))
    yield "meant for another vault", "elsewhere", note(vault=bytes(16))
    yield "sealed to another key", "sealed", note(recipient=stranger)
    yield "sealed for another purpose", "sealed", note(info=b"kinship/1 letter" + VAULT + SUITE)
    yield "a bit of the sender's half is flipped", "sealed", right[:30] + bytes([right[30] ^ 1]) + right[31:]
    yield "the last bit is flipped", "sealed", right[:-1] + bytes([right[-1] ^ 1])
    yield "a byte is missing at the end", "sealed", right[:-1]
    yield "a byte more at the end", "sealed", right + b"\0"
    yield "a body shorter than its padding", "sealed", note(short[:511])
    yield "a body that tells a wrong length", "sealed", note((4000).to_bytes(4, "little") + short[4:])
    yield "no JSON", "sealed", note(padded(b"words"))
    yield "a time without an offset", "sealed", note(padded(b'{"at":"2024-05-03T23:15:07","text":"x"}'))
    yield "no words", "sealed", note(padded(b'{"at":"2024-05-03T23:15:07+02:00","text":" "}'))


def written() -> str:
    """Return the file of all vectors."""
    lines = [HEAD]
    given = {"root": ROOT, "vault": VAULT, "capture_private": capture(), "capture_public": public(), "sender": SENDER}
    lines += [f'{name} = "{told.hex()}"' for name, told in given.items()]
    lines += [f"{name} = {json.dumps(told)}" for name, told in TOLD.items()]
    for says, kind, data in vectors():
        id_ = sha256(data)[:16].hex()
        lines += ["", "[[note]]", f'says = "{says}"', f'class = "{kind}"', f'id = "{id_}"', f'file = "{data.hex()}"']
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
