"""What every view of the patterns hands on: a state, a sentence, n, days, points to draw and the table behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

Progress = Callable[[float], None]
"""Takes how much is done, 0 to 1; whatever it raises ends the work."""

Cell = str | int | float | dt.date | None
"""A value of a table; None where there is none."""


class State(StrEnum):
    """How far a view may speak."""

    NOT_YET = "not_yet"
    """Too little is written; the sentence says how much more."""
    NOTHING = "nothing"
    """Enough is written, and nothing stands out: the normal answer."""
    PATTERN = "pattern"
    """Clear of chance by both rules."""
    SHOWN = "shown"
    """What was written, put together; no claim is made of it."""


class Interval(Struct, frozen=True):
    """Roughly where a value lies."""

    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether 0 is outside."""
        return self.low > 0 or self.high < 0


class Table(Struct, frozen=True):
    """What a chart draws, as rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __repr__(self) -> str:
        return f"Table({len(self.rows)} rows)"

    def told(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as words."""
        return tuple(tuple(tell(cell) for cell in row) for row in self.rows)


class Point(Struct, frozen=True):
    """One point of a chart; `value` is None where nothing is known."""

    at: dt.date | float | str
    value: float | None
    low: float | None = None
    high: float | None = None
    """The band around it, where there is one."""

    def __repr__(self) -> str:
        return "Point()"


class Series(Struct, frozen=True):
    """One line, or one set of bars, of a chart."""

    name: str
    points: tuple[Point, ...]

    def __repr__(self) -> str:
        return f"Series({len(self.points)} points)"


class Pattern(Struct, frozen=True, kw_only=True):
    """One view: what is said of it, and what a chart of it draws."""

    id: str
    title: str
    state: State
    sentence: str
    """The answer in words, with n, days and the interval where there is one."""
    note: str = ""
    """What the answer does not mean."""
    n: int = 0
    """How many days (or pairs of days, or pages) it rests on."""
    missing: int = 0
    """How many more are needed where there are not enough yet."""
    since: dt.date | None = None
    until: dt.date | None = None
    estimate: float | None = None
    interval: Interval | None = None
    p: float | None = None
    """How often chance alone goes as far, for the whole family of effects looked at."""
    series: tuple[Series, ...] = ()
    table: Table | None = None

    def __repr__(self) -> str:
        return f"Pattern({self.id}, {self.state})"


def tell(cell: Cell) -> str:
    """Return a cell as words: a measured number with one place, "-" where there is none."""
    if cell is None:
        return "-"
    if isinstance(cell, float):
        told = f"{cell:.1f}"
        return "0.0" if told == "-0.0" else told
    return str(cell)
