"""Which file system a place lies on, from the table of mounts that Linux shows (proc(5), mountinfo)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

MOUNTINFO = Path("/proc/self/mountinfo")
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_FIELDS = 5


class Mount(NamedTuple):
    """One line of the table."""

    point: str
    kind: str
    source: str
    device: str
    """Major and minor number, `253:0`."""


def mounts_in(table: str) -> tuple[Mount, ...]:
    """Return the mounts of a table; lines that are none are left out."""
    found = []
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, told = before.split(" "), after.split(" ")
        if len(fields) >= _FIELDS and told[0]:
            source = told[1] if len(told) > 1 else ""
            found.append(Mount(_plain(fields[4]), told[0], _plain(source), fields[2]))
    return tuple(found)


def mount_of(place: Path, table: str) -> Mount | None:
    """Return the mount that the absolute path `place` lies on, the last of the longest; None where none is told."""
    best: Mount | None = None
    for mount in mounts_in(table):
        inside = str(place) == mount.point or str(place).startswith(mount.point.rstrip("/") + "/")
        if inside and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def read_mounts(file: Path = MOUNTINFO) -> str:
    """Return the table of this machine, empty where the system shows none."""
    try:
        return file.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _plain(field: str) -> str:
    for escaped, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(escaped, letter)
    return field
