"""What is near: small steps, visits, birthdays of those who are there, whom to be in touch with."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from kinship.ground.errors import NewerVault, NotSaved, Refused
from kinship.journal.ahead import whole_day
from kinship.journal.choices import TOUCH_PREFIX
from kinship.journal.model import AlterId, Appointment, Bond, Circle, Intention, Status, StepState

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

AHEAD = 14
"""Days that count as near."""
_WEEK = 7
BROUGHT_UP = "touch_brought_up"
"""Choice: the day somebody was last brought up to be in touch with, and who it was."""
APART = 8
"""Days from one such day to the next: so it is four times in thirty days at most."""
STEP, VISIT, BIRTHDAY, TOUCH = "○", "□", "◇", "·"


class Near(Struct, frozen=True):
    """One line: its sign, its words, and the day it is about (None for any day)."""

    sign: str
    words: str
    day: dt.date | None = None
    alter: str | None = None
    id: str = ""
    """Of the step or the visit."""

    def __repr__(self) -> str:
        return f"Near({self.sign})"


class Rhythm(Struct, frozen=True):
    """Every how many days the person wants to be in touch with somebody, and the last day something tells of them."""

    every: int
    last: dt.date | None


def near(
    today: dt.date,
    intentions: Iterable[Intention],
    appointments: Iterable[Appointment],
    circle: Circle,
    touch: Mapping[AlterId, Rhythm] = MappingProxyType({}),
) -> tuple[Near, ...]:
    """Return what is near, the soonest first and what has no day last."""
    found = [*_steps(today, intentions), *_visits(today, appointments), *_birthdays(today, circle)]
    found += _touches(today, circle, touch)
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
            yield Near(STEP, one.text, one.due, one.alter, one.id)


def _visits(today: dt.date, appointments: Iterable[Appointment]) -> Iterator[Near]:
    for one in appointments:
        day = one.at.date()
        if 0 <= (day - today).days <= AHEAD:
            at = "" if whole_day(one) else f", {one.at:%H:%M}"
            yield Near(VISIT, f"{one.with_ or 'a visit'}{at}", day, one.alter, one.id)


def _birthdays(today: dt.date, circle: Circle) -> Iterator[Near]:
    for bond in circle.bonds:
        day = next_birthday(bond.alter.birthday, today) if bond.status is Status.ACTIVE else None
        if day is not None and (day - today).days <= AHEAD:
            yield Near(BIRTHDAY, f"{bond.alter.name}'s birthday", day, bond.alter.id)


def _touches(today: dt.date, circle: Circle, touch: Mapping[AlterId, Rhythm]) -> Iterator[Near]:
    """Yield those in the person's life now of whom nothing was told for as long as the rhythm they chose."""
    for bond in circle.bonds:
        rhythm = touch.get(bond.alter.id) if bond.status is Status.ACTIVE else None
        if rhythm is not None and _is_due(rhythm, today):
            yield Near(TOUCH, f"{bond.alter.name}, whom you want to be in touch with", None, bond.alter.id)


def _is_due(rhythm: Rhythm, today: dt.date) -> bool:
    return rhythm.last is None or (today - rhythm.last).days >= rhythm.every


def brought_up(journal: Journal, today: dt.date, circle: Circle) -> dict[AlterId, Rhythm]:
    """Return the one person to be in touch with who is brought up today, or nobody, and note it.

    They are those of whom nothing was told for as long as the person chose, by turns; never somebody whose tie weighs
    much. Where nothing can be written it is not noted.
    """
    from kinship.reflect.packs import load_pack
    from kinship.reflect.state import strained_high

    def waits(bond: Bond) -> bool:
        rhythm = rhythms.get(bond.alter.id)
        open_ = bond.status is Status.ACTIVE and not strained_high(bond, load_pack().rules)
        return open_ and rhythm is not None and _is_due(rhythm, today)

    rhythms = rhythms_of(journal)
    waiting = [bond.alter.id for bond in circle.bonds if waits(bond)] if rhythms else []
    day, last = _last_brought_up(journal)
    if day == today:
        return {last: rhythms[last]} if last in waiting else {}
    if not waiting or (day is not None and abs((today - day).days) < APART):
        return {}
    turn = min(waiting, key=lambda one: (one == last, rhythms[one].last or dt.date.min, one))
    with contextlib.suppress(NotSaved, NewerVault, Refused):
        journal.remember(BROUGHT_UP, [today.isoformat(), turn])
    return {turn: rhythms[turn]}


def _last_brought_up(journal: Journal) -> tuple[dt.date | None, AlterId]:
    try:
        return msgspec.convert(journal.choices.value(BROUGHT_UP), tuple[dt.date, str])
    except msgspec.ValidationError:
        return None, ""


def rhythms_of(journal: Journal) -> dict[AlterId, Rhythm]:
    """Return whom the person wants to be in touch with; the last day is that of a moment, or a page that names them."""
    found = {}
    for choice in journal.choices:
        alter = choice.id.removeprefix(TOUCH_PREFIX)
        every = journal.choices.touch(alter) if alter != choice.id else None
        if every is not None:
            days = [moment.day for moment in journal.moments.of(alter)]
            days += [page.day for page in journal.pages.mentioning(alter)]
            found[alter] = Rhythm(every, max(days, default=None))
    return found


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
