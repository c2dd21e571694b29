"""Writing so that it stays written: exclusive creation, whole writes, fsync of files and folders, locks."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinship.ground.errors import Refused

FILE_MODE = 0o600
FOLDER_MODE = 0o700
OTHERS = 0o077
UNSUPPORTED = frozenset({errno.ENOTSUP, errno.EINVAL, errno.EOPNOTSUPP})
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_all(file: int, data: bytes) -> None:
    """Write every byte, however little the system takes at once."""
    left = memoryview(data)
    while left:
        written = os.write(file, left)
        if written <= 0:
            raise OSError(errno.EIO, "nothing was written")
        left = left[written:]


def sync_file(file: int) -> None:
    """Return when the drive has the bytes; on macOS that takes F_FULLFSYNC, where the file system knows it."""
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(file, full)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
        else:
            return
    os.fsync(file)


def sync_folder(folder: Path) -> bool:
    """Make new and removed names durable; return False where the file system has no such thing."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        return False
    finally:
        os.close(handle)
    return True


def read_regular(path: Path, start: int = 0, most: int = -1) -> bytes:
    """Return what an ordinary file holds from `start` on; never follows a link or waits for a pipe."""
    with os.fdopen(os.open(path, _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        file.seek(start)
        return file.read(most)


def open_new(path: Path) -> int:
    """Return a descriptor on a file that did not exist before this call, for appending."""
    return os.open(path, _CREATE | os.O_APPEND, FILE_MODE)


def create_durable(path: Path, data: bytes) -> None:
    """Create `path`, which must not exist, with `data`; return when both survive a power cut."""
    file = open_new(path)
    try:
        write_all(file, data)
        sync_file(file)
    finally:
        os.close(file)
    sync_folder(path.parent)


def replace_durable(path: Path, data: bytes) -> None:
    """Put `data` in place of `path` whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    file = open_new(beside)
    try:
        try:
            write_all(file, data)
            sync_file(file)
        finally:
            os.close(file)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def remove_durable(path: Path) -> None:
    """Remove a file for good; one that is not there is fine."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make sure of a folder that only its owner can look into, parents included; its name survives a power cut."""
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            sync_folder(folder.parent)
    check_owner(path)
    close_to_others(path)


def check_owner(path: Path) -> None:
    """Raise Refused when `path` belongs to somebody else."""
    if path.stat().st_uid != os.geteuid():
        raise Refused(f"{path} belongs to another user.", "Use a folder of your own.")


def tighten(path: Path) -> None:
    """Take the group's and everybody's bits away, where the file system has modes and is writable."""
    try:
        told = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISLNK(told.st_mode) and told.st_mode & OTHERS:
        try:
            path.chmod(stat.S_IMODE(told.st_mode) & 0o700)
        except OSError as error:
            if error.errno not in {errno.EROFS, errno.EPERM, *UNSUPPORTED}:
                raise


def close_to_others(folder: Path) -> None:
    """Take the group's and everybody's bits from a folder; raise Refused where they stay though modes hold there.

    Where the file system keeps no modes (exFAT, most of SMB) or nothing can be written they stay, and `doctor` says so.
    """
    tighten(folder)
    if folder.stat().st_mode & OTHERS and keeps_modes(folder):
        raise Refused(
            f"{folder} stays open to other users of this computer, though its drive keeps modes.",
            f"Close it with: chmod go= {folder}",
        )


def keeps_modes(folder: Path) -> bool:
    """Return whether what is made in `folder` for its owner alone stays so; False where nothing can be made there."""
    probe = folder / f".mode-probe-{os.urandom(4).hex()}"
    try:
        probe.mkdir(FOLDER_MODE)
        try:
            return not probe.lstat().st_mode & OTHERS
        finally:
            probe.rmdir()
    except OSError:
        return False


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold an exclusive lock on the file `path` while the block runs; waits for others, or raises BlockingIOError."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)
