"""Mood on days with a kind of support and on days without: shown with the trap that lies in it, never a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from kinship.insight.centring import Held
from kinship.insight.effects import Sums, difference
from kinship.insight.numbers import mean
from kinship.insight.resampling import Resample, interval_of, resamples
from kinship.insight.series import Day
from kinship.insight.trial import Trial
from kinship.insight.values import Cell, Pattern, Point, Progress, Series, State, Table
from kinship.insight.words import SAME_DAY, between, count, higher, more, roughly, sentence
from kinship.journal.kinds import KIND_WORDS, Kind

DAYS, EACH = 28, 8
"""Days there must be, and of them with and without."""


class SameDayView:
    """One kind of support, and the mood of the same day held against the days around."""

    def __init__(self, days: Sequence[Day], held: Held, kind: Kind) -> None:
        self._kind, self._words = kind, KIND_WORDS[kind]
        self.trial = Trial([day.got(kind) for day in days], held.nothing, held.moods, difference)
        self._told = [day for day, row in zip(days, self.trial.rows(), strict=True) if row is not None]
        with_, without = self.trial.sums()
        missing = max(DAYS - len(self._told), EACH - round(with_.n), EACH - round(without.n), 0)
        self.enough = missing == 0
        self._view = Pattern(
            id=f"same_day.{kind}",
            title=f"The same day: mood and {self._words}",
            state=State.NOT_YET,
            n=len(self._told),
            missing=missing,
            since=self._told[0].day if self._told else None,
            until=self._told[-1].day if self._told else None,
            sentence=sentence(
                f"Not enough yet: this needs {DAYS} days with a mood, {EACH} of them with {self._words}",
                f"and {EACH} without. So far {count(round(with_.n), 'day')} with and {round(without.n)} without.",
                more(missing, "day"),
            ),
        )

    def pattern(self, chance: float | None, progress: Progress | None = None) -> Pattern:
        """Return the view; it is tried with the family (`chance`), and whatever comes of that it is only shown."""
        if chance is None or not self.enough:
            return self._view
        drawn = resamples(self.trial, progress=progress)
        with_, without = self.trial.sums()
        value = with_.v / with_.n - without.v / without.n
        interval = interval_of(value, drawn, _difference, len(self._told))
        return structs.replace(
            self._view,
            state=State.SHOWN,
            estimate=value,
            interval=interval,
            note=SAME_DAY,
            sentence=sentence(
                f"On days with {self._words} mood was {higher(value, 'on days without')}, held against the days around"
                f"{f' ({roughly(interval)})' if interval is not None else ''}.",
                SAME_DAY,
                f"{count(round(with_.n), 'day')} with and {round(without.n)} without,",
                f"{between(self._view.since, self._view.until)}.",
            ),
            series=(Series("mood, held against the days around", tuple(self._points(drawn))),),
            table=Table(("", "days", "mood, 0-10", "against the days around"), tuple(map(self._row, (True, False)))),
        )

    def _points(self, drawn: Sequence[Resample]) -> Iterator[Point]:
        """Yield the middle of each group with its band."""
        for sums, measure, flag in zip(self.trial.sums(), (_mean_with, _mean_without), (True, False), strict=True):
            middle = sums.v / sums.n
            band = interval_of(middle, drawn, measure, round(sums.n))
            yield Point(self._name(flag), middle, *((band.low, band.high) if band is not None else ()))

    def _row(self, flag: bool) -> tuple[Cell, ...]:
        sums = self.trial.sums()[0 if flag else 1]
        felt = [day.mood for day in self._told if day.mood is not None and day.got(self._kind) is flag]
        return f"days {self._name(flag)}", round(sums.n), mean(felt), sums.v / sums.n

    def _name(self, flag: bool) -> str:
        return f"{'with' if flag else 'without'} {self._words}"


def _difference(with_: Sums, without: Sums) -> float | None:
    return with_.v / with_.n - without.v / without.n if with_.n and without.n else None


def _mean_with(with_: Sums, _without: Sums) -> float | None:
    return with_.v / with_.n if with_.n else None


def _mean_without(_with: Sums, without: Sums) -> float | None:
    return without.v / without.n if without.n else None
