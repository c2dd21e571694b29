"""Pages on their way out: what of each one leaves, with names as far as they may, and no sign a reader could obey."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from kinship.journal.journal import Journal
from kinship.journal.known_names import names_of_people, names_of_things
from kinship.journal.model import Entry
from kinship.privacy.initials import Initials
from kinship.privacy.text import clean, clean_line

_ROOM_AT_END = re.compile(r"(?<=\w\.)(?: +(?=[.,;:!?)]|['’]s\b)| {2,}(?=[\"'’]|$))", re.MULTILINE)
_ROOM_INSIDE = re.compile(r"(?<=\w\.) {2,}")
"""What is left of the room that a name took."""


class Naming(StrEnum):
    """How people are called in pages that leave."""

    INITIALS = "initials"
    FULL = "full"


class Sheet(Struct, frozen=True, kw_only=True):
    """One page as it leaves."""

    day: dt.date
    at: dt.datetime
    title: str
    body: str
    journal: str
    mood: int | None
    stress: int | None
    feelings: tuple[str, ...]
    tags: tuple[str, ...]
    people: tuple[str, ...]
    topic: str
    starred: bool

    def __repr__(self) -> str:
        return f"Sheet({self.day})"


def sheets(journal: Journal, entries: Iterable[Entry], naming: Naming) -> tuple[Sheet, ...]:
    """Return the pages as they leave, the oldest first."""
    hide = as_initials(journal) if naming is Naming.INITIALS else _as_it_is
    return tuple(_sheet(journal, one, hide) for one in sorted(entries, key=lambda one: (one.day, one.at, one.id)))


def as_initials(journal: Journal) -> Callable[[str], str]:
    """Return what makes initials of every name that the journal knows, without the room that they took."""
    initials = Initials(names_of_people(journal), names_of_things(journal), cut=False)

    def hide(text: str) -> str:
        hidden = initials.hide(text)
        return text if hidden == text else _ROOM_INSIDE.sub(" ", _ROOM_AT_END.sub("", hidden))

    return hide


def _as_it_is(text: str) -> str:
    return text


def _sheet(journal: Journal, entry: Entry, hide: Callable[[str], str]) -> Sheet:
    def line(text: str | None) -> str:
        return clean_line(hide(clean_line(text or "")))

    alters = {id_: found for id_ in entry.names.values() if (found := journal.alters.get(id_)) is not None}
    return Sheet(
        day=entry.day,
        at=entry.at,
        title=line(entry.title),
        body=clean(hide(clean(entry.body))),
        journal=line(entry.journal),
        mood=entry.mood,
        stress=entry.stress,
        feelings=tuple(map(line, entry.feelings)),
        tags=tuple(map(line, entry.tags)),
        people=tuple(dict.fromkeys(line(one.name) for one in alters.values())),
        topic=line(entry.topic),
        starred=entry.starred,
    )
