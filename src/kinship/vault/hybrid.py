"""The hybrid clock: orders concurrent writings and never runs backwards (Kulkarni et al. 2014)."""

from __future__ import annotations

import datetime as dt

COUNTER_BITS = 16
FAR_AHEAD_MS = 24 * 60 * 60 * 1000


def milliseconds(at: dt.datetime) -> int:
    """Return the Unix time of `at` in milliseconds."""
    return int(at.timestamp() * 1000)


class HybridClock:
    """48 bits of milliseconds and 16 of a counter in one number."""

    def __init__(self) -> None:
        self.latest = 0

    def tick(self, now_ms: int) -> int:
        """Return a time later than every one that was given or seen."""
        self.latest = max(self.latest + 1, now_ms << COUNTER_BITS)
        return self.latest

    def see(self, time: int, now_ms: int) -> None:
        """Take a time of another writer into account, unless it is a day ahead of us."""
        if self.latest < time < (now_ms + FAR_AHEAD_MS) << COUNTER_BITS:
            self.latest = time
