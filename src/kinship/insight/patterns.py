"""What mood and support say of each other over the days, and how surely: same day, next day, stress buffering.

All that is looked at and has enough days is one family. An effect is called a pattern only where its interval is clear
of 0 *and* chance, over the whole family, goes as far in at most one of twenty (`docs/patterns.md`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kinship.insight.buffering import BufferingView
from kinship.insight.centring import hold
from kinship.insight.next_day import NextDayView
from kinship.insight.same_day import SameDayView
from kinship.insight.series import Day, days_of
from kinship.insight.shifts import family_wise
from kinship.insight.values import Cell, Interval, Pattern, Point, Progress, Series, State, Table
from kinship.journal.kinds import SUPPORT

__all__ = [
    "Cell", "Day", "Interval", "Pattern", "Point", "Progress", "Series", "State", "Table", "days_of", "patterns",
]  # fmt: skip


def patterns(days: Sequence[Day], *, progress: Progress | None = None) -> tuple[Pattern, ...]:
    """Return seven views of a complete calendar: each kind on the same day, each kind and the next day, buffering.

    The same days give the same answer. Ten years take about two seconds of processor time: call it in a thread.
    `progress` is told 0 to 1 on the way, every tenth of a second or so; what it raises ends the work.
    """
    tell = progress or _nobody
    tell(0.0)
    views = views_of(_told(days))
    chances = iter(family_wise([view.trial for view in views if view.enough], _part(tell, 0.0, 0.5)))
    found = []
    for at, view in enumerate(views):
        part = _part(tell, 0.5 + 0.5 * at / len(views), 0.5 / len(views))
        found.append(view.pattern(next(chances) if view.enough else None, part))
    tell(1.0)
    return tuple(found)


def views_of(days: Sequence[Day]) -> tuple[SameDayView | NextDayView | BufferingView, ...]:
    """Return all that is looked at, each with its trial: one family, whether or not it may be called a pattern."""
    held = hold(days)
    return (
        *(SameDayView(days, held, kind) for kind in SUPPORT),
        *(NextDayView(days, held, kind) for kind in SUPPORT),
        BufferingView(days, held),
    )


def _told(days: Sequence[Day]) -> Sequence[Day]:
    """Return the calendar from the first day with a mood to the last: what lies before cannot be compared."""
    at = [place for place, day in enumerate(days) if day.mood is not None]
    return days[at[0] : at[-1] + 1] if at else ()


def _part(tell: Progress, first: float, length: float) -> Progress:
    return lambda done: tell(first + length * done)


def _nobody(_done: float) -> None:
    pass
