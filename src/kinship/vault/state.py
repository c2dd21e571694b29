"""What this computer alone remembers of a vault: how far it read, who it is, which sessions are open."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from kinship.ground.errors import Refused
from kinship.vault import crypto, durable, pinned, writer_lock
from kinship.vault.crypto import Key
from kinship.vault.log import Seen, fuller
from kinship.vault.place import SEGMENT_ENDING
from kinship.vault.records import Author

MARKS = pinned.MARKS
WRITERS = "writers"
DRAFTS = "drafts"
DERIVATION = "derivation.lock"


class Marks(Struct, omit_defaults=True):
    """The remembered part of the local state."""

    device: str = ""
    segments: dict[str, Seen] = {}
    """High-water marks: going back behind them is noticed."""
    authors: dict[str, Author] = {}
    """Who wrote these segments, and how many saves they held."""
    capture: str = ""
    """The pinned public half of the capture key, in hex."""


class _Signed(Struct):
    marks: msgspec.Raw
    mac: str


def _is_synced(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        durable.sync_file(file)
    except OSError:
        return False
    finally:
        os.close(file)
    return True


class LocalState:
    """STATE/<vault id>/: never synced; merged by maximum; a loss costs a warning, never a page."""

    def __init__(self, state: Path, key: Key) -> None:
        self.folder = state / key.vault.hex()
        self.tampered = False
        self._mac_key = key.derive(crypto.LOCAL_STATE)
        self.marks = self._read()

    def _read(self) -> Marks:
        try:
            signed = msgspec.json.decode((self.folder / MARKS).read_bytes(), type=_Signed)
            proved = crypto.same(crypto.mac(self._mac_key, bytes(signed.marks)), bytes.fromhex(signed.mac))
            marks = msgspec.json.decode(signed.marks, type=Marks)
        except FileNotFoundError:
            return Marks()
        except (OSError, ValueError):
            proved, marks = False, Marks()
        self.tampered |= not proved
        return marks if proved else Marks()

    def remember(
        self,
        seen: Mapping[str, Seen],
        capture: str,
        authors: Mapping[str, Author] | None = None,
        replaced: Mapping[str, int] | None = None,
    ) -> None:
        """Note how far the log was read, and who wrote it; a segment that is replaced as far as that needs no note.

        Raises OSError where the disk refuses.
        """
        self.make()
        with durable.locked(self.folder / f"{MARKS}.lock"):
            old = self._read()
            together = dict(old.segments)
            for segment, mark in seen.items():
                together[segment] = max(mark, together.get(segment, (0, "")))
            folded = replaced or {}
            kept = {name: mark for name, mark in together.items() if folded.get(name, 0) < mark[0]}
            told = old.authors | {name: fuller(one, old.authors.get(name)) for name, one in (authors or {}).items()}
            marks = msgspec.structs.replace(
                old,
                device=old.device or self.marks.device or os.urandom(16).hex(),
                segments=kept,
                authors={name: told[name] for name in kept if name in told},
                capture=old.capture or capture,
            )
            self._keep(marks, old)

    def lasting(self, log: Path, seen: Mapping[str, Seen]) -> dict[str, Seen]:
        """Return what of `seen` may be vouched for: a power cut cannot take it any more.

        What another program of this computer is writing can be read before it is on the drive; it is synced here. What
        was vouched for before is not looked at, and what cannot be synced is left out.
        """
        news = [name for name, one in seen.items() if self.marks.segments.get(name, (0, "")) < one]
        written = {name for name in news if (self.folder / WRITERS / name).exists()}
        synced = {name for name in written if _is_synced(log / f"{name}{SEGMENT_ENDING}")}
        if synced:
            try:
                durable.sync_folder(log)
            except OSError:
                synced = set()
        return {name: one for name, one in seen.items() if name not in written or name in synced}

    @property
    def device(self) -> str:
        """Names this computer to this vault, in hex; empty where it can remember nothing."""
        if not self.marks.device:
            with suppress(OSError, Refused):
                self.remember({}, "")
        return self.marks.device

    def reset(self, seen: dict[str, Seen]) -> None:
        """Forget every mark beyond `seen`: the folder was put back on purpose. Raises OSError."""
        self.make()
        with durable.locked(self.folder / f"{MARKS}.lock"):
            old = self._read()
            self._keep(msgspec.structs.replace(old, segments=dict(seen)), old)

    def _keep(self, marks: Marks, old: Marks) -> None:
        self.marks = marks
        if marks != old:
            told = msgspec.json.encode(marks)
            signed = _Signed(msgspec.Raw(told), crypto.mac(self._mac_key, told).hex())
            durable.replace_durable(self.folder / MARKS, msgspec.json.encode(signed))

    def make(self) -> None:
        """Make sure of the folders."""
        for folder in (self.folder, self.folder / WRITERS, self.folder / DRAFTS):
            durable.make_folder(folder)

    def hold(self, segment: str) -> int:
        """Hold the lock that says "this session is still open"; return its descriptor."""
        self.make()
        path = self.folder / WRITERS / segment
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, durable.FILE_MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            writer_lock.sign(file)
        except OSError:
            self.release(segment, file, ours=True)
            raise
        return file

    def began_only(self, segment: str, file: Path) -> bool:
        """Return whether the empty `file` is the segment of a session that began here and saved nothing in it yet."""
        return segment not in self.marks.segments and writer_lock.began_only(self.folder / WRITERS / segment, file)

    def release(self, segment: str, file: int, *, ours: bool) -> None:
        """Let go of a session's lock; a closed session needs none, and a forked process leaves it to its parent."""
        try:
            if ours:
                (self.folder / WRITERS / segment).unlink(missing_ok=True)
        finally:
            os.close(file)
