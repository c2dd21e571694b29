"""Reading files of others within bounds: a size, a number of members, and nothing of an archive unpacked to disk."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kinship.ground.errors import NotFound, Refused
from kinship.privacy.text import clean_line

LARGEST = 32 * 1024 * 1024
"""Bytes of all files of an import together, unpacked."""
MOST_FILES = 500


def open_file(path: Path) -> BinaryIO:
    """Open one file, without waiting for what is a pipe. Raises NotFound, and Refused for what is no file."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {clean_line(path.name)}.") from error
    except OSError as error:
        raise Refused(f"{clean_line(path.name)} cannot be read: {os.strerror(error.errno or 0)}.") from error
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise Refused(f"{clean_line(path.name)} is no file.")
    return os.fdopen(opened, "rb")


def read_file(path: Path, *, largest: int = LARGEST) -> bytes:
    """Return the content of one file. Raises NotFound, and Refused for what is no file or too large."""
    with open_file(path) as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise Refused(f"{clean_line(path.name)} is larger than {largest >> 20} MiB.")
    return data


def read_set(path: Path) -> dict[str, bytes]:
    """Return the files of a folder, of a zip archive, or the one file, by their names without any folder.

    Raises NotFound, and Refused for what is too large, too many or no archive.
    """
    if path.is_dir():
        return _bounded(_folder(path))
    data = read_file(path)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {path.name: data}
    return _bounded(_archive(data))


def _bounded(files: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = LARGEST
    for number, (name, data) in enumerate(files):
        left -= len(data)
        if number >= MOST_FILES or left < 0:
            raise Refused(f"That is more than {MOST_FILES} files or {LARGEST >> 20} MiB.")
        found[name] = data
    return found


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for number, file in enumerate(sorted(path.iterdir())):
        if number > MOST_FILES:
            raise Refused(f"There are more than {MOST_FILES} files.")
        if file.is_file() and not _is_hidden(file.name):
            yield file.name, read_file(file)


def _archive(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > LARGEST:
                raise Refused(f"The archive holds more than {MOST_FILES} files or {LARGEST >> 20} MiB.")
            for member in members:
                with archive.open(member) as stream:
                    yield PurePosixPath(member.filename).name, stream.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused("The archive cannot be read.") from error


def _is_hidden(name: str) -> bool:
    """Whether a member is none that a person put there: what macOS adds to archives, and hidden files."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith(".")


def text_of(data: bytes) -> str:
    """Return a text file as text, with or without a byte order mark. Raises Refused for what is none."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("That is no text that can be read (UTF-8 is expected).") from error
