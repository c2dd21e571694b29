"""Folding: many segments read whole and written as one that says the same, only the heads of each document."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

import kinship
from kinship.ground.errors import Damaged, Refused
from kinship.vault import durable
from kinship.vault.crypto import Key
from kinship.vault.frame import read_frames
from kinship.vault.log import Seen, Stamp, fuller, stamp_of
from kinship.vault.merge import Head, add_head
from kinship.vault.records import (
    WITNESSES_A_FRAME,
    Author,
    Opening,
    Record,
    Slots,
    Written,
    operation_records,
    write_record,
)
from kinship.vault.segment import HEADER_BYTES, SALT_BYTES, Header, Kind, SegmentWriter, Unread, read_header
from kinship.vault.site import Site
from kinship.vault.view import SegmentView

RAW = ""
"""The one field of a document that is carried as the bytes it stands in, and never decoded."""
AT_ONCE = 4 * 1024 * 1024
"""About how many bytes of records are sealed and written in one go."""


class RawOperation(Struct, forbid_unknown_fields=True):
    """An operation whose document stays bytes."""

    t: str
    u: str
    v: list[int]
    h: int
    x: msgspec.Raw
    lww: bool = False
    w: int = 0


class RawRecord(Struct, forbid_unknown_fields=True):
    """A record that holds nothing but what this version knows how to carry."""

    ops: list[RawOperation] = []
    actors: list[str] = []
    open: Opening | None = None
    witness: dict[str, Seen] = {}
    replaces: dict[str, int] = {}
    authors: dict[str, Author] = {}
    slots: list[str] | None = None
    h: int = 0
    close: int = 0


_decoder = msgspec.json.Decoder(RawRecord)


class Whole(Struct):
    """One segment as all its files tell it."""

    name: str
    files: dict[Path, Stamp]
    records: list[RawRecord] = []
    view: SegmentView = msgspec.field(default_factory=lambda: SegmentView(""))
    strange: bool = False
    """Whether it holds what only a later version understands; then it stays where it is."""
    spoilt: bool = False
    """Whether bytes that are no frame stand before the last one, or behind a farewell."""
    tail: bool = False
    """Whether bytes behind the last whole save cannot be read."""
    opening: Opening | None = None
    closed: bool = False
    size: int = 0
    """Bytes of its largest file."""

    @property
    def damaged(self) -> bool:
        """Whether something in it cannot be read that may once have been acknowledged."""
        return self.spoilt or self.view.forked or bool(self.view.lost()) or (self.closed and self.tail)

    @property
    def folded(self) -> bool:
        """Whether it is a whole fold of others, as good as a new one."""
        return self.closed and not self.tail and self.opening is not None and bool(self.opening.purpose)

    @property
    def device(self) -> str:
        return self.opening.name if self.opening is not None else ""


def read_whole(key: Key, files: Iterable[Path]) -> tuple[dict[str, Whole], dict[Path, str]]:
    """Return every segment in `files` by its id, and why each of the other files cannot be read (as `Unread` says).

    A file that vanished meanwhile is in neither.
    """
    found: dict[str, Whole] = {}
    unread: dict[Path, str] = {}
    for path in files:
        try:
            told = stamp_of(path.lstat())
            if not told.ordinary:
                unread[path] = "foreign"
                continue
            data = durable.read_regular(path)
        except FileNotFoundError:
            continue
        except OSError:
            unread[path] = "unreadable"
            continue
        header = read_header(key, Kind.LOG, data)
        if isinstance(header, Unread):
            unread[path] = header.why
            continue
        whole = found.setdefault(header.name, Whole(header.name, {}, [], SegmentView(header.name)))
        whole.files[path] = told
        _take_file(whole, header, data)
    for whole in found.values():
        whole.tail |= whole.view.unfinished
    return found, unread


def _take_file(whole: Whole, header: Header, data: bytes) -> None:
    end, lowest = HEADER_BYTES, 0
    for frame in read_frames(header.cipher, data, HEADER_BYTES, 0):
        whole.spoilt |= frame.start != end or frame.number != lowest
        end, lowest = frame.end, frame.number + 1
        whole.view.take(frame)
    whole.tail |= len(data) > end
    whole.size = max(whole.size, len(data))
    for body in whole.view.ripe():
        _take_record(whole, body)


def _take_record(whole: Whole, body: bytes | memoryview) -> None:
    try:
        record = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        whole.strange = True
        return
    if not record.ops:
        whole.view.beside += 1
    whole.strange |= not all(_refers(operation, len(record.actors)) for operation in record.ops)
    whole.records.append(record)
    whole.opening = whole.opening or record.open
    whole.closed |= bool(record.close)


def _refers(operation: RawOperation, last: int) -> bool:
    """Return whether every segment that an operation counts is named in its record."""
    return len(operation.v) % 2 == 0 and operation.w <= last and all(at <= last for at in operation.v[::2])


class Fold(Struct):
    """What several segments say together: the heads of each document, and what they know of other segments."""

    heads: dict[tuple[str, str], tuple[Head, ...]] = {}
    witness: dict[str, Seen] = {}
    replaces: dict[str, int] = {}
    authors: dict[str, Author] = {}
    slots: Slots | None = None

    def take(self, whole: Whole) -> None:
        """Add what one segment says; it counts as replaced as far as it was read."""
        if whole.opening is not None:
            told = Author(whole.opening.device, whole.opening.name, whole.opening.at, whole.view.saves)
            self._introduce(whole.name, told)
        for record in whole.records:
            self._take_record(whole.name, record)
        frames = whole.view.settled[0]
        self.replaces[whole.name] = max(frames, self.replaces.get(whole.name, 0))

    def _take_record(self, segment: str, record: RawRecord) -> None:
        self._take_operations(segment, record)
        for name, author in record.authors.items():
            self._introduce(name, author)
        for name, seen in record.witness.items():
            self.witness[name] = max(seen, self.witness.get(name, (0, "")))
        for name, frames in record.replaces.items():
            self.replaces[name] = max(frames, self.replaces.get(name, 0))
        if record.slots is not None and (self.slots is None or record.h > self.slots.clock):
            self.slots = Slots(record.h, tuple(record.slots))

    def _take_operations(self, segment: str, record: RawRecord) -> None:
        actors, heads = (segment, *record.actors), self.heads
        for operation in record.ops:
            pairs = operation.v
            version = {actors[pairs[at]]: pairs[at + 1] for at in range(0, len(pairs) - 1, 2)}
            raw = bytes(operation.x)
            document = None if raw == b"null" else {RAW: raw}
            new = Head(version, operation.h, document, operation.lww, actors[operation.w])
            address = (operation.t, operation.u)
            old = heads.get(address)
            heads[address] = (new,) if old is None else add_head(old, new)

    def _introduce(self, segment: str, author: Author) -> None:
        self.authors[segment] = fuller(author, self.authors.get(segment))

    def settle(self) -> None:
        """Drop what is said twice or of nobody: witnesses of what is replaced, authors of nothing that stands here."""
        self.witness = {name: seen for name, seen in self.witness.items() if seen[0] > self.replaces.get(name, 0)}
        told = {head.author for heads in self.heads.values() for head in heads} | self.witness.keys()
        self.authors = {name: author for name, author in self.authors.items() if name in told}

    def transactions(self, opening: Opening) -> Iterator[bytes]:
        """Yield the records, each a transaction of its own; what it replaces comes last, when all else is there."""
        slots = Record() if self.slots is None else Record(slots=list(self.slots.ids), h=self.slots.clock)
        yield write_record(msgspec.structs.replace(slots, open=opening))
        for names in _slices(self.witness):
            yield write_record(Record(witness={name: self.witness[name] for name in names}))
        for names in _slices(self.authors):
            yield write_record(Record(authors={name: self.authors[name] for name in names}))
        yield from operation_records("", self._written())
        for names in _slices(self.replaces):
            yield write_record(Record(replaces={name: self.replaces[name] for name in names}))
        yield write_record(Record(close=1))

    def _written(self) -> Iterator[Written]:
        for (table, uid), heads in self.heads.items():
            for head in heads:
                yield Written(table, uid, head, head.document[RAW] if head.document is not None else b"{}")


def _slices(names: Iterable[str]) -> Iterator[list[str]]:
    named = sorted(names)
    for start in range(0, len(named), WITNESSES_A_FRAME):
        yield named[start : start + WITNESSES_A_FRAME]


class Kept(Struct, frozen=True):
    """A folded segment that was written and read again."""

    path: Path
    segment: str
    seen: Seen
    size: int


def write_fold(site: Site, folder: Path, fold: Fold, purpose: str) -> Kept:
    """Write `fold` into `folder` as one closed segment, read it again from the disk and return it if it says the same.

    Raises OSError where the disk refuses and Damaged where it does not give back what it took; nothing is left then.
    """
    fold.settle()
    segment, lock = site.randomness(16), None
    with suppress(OSError, Refused):
        lock = site.state.hold(segment.hex())
    try:
        return _written(site, folder, fold, segment, purpose)
    finally:
        if lock is not None:
            site.state.release(segment.hex(), lock, ours=True)


def _written(site: Site, folder: Path, fold: Fold, segment: bytes, purpose: str) -> Kept:
    writer = SegmentWriter(folder, site.key, segment, site.randomness(SALT_BYTES))
    program, began = f"kinship {kinship.__version__}", site.clock.now().isoformat()
    opening = Opening(site.state.device, os.uname().nodename, program, began, purpose)
    try:
        for batch in _batches(fold.transactions(opening)):
            writer.append(*([record] for record in batch))
        kept = Kept(writer.path, writer.id, (writer.frames, writer.last_tag.hex()), writer.path.stat().st_size)
        _check(site.key, kept, fold)
    except BaseException:
        with suppress(OSError):
            durable.remove_durable(writer.path)
        raise
    finally:
        writer.close()
    return kept


def _batches(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record)
        if size >= AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check(key: Key, kept: Kept, fold: Fold) -> None:
    _forget_cached(kept.path)
    found, _ = read_whole(key, [kept.path])
    again = Fold()
    whole = found.get(kept.segment)
    if whole is not None:
        again.take(whole)
        del again.replaces[kept.segment], again.authors[kept.segment]
    if whole is None or again != fold or whole.damaged or whole.tail or not whole.closed:
        raise Damaged("The disk gave back other bytes than were written.", "Nothing was removed; look after the disk.")


def _forget_cached(path: Path) -> None:
    """Have the next reading come from the disk and not from memory, where the system takes such advice."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            advise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


def segment_files(folder: Path) -> list[Path]:
    """Return every file in a log folder, by name. Raises Damaged where it cannot be listed."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise Damaged(f"The folder {folder} cannot be read.", "Look whether its drive is connected.") from error
