"""What mood and support say of each other over the days, and how surely: same day, next day, stress buffering.

Only effects with enough days are tried, all of them as one family, and one is called a pattern only where its interval
is clear of 0 *and* chance over the whole family goes as far in at most one of twenty (`docs/patterns.md`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kinship.insight.buffering import BufferingView
from kinship.insight.next_day import NextDayView
from kinship.insight.same_day import same_day
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
    views: list[NextDayView | BufferingView] = [*(NextDayView(days, kind) for kind in SUPPORT), BufferingView(days)]
    tried = [view for view in views if view.enough]
    chances = iter(family_wise([view.trial for view in tried], _part(tell, 0, 1)))
    parts = len(SUPPORT) + len(views)
    found = [same_day(days, kind, _part(tell, at, parts)) for at, kind in enumerate(SUPPORT, parts)]
    for at, view in enumerate(views, parts + len(SUPPORT)):
        found.append(view.pattern(next(chances) if view.enough else None, _part(tell, at, parts)))
    tell(1.0)
    return tuple(found)


def _part(tell: Progress, at: int, parts: int) -> Progress:
    """Return what tells of one part: the shifts are half of the work, then come the intervals one by one."""
    first, length = (0.0, 0.5) if parts == 1 else (0.5 + (at - parts) * 0.5 / parts, 0.5 / parts)
    return lambda done: tell(first + length * done)


def _nobody(_done: float) -> None:
    pass
