"""Local centring: a day against the days around it, so that seasons and slow drifts cannot pass for effects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

AROUND = 7
"""Days before, and days after, that a day is compared with."""
FEWEST = 3
"""So many of them must have been observed."""


def centred(values: Sequence[float | None], around: int = AROUND, fewest: int = FEWEST) -> list[float | None]:
    """Return each value minus the mean of the *other* observed ones within `around` places; None where too few are.

    What is missing is left out of the mean, never taken as 0, and stays missing. The day itself is left out of its
    own mean (person-mean centring, Enders & Tofighi 2007, in a window that moves along).
    """
    sums = [0.0, *accumulate(0.0 if value is None else value for value in values)]
    counts = [0, *accumulate(value is not None for value in values)]
    found: list[float | None] = []
    for at, value in enumerate(values):
        first, last = max(0, at - around), min(len(values), at + around + 1)
        others = counts[last] - counts[first] - 1
        if value is None or others < fewest:
            found.append(None)
        else:
            found.append(value - (sums[last] - sums[first] - value) / others)
    return found
