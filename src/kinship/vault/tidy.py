"""Tidying: many small closed segments become one, and nothing is removed that is not safely in another place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import NotSaved
from kinship.vault import durable
from kinship.vault.collecting import uncollected
from kinship.vault.fold import Fold, Kept, Whole, read_whole, segment_files, write_fold
from kinship.vault.log import FOLDER, stamp_of
from kinship.vault.proof import dead_writers, drop_locks, name_of
from kinship.vault.segment import HEADER_BYTES
from kinship.vault.site import Site

SMALL = 256 * 1024
"""A closed segment of fewer bytes is folded with its like ..."""
MOST_SMALL = 24
"""... when there are more of them than this."""
SHARE_OF_BASE = 4
"""The largest segment is folded too when all others together hold more than one part in so many of it."""
LOCK = "tidy.lock"
QUARANTINE = "quarantine"


class Order(Struct, frozen=True):
    """How much is to be folded."""

    asked: bool = False
    """A person asked: two small segments are enough."""
    everything: bool = False
    """Whatever can be folded is, the base too: purging."""
    set_aside: bool = False
    """Segments with damage are folded as far as they can be read, and their files go to quarantine."""


class Tidied(Struct, frozen=True):
    """What tidying did."""

    folded: tuple[str, ...] = ()
    """Ids of the segments that are in the new one now."""
    into: str | None = None
    open: tuple[Whole, ...] = ()
    """Segments that may still grow, or whose writer nothing is known of."""
    unreadable: tuple[str, ...] = ()
    """Files that stay because something in them cannot be read, or only by a later version."""
    quarantined: tuple[Path, ...] = ()
    """Where files went that could not be read to their end."""
    bytes_before: int = 0
    bytes_after: int = 0


def is_untidy(vault: Path) -> bool:
    """Return whether a closer look is worth it: one listing, nothing is read."""
    sizes = _sizes(vault / FOLDER).values()
    return sum(size < SMALL for size in sizes) > MOST_SMALL or any(size < HEADER_BYTES for size in sizes)


def quarantined(site: Site) -> tuple[Path, ...]:
    """Return the files that were set aside on this computer."""
    try:
        return tuple(sorted((site.state.folder / QUARANTINE).iterdir()))
    except OSError:
        return ()


@uncollected()
def tidy(site: Site, order: Order | None = None) -> Tidied | None:
    """Fold what should be folded; None where another tidier is at work.

    What may be removed is decided before it is read, and removed once the new segment was written, synced, read again
    and found to say the same. Raises NotSaved where the disk refuses (nothing is lost), Damaged where the log cannot be
    read at all or the disk gives back other bytes than it took.
    """
    try:
        site.state.make()
        with durable.locked(site.state.folder / LOCK, wait=False):
            return _Tidying(site, order or Order()).run()
    except BlockingIOError:
        return None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "the folder changed meanwhile"
        raise NotSaved(f"The files could not be tidied: {reason}.", "Nothing was lost; all is as before.") from error


def _sizes(folder: Path) -> dict[Path, int]:
    sizes = {}
    for path in segment_files(folder):
        try:
            told = stamp_of(path.lstat())
        except FileNotFoundError:
            continue
        if told.ordinary:
            sizes[path] = told.size
    return sizes


class _Tidying:
    """One run over a log folder, with the tidier's lock held."""

    def __init__(self, site: Site, order: Order) -> None:
        self._site = site
        self._state = site.state
        self._order = order
        self._open: list[Whole] = []
        self._unreadable: list[str] = []

    def run(self) -> Tidied:
        self._drop_unbegun()
        names = {path: name_of(self._site.key, path) for path in self._candidates()}
        with dead_writers(self._state, {name for name in names.values() if name is not None}) as dead:
            found, unread = read_whole(self._site.key, names)
            self._unreadable = [path.name for path in unread]
            ready = [whole for whole in found.values() if self._is_ready(whole, dead)]
            if not self._is_worth_it(ready):
                return Tidied(open=tuple(self._open), unreadable=tuple(self._unreadable))
            return self._fold(ready, dead)

    def _drop_unbegun(self) -> None:
        """Remove files in which a writer that died here had not even finished the head: nothing was ever in them.

        Each is looked at again once its lock is held: its writer may have saved, and died, since the folder was listed.
        """
        unbegun = {path.stem: path for path, size in _sizes(self._site.log).items() if self._is_unbegun(path, size)}
        with dead_writers(self._state, unbegun) as dead:
            now = _sizes(self._site.log) if dead else {}
            for path in (unbegun[segment] for segment in dead):
                if path in now and self._is_unbegun(path, now[path]):
                    path.unlink(missing_ok=True)
            drop_locks(self._state, (segment for segment in dead if not os.path.lexists(unbegun[segment])))

    def _is_unbegun(self, path: Path, size: int) -> bool:
        if not size:
            return self._state.began_only(path.stem, path)
        return size < HEADER_BYTES and path.stem not in self._state.marks.segments

    def _candidates(self) -> list[Path]:
        sizes = _sizes(self._site.log)
        small = {path: size for path, size in sizes.items() if size < SMALL}
        if self._order.everything:
            return list(sizes)
        if len(small) <= self._most_small:
            return []
        largest = max(sizes.values())
        return list(sizes if (sum(sizes.values()) - largest) * SHARE_OF_BASE > largest else small)

    @property
    def _most_small(self) -> int:
        return 1 if self._order.asked else MOST_SMALL

    def _is_ready(self, whole: Whole, dead: frozenset[str]) -> bool:
        """Return whether a segment can grow no more and can be carried; note why not."""
        if not whole.closed and whole.name not in dead:
            self._open.append(whole)
            return False
        if whole.strange or (whole.damaged and not self._order.set_aside):
            self._unreadable += [path.name for path in whole.files]
            return False
        return True

    def _is_worth_it(self, ready: list[Whole]) -> bool:
        if self._order.everything:
            return bool(ready)
        return sum(whole.size < SMALL for whole in ready) > self._most_small

    def _fold(self, ready: list[Whole], dead: frozenset[str]) -> Tidied:
        fold = Fold()
        for whole in ready:
            fold.take(whole)
            whole.records = []
        kept = write_fold(self._site, self._site.log, fold, "tidying")
        with suppress(OSError):
            self._state.remember({kept.segment: kept.seen}, self._state.marks.capture)
        quarantined = [path for whole in ready for path in self._remove(whole)]
        durable.sync_folder(self._site.log)
        gone = [whole.name for whole in ready if not any(path.exists() for path in whole.files)]
        drop_locks(self._state, (name for name in gone if name in dead))
        return self._told(ready, kept, gone, quarantined)

    def _remove(self, whole: Whole) -> Iterator[Path]:
        """Unlink the files of a segment that are still what was read; yield where those went that are not whole."""
        for path, stamp in whole.files.items():
            try:
                if stamp_of(path.lstat()) != stamp:
                    continue
                if whole.damaged or whole.tail:
                    yield self._quarantined(path)
                path.unlink()
            except FileNotFoundError:
                continue

    def _quarantined(self, path: Path) -> Path:
        """Copy a file into the local state and return the copy once it is durable and the same."""
        folder = self._state.folder / QUARANTINE
        durable.make_folder(folder)
        data = durable.read_regular(path)
        copy = folder / path.name
        if copy.exists():
            copy = folder / f"{path.stem}-{os.urandom(4).hex()}{path.suffix}"
        durable.create_durable(copy, data)
        if durable.read_regular(copy) != data:
            raise OSError(errno.EIO, "the copy differs")
        return copy

    def _told(self, ready: Iterable[Whole], kept: Kept, gone: list[str], quarantined: list[Path]) -> Tidied:
        return Tidied(
            folded=tuple(gone),
            into=kept.segment,
            open=tuple(self._open),
            unreadable=tuple(self._unreadable),
            quarantined=tuple(quarantined),
            bytes_before=sum(whole.size for whole in ready),
            bytes_after=kept.size,
        )
