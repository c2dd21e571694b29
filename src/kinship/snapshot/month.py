"""A month looked back at, with what changed on the map in it: what two rooms that do not know each other say of it."""

from __future__ import annotations

import datetime as dt

from kinship.circle.looking_back import changes_between
from kinship.insight.month import LookBack, away_from, last_of, look_back
from kinship.journal.journal import Journal


def month_looked_back(journal: Journal, first: dt.date) -> LookBack:
    """Return the month that begins with `first`; of the one that is not over yet, what there is of it so far."""
    timeline = journal.circle.timeline()
    before, after = timeline.as_of(first - dt.timedelta(days=1)), timeline.as_of(min(last_of(first), journal.today()))
    return look_back(journal, first, changes_between(before, after, away_from(journal)))
