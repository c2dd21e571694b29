"""Files and folders that only their owner can read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from kinship.ground.errors import NotSaved, Refused

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_OTHERS = 0o077


def private_folder(path: Path) -> None:
    """Make `path` a folder of ours that nobody else can enter; missing parents are made the same way.

    An existing one loses its group and other bits. Raises Refused for a file, a link or a foreign owner, NotSaved
    where the system refuses.
    """
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=FOLDER_MODE)
            sync_folder(path.parent)
    except (FileExistsError, NotADirectoryError) as error:
        raise Refused(f"{path} lies below something that is not a folder.") from error
    except OSError as error:
        raise NotSaved(f"The folder {path} cannot be made: {_reason(error)}.") from error
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        what = "is a link" if path.is_symlink() else "cannot be opened" if path.is_dir() else "is not a folder"
        raise Refused(f"{path} {what}, so kinship does not use it.") from error
    try:
        _own(path, os.fstat(descriptor))
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        if mode & _OTHERS:
            with contextlib.suppress(PermissionError):  # file systems without modes refuse; `doctor` names them
                os.fchmod(descriptor, mode & ~_OTHERS)
    finally:
        os.close(descriptor)


def create_private(path: Path, data: bytes) -> None:
    """Write a new file of mode 0600 and make it durable; raises Refused where something is there, else NotSaved."""
    try:
        _write_new(path, data)
    except FileExistsError as error:
        raise Refused(f"{path} is already there.") from error
    except OSError as error:
        raise NotSaved(f"{path} was not written: {_reason(error)}.") from error


def replace_private(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` beside `path` and rename it there, mode 0600; a link is followed to its target.

    Without `force` nothing that is there is replaced. Raises Refused (there already, no plain file, a foreign owner)
    or NotSaved; either way what was there is untouched.
    """
    target = check_replaceable(path, force=force)
    beside = target.with_name(f".{secrets.token_hex(8)}.new")
    try:
        _write_new(beside, data)
        with _unlinked_after(beside):
            _put_in_place(beside, target, force=force)
        sync_folder(target.parent)
    except FileExistsError as error:
        raise Refused(f"{path} is already there.", "Choose another name, or say --force.") from error
    except OSError as error:
        raise NotSaved(f"{path} was not written: {_reason(error)}.") from error


def check_replaceable(path: Path, *, force: bool = False) -> Path:
    """Return where `replace_private` would write, links followed; raises Refused where it would."""
    target = path.resolve() if path.is_symlink() else path
    try:
        status = target.lstat()
    except FileNotFoundError:
        return target
    except OSError as error:
        raise Refused(f"{path} cannot be looked at: {_reason(error)}.") from error
    if not stat.S_ISREG(status.st_mode):
        raise Refused(f"{path} is not a plain file, so it is left as it is.")
    if not force:
        raise Refused(f"{path} is already there.", "Choose another name, or say --force.")
    _own(path, status)
    return target


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable; file systems that cannot are let be (OSError for all else)."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _own(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to somebody else, so kinship does not use it.")


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, FILE_MODE)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _put_in_place(beside: Path, target: Path, *, force: bool) -> None:
    if force:
        beside.replace(target)
        return
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: look once more, then rename
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        beside.rename(target)


@contextlib.contextmanager
def _unlinked_after(beside: Path) -> Iterator[None]:
    try:
        yield
    finally:
        beside.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
