"""Proof that a segment can grow no more: its own farewell, or the lock of a writer that died on this computer."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kinship.vault import durable, writer_lock
from kinship.vault.crypto import Key
from kinship.vault.segment import HEADER_BYTES, Header, Kind, read_header
from kinship.vault.state import WRITERS, LocalState


@contextmanager
def dead_writers(state: LocalState, segments: Iterable[str]) -> Iterator[frozenset[str]]:
    """Hold the locks of those among `segments` whose writer died here; give their ids.

    A lock that is absent, held by somebody, or made on another machine proves nothing, and no copy of one does.
    """
    with ExitStack() as held:
        dead = set()
        for segment in segments:
            file = _taken(state.folder / WRITERS / segment)
            if file is not None:
                held.callback(os.close, file)
                dead.add(segment)
        yield frozenset(dead)


def _taken(path: Path) -> int | None:
    """Return a descriptor that holds the lock at `path`, if its writer is dead."""
    try:
        file = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if writer_lock.is_of_the_dead(file, path.parent):
            return file
    except OSError:
        pass
    os.close(file)
    return None


def drop_locks(state: LocalState, segments: Iterable[str]) -> None:
    """Remove the lock files of segments that are gone."""
    for segment in segments:
        with suppress(OSError):
            (state.folder / WRITERS / segment).unlink(missing_ok=True)


def name_of(key: Key, file: Path) -> str | None:
    """Return the id of the segment in `file`, None where it holds none that this key can read."""
    try:
        header = read_header(key, Kind.LOG, durable.read_regular(file, most=HEADER_BYTES))
    except OSError:
        return None
    return header.name if isinstance(header, Header) else None
