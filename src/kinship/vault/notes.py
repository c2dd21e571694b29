"""The inbox of a vault: sealed notes that wait in files, opened with the capture key, removed once they are kept.

Anybody who has the public key can write one, and anybody who can write the folder can put anything there: a file is
read without following links, in bounded size and number, and what cannot be opened stays where it is and is named.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kinship.ground.errors import KinshipError
from kinship.privacy.text import clean
from kinship.vault import crypto, durable, sealing
from kinship.vault.crypto import Key
from kinship.vault.identity import NAME, read_identity
from kinship.vault.padding import unpadded
from kinship.vault.pinned import read_pinned
from kinship.vault.sealing import ENDING, FOLDER, Address, info_of
from kinship.vault.values import Notice

MOST_NOTES = 500
"""Notes taken in for one unlock."""
MOST_READ = 2000
"""Files read at one look: a flood of what is no note costs no more."""
MOST_LISTED = 20_000
ID_BYTES = 16
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_YEARS = range(1970, 3000)
"""Years a note may say; arithmetic with days stays possible on both sides."""
_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,40}")
HALF_KEPT_FOR = 86_400.0
"""Seconds after which nobody is writing a note any more that has not its name yet."""
_HALF = re.compile(rf"\.[0-9a-f]{{32}}{re.escape(ENDING)}\.[0-9a-f]{{12}}\.new")
"""The name of a note while it is written."""
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Fault(StrEnum):
    """Why a file in the inbox is not taken in; the value completes "a file is …"."""

    ABSENT = "empty or not downloaded yet"
    STRANGE = "no note"
    NEWER = "of a later kinship"
    ELSEWHERE = "meant for another journal"
    SEALED = "damaged or sealed to another key"
    TOO_LONG = "too long"


class SealedNote(Struct, frozen=True):
    """A note that was opened."""

    id: str
    """The first 16 bytes of the SHA-256 of its file, in hex."""
    at: dt.datetime
    """When it was written, as it says itself: nobody vouches for it."""
    zone: str
    text: str
    """Clean, with at least one word."""

    def __repr__(self) -> str:
        return f"SealedNote({self.id})"


class _Told(Struct):
    at: str
    text: str
    zone: str = "UTC"


class _File(NamedTuple):
    name: str
    stamp: tuple[int, int, int, int]


class Look(NamedTuple):
    """What one look into the inbox found."""

    notes: tuple[SealedNote, ...] = ()
    """New notes, each once."""
    done: tuple[_File, ...] = ()
    """The files of these, and of notes that were known: to be removed once the notes are kept."""
    repeated: bool = False
    """Whether any was known before."""
    left: int = 0
    """How many more wait beyond what is taken in at once."""
    faults: tuple[tuple[str, Fault], ...] = ()
    """Name and fault of each file that cannot be taken in."""

    def notices(self) -> Iterator[Notice]:
        """Yield what a person should know of it."""
        if self.left:
            files = "1 more file waits" if self.left == 1 else f"{self.left} more files wait"
            yield Notice("inbox", FOLDER, f"{files} in the inbox; they come in at a later unlock.")
        if self.faults:
            told = Counter(fault for _, fault in self.faults)
            kinds = ", ".join(f"{n} {fault}" for fault, n in sorted(told.items()))
            sentence = f"{len(self.faults)} files in the inbox stay where they are: {kinds}."
            if len(self.faults) == 1:
                sentence = f"A file in the inbox is {self.faults[0][1]}; it stays where it is."
            name = self.faults[0][0] if len(self.faults) == 1 else ""
            yield Notice("inbox", f"{FOLDER}/{name}", sentence)


def note_id(data: bytes) -> str:
    """Return the id of a note by the bytes of its file: the same on every device."""
    return crypto.sha256(data)[:ID_BYTES].hex()


def address_of(key: Key) -> Address:
    """Return whom notes for the vault of `key` are sealed to."""
    return Address(key.vault, crypto.capture_public(key))


def open_note(key: Key, data: bytes) -> SealedNote | Fault:
    """Return the note in the bytes of a file, or why there is none."""
    fault = _fault_of_head(key, data)
    if fault is not None:
        return fault
    body = _unsealed(key, data[sealing.HEAD_BYTES :])
    record = None if body is None else unpadded(body)
    return Fault.SEALED if record is None else _understood(note_id(data), record)


def _fault_of_head(key: Key, data: bytes) -> Fault | None:
    magic, suite = len(sealing.MAGIC), len(sealing.MAGIC + sealing.SUITE)
    wrong = (
        (Fault.ABSENT, not data),
        (Fault.TOO_LONG, len(data) > sealing.MOST_FILE),
        (Fault.STRANGE, data[: magic - 1] != sealing.MAGIC[:-1]),
        (Fault.SEALED, len(data) < sealing.HEAD_BYTES),
        (Fault.NEWER, data[magic - 1 : suite] != sealing.MAGIC[-1:] + sealing.SUITE),
        (Fault.ELSEWHERE, data[suite : sealing.HEAD_BYTES] != key.vault),
    )
    return next((fault for fault, is_so in wrong if is_so), None)


def _unsealed(key: Key, sealed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - costs 50 ms, late
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - costs 50 ms, late
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - costs 50 ms, late

    private = X25519PrivateKey.from_private_bytes(key.derive(crypto.CAPTURE))
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    try:
        return suite.decrypt(sealed, private, info_of(key.vault))
    except (InvalidTag, ValueError):
        return None


def _understood(id_: str, record: memoryview) -> SealedNote | Fault:
    try:
        told = msgspec.json.decode(record, type=_Told)
        at = dt.datetime.fromisoformat(told.at) if _TIME.fullmatch(told.at) else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return Fault.SEALED
    text = clean(told.text)
    if at is None or at.year not in _YEARS or not text.strip():
        return Fault.SEALED
    if len(text.encode()) > sealing.MOST_TEXT:
        return Fault.TOO_LONG
    return SealedNote(id_, at, told.zone if _ZONE.fullmatch(told.zone) else "UTC", text)


class Inbox:
    """The folder `inbox/` of one vault, for as long as it is unlocked."""

    def __init__(self, vault: Path, key: Key) -> None:
        self.vault = vault
        self._key = key
        self._taken = 0

    @property
    def address(self) -> Address:
        """Whom notes are sealed to, computed anew from the master key."""
        return address_of(self._key)

    def look(self, known: Callable[[str], bool], room: int = MOST_NOTES) -> Look:
        """Return what waits, at most `room` notes; `known` says whether the id of a note was ever kept here."""
        room = min(room, MOST_NOTES - self._taken)
        try:
            folder = self._open_folder()
        except FileNotFoundError:
            return Look()
        except OSError:
            return Look(faults=(("", Fault.STRANGE),))
        try:
            return self._look(folder, known, room)
        finally:
            os.close(folder)

    def _look(self, folder: int, known: Callable[[str], bool], room: int) -> Look:
        names = _names_in(folder)
        notes: dict[str, SealedNote] = {}
        done: list[_File] = []
        faults: list[tuple[str, Fault]] = []
        repeated, left = False, max(0, len(names) - MOST_READ)
        for name in names[:MOST_READ]:
            read = _read(name, folder)
            if not isinstance(read, tuple):
                faults += [(name, read)] if read is not None else []
                continue
            stamp, data = read
            id_ = note_id(data)
            repeated |= known(id_)
            if known(id_) or id_ in notes:
                done.append(_File(name, stamp))
                continue
            if len(notes) >= room:
                left += 1
                continue
            note = open_note(self._key, data)
            if isinstance(note, Fault):
                faults.append((name, note))
            else:
                notes[id_] = note
                done.append(_File(name, stamp))
        return Look(tuple(notes.values()), tuple(done), repeated, left, tuple(faults))

    def remove(self, look: Look) -> None:
        """Remove the files of a look whose notes are kept; one that changed meanwhile, or cannot be removed, stays."""
        self._taken += len(look.notes)
        if not look.done:
            return
        with suppress(OSError):
            if look.repeated:
                self._settle()
            folder = self._open_folder()
            try:
                for file in look.done:
                    if _stamp(os.stat(file.name, dir_fd=folder, follow_symlinks=False)) == file.stamp:
                        os.unlink(file.name, dir_fd=folder)
                os.fsync(folder)
            finally:
                os.close(folder)

    def drop(self, name: str) -> bool:
        """Remove one file, whatever it is save a folder; return whether it was there. Raises OSError."""
        if "/" in name or name in {".", ".."}:
            return False
        folder = self._open_folder()
        try:
            os.unlink(name, dir_fd=folder)
            os.fsync(folder)
        except FileNotFoundError:
            return False
        finally:
            os.close(folder)
        return True

    def sweep(self, now: dt.datetime) -> int:
        """Remove what a jot that was killed left half written, a day ago at least; return how many files."""
        swept = 0
        with suppress(OSError):
            folder = self._open_folder()
            try:
                with os.scandir(folder) as entries:
                    names = [entry.name for entry in islice(entries, MOST_LISTED) if _HALF.fullmatch(entry.name)]
                for name in names:
                    told = os.stat(name, dir_fd=folder, follow_symlinks=False)
                    if stat.S_ISREG(told.st_mode) and now.timestamp() - told.st_mtime > HALF_KEPT_FOR:
                        os.unlink(name, dir_fd=folder)
                        swept += 1
            finally:
                os.close(folder)
        return swept

    def _open_folder(self) -> int:
        return os.open(self.vault / FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)

    def _settle(self) -> None:
        """Make sure that what another program wrote of a note survives a power cut before the note's file goes."""
        for file in (self.vault / "log").iterdir():
            handle = os.open(file, _OPEN)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        durable.sync_folder(self.vault / "log")


def _names_in(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in islice(entries, MOST_LISTED) if not entry.name.startswith("."))


def _read(name: str, folder: int) -> tuple[tuple[int, int, int, int], bytes] | Fault | None:
    """Return stamp and content of a file; None for one that is gone by now."""
    try:
        handle = os.open(name, _OPEN, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Fault.STRANGE if error.errno in {errno.ELOOP, errno.ENXIO} else Fault.ABSENT
    try:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            return Fault.STRANGE
        if told.st_size > sealing.MOST_FILE:
            return Fault.TOO_LONG
        with os.fdopen(handle, "rb", closefd=False) as file:
            return _stamp(told), file.read(sealing.MOST_FILE + 1)
    except OSError:
        return Fault.ABSENT
    finally:
        os.close(handle)


def _stamp(told: os.stat_result) -> tuple[int, int, int, int]:
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


def alarms(path: Path, key: Key, state: Path) -> Iterator[Notice]:
    """Yield an alarm for each place that names another capture key than the master key makes."""
    own = crypto.capture_public(key)
    with suppress(OSError, KinshipError):
        if read_identity(path).capture != own:
            sentence = (
                "Somebody changed the note key in this folder. kinship does not use that one; see who can write here."
            )
            yield Notice("swapped", NAME, sentence)
    if read_pinned(state / key.vault.hex()) not in (None, own):
        sentence = "Somebody changed the note key that this computer remembered, and may read what was jotted since."
        yield Notice("swapped", "", sentence)
