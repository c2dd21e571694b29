"""Reading the log: the union of all segments that lie in it, again and again while others write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kinship.vault.crypto import Key
from kinship.vault.frame import read_frames
from kinship.vault.records import ReadRecord, Slots, read_record
from kinship.vault.segment import HEADER_BYTES, Header, Kind, Unread, read_header
from kinship.vault.values import Notice
from kinship.vault.view import SegmentView

FOLDER = "log"
MOST_ROUNDS = 16
"""How often a listing is taken again when segments keep vanishing while they are read."""

Seen = tuple[int, str]
"""How many frames a segment has at least, and the tag of the last of these, in hex."""


class _Stamp(Struct, frozen=True):
    """What tells that a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed: int


class _File(Struct):
    """What is known of one file in the log folder."""

    stamp: _Stamp
    header: Header | Unread
    end: int = 0
    """Offset behind the last good frame."""
    frames: int = 0
    """One more than the index of that frame."""
    spoilt: bool = False
    """Whether bytes before `end` could not be read."""


class Log:
    """Everything in `log/` that can be read with one key."""

    def __init__(self, vault: Path, key: Key) -> None:
        self.folder = vault / FOLDER
        self.segments: dict[str, SegmentView] = {}
        self.witnessed: dict[str, Seen] = {}
        """The most that any readable session says of a segment."""
        self.replaced: set[str] = set()
        """Segments that were folded into others."""
        self.slots: Slots | None = None
        self.strange = 0
        """How many records only a later version understands."""
        self._key = key
        self._files: dict[str, _File] = {}

    def look(self, mine: Path | None = None) -> Iterator[tuple[str, ReadRecord]]:
        """Yield segment and record of everything new since the last look; `mine` is not read.

        The folder is listed again until no segment vanished or came while it was read.
        """
        for _ in range(MOST_ROUNDS):
            before = self._listing(mine)
            for name, stamp in before.items():
                yield from self._read(name, stamp)
            self._forget_all_but(before)
            if self._listing(mine).keys() == before.keys():
                break

    def _listing(self, mine: Path | None) -> dict[str, _Stamp]:
        found: dict[str, _Stamp] = {}
        with os.scandir(self.folder) as entries:
            for entry in entries:
                try:
                    told = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(told.st_mode) and not (mine is not None and entry.name == mine.name):
                    found[entry.name] = _Stamp(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)
        return dict(sorted(found.items()))

    def _forget_all_but(self, names: dict[str, _Stamp]) -> None:
        for name in self._files.keys() - names.keys():
            del self._files[name]

    def _read(self, name: str, stamp: _Stamp) -> Iterator[tuple[str, ReadRecord]]:
        known = self._files.get(name)
        if known is not None and known.stamp == stamp:
            return
        grown = (
            known is not None
            and isinstance(known.header, Header)
            and not known.spoilt
            and (known.stamp.device, known.stamp.inode) == (stamp.device, stamp.inode)
            and stamp.size > known.stamp.size
        )
        start = known.end if grown and known is not None else 0
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(start)
                data = file.read()
        except FileNotFoundError:
            return
        if not grown or known is None:
            header = read_header(self._key, Kind.LOG, data)
            known = self._files[name] = _File(stamp, header, HEADER_BYTES)
            start = 0
        known.stamp = stamp
        if isinstance(known.header, Header):
            yield from self._take(known, known.header, data, start)

    def _take(self, file: _File, header: Header, data: bytes, start: int) -> Iterator[tuple[str, ReadRecord]]:
        view = self.segments.setdefault(header.name, SegmentView(header.name))
        for frame in read_frames(header.cipher, data, file.end - start, file.frames):
            file.spoilt |= start + frame.start != file.end
            file.end, file.frames = start + frame.end, frame.number + 1
            twin = view.take(frame)
            if twin is not None:
                yield from self._understood(view, twin)
        for body in view.ripe():
            yield from self._understood(view, body)

    def _understood(self, view: SegmentView, body: bytes | memoryview) -> Iterator[tuple[str, ReadRecord]]:
        record = read_record(body)
        if record is None:
            self.strange += 1
            return
        if record.ops:
            yield view.name, record
        if record.open is not None:
            view.device = record.open.name
        view.closed |= bool(record.close)
        self.replaced.update(record.replaces)
        for segment, seen in record.witness.items():
            self.witnessed[segment] = max(seen, self.witnessed.get(segment, (0, "")))
        if record.slots is not None and (self.slots is None or record.h > self.slots.clock):
            self.slots = Slots(record.h, tuple(record.slots))

    def seen(self) -> dict[str, Seen]:
        """Return how far each segment was read."""
        return {name: (view.frames, view.last_tag.hex()) for name, view in self.segments.items() if view.frames}

    def notices(self, marks: dict[str, Seen], mine: frozenset[str]) -> Iterator[Notice]:
        """Yield what a person should know, `marks` being what this computer remembers to have read, `mine` our segment."""
        for name, file in self._files.items():
            if isinstance(file.header, Unread):
                yield _unread(f"{FOLDER}/{name}", file.header)
            elif file.stamp.size > file.end and self.segments[file.header.name].frames <= file.frames:
                yield _tail(name)
            elif file.spoilt and not self.segments[file.header.name].lost():
                yield Notice(
                    "damaged",
                    f"{FOLDER}/{name}",
                    "This file holds foreign bytes between its saves; all saves are here.",
                )
        for view in self.segments.values():
            yield from _of_segment(view)
        expected = dict(marks)
        for segment, seen in self.witnessed.items():
            expected[segment] = max(seen, expected.get(segment, (0, "")))
        for segment, seen in expected.items():
            if segment not in mine:
                yield from self._against(segment, seen)
        if self.strange:
            yield Notice(
                "newer", FOLDER, f"{self.strange} records were written by a later kinship and are kept unread."
            )

    def _against(self, segment: str, seen: Seen) -> Iterator[Notice]:
        frames, tag = seen
        view = self.segments.get(segment)
        where = f"{FOLDER}/{segment}"
        if view is None:
            if segment not in self.replaced:
                yield Notice("missing", where, f"A writing session of {frames} saves is not in the folder (yet).")
        elif view.frames < frames:
            device = f" from {view.device}" if view.device else ""
            yield Notice("missing", where, f"{frames - view.frames} saves{device} are not in the folder (yet).")
        elif frames and view.tag(frames - 1) not in (None, bytes.fromhex(tag)):
            yield Notice("damaged", where, "A writing session is not the one that was read before.")


def _tail(name: str) -> Notice:
    sentence = "The end of a writing session was cut off before it was saved; everything before it is here."
    return Notice("tail", f"{FOLDER}/{name}", sentence)


def _of_segment(view: SegmentView) -> Iterator[Notice]:
    where = f"{FOLDER}/{view.name}"
    lost = view.lost()
    if lost:
        count = f"{len(lost)} damaged part{'s' if len(lost) > 1 else ''}"
        yield Notice("damaged", where, f"A writing session has {count} that cannot be read; the rest is here.")
    if view.unfinished:
        yield Notice("tail", where, "The last save of a writing session is not whole and was left out.")
    if view.forked:
        yield Notice("forked", where, "A writing session went on twice from one point; both are kept.")


_WHY = {
    "empty": ("missing", "This file is empty here: it may not have been downloaded yet."),
    "short": ("tail", "This writing session was cut off before its first save."),
    "foreign": ("foreign", "This file does not belong to this vault and is left alone."),
    "newer": ("newer", "This writing session was written by a later kinship; install the newest version to read it."),
    "other_key": ("other_key", "This writing session was written under another key and cannot be read."),
    "damaged": ("damaged", "The head of this writing session is damaged; it cannot be read."),
}


def _unread(where: str, header: Unread) -> Notice:
    what, sentence = _WHY[header.why]
    return Notice(what, where, sentence)
