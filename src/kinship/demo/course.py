"""How the days of a synthetic life went: moods that lean on the day before, on the season and on the story."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable

from msgspec import Struct

MOOD_EVENTS = ((0.12, 6, -2.0), (0.2, 22, -2.4), (0.435, 12, -2.2), (0.525, 26, -1.8), (0.59, 9, -1.0))
"""Where the story weighs on mood: when, how many days either side, by how much."""
MOOD_GIFTS = ((0.06, 6, 1.0), (0.385, 8, 1.8), (0.7, 40, 0.7), (0.79, 7, 1.4), (0.955, 9, 2.0))
STRESS_EVENTS = ((0.12, 8, 2.2), (0.285, 8, 1.6), (0.435, 14, 2.4), (0.495, 20, 3.0), (0.59, 8, 1.2), (0.955, 5, 1.0))
CARRIED = 0.74
"""How much of a day's mood is still there on the next."""

FEELINGS = {
    "low": ("sad", "lonely", "tired", "empty", "homesick", "missing someone", "helpless"),
    "tense": ("anxious", "irritated", "overwhelmed", "restless", "guilty"),
    "calm": ("calm", "content", "rested", "connected", "tender", "relieved", "settled"),
    "bright": ("glad", "proud", "grateful", "hopeful", "playful", "curious", "moved"),
}


class Day(Struct, frozen=True):
    """How one day was, 0-10 each."""

    mood: int
    stress: int


def course(days: list[dt.date], when: Callable[[float], dt.date], chance: random.Random) -> dict[dt.date, Day]:
    """Return how each day was."""
    mood_story = [(when(at), width, size) for at, width, size in (*MOOD_EVENTS, *MOOD_GIFTS)]
    stress_story = [(when(at), width, size) for at, width, size in STRESS_EVENTS]
    found = {}
    mood = stress = 0.0
    for day in days:
        mood = CARRIED * mood + chance.gauss(0, 0.95)
        stress = CARRIED * stress + chance.gauss(0, 0.95)
        light = -0.6 * math.cos(2 * math.pi * (day.timetuple().tm_yday + 10) / 365.25)
        felt = 6.1 + mood + light + _told(day, mood_story)
        pressed = 3.6 + stress + _told(day, stress_story) - 0.35 * (felt - 6) - (0.8 if day.weekday() > 4 else 0)  # noqa: PLR2004 - Saturday and Sunday
        found[day] = Day(_scale(felt), _scale(pressed))
    return found


def _told(day: dt.date, story: list[tuple[dt.date, int, float]]) -> float:
    return sum(size * math.exp(-(((day - at).days / width) ** 2)) for at, width, size in story)


def _scale(value: float) -> int:
    return min(10, max(0, round(value)))


def feelings_of(day: Day, chance: random.Random) -> tuple[str, ...]:
    """Return one or two words that fit the day."""
    low, pressed, good = 4, 6, 7
    bands = ["low"] if day.mood <= low else ["bright", "calm"] if day.mood >= good else ["calm"]
    if day.stress >= pressed:
        bands.append("tense")
    band = chance.choice(bands)
    return tuple(chance.sample(FEELINGS[band], chance.choice((1, 1, 2))))
