"""The lock file of a writing session: it says where and when it was made, so that a copy of it proves nothing."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.vault.mounts import OF_ONE_MACHINE, filesystem_of

LONGEST = 512
SIGNED_WITHIN_NS = 60_000_000_000
"""A lock's inode changed last when it was signed; one that changed later is a copy, or was tampered with."""
BEGUN_WITHIN_NS = 2_000_000_000
"""A segment is created right after its lock; an empty one that changed later than this was emptied by somebody."""


class Made(Struct, frozen=True):
    """What a lock file says of its making."""

    boot: bytes
    """Names the run of the machine, as the system does."""
    host: bytes = b""
    """Names the machine; empty where it has no name of its own."""
    inode: int = 0
    at: int = 0
    """When this very inode changed last before this was written into it, ns since 1970; the system alone sets that."""

    def is_of(self, told: os.stat_result) -> bool:
        """Return whether the lock that says this is still the file that it was written into, and no copy."""
        return self.inode == told.st_ino and 0 <= told.st_ctime_ns - self.at <= SIGNED_WITHIN_NS


def this_boot() -> bytes | None:
    """Return what names this run of this machine, None where it has no name; then no lock proves anything."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
    except OSError:
        return None


def this_host() -> bytes:
    """Return what names this machine, empty where it has no name of its own."""
    try:
        machine = Path("/etc/machine-id").read_bytes().strip()
    except OSError:
        return b""
    told = machine + b"\0" + os.uname().nodename.encode()
    return hashlib.sha256(b"kinship/1 host\0" + told).hexdigest()[:32].encode() if machine else b""


def sign(file: int) -> None:
    """Write into a new lock file which run of which machine made it, and which file it is. Raises OSError."""
    os.ftruncate(file, 0)
    os.write(file, b"%b\n%b\n" % (this_boot() or b"unknown", this_host()))
    told = os.fstat(file)
    os.write(file, b"%d %d\n" % (told.st_ino, told.st_ctime_ns))


def read(file: int) -> Made | None:
    """Return what a lock file says, None where that cannot be understood."""
    lines = os.pread(file, LONGEST, 0).split(b"\n")
    if len(lines) == 2:  # noqa: PLR2004 - locks of the first version name the boot alone
        return Made(lines[0])
    with suppress(ValueError, IndexError):
        inode, at = lines[2].split(b" ")
        return Made(lines[0], lines[1], int(inode), int(at))
    return None


def is_of_the_dead(file: int, folder: Path) -> bool:
    """Return whether the maker of a lock in `folder`, which the caller holds by now, is dead for certain.

    In the same run of this machine holding its lock is proof. After a restart nothing of before runs, so the lock of
    this machine proves it too, if it is the very file and no copy from elsewhere, and lies where no other running
    system could hold it.
    """
    boot, made = this_boot(), read(file)
    if boot is None or made is None:
        return False
    if made.boot == boot:
        return True
    here = this_host()
    return bool(here) and made.host == here and made.is_of(os.fstat(file)) and filesystem_of(folder) in OF_ONE_MACHINE


def began_only(lock: Path, segment: Path) -> bool:
    """Return whether an empty segment was begun by the session of `lock` and never written since.

    A file that a syncer emptied, or put in its place, changed later than its session began.
    """
    try:
        file = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        made = read(file)
        told = segment.lstat()
        if made is None or told.st_size or not made.is_of(os.fstat(file)):
            return False
        return abs(told.st_ctime_ns - made.at) <= BEGUN_WITHIN_NS
    except OSError:
        return False
    finally:
        os.close(file)
