"""Numbers and days as they stand in a sentence: rounded, with "roughly" and never with a per cent of certainty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kinship.insight.values import Interval

_NOUGHT = 0.05
"""A difference that rounds to 0.0."""
NOT_CAUSE = "Even so this cannot prove that one brings the other; look again in some weeks."
SAME_DAY = "People often turn to someone on harder days, so this cannot tell what helped."
USUAL = "That is the usual answer, and no sign that help does not help."


def on(day: dt.date) -> str:
    """Return a day in words."""
    return f"{day.day} {day:%B %Y}"


def between(since: dt.date | None, until: dt.date | None) -> str:
    """Return from when to when; empty where there is no day."""
    if since is None or until is None:
        return ""
    return on(since) if since == until else f"{on(since)} to {on(until)}"


def roughly(interval: Interval) -> str:
    """Return a difference as it may lie: "roughly 0.3 to 0.9 higher"."""
    low, high = interval.low, interval.high
    if low >= 0:
        return f"roughly {low:.1f} to {high:.1f} higher"
    if high <= 0:
        return f"roughly {-high:.1f} to {-low:.1f} lower"
    return f"roughly from {-low:.1f} lower to {high:.1f} higher"


def higher(value: float, other: str) -> str:
    """Return one difference in words: "0.4 lower than on days without", "about the same as on days without"."""
    if abs(value) < _NOUGHT:
        return f"about the same as {other}"
    return f"{abs(value):.1f} {'higher' if value > 0 else 'lower'} than {other}"


def more(number: int, one: str) -> str:
    """Return how much is missing before something can be said."""
    return f"At least {count(number, f'more {one}')} {'is' if number == 1 else 'are'} needed."


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 day", "2 days"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return words with commas and a last "and"."""
    *before, last = list(words) or [""]
    return f"{', '.join(before)} and {last}" if before else last


def sentence(*parts: str) -> str:
    """Return the parts as one text, those that are empty left out."""
    return " ".join(part for part in parts if part)
