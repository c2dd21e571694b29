"""Folders that live for one run: locked while it lasts, wiped at its end, or at the next start where it was killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from kinship.privacy.mounts import IN_MEMORY, mount_of

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - each folder in it is made private
RUNTIME = "XDG_RUNTIME_DIR"
_OURS = re.compile("kinship-(demo|editor)-[a-z0-9_]{8}")
"""The names of such folders: what one is for, and what makes it the only one."""
_ZEROS = bytes(64 * 1024)
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def memory_places(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders that are in memory by custom and can be written to, the person's own first."""
    told = environment.get(RUNTIME, "")
    places = [Path(told)] if Path(told).is_absolute() else []
    return tuple(place for place in (*places, SHARED_MEMORY) if place.is_dir() and os.access(place, os.W_OK | os.X_OK))


def true_memory(environment: Mapping[str, str], mounts: str) -> Path | None:
    """Return the first of them that lies on a memory file system by the table of mounts; None where none does."""
    for place in memory_places(environment):
        mount = mount_of(place.resolve(), mounts)
        if mount is not None and mount.kind in IN_MEMORY:
            return place
    return None


@contextlib.contextmanager
def throw_away(kind: str, place: Path | None) -> Iterator[Path]:
    """Give a new private folder for one run of `kind`, below `place` or the folder for such files; wiped at the end.

    While it is there its lock is held, so that another start leaves it alone. Raises OSError where none can be made.
    """
    folder, lock = _made(kind, place)
    try:
        yield folder
    finally:
        wipe(folder)
        os.close(lock)


def _made(kind: str, place: Path | None) -> tuple[Path, int]:
    """Return a new folder and the descriptor that locks it; a start that sweeps may take one in between: once more."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"kinship-{kind}-", dir=place))
        lock = _lock(folder)
        if lock is not None:
            return folder, lock


def _lock(folder: Path) -> int | None:
    """Return a descriptor that holds the lock of a folder that is still there; None where another has it."""
    try:
        lock = os.open(folder, _FOLDER)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held, there = os.fstat(lock), folder.lstat()
    except OSError:
        os.close(lock)
        return None
    if (held.st_dev, held.st_ino, held.st_uid) != (there.st_dev, there.st_ino, os.geteuid()):
        os.close(lock)
        return None
    return lock


def sweep_leftovers(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Wipe the folders of runs that were killed and return them; those of running ones and of other people stay."""
    found = []
    temporary = Path(environment.get("TMPDIR") or "/tmp")  # noqa: S108 - asking tempfile would write there
    for place in dict.fromkeys((*memory_places(environment), temporary)):
        with contextlib.suppress(OSError):
            found += [folder for folder in sorted(place.iterdir()) if _OURS.fullmatch(folder.name) and _swept(folder)]
    return tuple(found)


def _swept(folder: Path) -> bool:
    lock = _lock(folder)
    if lock is None:
        return False
    try:
        wipe(folder)
    finally:
        os.close(lock)
    return True


def wipe(folder: Path) -> None:
    """Overwrite every file below `folder`, then remove it all; links are removed, never followed."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    path.chmod(stat.S_IRWXU)
                wipe(path)
            else:
                with contextlib.suppress(OSError):
                    _overwrite(path)
                with contextlib.suppress(OSError):
                    path.unlink()
        folder.rmdir()


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        told = os.fstat(descriptor)
        left = told.st_size if stat.S_ISREG(told.st_mode) and told.st_nlink == 1 else 0
        while left > 0:
            left -= os.write(descriptor, _ZEROS[:left])
    finally:
        os.close(descriptor)
