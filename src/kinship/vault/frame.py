"""Frames: the units a segment is made of, each sealed and found again on its own."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kinship.vault.crypto import TAG_BYTES, unseal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = b"KFRM"
GOES_ON = 1
"""The transaction goes on in the next frame."""
CONTINUES = 2
"""The transaction began in an earlier frame."""
SMALLEST_BODY = 512
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


def padme(length: int) -> int:
    """Return the padded length of PADME: at most 12 % more, leaks O(log log n) bits (Nikitin et al. 2019)."""
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def body_bytes(record_bytes: int) -> int:
    """Return how long the padded body of a record is."""
    return padme(max(SMALLEST_BODY, _LENGTH.size + record_bytes))


def nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def write_frame(cipher: ChaCha20Poly1305, index: int, flags: int, record: bytes) -> bytes:
    """Return the bytes of one frame; the same index must never be sealed twice under one cipher."""
    body = _LENGTH.pack(len(record)) + record
    body += bytes(body_bytes(len(record)) - len(body))
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
    if body is None or len(body) < SMALLEST_BODY:
        return None
    (told,) = _LENGTH.unpack_from(body)
    if body_bytes(told) != len(body):
        return None
    return Frame(index, flags, data[end - TAG_BYTES : end], memoryview(body)[4 : 4 + told], start, end)
