"""A day against the days around it and against its day of the week, so that no drift or rhythm passes for an effect."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from kinship.insight.numbers import mean
from kinship.insight.series import Day

AROUND = 7
"""Days before, and days after, that a day is compared with."""
FEWEST = 3
"""So many of them must have been observed."""


class Held(NamedTuple):
    """The days of a calendar, each held against the days around it and its weekday."""

    moods: Sequence[float | None]
    next_moods: Sequence[float | None]
    """The mood of the day after each."""
    stresses: Sequence[float | None]
    nothing: Sequence[float]
    """0 for every day: where nothing is adjusted for."""


def hold(days: Sequence[Day]) -> Held:
    """Return mood and stress of every day, held against the others."""
    moods = held_against(days, [day.mood for day in days])
    return Held(
        moods, (*moods[1:], None)[: len(days)], held_against(days, [day.stress for day in days]), (0.0,) * len(days)
    )


def held_against(days: Sequence[Day], values: Sequence[float | None]) -> list[float | None]:
    """Return the value of each day, held against the days around and then against what is usual on that weekday."""
    return without_the_week([day.day for day in days], centred(values))


def without_the_week(days: Sequence[dt.date], values: Sequence[float | None]) -> list[float | None]:
    """Return each value minus the mean of its day of the week.

    Otherwise whoever is better on Saturdays, and sees somebody on Fridays, would see an effect in every shift by whole
    weeks (days of the week as fixed effects; Frisch & Waugh 1933).
    """
    of_weekday: defaultdict[int, list[float]] = defaultdict(list)
    for day, value in zip(days, values, strict=True):
        if value is not None:
            of_weekday[day.weekday()].append(value)
    usual = {weekday: mean(its) for weekday, its in of_weekday.items()}
    return [None if value is None else value - usual[day.weekday()] for day, value in zip(days, values, strict=True)]


def share_of_the_week(days: Sequence[dt.date], flags: Sequence[bool]) -> float:
    """Return how much of the variance of the flags the day of the week tells: 0 nothing, 1 all of it."""
    n = len(flags)
    all_ = sum(flags)
    if not 0 < all_ < n:
        return 0.0
    of_weekday: defaultdict[int, list[bool]] = defaultdict(list)
    for day, flag in zip(days, flags, strict=True):
        of_weekday[day.weekday()].append(flag)
    left = sum(sum(its) * (len(its) - sum(its)) / len(its) for its in of_weekday.values())
    return 1 - left / (all_ * (n - all_) / n)


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
