"""Reading the log: the union of all segments that lie in it, again and again while others write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import Damaged
from kinship.vault import durable, place
from kinship.vault.crypto import Key
from kinship.vault.frame import read_frames
from kinship.vault.records import Author, Opening, ReadRecord, Slots, read_record
from kinship.vault.segment import HEADER_BYTES, Header, Kind, Unread, read_header
from kinship.vault.view import SegmentView

FOLDER = place.LOG
MOST_ROUNDS = 16
"""How often a listing is taken again when segments keep vanishing while they are read."""

Seen = tuple[int, str]
"""How many frames a segment has at least, and the tag of the last of these, in hex."""


class Stamp(Struct, frozen=True):
    """What tells that a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed: int
    ordinary: bool
    """Whether it is a file at all, and no link, folder or pipe."""


class File(Struct):
    """What is known of one file in the log folder."""

    stamp: Stamp | None
    """None for a file that could not be read: it is tried again."""
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
        self.authors: dict[str, Author] = {}
        """Who wrote each segment that anything is known of."""
        self.replaced: dict[str, int] = {}
        """Segments that were folded into others, and how many of their frames."""
        self.slots: Slots | None = None
        self.strange = 0
        """How many records only a later version understands."""
        self.files: dict[str, File] = {}
        """What lies in the folder, by name."""
        self._key = key

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

    def _listing(self, mine: Path | None) -> dict[str, Stamp]:
        found: dict[str, Stamp] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if mine is None or entry.name != mine.name:
                        with suppress(FileNotFoundError):
                            told = entry.stat(follow_symlinks=False)
                            found[entry.name] = stamp_of(told)
        except OSError as error:
            raise Damaged(
                f"The folder {self.folder} cannot be read.", "Look whether its drive is connected."
            ) from error
        return dict(sorted(found.items()))

    def _forget_all_but(self, names: dict[str, Stamp]) -> None:
        for name in self.files.keys() - names.keys():
            del self.files[name]

    def _read(self, name: str, stamp: Stamp) -> Iterator[tuple[str, ReadRecord]]:
        known = self.files.get(name)
        if known is not None and known.stamp == stamp:
            return
        if not stamp.ordinary:
            self.files[name] = File(stamp, Unread("foreign"))
            return
        start = known.end if known is not None and _has_grown(known, stamp) else 0
        try:
            data = durable.read_regular(self.folder / name, start)
        except FileNotFoundError:
            return
        except OSError:
            self.files[name] = File(None, Unread("unreadable"))
            return
        if not start or known is None:
            known = self.files[name] = File(stamp, read_header(self._key, Kind.LOG, data), HEADER_BYTES)
        known.stamp = stamp
        if isinstance(known.header, Header):
            yield from self._take(known, known.header, data, start)

    def _take(self, file: File, header: Header, data: bytes, start: int) -> Iterator[tuple[str, ReadRecord]]:
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
        else:
            view.beside += 1
        if record.open is not None:
            view.device = record.open.name
            self.introduce(view.name, record.open)
        for segment, author in record.authors.items():
            self.authors[segment] = fuller(author, self.authors.get(segment))
        view.closed |= bool(record.close)
        for segment, frames in record.replaces.items():
            self.replaced[segment] = max(frames, self.replaced.get(segment, 0))
        for segment, seen in record.witness.items():
            self.witnessed[segment] = max(seen, self.witnessed.get(segment, (0, "")))
        if record.slots is not None and (self.slots is None or record.h > self.slots.clock):
            self.slots = Slots(record.h, tuple(record.slots))

    def introduce(self, segment: str, opening: Opening) -> None:
        """Take down who writes a segment, as it says itself."""
        told = Author(opening.device, opening.name, opening.at)
        self.authors[segment] = fuller(told, self.authors.get(segment))

    def author(self, segment: str) -> Author:
        """Return who wrote a segment, and how many of its saves are known of."""
        told = self.authors.get(segment, Author())
        view = self.segments.get(segment)
        return told if view is None else fuller(told, Author(saves=view.saves))

    def seen(self) -> dict[str, Seen]:
        """Return how far each segment was read, as whole transactions go."""
        settled = {name: view.settled for name, view in self.segments.items()}
        return {name: seen for name, seen in settled.items() if seen[0]}


def fuller(one: Author, other: Author | None) -> Author:
    """Return what two say of one segment, the first one counting for its name."""
    if other is None:
        return one
    first, second = (one, other) if one.name or one.device else (other, one)
    return Author(first.device, first.name, first.at or second.at, max(one.saves, other.saves))


def stamp_of(told: os.stat_result) -> Stamp:
    return Stamp(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, stat.S_ISREG(told.st_mode))


def _has_grown(file: File, stamp: Stamp) -> bool:
    old = file.stamp
    return (
        old is not None
        and isinstance(file.header, Header)
        and not file.spoilt
        and (old.device, old.inode) == (stamp.device, stamp.inode)
        and stamp.size > old.size
    )
