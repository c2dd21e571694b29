"""Frames: the units a segment is made of, each sealed and found again on its own."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kinship.vault.crypto import TAG_BYTES, unseal
from kinship.vault.padding import padded, unpadded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = b"KFRM"
GOES_ON = 1
"""The transaction goes on in the next frame."""
CONTINUES = 2
"""The transaction began in an earlier frame."""
TARGET = 16 * 1024
"""Frames are filled up to about this many bytes."""
LARGEST = 64 * 1024 * 1024

_PREFIX = struct.Struct("<4sIII")
_CHECKED = struct.Struct("<4sIIII")
_LENGTH = struct.Struct("<I")
HEAD_BYTES = _CHECKED.size


class Frame(NamedTuple):
    """One frame that was read: its number (the index), its flags, its tag and the record inside."""

    number: int
    flags: int
    tag: bytes
    record: memoryview
    start: int
    """Offset of its first byte."""
    end: int
    """Offset of the byte behind it."""


def nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def write_frame(cipher: ChaCha20Poly1305, index: int, flags: int, record: bytes) -> bytes:
    """Return the bytes of one frame; the same index must never be sealed twice under one cipher."""
    body = padded(record)
    prefix = _PREFIX.pack(MAGIC, index, flags, len(body) + TAG_BYTES)
    head = prefix + _LENGTH.pack(zlib.crc32(prefix))
    return head + cipher.encrypt(nonce(index), body, head)


def read_frames(cipher: ChaCha20Poly1305, data: bytes, start: int, lowest: int) -> Iterator[Frame]:
    """Yield every good frame from `start` on, in rising order of index from `lowest` on.

    Behind bytes that are no good frame it looks for the next one: a damaged frame costs that frame.
    """
    view = memoryview(data)
    while start >= 0:
        frame = _frame_at(cipher, data, view, start, lowest)
        if frame is None:
            start = data.find(MAGIC, start + 1)
        else:
            yield frame
            start, lowest = frame.end, frame.number + 1


def _frame_at(cipher: ChaCha20Poly1305, data: bytes, view: memoryview, start: int, lowest: int) -> Frame | None:
    body_start = start + HEAD_BYTES
    if body_start > len(data):
        return None
    magic, index, flags, length, crc = _CHECKED.unpack_from(data, start)
    if magic != MAGIC or crc != zlib.crc32(view[start : body_start - 4]):
        return None
    end = body_start + length
    if index < lowest or length > LARGEST or end > len(data):
        return None
    body = unseal(cipher, nonce(index), view[body_start:end], data[start:body_start])
    record = None if body is None else unpadded(body)
    if record is None:
        return None
    return Frame(index, flags, data[end - TAG_BYTES : end], record, start, end)
