"""The days of a life as a series: every day of the calendar, with what was said on it and nothing made up."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct

from kinship.insight.numbers import mean
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import CheckIn, Direction, Entry, Moment

LONGEST = dt.timedelta(days=30 * 366)
"""How far back from its last day a series goes: one page with a year mistyped must not make a million days."""


class Day(Struct, frozen=True, kw_only=True):
    """One day; what was not said is None, never 0."""

    day: dt.date
    mood: float | None = None
    """0-10, the mean of the day's occasions."""
    stress: float | None = None
    received: frozenset[Kind] = frozenset()
    """Kinds of which a moment from somebody is kept, strain among them."""
    given: frozenset[Kind] = frozenset()
    pages: int = 0
    checkins: int = 0

    def __repr__(self) -> str:
        return f"Day({self.day})"

    @property
    def noted(self) -> bool:
        """Whether anything is kept of the day; of one that is not noted nobody knows what was received."""
        return bool(self.pages or self.checkins or self.received or self.given)

    @property
    def supported(self) -> bool | None:
        """Whether support of any kind was received; None where nothing is kept of the day."""
        return any(kind in self.received for kind in SUPPORT) if self.noted else None

    def got(self, kind: Kind) -> bool | None:
        """Return whether a kind was received; None where nothing is kept of the day."""
        return kind in self.received if self.noted else None


def days_of(
    entries: Iterable[Entry],
    checkins: Iterable[CheckIn],
    moments: Iterable[Moment],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[Day, ...]:
    """Return every day from `since` to `until` (both included; the first and the last noted day unless given).

    A day's mood is the mean over its occasions: a page and the check-ins made with it are one occasion, a check-in of
    its own is one. So an evening's session that asks twice weighs no more than a word in the morning. No series is
    longer than `LONGEST`; it ends where it should and begins later.
    """
    pages: defaultdict[dt.date, int] = defaultdict(int)
    asked: defaultdict[dt.date, int] = defaultdict(int)
    received: defaultdict[dt.date, set[Kind]] = defaultdict(set)
    given: defaultdict[dt.date, set[Kind]] = defaultdict(set)
    moods, stresses = _Said(), _Said()
    said: Iterable[Entry | CheckIn] = chain(entries, checkins)
    for one in said:
        is_page = isinstance(one, Entry)
        (pages if is_page else asked)[one.day] += 1
        occasion = one.id if isinstance(one, Entry) else one.entry or one.id
        moods.add(one.day, occasion, one.mood)
        stresses.add(one.day, occasion, one.stress)
    for moment in moments:
        (received if moment.direction is Direction.FROM_THEM else given)[moment.day].add(moment.kind)
    noted = [pages.keys(), asked.keys(), received.keys(), given.keys()]
    calendar = _calendar(tuple(chain.from_iterable(noted)), since, until)
    return tuple(
        Day(
            day=day,
            mood=moods.mean(day),
            stress=stresses.mean(day),
            received=frozenset(received.get(day, ())),
            given=frozenset(given.get(day, ())),
            pages=pages.get(day, 0),
            checkins=asked.get(day, 0),
        )
        for day in calendar
    )


class _Said:
    """Numbers by day and occasion."""

    def __init__(self) -> None:
        self._by_day: defaultdict[dt.date, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def add(self, day: dt.date, occasion: str, value: int | None) -> None:
        if value is not None:
            self._by_day[day][occasion].append(value)

    def mean(self, day: dt.date) -> float | None:
        occasions = self._by_day.get(day)
        if not occasions:
            return None
        return mean([mean(values) for values in occasions.values()])


def _calendar(noted: Sequence[dt.date], since: dt.date | None, until: dt.date | None) -> list[dt.date]:
    if not noted and (since is None or until is None):
        return []
    last = until if until is not None else max(noted)
    before = [day for day in noted if day <= last]
    if since is None and not before:
        return []
    first = since if since is not None else min(before)
    if last - first > LONGEST:
        first = last - LONGEST
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
