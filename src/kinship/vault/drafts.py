"""Drafts: unsaved words, each in a sealed file of its own in the local state."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from kinship.vault import durable
from kinship.vault.crypto import Key
from kinship.vault.frame import read_frames, write_frame
from kinship.vault.segment import HEADER_BYTES, SALT_BYTES, Header, Kind, read_header, write_header
from kinship.vault.values import Draft, Randomness

ENDING = ".draft"
_ID = re.compile(r"[0-9a-f]{1,64}")


class Drafts:
    """The drafts of one vault on this computer."""

    def __init__(self, folder: Path, key: Key, randomness: Randomness) -> None:
        self._folder = folder
        self._key = key
        self._randomness = randomness

    def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be read, the latest first."""
        if not self._folder.is_dir():
            return ()
        read = (self._read(path) for path in sorted(self._folder.glob(f"*{ENDING}")))
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

    def save(self, draft: Draft) -> None:
        """Keep a draft in place of its former state. Raises OSError where the disk refuses."""
        segment = self._randomness(16)
        data, header = write_header(self._key, Kind.DRAFT, segment, self._randomness(SALT_BYTES))
        data += write_frame(header.cipher, 0, 0, msgspec.json.encode({"draft": draft}))
        durable.replace_durable(self._path(draft.id), data)

    def drop(self, draft: str) -> None:
        """Remove a draft; its words do not stay."""
        if self._path(draft).exists():
            durable.remove_durable(self._path(draft))

    def _path(self, draft: str) -> Path:
        if not _ID.fullmatch(draft):
            raise ValueError("a draft's id is hex")
        return self._folder / f"{draft}{ENDING}"
