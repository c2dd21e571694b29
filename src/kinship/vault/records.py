"""What stands inside a frame: operations on documents, and what sessions say of themselves and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from kinship.vault.frame import TARGET
from kinship.vault.merge import Head
from kinship.vault.values import Document, Version

WITNESSES_A_FRAME = 200


class Operation(Struct, omit_defaults=True):
    """One version of one document."""

    t: str
    """Table."""
    u: str
    """Id."""
    v: list[int]
    """Its version: pairs of (index of a segment, count); index 0 is the segment it stands in, n is actors[n - 1]."""
    h: int
    """Hybrid clock."""
    x: Document | msgspec.Raw | None
    lww: bool = False
    w: int = 0
    """Index of the segment that wrote it first, as in `v`."""


class Opening(Struct, omit_defaults=True):
    """Who writes a segment."""

    device: str
    name: str
    program: str
    at: str
    purpose: str = ""
    """Empty for what a person saved, "tidying" or "backup" for what was folded from other segments."""


class Author(Struct, frozen=True, omit_defaults=True):
    """Who wrote a segment, for when it is not there to say so itself."""

    device: str = ""
    name: str = ""
    at: str = ""
    """When the session began, with the offset of that place (ISO 8601)."""
    saves: int = 0
    """How many saves whoever tells this had read of it."""


class Record(Struct, omit_defaults=True):
    """Any subset of these; what a later version adds is passed over and stays in its segment."""

    ops: list[Operation] = []
    actors: list[str] = []
    """Ids of the segments that `v` counts, for this record alone: a lost frame then costs no other frame."""
    open: Opening | None = None
    witness: dict[str, tuple[int, str]] = {}
    """Segment -> number of its frames and the tag of the last of them, in hex."""
    replaces: dict[str, int] = {}
    authors: dict[str, Author] = {}
    """Segment -> who wrote it: of those that are witnessed, and of those whose content stands here."""
    slots: list[str] | None = None
    """Ids of the key slots that are valid, as of `h`."""
    h: int = 0
    close: int = 0


class ReadOperation(Struct):
    """An operation as it is read."""

    t: str
    u: str
    v: list[int]
    h: int
    x: Document | None
    lww: bool = False
    w: int = 0


class ReadRecord(Record):
    """A record as it is read."""

    ops: list[ReadOperation] = []  # type: ignore[assignment]


class Slots(Struct, frozen=True):
    """Which key slots were valid at a time."""

    clock: int
    ids: tuple[str, ...]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(ReadRecord)


def write_record(record: Record) -> bytes:
    return _encoder.encode(record)


def read_record(record: bytes | memoryview) -> ReadRecord | None:
    """Return the record, None where it is one that only a later version understands."""
    try:
        return _decoder.decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def encode_document(document: dict[str, Any]) -> bytes:
    return _encoder.encode(document)


def decode_document(data: bytes) -> Document:
    document: Document = msgspec.json.decode(data)
    return document


def heads_of(segment: str, record: ReadRecord) -> Iterator[tuple[str, str, Head]]:
    """Yield table, id and head of each operation; equal versions of one record are one value."""
    actors = (segment, *record.actors)
    known: dict[tuple[int, ...], Version] = {}
    for operation in record.ops:
        pairs = tuple(operation.v)
        version = known.get(pairs)
        if version is None:
            version = known[pairs] = {
                actors[pairs[at]]: pairs[at + 1] for at in range(0, len(pairs) - 1, 2) if pairs[at] < len(actors)
            }
        author = actors[operation.w] if operation.w < len(actors) else segment
        yield operation.t, operation.u, Head(version, operation.h, operation.x, operation.lww, author)


class Written(Struct, frozen=True):
    """A version about to be written: what goes into memory, and its document as bytes."""

    table: str
    id: str
    head: Head
    encoded: bytes


def operation_records(segment: str, written: Iterable[Written]) -> list[bytes]:
    """Return the records of one transaction, each filled up to the size of a frame."""
    records: list[bytes] = []
    ops: list[Operation] = []
    actors: dict[str, int] = {segment: 0}
    size = 0

    def finish() -> None:
        nonlocal ops, actors, size
        records.append(write_record(Record(ops=ops, actors=list(actors)[1:])))
        ops, actors, size = [], {segment: 0}, 0

    for one in written:
        if ops and size + len(one.encoded) > TARGET:
            finish()
        pairs: list[int] = []
        for actor, count in one.head.version.items():
            pairs += (actors.setdefault(actor, len(actors)), count)
        document = msgspec.Raw(one.encoded) if one.head.document is not None else None
        author = actors.setdefault(one.head.author or segment, len(actors))
        ops.append(Operation(one.table, one.id, pairs, one.head.clock, document, one.head.lww, author))
        size += len(one.encoded) + 120
    if ops:
        finish()
    return records
