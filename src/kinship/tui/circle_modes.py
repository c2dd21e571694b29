"""The ways to look at the circle: today, as of a day, a day beside today, without somebody. Pure; screens show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from kinship.circle.cellmap import NO_MARKS, Marks
from kinship.circle.change import both, change_in_words, compare
from kinship.circle.compared import marks_of, remarks_of
from kinship.circle.glyphs import Glyphs
from kinship.circle.network import counted
from kinship.circle.rhythm import months_from
from kinship.circle.sentences import listed
from kinship.circle.what_if import what_if, what_if_in_words
from kinship.journal.model import Circle

if TYPE_CHECKING:
    from kinship.journal.model import AlterId
    from kinship.journal.timeline import Timeline

NO_REMARKS: Mapping[AlterId, str] = MappingProxyType({})
NAMED = 2
"""Names that the heading has room for."""


class Mode(StrEnum):
    """How the circle is looked at."""

    NOW = "now"
    THEN = "then"
    BESIDE = "beside"
    WITHOUT = "without"

    @property
    def in_time(self) -> bool:
        """Whether a day is chosen on the slider."""
        return self in {Mode.THEN, Mode.BESIDE}


class Sight(Struct, frozen=True, eq=False):
    """What is to be seen: a circle to draw with its marks, a heading, and what is said of it."""

    mode: Mode
    circle: Circle
    heading: str
    marks: Marks = NO_MARKS
    about: str = ""
    """What the sentences are about."""
    sentences: tuple[str, ...] = ()
    remarks: Mapping[AlterId, str] = NO_REMARKS
    """A few words for whoever is concerned."""

    @property
    def day(self) -> dt.date:
        """The day that words such as "a week ago" are counted from."""
        return self.circle.as_of


def now(circle: Circle) -> Sight:
    """Return the circle as it is."""
    return Sight(Mode.NOW, circle, "Your circle")


def then(timeline: Timeline, day: dt.date) -> Sight:
    """Return the circle as of a day; the sentences say what had changed in the month before."""
    circle = timeline.as_of(day)
    before = timeline.as_of(months_from(day, -1))
    change = compare(before, circle)
    count = len(counted(circle))
    people = f"{count} {'counts' if count == 1 else 'count'} on that day."
    quiet = not (change.new or change.gone or change.moved or change.gained or change.lost or change.turned)
    said = ("Nothing changed in the month before.",) if quiet else change_in_words(change, before, circle)
    return Sight(Mode.THEN, circle, f"as of {told(day)}", about="In the month before", sentences=(people, *said))


def beside(timeline: Timeline, day: dt.date, today: dt.date, glyphs: Glyphs) -> Sight:
    """Return a day beside today: everybody of either, with what came, went and moved."""
    before, after = timeline.as_of(day), timeline.as_of(today)
    change = compare(before, after)
    return Sight(
        Mode.BESIDE,
        both(before, after),
        f"{told(day)} beside today",
        marks=marks_of(change, glyphs),
        about=f"Since {told(day)}",
        sentences=change_in_words(change, before, after),
        remarks=remarks_of(change),
    )


def without(circle: Circle, away: Collection[AlterId]) -> Sight:
    """Return the circle with some imagined away; they stay on the drawing as ghosts."""
    found = what_if(circle, away)
    names = {bond.alter.id: bond.alter.name for bond in circle.bonds}
    there = [names[alter] for alter in found.away]
    ties = tuple(tie for tie in circle.ties if tie.a not in found.away and tie.b not in found.away)
    return Sight(
        Mode.WITHOUT,
        Circle(circle.as_of, circle.bonds, ties),
        f"without {_all(there)}" if there else "without: x marks somebody",
        marks=Marks(ghosts=frozenset(found.away)),
        about="Only imagined",
        sentences=what_if_in_words(found, circle),
        remarks=dict.fromkeys(found.away, "imagined away"),
    )


def told(day: dt.date) -> str:
    """Return a day as one says it."""
    return f"{day.day} {day:%B %Y}"


def _all(names: list[str]) -> str:
    return " and ".join(names) if len(names) == NAMED else listed(names, NAMED)
