"""On this day: the pages of the same day in years before, and which of them may come up without being asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kinship.journal.model import Status

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

ON_THIS_DAY = "on_this_day"
"""The choice that Today shows a page of this day in a year before."""
SHOWN = frozenset({Status.ACTIVE, Status.WISHED})
"""How a tie stands where a page that names somebody may come up by itself; nobody else is brought up unasked."""


def wanted(journal: Journal) -> bool:
    """Whether the person chose to be shown pages of this day."""
    return journal.choices.value(ON_THIS_DAY) is True


def brought_up(journal: Journal, day: dt.date) -> list[Entry]:
    """Return the pages of this day in years before that may be shown unasked, newest first; none unless chosen.

    A page stays away that names somebody who is not in the person's life now: whoever is remembered, parted from,
    paused, or not to be in contact with. Asking for the day shows every page.
    """
    found = journal.pages.on_this_day(day) if wanted(journal) else []
    if not found:
        return []
    standing = {bond.alter.id: bond.status for bond in journal.circle.as_of(day).bonds}
    away = {alter for alter, status in standing.items() if status not in SHOWN}
    kin = {one: root for root in away for one in journal.alters.kin(root)}
    return [entry for entry in found if not any(alter in kin for alter in entry.names.values())]


def years_ago(day: dt.date, today: dt.date) -> str:
    """Return how long ago a day of the same date was: "a year ago", "3 years ago"."""
    years = today.year - day.year
    return "a year ago" if years == 1 else f"{years} years ago"
