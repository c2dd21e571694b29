"""The circular shift test: the days of support are moved along the calendar, round its end, by every possible amount.

A shift keeps how days resemble their neighbours, in mood and in support alike, and breaks only what joins the two; a
plain shuffle breaks both, and calls chance a pattern far too often. Missing days move along with the rest.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import starmap

from kinship.insight.effects import Estimate, Sums
from kinship.insight.trial import Trial, products
from kinship.insight.values import Progress

_SCALE = 1 << 20
"""Fractions of a mood are counted in millionths: six places, where a mood has one."""
_SLOT = 8
"""Bytes in which one sum of products has room: moods up to 10, squares up to 100, thirty years of days."""
_KEPT = 0.5
"""A shift is counted if so many of the days can still be compared (gaps move too)."""
_SMALLEST = 5
"""... and so many of them are on either side."""
FEWEST = 39
"""With fewer shifts that count nothing is called a pattern: chance could not be shown to be below 5 % (twice over)."""


def family_wise(trials: Sequence[Trial], progress: Progress | None = None) -> list[float]:
    """Return for each trial how often chance alone, over all of them, goes as far as it does: 0-1.

    At every shift the largest of all standardised effects is taken, and each trial's own compared with these (the shift
    round the end after Lotwick & Silverman 1982, the largest value after Westfall & Young 1993). 1.0 where too few
    shifts can be counted. All trials share one calendar.
    """
    if not trials:
        return []
    seen = [_size(trial.estimate()) for trial in trials]
    steps = len(trials)
    along = []
    known = _Known()
    for done, trial in enumerate(trials):
        along.append(list(_shifted(trial, known)))
        if progress is not None:
            progress((done + 1) / steps)
    whole = [_KEPT * sum(row is not None for row in trial.rows()) for trial in trials]
    largest = [
        max(_size(trial.effect(*group)) for trial, group in zip(trials, groups, strict=True))
        for groups in zip(*along, strict=True)
        if all(_counts(group, least) for group, least in zip(groups, whole, strict=True))
    ]
    if len(largest) < FEWEST:
        return [1.0] * steps
    return [(1 + sum(value >= one - 1e-9 for value in largest)) / (1 + len(largest)) for one in seen]


def _size(estimate: Estimate | None) -> float:
    return 0.0 if estimate is None else abs(estimate.t)


def _counts(group: tuple[Sums, Sums], least: float) -> bool:
    with_, without = group
    return min(with_.n, without.n) >= _SMALLEST and with_.n + without.n >= least


class _Known:
    """Sums over the days on which support is known, by what is compared: the same for every kind of support."""

    def __init__(self) -> None:
        self._made: list[tuple[Trial, list[bool], list[Sums]]] = []

    def sums(self, trial: Trial, columns: Sequence[Sequence[float]], said: Sequence[bool]) -> list[Sums]:
        known = [flag is not None for flag in trial.flags]
        for other, its, sums in self._made:
            if other.u is trial.u and other.v is trial.v and its == known:
                return sums
        self._made.append((trial, known, _all_sums(known, columns, said)))
        return self._made[-1][-1]


def _shifted(trial: Trial, known: _Known) -> Iterator[tuple[Sums, Sums]]:
    """Yield the sums with and without for the flags moved by 1, 2, ... days."""
    said = [u is not None and v is not None for u, v in zip(trial.u, trial.v, strict=True)]
    terms = [
        products(u, v) if u is not None and v is not None else (0.0,) * len(Sums._fields)
        for u, v in zip(trial.u, trial.v, strict=True)
    ]
    columns = list(zip(*terms, strict=True))
    both = known.sums(trial, columns, said)
    for all_of, some in zip(both, _all_sums([bool(flag) for flag in trial.flags], columns, said), strict=True):
        yield some, all_of.less(some)


def _all_sums(flags: Sequence[bool], columns: Sequence[Sequence[float]], said: Sequence[bool]) -> list[Sums]:
    """Return the sums of the columns over the days that are flagged, at every shift but 0."""
    turned = _packed([1 if flag else 0 for flag in (flags[0], *reversed(flags[1:]))])
    counts = _correlated(turned, [1 if one else 0 for one in said])
    found: list[Sequence[float]] = [counts]
    for column in columns[1:]:
        lift = max(map(abs, column))
        if not lift:
            found.append(column)
            continue
        lifted = [round((value + lift) * _SCALE) if there else 0 for value, there in zip(column, said, strict=True)]
        raised = _correlated(turned, lifted)
        found.append([total / _SCALE - lift * count for total, count in zip(raised, counts, strict=True)])
    return list(starmap(Sums, zip(*found, strict=True)))[1:]


def _correlated(turned: int, weights: Sequence[int]) -> list[int]:
    """Return the sum of the weights on flagged days for the flags moved by 0, 1, 2, ... days round the calendar.

    All at once, as one product of two long integers (Kronecker 1882): each day has 64 bits, and the digits of the
    product are the sums. `turned` are the flags backwards in time, so that moving forwards reads them in order.
    """
    n = len(weights)
    product = turned * _packed(weights)
    digits = array("Q")
    digits.frombytes(product.to_bytes(2 * n * _SLOT, "little"))
    if sys.byteorder == "big":
        digits.byteswap()
    return [digits[at] + digits[at + n] for at in range(n)]


def _packed(values: Sequence[int]) -> int:
    digits = array("Q", values)
    if sys.byteorder == "big":
        digits.byteswap()
    return int.from_bytes(digits.tobytes(), "little")
