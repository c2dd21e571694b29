"""One writing session: its segment, the retry in a new one, and the rules of acknowledgement."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

import kinship
from kinship.ground.clock import Clock
from kinship.ground.errors import NotSaved, Refused
from kinship.vault.crypto import Key
from kinship.vault.log import FOLDER, Log, Seen
from kinship.vault.records import WITNESSES_A_FRAME, Author, Opening, Record, write_record
from kinship.vault.segment import SALT_BYTES, SegmentLost, SegmentWriter
from kinship.vault.state import LocalState
from kinship.vault.values import Randomness

GAP_SECONDS = 30.0
"""When wall clock and running time differ by more, the machine slept or was copied: a new segment is begun."""

_CLOSE = write_record(Record(close=1))

Compose = Callable[[str], list[bytes]]
"""Makes the records of a transaction for the segment (by id) that they go into."""


class Session:
    """Writes what one open vault has to say; begins its segment with the first save."""

    def __init__(
        self, vault: Path, key: Key, log: Log, state: LocalState, clock: Clock, randomness: Randomness
    ) -> None:
        self.id = randomness(16).hex()
        self._folder = vault / FOLDER
        self._key = key
        self._log = log
        self._state = state
        self._clock = clock
        self._randomness = randomness
        self._writer: SegmentWriter | None = None
        self._lock: int | None = None
        self._next_id = self.id
        self._slept_at = self._drift()

    @property
    def file(self) -> Path | None:
        """The segment that only we write, as long as it is whole."""
        return self._writer.path if self._writer is not None and not self._writer.poisoned else None

    @property
    def segment(self) -> str:
        """The id of the segment that the next save goes into."""
        writer = self._writer
        return writer.id if writer is not None and writer.usable else self._next_id

    def moved_to(self, folder: Path) -> None:
        """Go on in the segment where it lies now; its file is the same."""
        self._folder = folder
        if self._writer is not None:
            self._writer.path = folder / self._writer.path.name

    def seen(self) -> dict[str, Seen]:
        """Return how far our own segment was acknowledged."""
        writer = self._writer
        if writer is None or writer.poisoned or not writer.acknowledged:
            return {}
        return {writer.id: (writer.frames, writer.last_tag.hex())}

    def save(self, compose: Compose, again: Compose) -> None:
        """Make one transaction durable, at the second try in a new segment.

        `again` composes everything this session saved before, for when its segment was taken away from under us.
        Raises NotSaved when both tries fail.
        """
        self._check_gap(again)
        try:
            self._try(compose)
        except SegmentLost:
            self._retry(again, compose, replacing=self._lost())
        except OSError:
            self._retry(compose)

    def _lost(self) -> list[bytes]:
        """Return the record that says that the segment to come holds what the present one held."""
        writer = self._writer
        if writer is None:
            return []
        told = Record(replaces={writer.id: writer.frames}, authors={writer.id: self._log.author(writer.id)})
        return [write_record(told)]

    def _retry(self, *composed: Compose, replacing: Sequence[bytes] = ()) -> None:
        self.let_go()
        try:
            self._try(*composed, replacing=replacing)
        except OSError as error:
            self.let_go()
            reason = os.strerror(error.errno) if error.errno else "the folder changed under us"
            raise NotSaved(f"The save was refused: {reason}.", "Nothing was lost; make room and save again.") from error

    def _try(self, *composed: Compose, replacing: Sequence[bytes] = ()) -> None:
        writer = self._writer
        opening: list[list[bytes]] = []
        if writer is None or not writer.usable:
            writer = self._begin()
            opening = [[record] for record in self._opening_records(writer.id)]
        transactions = [records for records in (compose(writer.id) for compose in composed) if records]
        writer.append(*opening, *transactions, *([record] for record in replacing))
        known = self._log.author(writer.id)
        self._log.authors[writer.id] = msgspec.structs.replace(known, saves=known.saves + len(transactions))

    def _begin(self) -> SegmentWriter:
        self.let_go()
        segment, self._next_id = self._next_id, self._randomness(16).hex()
        lock: int | None = None
        with suppress(OSError, Refused):
            lock = self._state.hold(segment)
        try:
            writer = SegmentWriter(self._folder, self._key, bytes.fromhex(segment), self._randomness(SALT_BYTES))
        except OSError:
            if lock is not None:
                self._state.release(segment, lock, ours=True)
            raise
        self._writer, self._lock = writer, lock
        return writer

    def _opening_records(self, own: str) -> Iterable[bytes]:
        news = {
            segment: seen
            for segment, seen in self._state.lasting(self._folder, self._log.seen()).items()
            if seen[0] > self._log.witnessed.get(segment, (0, ""))[0]
        }
        named = sorted(news)
        opening = Opening(
            self._state.device,
            os.uname().nodename,
            f"kinship {kinship.__version__}",
            self._clock.now().isoformat(),
        )
        self._log.introduce(own, opening)
        for start in range(0, max(1, len(named)), WITNESSES_A_FRAME):
            some = {segment: news[segment] for segment in named[start : start + WITNESSES_A_FRAME]}
            authors: dict[str, Author] = {segment: self._log.author(segment) for segment in some}
            yield write_record(Record(open=opening if start == 0 else None, witness=some, authors=authors))

    def close(self, again: Compose) -> None:
        """Say that nothing follows, and let go; what comes after goes into a new segment.

        Raises NotSaved only when the segment was taken away from under us and its saves found no other place.
        """
        writer = self._writer
        try:
            if writer is not None and writer.usable and writer.acknowledged:
                writer.append([_CLOSE])
        except SegmentLost:
            self._retry(again, replacing=[*self._lost(), _CLOSE])
        except OSError:
            self.let_go()
        self.let_go()

    def let_go(self) -> None:
        """Never touch the present segment again."""
        writer, lock = self._writer, self._lock
        self._writer = self._lock = None
        if writer is not None:
            writer.close()
        if lock is not None and writer is not None:
            self._state.release(writer.id, lock, ours=writer.ours)

    def _drift(self) -> float:
        return self._clock.now().timestamp() - self._clock.elapsed()

    def _check_gap(self, again: Compose) -> None:
        drift = self._drift()
        if abs(drift - self._slept_at) > GAP_SECONDS:
            self.close(again)
        self._slept_at = drift
