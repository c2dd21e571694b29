"""How long nobody was here, and whether the machine slept or stood still: what locks a journal without being asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinship.ground.clock import Clock

BEAT = 5.0
"""Seconds between two looks at the clocks."""
NOTICE = 30.0
"""Seconds before the lock in which it is announced."""
GAP = 30.0
"""Seconds beyond a beat after which the machine is taken to have stood still, or to have been copied."""
NAP = 2.0
"""Seconds of sleep that count."""


class Why(StrEnum):
    """What a lock came from."""

    ASKED = "asked"
    ALONE = "alone"
    SLEPT = "slept"
    STOPPED = "stopped"


@dataclass(frozen=True)
class _Reading:
    """The three clocks at one moment, in seconds."""

    wall: float
    running: float
    asleep: float


class LeftAlone:
    """Told of every use and asked at every beat; `minutes` without a use are too many, 0 never are."""

    def __init__(self, clock: Clock, minutes: float) -> None:
        self._clock = clock
        self._limit = minutes * 60
        self._last = self._read()
        self._used = self._last.running

    def _read(self) -> _Reading:
        running = self._clock.elapsed()
        return _Reading(self._clock.now().timestamp(), running, self._clock.uptime() - running)

    def use(self) -> None:
        """Somebody is here: a key, the mouse, a paste."""
        self._used = self._clock.elapsed()

    def go_on(self) -> None:
        """Begin anew after a time in which another program had the terminal; a sleep in it still counts."""
        now = self._read()
        self._last = _Reading(now.wall, now.running, self._last.asleep)
        self._used = now.running

    @property
    def stood_still(self) -> bool:
        """Whether since the last beat the machine slept, or far more time went by than lies between two beats."""
        return self._stood_still(self._read())

    def _stood_still(self, now: _Reading) -> bool:
        steps = (now.wall - self._last.wall, now.running - self._last.running)
        return now.asleep - self._last.asleep > NAP or any(abs(step) > BEAT + GAP for step in steps)

    def beat(self) -> Why | None:
        """Look at the clocks; return why it is time to lock, None where it is not."""
        now = self._read()
        still, self._last = self._stood_still(now), now
        if still:
            return Why.SLEPT
        return Why.ALONE if self._limit and now.running - self._used >= self._limit else None

    @property
    def soon(self) -> bool:
        """Whether the time to lock comes within the notice, where there is room for one."""
        left = self._used + self._limit - self._clock.elapsed()
        return self._limit > 2 * NOTICE and left <= NOTICE
