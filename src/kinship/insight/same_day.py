"""Mood on days with a kind of support and on days without: shown with the trap that lies in it, never a pattern."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from kinship.insight.centring import centred
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


def same_day(days: Sequence[Day], kind: Kind, progress: Progress | None = None) -> Pattern:
    """Return how mood, held against the days around, differed between days with `kind` and days without."""
    words = KIND_WORDS[kind]
    moods = centred([day.mood for day in days])
    trial = Trial([day.got(kind) for day in days], moods, moods, difference)
    with_, without = trial.sums()
    told = [day for day, row in zip(days, trial.rows(), strict=True) if row is not None]
    missing = max(DAYS - len(told), EACH - round(with_.n), EACH - round(without.n), 0)
    view = Pattern(
        id=f"same_day.{kind}",
        title=f"The same day: mood and {words}",
        state=State.NOT_YET,
        n=len(told),
        missing=missing,
        since=told[0].day if told else None,
        until=told[-1].day if told else None,
        sentence=sentence(
            f"Not enough yet: this needs {DAYS} days with a mood, {EACH} of them with {words} and {EACH} without.",
            f"So far {count(round(with_.n), 'day')} with and {round(without.n)} without.",
            more(missing, "day"),
        ),
    )
    return view if missing else _shown(view, trial, told, kind, resamples(trial, progress=progress))


def _shown(view: Pattern, trial: Trial, told: Sequence[Day], kind: Kind, drawn: Sequence[Resample]) -> Pattern:
    words = KIND_WORDS[kind]
    with_, without = trial.sums()
    value = with_.v / with_.n - without.v / without.n
    interval = interval_of(value, drawn, _difference, len(told))
    points, rows = [], list[tuple[Cell, ...]]()
    for flag, sums in ((True, with_), (False, without)):
        name = f"{'with' if flag else 'without'} {words}"
        middle = sums.v / sums.n
        band = interval_of(middle, drawn, _mean_with if flag else _mean_without, round(sums.n))
        points.append(Point(name, middle, *((band.low, band.high) if band is not None else ())))
        felt = mean([day.mood for day in told if day.mood is not None and day.got(kind) is flag])
        rows.append((f"days {name}", round(sums.n), felt, middle))
    return structs.replace(
        view,
        state=State.SHOWN,
        estimate=value,
        interval=interval,
        note=SAME_DAY,
        sentence=sentence(
            f"On days with {words} mood was {higher(value, 'on days without')}, held against the days around"
            f"{f' ({roughly(interval)})' if interval is not None else ''}.",
            SAME_DAY,
            f"{count(round(with_.n), 'day')} with and {round(without.n)} without, {between(view.since, view.until)}.",
        ),
        series=(Series("mood, held against the days around", tuple(points)),),
        table=Table(("", "days", "mood, 0-10", "against the days around"), tuple(rows)),
    )


def _difference(with_: Sums, without: Sums) -> float | None:
    return with_.v / with_.n - without.v / without.n if with_.n and without.n else None


def _mean_with(with_: Sums, _without: Sums) -> float | None:
    return with_.v / with_.n if with_.n else None


def _mean_without(_with: Sums, without: Sums) -> float | None:
    return without.v / without.n if without.n else None
