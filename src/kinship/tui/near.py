"""What is near: small steps the person set, visits, and birthdays of those who are in their life now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from kinship.journal.model import Appointment, Circle, Intention, Status, StepState

AHEAD = 14
"""Days that count as near."""
_WEEK = 7
STEP, VISIT, BIRTHDAY = "○", "□", "◇"


class Near(Struct, frozen=True):
    """One line: its sign, its words, and the day it is about (None for any day)."""

    sign: str
    words: str
    day: dt.date | None = None
    alter: str | None = None


def near(
    today: dt.date, intentions: Iterable[Intention], appointments: Iterable[Appointment], circle: Circle
) -> tuple[Near, ...]:
    """Return what is near, the soonest first and what has no day last."""
    found = [*_steps(today, intentions), *_visits(today, appointments), *_birthdays(today, circle)]
    return tuple(sorted(found, key=lambda one: (one.day or dt.date.max, one.words)))


def when(day: dt.date | None, today: dt.date) -> str:
    """Return how a near day is said; empty for none, and for one that has passed (nobody is late here)."""
    if day is None or day < today:
        return ""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    return f"{day:%A}" if ahead < _WEEK else f"{day.day} {day:%B}"


def _steps(today: dt.date, intentions: Iterable[Intention]) -> Iterator[Near]:
    for one in intentions:
        if one.state is StepState.OPEN and (one.due is None or (one.due - today).days <= AHEAD):
            yield Near(STEP, one.text, one.due, one.alter)


def _visits(today: dt.date, appointments: Iterable[Appointment]) -> Iterator[Near]:
    for one in appointments:
        day = one.at.date()
        if 0 <= (day - today).days <= AHEAD:
            yield Near(VISIT, f"{one.with_ or 'a visit'}, {one.at:%H:%M}", day, one.alter)


def _birthdays(today: dt.date, circle: Circle) -> Iterator[Near]:
    for bond in circle.bonds:
        day = next_birthday(bond.alter.birthday, today) if bond.status is Status.ACTIVE else None
        if day is not None and (day - today).days <= AHEAD:
            yield Near(BIRTHDAY, f"{bond.alter.name}'s birthday", day, bond.alter.id)


def next_birthday(birthday: str, today: dt.date) -> dt.date | None:
    """Return the next day (from today on) of a birthday "YYYY-MM-DD" or "--MM-DD"; 29 February counts as 1 March."""
    month, _, day = birthday[-5:].partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        return None
    for year in (today.year, today.year + 1):
        try:
            then = dt.date(year, int(month), int(day))
        except ValueError:
            if (month, day) != ("02", "29"):
                return None
            then = dt.date(year, 3, 1)
        if then >= today:
            return then
    return None
