"""The one clock: what time it is here, and which of the person's days that belongs to."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

DAY_START = dt.time(4, 0)
"""A page written after midnight belongs to the evening before, until this hour (the person may choose another)."""
_TELLS_SLEEP = hasattr(time, "CLOCK_BOOTTIME")
"""Linux does; elsewhere the wall clock, which goes on while the machine sleeps, has to tell."""


class Clock(Protocol):
    """Where time comes from; tests pass a frozen one."""

    @property
    def zone(self) -> str:
        """Return the IANA name of this place's zone."""
        ...

    def now(self) -> dt.datetime:
        """Return the present moment with the offset of this place, to the millisecond."""
        ...

    def elapsed(self) -> float:
        """Return seconds from an arbitrary start; never runs backwards."""
        ...

    def uptime(self) -> float:
        """Return seconds from an arbitrary start, those in which the machine slept included where the system tells."""
        ...


def zone_name() -> str:
    """Return the IANA name of the local zone, or its offset ("+02:00") where the system does not tell a name."""
    named = os.environ.get("TZ", "").lstrip(":")
    if "/" in named and not named.startswith("/"):
        return named
    parts = Path("/etc/localtime").resolve().parts
    if "zoneinfo" in parts:
        return "/".join(parts[parts.index("zoneinfo") + 1 :])
    return dt.datetime.now().astimezone().isoformat()[-6:]


@dataclass(frozen=True)
class SystemClock:
    """The machine's own clock and zone."""

    zone: str = field(default_factory=zone_name)

    def now(self) -> dt.datetime:
        now = dt.datetime.now().astimezone()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def elapsed(self) -> float:
        return time.monotonic()

    def uptime(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) if _TELLS_SLEEP else time.monotonic()


@dataclass
class FrozenClock:
    """A clock that stands still until it is moved: for tests and for the demo's `--as-of`."""

    at: dt.datetime
    zone: str = "UTC"
    ticks: float = 0.0
    slept: float = 0.0

    def now(self) -> dt.datetime:
        return self.at

    def elapsed(self) -> float:
        return self.ticks

    def uptime(self) -> float:
        return self.ticks + self.slept

    def advance(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)
        self.ticks += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: its calendar goes on, and what runs on it does not notice."""
        self.at += dt.timedelta(seconds=seconds)
        self.slept += seconds


def day_of(at: dt.datetime, day_start: dt.time = DAY_START) -> dt.date:
    """Return the person's day that the local moment `at` belongs to."""
    return at.date() if at.time() >= day_start else at.date() - dt.timedelta(days=1)
