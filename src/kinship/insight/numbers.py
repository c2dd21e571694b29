"""The few numbers statistics are made of, without numpy: middle values, Student's t, the Wilson interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from kinship.insight.values import Interval

ROUGHLY: Final = 1.6448536269514722
"""Standard deviations that leave 5 % beyond, on either side: how wide an interval is that is called "roughly"."""


def mean(values: Sequence[float]) -> float:
    """Return the mean of one value or more."""
    return math.fsum(values) / len(values)


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation of a sample of two values or more (n - 1)."""
    middle = mean(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1))


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which such a share (0-1) of one value or more lies (Hyndman & Fan 1996, type 7)."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def median(values: Sequence[float]) -> float:
    """Return the middle of one value or more."""
    return quantile(values, 0.5)


def student(freedom: int, z: float = ROUGHLY) -> float:
    """Return the quantile of Student's t with `freedom` degrees, >= 3, where the normal's is `z`.

    The expansion of Fisher & Cornish (1960), Abramowitz & Stegun 26.7.5; from 5 degrees on right to 0.002.
    """
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))


def wilson(hits: int, n: int, z: float = ROUGHLY) -> Interval | None:
    """Return roughly where the share lies of which `hits` in `n` were seen, 0-1; None for n = 0 (Wilson 1927)."""
    if n == 0:
        return None
    share = hits / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Interval(max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))
