"""When the week is looked back on: offered once in seven days, and not again in them where it was left."""

from __future__ import annotations

import contextlib
import datetime as dt

from kinship.ground.errors import NewerVault, NotSaved, Refused
from kinship.journal.journal import Journal
from kinship.reflect.prompts import Pack

LEFT = "pulse_left"
"""Choice: the day the offer was left; undo passes over it."""
WEEK = dt.timedelta(days=7)


def pulse_offer(journal: Journal, pack: Pack, day: dt.date) -> str:
    """Return the sentence that offers the week's lines on `day`; empty where it is too soon, or nothing was written."""
    week = day - WEEK
    answered = any(one.pulse is not None for one in journal.checkins.between(week + dt.timedelta(days=1), day))
    left = _day(journal.choices.value(LEFT))
    if answered or (left is not None and week < left <= day) or not journal.pages.between(dt.date.min, week):
        return ""
    return pack.pulse.offer


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def leave_pulse(journal: Journal) -> None:
    """Note that the offer was left; where nothing can be written, let it be."""
    with contextlib.suppress(NotSaved, NewerVault, Refused):
        journal.remember(LEFT, journal.today().isoformat())
