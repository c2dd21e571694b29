"""A folder of files that only their owner can read, written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from kinship.ground.errors import NotSaved, Refused
from kinship.privacy.files import FILE_MODE, FOLDER_MODE, replace_private, sync_folder


def write_folder(path: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Make the folder `path` (mode 0700) with these files (mode 0600): beside its place, then renamed there.

    An empty folder is taken; into one with other things in it files are put only with `force`, each in place of one of
    its name, and the others stay. Raises Refused (there already, no folder, a link, a foreign owner) or NotSaved.
    """
    for name in files:
        if not name or name.startswith(".") or Path(name).name != name:
            raise Refused("A file of an export would lie outside its folder, so nothing was written.")
    if _is_taken(path, force=force):
        for name, data in files.items():
            replace_private(path / name, data, force=True)
        return
    beside = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        beside.mkdir(mode=FOLDER_MODE)
        for name, data in files.items():
            _write(beside / name, data)
        os.sync()
        beside.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise NotSaved(f"{path} was not written: {(error.strerror or type(error).__name__).lower()}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check_folder(path: Path, *, force: bool = False) -> None:
    """Raise Refused where `write_folder` would."""
    _is_taken(path, force=force)


def _is_taken(path: Path, *, force: bool) -> bool:
    """Return whether a folder with other things in it is there, and may be added to."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(f"{path} cannot be looked at: {(error.strerror or type(error).__name__).lower()}.") from error
    if not stat.S_ISDIR(status.st_mode):
        raise Refused(f"{path} is not a folder, so it is left as it is.")
    if status.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to somebody else, so kinship does not use it.")
    try:
        with os.scandir(path) as found:
            empty = next(found, None) is None
    except OSError as error:
        raise Refused(f"{path} cannot be looked at: {(error.strerror or type(error).__name__).lower()}.") from error
    if not empty and not force:
        raise Refused(f"{path} is already there.", "Choose another name, or say --force.")
    return not empty


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        file.write(data)
