"""What a chart shows, apart from how it is drawn: panels over one axis, rows of bars or ranges, a year of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct


class Tone(StrEnum):
    """What a part of a picture is about; a colour theme has a colour of the same name."""

    INK = "ink"
    DIM = "dim"
    RULE = "rule"
    ACCENT = "accent"
    EMOTIONAL = "emotional"
    PRACTICAL = "practical"
    IDENTITY = "identity"
    STRAIN = "strain"


Spot = tuple[float, float]
"""A place on a panel: along the axis below, and up the axis on the left."""


class Line(Struct, frozen=True):
    """Spots joined one after the other; where nothing is known between two, they stand in different runs."""

    runs: tuple[tuple[Spot, ...], ...]
    tone: Tone = Tone.ACCENT
    dashed: bool = False


class Dots(Struct, frozen=True):
    """Spots that stand alone."""

    spots: tuple[Spot, ...]
    tone: Tone = Tone.DIM
    large: bool = False


class Band(Struct, frozen=True):
    """Where a line may lie: a stretch from low to high at each place."""

    spans: tuple[tuple[float, float, float], ...]
    """Place, low, high, in the order of the places."""
    tone: Tone = Tone.RULE
    light: bool = False
    """Whether it belongs to a dashed line."""


class Bars(Struct, frozen=True):
    """One bar from the ground to each spot, so wide that the next one just touches it."""

    spots: tuple[Spot, ...]
    tone: Tone = Tone.ACCENT


Layer = Line | Dots | Band | Bars
"""Layers are drawn in their order, later ones over earlier ones."""


class Panel(Struct, frozen=True):
    """Layers on a ground of their own; `ticks` are what stands beside the left axis."""

    layers: tuple[Layer, ...]
    low: float = 0
    high: float = 10
    ticks: tuple[tuple[float, str], ...] = ()
    title: str = ""
    guide: float | None = None
    """A height at which a thin line goes through."""


class Ends(Struct, frozen=True):
    """An axis of numbers, named at a few places."""

    low: float
    high: float
    names: tuple[tuple[float, str], ...] = ()


class Days(Struct, frozen=True):
    """An axis of days; a place on it is the ordinal of a day."""

    since: dt.date
    until: dt.date


class Steps(Struct, frozen=True):
    """An axis of steps; places are 0, 1, 2 …, and those whose name is empty have none below them."""

    names: tuple[str, ...]


Axis = Ends | Days | Steps


class Panels(Struct, frozen=True):
    """One panel above the other, over one axis."""

    axis: Axis
    panels: tuple[Panel, ...]
    legend: str = ""
    """What the signs mean: {line}, {dashed} and {dot} stand for those that are drawn with."""


class Bar(Struct, frozen=True):
    """One row: a name, how long its bar is, and what stands behind it."""

    name: str
    length: float
    said: str = ""
    tone: Tone = Tone.ACCENT
    heading: bool = False
    """Whether it is a name over the rows that follow, with no bar of its own."""


class Rows(Struct, frozen=True):
    """Bars that lie, from the left."""

    bars: tuple[Bar, ...]
    legend: str = ""


class Range(Struct, frozen=True):
    """One value on an axis that lies, and roughly where it may be; None where it is not known."""

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""
    tone: Tone = Tone.ACCENT
    heading: bool = False


class Ranges(Struct, frozen=True):
    """Values with what they may be, below each other on one axis, 0 marked."""

    rows: tuple[Range, ...]
    low: float
    high: float
    names: tuple[tuple[float, str], ...]


class Mark(StrEnum):
    """How a day of a year of dots looks; the fuller, the better it was."""

    AHEAD = "ahead"
    """Not a day of the chart."""
    EMPTY = "empty"
    WRITTEN = "written"
    """Something is kept of it, and no mood."""
    LOW = "low"
    MIDDLING = "middling"
    GOOD = "good"


class Year(Struct, frozen=True):
    """Months below each other, a mark for each of their days."""

    months: tuple[tuple[str, tuple[Mark, ...]], ...]


Picture = Panels | Rows | Ranges | Year


class Chart(Struct, frozen=True, kw_only=True):
    """A picture with everything that is said about it, so that nobody needs to see it."""

    id: str
    title: str
    sentence: str
    answers: tuple[str, ...] = ()
    """What is said below the picture, where it shows several things."""
    note: str = ""
    """What the sentence does not mean."""
    dates: str = ""
    """From when to when."""
    picture: Picture | None = None
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The table behind the picture, as words."""

    def __repr__(self) -> str:
        return f"Chart({self.id})"


def span_of(axis: Axis) -> Spot:
    """Return the first and the last place of an axis, never the same."""
    match axis:
        case Days():
            low, high = float(axis.since.toordinal()), float(axis.until.toordinal())
        case Steps():
            low, high = -0.5, len(axis.names) - 0.5
        case Ends():
            low, high = axis.low, axis.high
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def names_of(axis: Axis, most: int) -> tuple[tuple[float, str], ...]:
    """Return at most `most` places of an axis with what stands below them, in their order."""
    match axis:
        case Days():
            return tuple(_days(axis, max(1, most)))
        case Steps():
            named = [(float(at), name) for at, name in enumerate(axis.names) if name]
            return tuple(reversed(named[:: -(-(-len(named) // max(1, most)) or 1)]))
        case Ends():
            return axis.names


_MONTHS_APART = (1, 2, 3, 4, 6, 12, 24, 60, 120)


def _days(axis: Days, most: int) -> Iterator[tuple[float, str]]:
    """Yield the first days of months (or single days, where the axis is short), so many apart that they fit."""
    length = (axis.until - axis.since).days
    if length <= 45:  # noqa: PLR2004 - under two months of names
        every = max(1, -(-(length + 1) // most))
        for after in range(0, length + 1, every):
            day = axis.since + dt.timedelta(days=after)
            yield float(day.toordinal()), f"{day.day} {day:%b}"
        return
    firsts = [first for first in _firsts(axis) if first >= axis.since]
    apart = next((one for one in _MONTHS_APART if len(firsts) / one <= most), _MONTHS_APART[-1])
    for first in firsts:
        if (first.year * 12 + first.month - 1) % apart == 0:
            yield float(first.toordinal()), _month_name(first, apart)


def _firsts(axis: Days) -> Iterator[dt.date]:
    year, month = axis.since.year, axis.since.month
    while (first := dt.date(year, month, 1)) <= axis.until:
        yield first
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December


def _month_name(first: dt.date, apart: int) -> str:
    if first.month == 1 or apart >= 12:  # noqa: PLR2004 - a year
        return f"{first.year}"
    return f"{first:%b}"


def runs_of(
    points: Sequence[tuple[float, float | None]], furthest: float = float("inf")
) -> tuple[tuple[Spot, ...], ...]:
    """Return points as runs: a new one after every unknown value, and after a gap of more than `furthest`."""
    runs: list[list[Spot]] = [[]]
    for place, value in points:
        if value is None:
            runs.append([])
            continue
        if runs[-1] and place - runs[-1][-1][0] > furthest:
            runs.append([])
        runs[-1].append((place, value))
    return tuple(tuple(run) for run in runs if run)
