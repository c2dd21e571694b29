"""Days of made-up lives whose truth is known: what carries over, what support does, who is turned to and when."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from typing import NamedTuple

from kinship.insight.series import Day
from kinship.journal.kinds import SUPPORT, Kind

FIRST = dt.date(2026, 1, 1)
POINTS = 1.8
"""Points of mood (0-10) in one standard deviation."""


class Truth(NamedTuple):
    """How a life works; moods in standard deviations."""

    days: int = 200
    carried: float = 0.4
    """How much of a day's mood is still there on the next (AR(1))."""
    trend: float = 0.0
    """How far mood drifts from the middle to the end; with it support comes more often later on."""
    help: float = 0.0
    """What emotional support does to the mood of the next day."""
    turned_to: float = 0.0
    """How much sooner somebody is turned to on a bad day (log odds for each deviation)."""
    habit: float = 0.3
    """How much support comes in runs (log odds for a day after one with)."""
    stress: float = 0.5
    """Points that mood falls for each point of stress."""
    buffer: float = 0.0
    """Points of this fall that support takes away."""
    missing: float = 0.2
    week: float = 0.0
    """How much better Saturday and Sunday are, and how much sooner somebody is there on Friday and Saturday."""


def life(seed: int, truth: Truth) -> tuple[Day, ...]:
    """Return the days of one life; a missing day has nothing at all."""
    dice = random.Random(seed)
    calm = math.sqrt(1 - truth.carried**2)
    felt, pressed = dice.gauss(0, 1), dice.gauss(0, 1)
    before: frozenset[Kind] = frozenset()
    found = []
    for at in range(truth.days):
        time = 2 * at / max(1, truth.days - 1) - 1
        felt = truth.carried * felt + calm * dice.gauss(0, 1) + truth.help * (Kind.EMOTIONAL in before)
        pressed = truth.carried * pressed + calm * dice.gauss(0, 1)
        weekday = at % 7
        well = felt + truth.trend * time + truth.week * (weekday in (5, 6))
        before = _received(
            dice, truth, well, 1.5 * time * bool(truth.trend) + 2 * truth.week * (weekday in (4, 5)), before
        )
        stress = 4 + 2 * pressed
        fall = truth.stress - (truth.buffer if before else 0.0)
        mood = 6 + POINTS * well - fall * (stress - 4)
        there = dice.random() >= truth.missing
        found.append(
            Day(
                day=FIRST + dt.timedelta(days=at),
                mood=_scale(mood) if there else None,
                stress=_scale(stress) if there else None,
                received=before if there else frozenset(),
                checkins=int(there),
            )
        )
    return tuple(found)


def _received(dice: random.Random, truth: Truth, well: float, drift: float, before: frozenset[Kind]) -> frozenset[Kind]:
    odds = {kind: -1.0 - truth.turned_to * well + drift + truth.habit * (kind in before) for kind in SUPPORT}
    return frozenset(kind for kind in SUPPORT if dice.random() < 1 / (1 + math.exp(-odds[kind])))


def _scale(value: float) -> float:
    return float(min(10, max(0, round(value))))


def moods(values: Sequence[float | None], *, supported: Sequence[int] = (), first: dt.date = FIRST) -> tuple[Day, ...]:
    """Return days with these moods; emotional support was received on the days whose places are given."""
    return tuple(
        Day(
            day=first + dt.timedelta(days=at),
            mood=value,
            received=frozenset({Kind.EMOTIONAL}) if at in supported else frozenset(),
            checkins=int(value is not None),
        )
        for at, value in enumerate(values)
    )
