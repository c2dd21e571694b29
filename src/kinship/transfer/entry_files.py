"""The files of a journal: of a folder, of a zip archive (read in memory, photos passed over), or the one file."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from msgspec import Struct

from kinship.ground.errors import NotFound, Refused
from kinship.privacy.text import clean_line
from kinship.transfer.files import open_file

LARGEST = 64 * 1024 * 1024
"""Bytes of all the files that are read, together and unpacked."""
MOST_FILES = 50_000
LARGEST_LIST = 8 * 1024 * 1024
"""Bytes of the list of members at the end of an archive."""
_TAIL = 66_000
"""Bytes at the end of an archive in which its list is named."""


class Found(Struct, frozen=True):
    """The files of a journal by their names, with `/` between folders, and the endings of those that were not read."""

    files: dict[str, bytes]
    others: Counter[str]

    def __repr__(self) -> str:
        return f"Found({len(self.files)})"


def read_journal(path: Path, endings: tuple[str, ...]) -> Found:
    """Return the files with these endings (`.md`) in a folder or archive, or the one file whatever its name.

    Raises NotFound, and Refused for what is too large, too many or no archive.
    """
    others: Counter[str] = Counter()
    if path.is_dir():
        return Found(_bounded(_folder(path, endings, others)), others)
    with open_file(path) as stream:
        if _is_archive(stream):
            return Found(_bounded(_archive(stream, endings, others)), others)
        stream.seek(0)
        return Found(_bounded(iter([(path.name, stream.read(LARGEST + 1))])), others)


def _bounded(files: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = LARGEST
    for name, data in files:
        left -= len(data)
        if len(found) >= MOST_FILES or left < 0:
            raise Refused(f"That is more than {MOST_FILES:,} files or {LARGEST >> 20} MiB.")
        found[name] = data
    return found


def _folder(path: Path, endings: tuple[str, ...], others: Counter[str]) -> Iterator[tuple[str, bytes]]:
    seen = 0
    for place, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                raise Refused(f"There are more than {MOST_FILES:,} files.")
            file = Path(place) / name
            if name.startswith(".") or file.is_symlink():
                continue
            if not name.lower().endswith(endings):
                others[_ending(name)] += 1
                continue
            try:
                with open_file(file) as stream:
                    yield file.relative_to(path).as_posix(), stream.read(LARGEST + 1)
            except (NotFound, Refused):
                others["files that cannot be read"] += 1


def _is_archive(stream: BinaryIO) -> bool:
    """Whether this is a zip archive. Raises Refused for one whose list of members is out of bounds."""
    if stream.read(4) not in (b"PK\3\4", b"PK\5\6"):
        return False
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + 22:
        raise Refused("The archive cannot be read.")
    (listed,) = struct.unpack_from("<L", tail, end + 12)
    wide = tail.rfind(b"PK\6\6", 0, end)
    if wide >= 0 and len(tail) >= wide + 48:
        (listed,) = struct.unpack_from("<Q", tail, wide + 40)
    if listed > LARGEST_LIST:
        raise Refused("The archive holds too many files.", "Unpack it and give the folder.")
    return True


def _archive(stream: BinaryIO, endings: tuple[str, ...], others: Counter[str]) -> Iterator[tuple[str, bytes]]:
    left = LARGEST
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                name = _inner(member.filename)
                if member.is_dir() or not name:
                    continue
                if not name.lower().endswith(endings):
                    others[_ending(name)] += 1
                    continue
                with archive.open(member) as opened:
                    data = opened.read(left + 1)
                left -= len(data)
                yield name, data
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused("The archive cannot be read.") from error


def _inner(name: str) -> str:
    """Return a member's name without what leads out of the archive, empty for what a system hid in it."""
    parts = [one for one in PurePosixPath(name.replace("\\", "/")).parts if one not in ("..", "/", ".")]
    return "" if any(one.startswith((".", "__MACOSX")) for one in parts) else "/".join(parts)


def _ending(name: str) -> str:
    return clean_line(PurePosixPath(name).suffix.lower())[:12] or "files without an ending"
