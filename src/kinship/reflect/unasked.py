"""Which pages of another year come up by themselves: none while something heavy is near."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kinship.journal.on_this_day import brought_up
from kinship.reflect.state import condition_since

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

HEAVY = ("recent_loss", "recent_separation")
"""Choices while which no page of another year is brought up."""


def looked_back(journal: Journal, day: dt.date) -> list[Entry]:
    """Return the pages of this day in years before that may be shown; none while a loss or a separation is near."""
    found = brought_up(journal, day)
    return [] if found and any(condition_since(journal, one) for one in HEAVY) else found
