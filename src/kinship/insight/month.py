"""A month looked back at: its starred lines, who and what came up, what changed, as one gentle page."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from kinship.ground.errors import Misused, NewerVault, NotSaved, Refused
from kinship.insight.words import count, listed
from kinship.journal.acts import Act
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind
from kinship.journal.mentions import NOBODY, fold
from kinship.journal.model import Direction, Status, StepState

FIRST_DAYS = 7
"""Days of a month on which the one before is offered."""
LEAST_PAGES = 3
"""Pages of a month that is worth looking back at; one starred line is enough as well."""
KEPT, LEFT = "kept", "left"
"""What is chosen about a month: it became a page, or was not wanted."""
ABOUT = "*A month in your own pages, put together for you. Change what you like.*"

_CALLED = re.compile(r"(?<![\w\\])[@#](?=\w)")
"""A sign that would make a name or a tag of what follows."""


class Section(Struct, frozen=True):
    """One part of the page, which can be left out."""

    id: str
    title: str
    lines: tuple[str, ...]
    listed: bool = False
    """Whether its lines are points of a list."""

    def __repr__(self) -> str:
        return f"Section({self.id})"


class LookBack(Struct, frozen=True, kw_only=True):
    """One month in sections; one without anything in it is not among them."""

    first: dt.date
    sections: tuple[Section, ...]
    pages: int

    def __repr__(self) -> str:
        return f"LookBack({self.first:%Y-%m})"

    @property
    def title(self) -> str:
        return f"Looking back at {self.first:%B %Y}"

    @property
    def offered(self) -> bool:
        """Whether there is enough to be worth a look."""
        return self.pages >= LEAST_PAGES or any(one.id == "lines" for one in self.sections)

    def body(self, without: Collection[str] = ()) -> str:
        """Return the page in Markdown, but for the sections whose ids are in `without`; empty where none is left."""
        shown = [one for one in self.sections if one.id not in without]
        parts = [ABOUT] if shown else []
        for one in shown:
            lines = [f"- {line}" for line in one.lines] if one.listed else one.lines
            parts += [f"## {one.title}", "\n".join(lines)]
        return "\n\n".join(parts)


def month_of(day: dt.date) -> dt.date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def month_before(day: dt.date) -> dt.date:
    """Return the first day of the month before the one of a day."""
    return month_of(month_of(day) - dt.timedelta(days=1))


def last_of(first: dt.date) -> dt.date:
    """Return the last day of the month that begins with `first`."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def look_back(journal: Journal, first: dt.date, changes: Sequence[str] = ()) -> LookBack:
    """Return the month that begins with `first`; `changes` are sentences on what changed on the map in it.

    Pages that are put away are left out, and so is everybody who is marked no contact now.
    """
    last = last_of(first)
    sections = (
        Section("lines", "Lines you starred", _starred(journal, first, last), listed=True),
        Section("people", "Who came up", _people(journal, first, last)),
        Section("kinds", "What there was", _kinds(journal, first, last)),
        Section("changes", "What changed on your map", tuple(changes), listed=True),
        Section("steps", "Small steps you took", _steps(journal, first, last), listed=True),
    )
    pages = journal.pages.between(first, last)
    return LookBack(first=first, sections=tuple(one for one in sections if one.lines), pages=len(pages))


def away_from(journal: Journal) -> frozenset[str]:
    """Return the ids of everybody who is marked no contact today."""
    bonds = journal.circle.as_of(journal.today()).bonds
    return frozenset(bond.alter.id for bond in bonds if bond.status is Status.NO_CONTACT)


def _starred(journal: Journal, first: dt.date, last: dt.date) -> tuple[str, ...]:
    shown = {page.id for page in journal.pages.between(first, last)}
    silent = [fold(name) for name in _names_of(journal, away_from(journal))]
    lines = sorted((one for one in journal.lines if one.entry in shown), key=lambda one: (one.day, one.id))
    told = (f"{_CALLED.sub('', ' '.join(one.text.split()))} ({one.day.day} {one.day:%B})" for one in lines)
    return tuple(line for line in told if not any(name in fold(line) for name in silent))


def _names_of(journal: Journal, alters: Iterable[str]) -> list[str]:
    found = (journal.alters.get(one) for one in alters)
    return [name for one in found if one is not None for name in (one.name, *one.aliases) if name]


def _people(journal: Journal, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Return who was named on a page or is on a moment, in the order of the alphabet: nobody comes first."""
    named = {alter for page in journal.pages.between(first, last) for alter in page.names.values()}
    named |= {moment.alter for moment in journal.moments.between(first, last)}
    roots = {journal.alters.root(one) for one in named - {NOBODY}} - away_from(journal)
    found = {one.name for id_ in roots if (one := journal.alters.get(id_)) is not None and one.name}
    return (f"{listed(sorted(found, key=fold))}.",) if found else ()


def _kinds(journal: Journal, first: dt.date, last: dt.date) -> tuple[str, ...]:
    days: dict[Direction, defaultdict[Kind, set[dt.date]]] = {way: defaultdict(set) for way in Direction}
    for moment in journal.moments.between(first, last):
        days[moment.direction][moment.kind].add(moment.day)
    told = []
    for way, begin in ((Direction.FROM_THEM, "There was"), (Direction.TO_THEM, "You gave")):
        had = [f"{KIND_WORDS[kind]} on {count(len(days[way][kind]), 'day')}" for kind in SUPPORT if days[way][kind]]
        if had:
            told.append(f"{begin} {listed(had)}.")
    return tuple(told)


def _steps(journal: Journal, first: dt.date, last: dt.date) -> tuple[str, ...]:
    done = (one for one in journal.intentions if one.state is StepState.DONE)
    inside = [one for one in done if first <= (one.due or one.made) <= last]
    told = sorted(inside, key=lambda one: (one.due or one.made, one.id))
    return tuple(_CALLED.sub("", " ".join(one.text.split())) for one in told)


# What becomes of it.


def choice_of(first: dt.date) -> str:
    """Return the key of what was chosen about a month."""
    return f"look_back.{first:%Y-%m}"


def offered_on(journal: Journal, day: dt.date) -> dt.date | None:
    """Return the first day of the month that a day offers to look back at; None where it offers none."""
    first = month_before(day)
    if day.day > FIRST_DAYS or journal.choices.value(choice_of(first)) is not None:
        return None
    return first if look_back(journal, first).offered else None


def keep(journal: Journal, looked: LookBack, without: Collection[str] = ()) -> Act:
    """Keep the page as an entry of today, and offer the month no more, as one act. Raises Misused for an empty page."""
    body = looked.body(without)
    if not body:
        raise Misused("There is nothing on this page to keep.")
    page = PageText(body=body, title=looked.title, day=journal.today())
    return journal.keep_look_back(page, choice_of(looked.first), KEPT)


def leave(journal: Journal, first: dt.date) -> None:
    """Offer a month no more; where nothing can be written, let it be."""
    with contextlib.suppress(NotSaved, NewerVault, Refused):
        journal.remember(choice_of(first), LEFT)
