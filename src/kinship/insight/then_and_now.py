"""The map then and now: a list of what changed between two days, never a pattern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import structs

from kinship.insight.values import Pattern, State, Table
from kinship.insight.words import between, more

APART = 14
"""Days there must be between the two."""


def then_and_now(before: dt.date, after: dt.date, changes: Iterable[str]) -> Pattern:
    """Return what changed on the map, in the sentences of `circle.change.change_in_words`."""
    days = (after - before).days
    view = Pattern(
        id="then_and_now",
        title="The map then and now",
        state=State.NOT_YET,
        n=max(0, days),
        missing=max(0, APART - days),
        since=before,
        until=after,
        sentence=f"Not enough yet: the two days of the map should be {APART} days apart. {more(APART - days, 'day')}",
    )
    if view.missing:
        return view
    said = tuple(changes)
    return structs.replace(
        view,
        state=State.SHOWN,
        sentence=said[0]
        if len(said) == 1
        else f"{len(said)} things are different on the map, {between(before, after)}.",
        table=Table(("what changed",), tuple((one,) for one in said)),
    )
