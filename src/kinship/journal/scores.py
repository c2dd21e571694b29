"""When a change between two scores counts as one: beyond what the same person's scores move by anyhow."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

SURE = 1.96
"""Standard deviations beyond which a change is not put down to chance (95 %)."""
FEWEST = 8
"""Scores that it takes to know how far one person's usually move."""


class Scores(Struct, frozen=True, kw_only=True):
    """One score through time."""

    title: str
    least: float
    most: float
    """The lowest and highest score there can be."""
    values: tuple[tuple[dt.date, float], ...]
    """Oldest first."""
    smallest_change: float | None = None
    """The change that counts; None where it is not known."""
    citation: str = ""

    def __repr__(self) -> str:
        return f"Scores({len(self.values)})"


def reliable_change(deviation: float, reliability: float) -> float:
    """Return the change that counts: 1.96 times the standard error of a difference (Jacobson & Truax 1991)."""
    return SURE * deviation * math.sqrt(2 * (1 - reliability))


def usual_swing(values: Sequence[float]) -> float | None:
    """Return the change that counts by a person's own scores: 1.96 times how far they move from one to the next.

    The root of the mean square successive difference (von Neumann et al. 1941) stands for the standard error of a
    difference, as nobody tried the scale with others. None for fewer than `FEWEST` scores.
    """
    if len(values) < FEWEST:
        return None
    squares = [(after - before) ** 2 for before, after in pairwise(values)]
    return SURE * math.sqrt(math.fsum(squares) / len(squares))


def changed(before: float | None, after: float | None, smallest: float | None) -> int | None:
    """Return 1 for a rise that counts, -1 for a fall, 0 for what may be chance; None where nothing can be said."""
    if before is None or after is None or smallest is None:
        return None
    moved = after - before
    return 0 if abs(moved) <= smallest else (1 if moved > 0 else -1)
