"""Padding: bodies of close lengths look alike from outside. Imports next to nothing."""

from __future__ import annotations

SMALLEST_BODY = 512
LENGTH_BYTES = 4


def padme(length: int) -> int:
    """Return the padded length of PADME: at most 12 % more, leaks O(log log n) bits (Nikitin et al. 2019)."""
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def body_bytes(record_bytes: int) -> int:
    """Return how long the padded body of a record is."""
    return padme(max(SMALLEST_BODY, LENGTH_BYTES + record_bytes))


def padded(record: bytes) -> bytes:
    """Return the body of a record: its length as u32 little-endian, the record, zeros."""
    body = len(record).to_bytes(LENGTH_BYTES, "little") + record
    return body + bytes(body_bytes(len(record)) - len(body))


def unpadded(body: bytes) -> memoryview | None:
    """Return the record in a body, None where the body has not the length that its record asks for."""
    if len(body) < SMALLEST_BODY:
        return None
    told = int.from_bytes(body[:LENGTH_BYTES], "little")
    if body_bytes(told) != len(body):
        return None
    return memoryview(body)[LENGTH_BYTES : LENGTH_BYTES + told]
