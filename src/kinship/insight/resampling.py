"""The circular block bootstrap: how far an effect would move had other stretches of the same life been written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Final

from kinship.insight.effects import Sums
from kinship.insight.numbers import deviation, student
from kinship.insight.trial import Products, Trial
from kinship.insight.values import Interval, Progress

ROUNDS: Final = 400
SEED: Final = 1991
"""The same days give the same interval, today and on another machine."""
BLOCK, LONG_BLOCK, LONG = 5, 7, 90
"""Days that stay together; in a calendar of more than so many days, a week of them."""
_FEWEST_BLOCKS = 4
_USABLE = 0.8
"""Of the rounds, so many must give a value."""
_TELLS = 50
"""Rounds between two words on progress."""

_Draw = Callable[[Sequence[float]], Iterable[float]]
"""Takes the sums of every block and returns those that were drawn."""

Resample = tuple[Sums, Sums]
"""Sums with and without."""


def resamples(
    trial: Trial, *, rounds: int = ROUNDS, seed: int = SEED, progress: Progress | None = None
) -> list[Resample]:
    """Return the sums of so many calendars made of blocks of this one, drawn with replacement and round its end.

    (Politis & Romano 1992; blocks keep how days resemble their neighbours, Künsch 1989.)
    """
    rows = trial.rows()
    there = [at for at, row in enumerate(rows) if row is not None]
    if not there:
        return []
    span = rows[there[0] : there[-1] + 1]
    length = min(block_of(len(span)), len(span))
    with_, without = (_blocks(span, length, group=group) for group in (True, False))
    found = []
    for done, draw in enumerate(_draws(len(span), length, rounds, seed)):
        found.append((_drawn(with_, draw), _drawn(without, draw)))
        if progress is not None and done % _TELLS == 0:
            progress(done / rounds)
    return found


@lru_cache(maxsize=4)
def _draws(days: int, length: int, rounds: int, seed: int) -> tuple[_Draw, ...]:
    """Return for each round what takes the blocks that were drawn for it; several effects share one calendar."""
    dice = random.Random(seed)  # noqa: S311 - a sample, no secret
    count = max(2, -(-days // length))
    return tuple(itemgetter(*dice.choices(range(days), k=count)) for _ in range(rounds))


def _blocks(span: Sequence[tuple[bool, Products] | None], length: int, *, group: bool) -> list[list[float]]:
    """Return for each of the `Sums` what the block adds that begins on each day, round the end."""
    nothing = (0.0,) * len(Sums._fields)
    days = [row[1] if row is not None and row[0] is group else nothing for row in span]
    found = []
    for column in zip(*days, strict=True):
        upto = [0.0, *accumulate((*column, *column[: length - 1]))]
        found.append([upto[at + length] - upto[at] for at in range(len(span))])
    return found


def _drawn(blocks: list[list[float]], draw: _Draw) -> Sums:
    return Sums(*(sum(draw(column)) for column in blocks))


def block_of(days: int) -> int:
    """Return how many days stay together in a calendar of so many."""
    return LONG_BLOCK if days > LONG else BLOCK


def interval_of(
    value: float, drawn: Sequence[Resample], measure: Callable[[Sums, Sums], float | None], days: int
) -> Interval | None:
    """Return roughly where a value lies: it, and 1.64 of its standard errors (of Student's t) on either side.

    The standard error is the deviation over the resamples; t has as many degrees of freedom as there are blocks of
    observed days, less one. None where too few of the resamples give a value.
    """
    found = [one for with_, without in drawn if (one := measure(with_, without)) is not None]
    blocks = -(-days // block_of(days))
    if not drawn or len(found) < _USABLE * len(drawn) or blocks < _FEWEST_BLOCKS:
        return None
    half = student(blocks - 1) * deviation(found)
    return Interval(value - half, value + half)
