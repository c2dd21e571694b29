"""A date ahead as people say it: when, with whom, and what of their own lines may go on its list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kinship.ground.days import time_ahead_in
from kinship.journal.ahead import moment_at, whole_day
from kinship.journal.model import AlterId, Appointment, Entry, Line

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_MARKS = "#>-*+ "
MOST_LINES = 20
"""How many starred lines are offered for a list."""


def at_in(journal: Journal, words: str) -> dt.datetime:
    """Return the moment that plain words mean here: "Thursday 16:30". Raises Misused."""
    return moment_at(*time_ahead_in(words, journal.today()), journal.clock)


def when_of(date: Appointment) -> str:
    """Return when it is, as `at_in` reads it again: "26 November 2026 16:30"."""
    day = f"{date.at.day} {date.at:%B %Y}"
    return day if whole_day(date) else f"{day} {date.at:%H:%M}"


def whom_of(journal: Journal, date: Appointment) -> str:
    """Return whom it is with: the name they have now where they are on the map, else what was typed."""
    alter = journal.alters.get(date.alter) if date.alter is not None else None
    return alter.name if alter is not None else date.with_


def whom_in(journal: Journal, name: str) -> AlterId | None:
    """Return the one on the map who is called so, None where nobody or more than one is."""
    bearers = journal.alters.by_name(name) if name else ()
    return bearers[0].id if len(bearers) == 1 else None


def lines_to_star(journal: Journal, entry: Entry) -> tuple[str, ...]:
    """Return the lines of a page that may be starred, without the marks they begin with; those starred are left out."""
    told = {line.text for line in journal.lines if line.entry == entry.id}
    found = dict.fromkeys(line.strip().lstrip(_MARKS).strip() for line in entry.body.splitlines())
    return tuple(line for line in found if line and line not in told)


def starred_lines(journal: Journal) -> tuple[Line, ...]:
    """Return the lines the person starred, the newest first; those of a page that is out of sight are left out."""
    today = journal.today()
    found = []
    for line in sorted(journal.lines, key=lambda one: (one.day, one.id), reverse=True):
        page = journal.pages.get(line.entry)
        if page is not None and (page.hidden_until is None or page.hidden_until <= today):
            found.append(line)
    return tuple(found[:MOST_LINES])
