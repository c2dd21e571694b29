"""Segments: append-only files of frames, one for each writing session, known by their header."""

from __future__ import annotations

import os
import struct
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kinship.vault import crypto, durable, place
from kinship.vault.crypto import Key
from kinship.vault.frame import CONTINUES, GOES_ON, write_frame

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = b"KINSEG\r\n"
FORMAT = 1
ENDING = place.SEGMENT_ENDING
SALT_BYTES = 32

_HEAD = struct.Struct("<8sHBB16s16s8s32s")
MAC_BYTES = 32
HEADER_BYTES = _HEAD.size + MAC_BYTES


class Kind(IntEnum):
    """What a segment holds."""

    LOG = 0
    DRAFT = 1


class Header(Struct, frozen=True):
    """The header of a segment that was proved to be ours."""

    segment: bytes
    """Its id, 16 bytes."""
    cipher: ChaCha20Poly1305

    @property
    def name(self) -> str:
        return self.segment.hex()


class Unread(Struct, frozen=True):
    """Why a file cannot be read as a segment: empty, short, foreign, newer, other_key or damaged."""

    why: str


def _segment_keys(key: Key, kind: Kind, segment: bytes, salt: bytes) -> tuple[bytes, bytes]:
    info = crypto.SEGMENT + bytes([kind]) + key.vault + segment
    both = crypto.hkdf(key.master, salt, info, 64)
    return both[:32], both[32:]


def write_header(key: Key, kind: Kind, segment: bytes, salt: bytes) -> tuple[bytes, Header]:
    """Return the header's bytes and what a reader makes of them."""
    seal, prove = _segment_keys(key, kind, segment, salt)
    head = _HEAD.pack(MAGIC, FORMAT, kind, 0, key.vault, segment, key.key_id, salt)
    return head + crypto.mac(prove, head), Header(segment, crypto.sealer(seal))


def read_header(key: Key, kind: Kind, data: bytes) -> Header | Unread:
    """Return the proved header that `data` begins with, or why there is none."""
    early = _too_short(data)
    if early is not None:
        return early
    _, version, told_kind, _, vault, segment, key_id, salt = _HEAD.unpack_from(data)
    if version > FORMAT:
        return Unread("newer")
    if (vault, told_kind) != (key.vault, kind):
        return Unread("foreign")
    if key_id != key.key_id:
        return Unread("other_key")
    seal, prove = _segment_keys(key, kind, segment, salt)
    if version != FORMAT or not crypto.same(crypto.mac(prove, data[: _HEAD.size]), data[_HEAD.size : HEADER_BYTES]):
        return Unread("damaged")
    return Header(segment, crypto.sealer(seal))


def vault_of(data: bytes) -> bytes | None:
    """Return the vault id that a segment's header names, not proved; None where there is no header."""
    return _HEAD.unpack_from(data)[4] if _too_short(data) is None else None


def _too_short(data: bytes) -> Unread | None:
    if not data:
        return Unread("empty")
    if data[: len(MAGIC)] != MAGIC[: len(data)]:
        return Unread("foreign")
    return Unread("short") if len(data) < HEADER_BYTES else None


class SegmentLost(OSError):
    """The file was removed or replaced under us: what was appended may not be where others read."""


class SegmentWriter:
    """The only writer of one new segment; after any failure it is poisoned and takes nothing more."""

    def __init__(self, folder: Path, key: Key, segment: bytes, salt: bytes) -> None:
        self.id = segment.hex()
        self.path = folder / f"{self.id}{ENDING}"
        self.frames = 0
        self.last_tag = b""
        self.acknowledged = 0
        """How many frames were acknowledged."""
        self.poisoned = False
        self._size = 0
        self._process = os.getpid()
        self._header, header = write_header(key, Kind.LOG, segment, salt)
        self._cipher = header.cipher
        self._file = durable.open_new(self.path)

    @property
    def usable(self) -> bool:
        """Whether this process may append to it."""
        return not self.poisoned and self.ours

    def append(self, *transactions: list[bytes]) -> None:
        """Append transactions, each a list of records; return when they survive a power cut.

        Raises OSError, SegmentLost among it, after which this segment is poisoned.
        """
        if not self.usable:
            raise OSError("this segment takes nothing more")
        try:
            self._write(transactions)
        except BaseException:
            self.poisoned = True
            raise
        self.acknowledged = self.frames

    def _write(self, transactions: tuple[list[bytes], ...]) -> None:
        first = self.frames == 0
        data = self._header if first else b""
        if not first:
            self._check_in_place()
        data += b"".join(self._sealed(records) for records in transactions)
        durable.write_all(self._file, data)
        self._size += len(data)
        durable.sync_file(self._file)
        if first:
            durable.sync_folder(self.path.parent)
        self._check_in_place()

    def _sealed(self, records: list[bytes]) -> bytes:
        frames = []
        for at, record in enumerate(records):
            flags = (GOES_ON if at < len(records) - 1 else 0) | (CONTINUES if at else 0)
            frames.append(write_frame(self._cipher, self.frames, flags, record))
            self.frames += 1
        self.last_tag = frames[-1][-crypto.TAG_BYTES :]
        return b"".join(frames)

    def _check_in_place(self) -> None:
        if not self._in_place() or os.fstat(self._file).st_size != self._size:
            raise SegmentLost("the segment was removed, replaced or written over")

    def _in_place(self) -> bool:
        ours = os.fstat(self._file)
        try:
            there = self.path.stat(follow_symlinks=False)
        except FileNotFoundError:
            return False
        return ours.st_nlink > 0 and (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)

    @property
    def ours(self) -> bool:
        """Whether this process began it; a forked one must leave it alone."""
        return self._process == os.getpid()

    def close(self) -> None:
        """Let go of the file; one that never had an acknowledged frame is removed."""
        if self._file < 0:
            return
        try:
            if not self.acknowledged and self.ours and self._in_place():
                self.path.unlink(missing_ok=True)
        finally:
            os.close(self._file)
            self._file = -1
