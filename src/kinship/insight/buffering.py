"""Stress buffering (Cohen & Wills 1985): whether mood falls less with stress on days with support, as two lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import structs

from kinship.insight.centring import Held
from kinship.insight.effects import NOTHING, Sums, slopes_apart
from kinship.insight.next_day import CHANCE, NOTHING_CLEAR
from kinship.insight.numbers import quantile
from kinship.insight.resampling import Resample, interval_of, resamples
from kinship.insight.series import Day
from kinship.insight.trial import Trial
from kinship.insight.values import Cell, Pattern, Point, Progress, Series, State, Table
from kinship.insight.words import USUAL, between, more, roughly, sentence

DAYS, EACH = 90, 12
"""Days there must be, and in each of four cells: more or less stress than around, with and without support."""
ENDS = (0.1, 0.9)
"""The lines are as long as most of the days: from the lowest tenth of stress to the highest."""
PLACES = 5
"""Points of a line."""
SAME_DAY = "Stress, support and mood are of the same day here, so this cannot tell which came first."
CELLS = (
    ("more stress than around, with support", True, True),
    ("more stress than around, without", True, False),
    ("less stress than around, with support", False, True),
    ("less stress than around, without", False, False),
)


class BufferingView:
    """Mood against stress, on days with support of any kind and on days without."""

    def __init__(self, days: Sequence[Day], held: Held) -> None:
        self.trial = Trial([day.supported for day in days], held.stresses, held.moods, slopes_apart)
        rows = self.trial.rows()
        told = [day for day, row in zip(days, rows, strict=True) if row is not None]
        self._known = [(flag, terms[1], terms[2]) for flag, terms in (row for row in rows if row is not None)]
        cells = [len(self._cell(stressed, flag)) for _, stressed, flag in CELLS]
        missing = max(DAYS - len(told), *(EACH - cell for cell in cells), 0)
        self.enough = missing == 0
        self._view = Pattern(
            id="buffering",
            title="Stress, with support and without",
            state=State.NOT_YET,
            n=len(told),
            missing=missing,
            since=told[0].day if told else None,
            until=told[-1].day if told else None,
            sentence=sentence(
                f"Not enough yet: this needs {DAYS} days with mood and stress, and {EACH} each of days with more and",
                "with less stress than around, with support and without.",
                f"So far {len(told)}, and {min(cells)} in the smallest of the four groups.",
                more(missing, "day"),
            ),
        )

    def _cell(self, stressed: bool, flag: bool) -> list[float]:
        """Return the moods of one of the four groups."""
        return [mood for with_, stress, mood in self._known if with_ is flag and (stress > 0) is stressed]

    def pattern(self, chance: float | None, progress: Progress | None = None) -> Pattern:
        """Return the view; `chance` is the family-wise p of its trial, None where there is not enough."""
        if not self.enough or chance is None:
            return self._view
        found = self.trial.estimate()
        with_, without = self.trial.sums()
        if found is None:
            return structs.replace(self._view, state=State.NOTHING, sentence=f"{NOTHING_CLEAR} {self._rests()}")
        drawn = resamples(self.trial, progress=progress)
        interval = interval_of(found.value, drawn, _value, self._view.n)
        clear = interval is not None and interval.clear and chance <= CHANCE
        slopes = [one.spread_uv / one.spread_u for one in (with_, without)]
        told = (
            f"for each point of stress more than on the days around, mood was {_moved(slopes[0])} on days with support "
            f"and {_moved(slopes[1])} on days without"
            f"{f'; the one against the other {roughly(interval)}' if interval is not None else ''}."
        )
        way = "less" if found.value > 0 else "more"
        said = (
            f"Mood fell {way} with stress on days with support: {told}"
            if clear
            else sentence(f"{NOTHING_CLEAR} {told[0].upper()}{told[1:]}", USUAL)
        )
        return structs.replace(
            self._view,
            state=State.PATTERN if clear else State.NOTHING,
            sentence=sentence(said, SAME_DAY, self._rests()),
            note=SAME_DAY,
            estimate=found.value,
            interval=interval,
            p=chance,
            series=(
                self._line("with support", True, with_, drawn),
                self._line("without", False, without, drawn),
            ),
            table=Table(("", "days", "mood, against the days around"), tuple(map(self._row, CELLS))),
        )

    def _row(self, cell: tuple[str, bool, bool]) -> tuple[Cell, ...]:
        name, stressed, flag = cell
        moods = self._cell(stressed, flag)
        return name, len(moods), sum(moods) / len(moods)

    def _line(self, name: str, flag: bool, sums: Sums, drawn: Sequence[Resample]) -> Series:
        """Return one group's line with its band."""
        stresses = [stress for with_, stress, _ in self._known if with_ is flag]
        low, high = (quantile(stresses, share) for share in ENDS)
        points = []
        for step in range(PLACES):
            at = low + (high - low) * step / (PLACES - 1)
            value = _height(sums, at) or 0.0
            band = interval_of(value, drawn, partial(_height_of, at, flag), len(stresses))
            points.append(Point(at, value, *((band.low, band.high) if band is not None else ())))
        return Series(name, tuple(points))

    def _rests(self) -> str:
        return f"{self._view.n} days, {between(self._view.since, self._view.until)}."


def _height(sums: Sums, at: float) -> float | None:
    """Return v on a group's line at u = `at`."""
    if sums.n < 2 or sums.spread_u < NOTHING:  # noqa: PLR2004 - a line needs two
        return None
    return sums.v / sums.n + sums.spread_uv / sums.spread_u * (at - sums.u / sums.n)


def _height_of(at: float, flag: bool, with_: Sums, without: Sums) -> float | None:
    return _height(with_ if flag else without, at)


def _moved(slope: float) -> str:
    return f"{abs(slope):.2f} {'higher' if slope > 0 else 'lower'}"


def _value(with_: Sums, without: Sums) -> float | None:
    found = slopes_apart(with_, without)
    return found.value if found is not None else None
