"""Days as people say them on a command line: an ISO date, today or yesterday."""

from __future__ import annotations

import datetime as dt

import click

from kinship.cli.invocation import Invocation
from kinship.ground.clock import SystemClock, day_of


def day(word: str) -> dt.date:
    """Return the day meant by YYYY-MM-DD, `today` or `yesterday` (the person's own day, which outlasts midnight)."""
    folded = word.strip().casefold()
    if folded in ("today", "yesterday"):
        return _now() - dt.timedelta(days=folded == "yesterday")
    try:
        return dt.date.fromisoformat(folded)
    except ValueError as error:
        raise click.BadParameter(f"'{word}' is no day; write it as YYYY-MM-DD, today or yesterday.") from error


def _now() -> dt.date:
    invocation = click.get_current_context().find_object(Invocation)
    return day_of(invocation.surroundings.clock.now() if invocation is not None else SystemClock().now())
