"""Drafts: unsaved words, each in a sealed file of its own in the local state, held by the program that writes it."""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path

import msgspec

from kinship.vault import durable
from kinship.vault.crypto import Key
from kinship.vault.frame import read_frames, write_frame
from kinship.vault.segment import HEADER_BYTES, SALT_BYTES, Header, Kind, read_header, write_header
from kinship.vault.values import Draft, Randomness

ENDING = ".draft"
HELD = ".held"
"""Ending of the file beside a draft that is locked as long as a program has the page open."""
_ID = re.compile(r"[0-9a-f]{1,64}")


class Drafts:
    """The drafts of one vault on this computer."""

    def __init__(self, folder: Path, key: Key, randomness: Randomness) -> None:
        self._folder = folder
        self._key = key
        self._randomness = randomness
        self._held: dict[str, int] = {}
        """Drafts of this program to the open files that lock them."""

    def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be read and that no other program is writing, the latest first."""
        if not self._folder.is_dir():
            return ()
        free = (path for path in sorted(self._folder.glob(f"*{ENDING}")) if self._is_free(path.stem))
        read = (self._read(path) for path in free)
        return tuple(
            sorted((draft for draft in read if draft is not None), key=lambda draft: draft.saved, reverse=True)
        )

    def unreadable(self) -> tuple[str, ...]:
        """Return the names of draft files that cannot be read."""
        if not self._folder.is_dir():
            return ()
        return tuple(path.name for path in sorted(self._folder.glob(f"*{ENDING}")) if self._read(path) is None)

    def _read(self, path: Path) -> Draft | None:
        try:
            data = durable.read_regular(path)
        except OSError:
            return None
        header = read_header(self._key, Kind.DRAFT, data)
        if not isinstance(header, Header):
            return None
        for frame in read_frames(header.cipher, data, HEADER_BYTES, 0):
            try:
                return msgspec.json.decode(frame.record, type=dict[str, Draft])["draft"]
            except (msgspec.DecodeError, KeyError):
                return None
        return None

    def _hold(self, draft: str) -> bool:
        """Take a draft for this program until it is dropped or the vault closed; False where another one has it."""
        path = self._path(draft).with_suffix(HELD)
        if draft in self._held:
            return True
        durable.make_folder(self._folder)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        if _locked(file) and os.fstat(file).st_nlink:
            self._held[draft] = file
            return True
        os.close(file)
        return False

    def let_go(self) -> None:
        """Let other programs have what this one leaves behind."""
        for draft in list(self._held):
            self._release(draft)

    def _release(self, draft: str) -> None:
        file = self._held.pop(draft, None)
        if file is not None:
            self._path(draft).with_suffix(HELD).unlink(missing_ok=True)
            os.close(file)

    def _is_free(self, draft: str) -> bool:
        if draft in self._held:
            return True
        try:
            file = os.open(self._path(draft).with_suffix(HELD), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return True
        try:
            return _locked(file)
        finally:
            os.close(file)

    def save(self, draft: Draft) -> str:
        """Keep a draft in place of its former state, beside it where another program has that one; return its id.

        Raises OSError where the disk refuses.
        """
        if not self._hold(draft.id):
            draft = msgspec.structs.replace(draft, id=self._randomness(16).hex())
            self._hold(draft.id)
        segment = self._randomness(16)
        data, header = write_header(self._key, Kind.DRAFT, segment, self._randomness(SALT_BYTES))
        data += write_frame(header.cipher, 0, 0, msgspec.json.encode({"draft": draft}))
        durable.replace_durable(self._path(draft.id), data)
        return draft.id

    def drop(self, draft: str) -> None:
        """Remove a draft; its words do not stay."""
        if self._path(draft).exists():
            durable.remove_durable(self._path(draft))
        self._release(draft)

    def _path(self, draft: str) -> Path:
        if not _ID.fullmatch(draft):
            raise ValueError("a draft's id is hex")
        return self._folder / f"{draft}{ENDING}"


def _locked(file: int) -> bool:
    """Lock an open file for as long as it is open; False where another one has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
