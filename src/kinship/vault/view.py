"""One segment as all its copies together tell it: which frames are known, which are applied, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from kinship.vault.crypto import TAG_BYTES
from kinship.vault.frame import CONTINUES, GOES_ON, Frame

_ABSENT = 0xFF


class SegmentView:
    """The union of the frames that any copy of a segment holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.device = ""
        """How the writer's computer is called, as it says itself."""
        self.beside = 0
        """How many of its records are no saves: who opened it, whom it witnesses, that it ended."""
        self.closed = False
        self.forked = False
        """Whether one index holds two different frames: a machine was resumed twice from one state."""
        self._flags = bytearray()
        self._tags = bytearray()
        self._waiting: dict[int, bytes | memoryview] = {}
        self._last_start = 0

    @property
    def frames(self) -> int:
        """One more than the highest index that was read."""
        return len(self._flags)

    @property
    def saves(self) -> int:
        """How many saves were read of it."""
        end = self._end_of_last()
        begun = sum(1 for flags in self._flags[:end] if flags != _ABSENT and not flags & CONTINUES)
        return max(0, begun - self.beside)

    @property
    def settled(self) -> tuple[int, str]:
        """The end of the last whole transaction and the tag of the frame before it, in hex."""
        end = self._end_of_last()
        while end and self._flags[end - 1] == _ABSENT:
            end -= 1
        tag = self.tag(end - 1) if end else None
        return (end, tag.hex()) if tag is not None else (0, "")

    def tag(self, index: int) -> bytes | None:
        """Return the tag of a frame, None where it was not read."""
        if index >= len(self._flags) or self._flags[index] == _ABSENT:
            return None
        return bytes(self._tags[index * TAG_BYTES : (index + 1) * TAG_BYTES])

    def take(self, frame: Frame) -> bytes | memoryview | None:
        """Take in a frame of some copy; return its record where a *different* frame holds the same place."""
        known = len(self._flags)
        index = frame.number
        if index >= known:
            self._flags += bytes([_ABSENT]) * (index - known) + bytes([frame.flags & 0x7F])
            self._tags += bytes(TAG_BYTES * (index - known)) + frame.tag
        elif self._flags[index] == _ABSENT:
            self._flags[index] = frame.flags & 0x7F
            self._tags[index * TAG_BYTES : (index + 1) * TAG_BYTES] = frame.tag
        elif self.tag(index) != frame.tag:
            self.forked = True
            return frame.record
        else:
            return None
        self._waiting[index] = frame.record
        if not frame.flags & CONTINUES and index > self._last_start:
            self._last_start = index
        return None

    def ripe(self) -> Iterator[bytes | memoryview]:
        """Yield, in order and once, the records that count now.

        Those of the last transaction only when it is whole; of earlier ones, whatever can be read.
        """
        if not self._waiting:
            return
        whole = self._end_of_last()
        for index in sorted(self._waiting):
            if index < self._last_start or index < whole:
                yield self._waiting.pop(index)

    def _end_of_last(self) -> int:
        index = self._last_start
        while index < len(self._flags) and self._flags[index] != _ABSENT:
            starts = index == self._last_start
            if starts == bool(self._flags[index] & CONTINUES):
                break
            index += 1
            if not self._flags[index - 1] & GOES_ON:
                return index
        return self._last_start

    def lost(self) -> tuple[int, ...]:
        """Return the indices of frames that are damaged: absent, with a later transaction behind them."""
        if not self._flags.count(_ABSENT, 0, self._last_start):
            return ()
        return tuple(index for index in range(self._last_start) if self._flags[index] == _ABSENT)

    @property
    def unfinished(self) -> bool:
        """Whether the last transaction is not whole; it is not applied."""
        return bool(self._waiting)
