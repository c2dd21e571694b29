"""What Today says in a line each: the day, what waits, and what was written on this day before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kinship.journal.drafts import WALK
from kinship.journal.on_this_day import years_ago

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

_PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
"""Until which hour a part of the day lasts."""
INVENTED = "An invented life, not yours: it is wiped when you leave."
"""What stands on Today in the demo."""


def heading(day: dt.date, now: dt.datetime) -> str:
    """Return the person's day and the part of it that it is: "Sunday 22 November, evening"."""
    part = next(name for until, name in _PARTS if now.hour < until)
    return f"{day:%A} {day.day} {day:%B}, {part}"


def waiting(journal: Journal) -> str:
    """Return how to go on with the words that were left unfinished last, empty where there are none."""
    unfinished = journal.drafts.pages()
    if not unfinished:
        return ""
    newest, at = unfinished[0], f"{unfinished[0].saved:%H:%M}"
    if WALK in newest.beside:
        return f"A reflection waits since {at}. r goes on with it."
    if newest.page.id is None:
        return f"Words of yours wait unfinished since {at}. w goes on with them."
    return f"A page waits unfinished since {at}. p finds it, e goes on with it."


def written_twice(journal: Journal) -> str:
    """Return how to see what was written in two places at once, empty where nothing was."""
    number = len(journal.vault.conflicts())
    if not number:
        return ""
    what = "Something was" if number == 1 else f"{number} things were"
    return f"{what} written in two places at once. v shows both sides."


def sealed(journal: Journal) -> str:
    """Return how many sealed notes wait and the key that leads to them, empty where none do."""
    notes = len(journal.waiting_notes())
    return f"{notes} sealed note{' waits' if notes == 1 else 's wait'} · b" if notes else ""


def years_said(pages: list[Entry], today: dt.date) -> str:
    """Return which years some pages of this day are of: "a year ago", "1, 2 and 5 years ago"."""
    if len({page.day.year for page in pages}) == 1:
        return years_ago(pages[0].day, today)
    *before, last = (str(today.year - year) for year in dict.fromkeys(page.day.year for page in pages))
    return f"{', '.join(before)} and {last} years ago"


def month_said(month: dt.date | None) -> str:
    """Return what offers to look back at a month, empty where none is offered."""
    return f"{month:%B} on one page, if you like to look back." if month is not None else ""
