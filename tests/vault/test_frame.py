"""Frames: sealed, padded, found again behind damage."""

from __future__ import annotations

import os
import struct
import zlib

from kinship.vault.crypto import sealer
from kinship.vault.frame import HEAD_BYTES, MAGIC, nonce, read_frames, write_frame
from kinship.vault.padding import body_bytes, padme

CIPHER = sealer(bytes(32))


def records(data: bytes, start: int = 0, lowest: int = 0) -> list[bytes]:
    return [bytes(frame.record) for frame in read_frames(CIPHER, data, start, lowest)]


def run(*told: bytes) -> bytes:
    return b"".join(write_frame(CIPHER, index, 0, record) for index, record in enumerate(told))


def test_what_is_written_is_read_back() -> None:
    told = [b"", b"{}", os.urandom(508), os.urandom(509), os.urandom(70_000)]
    assert records(run(*told)) == told


def test_padding_hides_the_length_and_costs_at_most_an_eighth() -> None:
    assert body_bytes(0) == body_bytes(508) == 512
    for length in range(513, 40_000, 7):
        assert length <= padme(length) <= length * 1.12
        assert padme(padme(length)) == padme(length)


def test_a_frame_is_as_long_as_the_format_says() -> None:
    assert len(run(b"x" * 300)) == HEAD_BYTES + 512 + 16


def test_a_damaged_frame_costs_that_frame_only() -> None:
    one, two, three = b"one", os.urandom(2000), b"three"
    data = run(one, two, three)
    length = len(run(one))
    for at in range(length, length + len(run(two)) - 5, 41):
        damaged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert records(damaged) == [one, three]


def test_foreign_bytes_between_frames_are_passed_over() -> None:
    one = run(b"one")
    two = run(b"one", b"two")[len(one) :]
    assert records(one + MAGIC + os.urandom(100) + MAGIC + two) == [b"one", b"two"]


def test_frames_out_of_order_or_twice_are_not_taken() -> None:
    one = run(b"one")
    two = run(b"one", b"two")[len(one) :]
    assert records(two + one) == [b"two"]
    assert records(one + one + two) == [b"one", b"two"]


def test_a_magic_word_inside_a_record_is_no_frame() -> None:
    inner = run(b"inner")
    assert records(run(inner)) == [inner]


def test_a_body_whose_length_does_not_fit_its_padding_is_no_frame() -> None:
    for body in (struct.pack("<I", 600) + bytes(508), struct.pack("<I", 3) + bytes(1020), bytes(100)):
        prefix = struct.pack("<4sIII", MAGIC, 0, 0, len(body) + 16)
        head = prefix + struct.pack("<I", zlib.crc32(prefix))
        assert records(head + CIPHER.encrypt(nonce(0), body, head)) == []


def test_a_frame_that_claims_more_than_there_is_costs_nothing_else() -> None:
    prefix = struct.pack("<4sIII", MAGIC, 5, 0, 2**31)
    head = prefix + struct.pack("<I", zlib.crc32(prefix))
    assert records(head + run(b"one")) == [b"one"]
