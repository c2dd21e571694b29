"""The day after: mood tomorrow against support today, at the same mood today. The only effect that is claimed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from kinship.insight.centring import centred
from kinship.insight.effects import Estimate, Sums, adjusted
from kinship.insight.resampling import interval_of, resamples
from kinship.insight.series import Day
from kinship.insight.trial import Trial
from kinship.insight.values import Interval, Pattern, Point, Progress, Series, State, Table
from kinship.insight.words import NOT_CAUSE, USUAL, between, count, higher, more, roughly, sentence
from kinship.journal.kinds import KIND_WORDS, Kind

PAIRS, EACH = 60, 15
"""Pairs of days there must be, and of them after a day with and after a day without."""
CHANCE = 0.05
"""How often chance may go as far, at most, for something to be called a pattern."""


class NextDayView:
    """One kind of support, and the mood of the day after it."""

    def __init__(self, days: Sequence[Day], kind: Kind) -> None:
        moods = centred([day.mood for day in days])
        self._words = KIND_WORDS[kind]
        self.trial = Trial([day.got(kind) for day in days], moods, (*moods[1:], None) if moods else (), adjusted)
        told = [day for day, row in zip(days, self.trial.rows(), strict=True) if row is not None]
        self._with, self._without = self.trial.sums()
        missing = max(PAIRS - len(told), EACH - round(self._with.n), EACH - round(self._without.n), 0)
        self.enough = missing == 0
        self._view = Pattern(
            id=f"next_day.{kind}",
            title=f"The next day: mood after {self._words}",
            state=State.NOT_YET,
            n=len(told),
            missing=missing,
            since=told[0].day if told else None,
            until=told[-1].day if told else None,
            sentence=sentence(
                f"Not enough yet: this needs {PAIRS} pairs of days with a mood on both,",
                f"{EACH} after a day with {self._words} and {EACH} after a day without.",
                f"So far {count(round(self._with.n), 'pair')} with and {round(self._without.n)} without.",
                more(missing, "pair"),
            ),
        )

    def pattern(self, chance: float | None, progress: Progress | None = None) -> Pattern:
        """Return the view; `chance` is the family-wise p of its trial, None where there is not enough."""
        found = self.trial.estimate()
        if not self.enough or chance is None:
            return self._view
        if found is None:
            return structs.replace(self._view, state=State.NOTHING, sentence=f"{NOTHING_CLEAR} {self._rests()}")
        interval = interval_of(found.value, resamples(self.trial, progress=progress), _value, self._view.n)
        clear = interval is not None and interval.clear and chance <= CHANCE
        range_ = f" ({roughly(interval)})" if interval is not None else ""
        told = f"{higher(found.value, 'after days without')}{range_}, for days that were alike in mood themselves."
        said = (
            sentence(f"The day after a day with {self._words}, mood was {told}", NOT_CAUSE)
            if clear
            else sentence(f"{NOTHING_CLEAR} The day after a day with {self._words}, mood was {told}", USUAL)
        )
        rows = (
            (f"after days with {self._words}", round(self._with.n), self._with.v / self._with.n),
            (f"after days without {self._words}", round(self._without.n), self._without.v / self._without.n),
            ("the difference, for days alike in mood", self._view.n, found.value),
        )
        return structs.replace(
            self._view,
            state=State.PATTERN if clear else State.NOTHING,
            sentence=sentence(said, self._rests()),
            note=NOT_CAUSE,
            estimate=found.value,
            interval=interval,
            p=chance,
            series=(Series("difference of the next day's mood", (_point(self._words, found, interval),)),),
            table=Table(("", "pairs of days", "next day's mood, against the days around"), rows),
        )

    def _rests(self) -> str:
        span = between(self._view.since, self._view.until)
        return f"{count(round(self._with.n), 'pair')} of days with and {round(self._without.n)} without, {span}."


NOTHING_CLEAR = "Nothing clear yet."


def _point(name: str, found: Estimate, interval: Interval | None) -> Point:
    return Point(name, found.value, *((interval.low, interval.high) if interval is not None else ()))


def _value(with_: Sums, without: Sums) -> float | None:
    found = adjusted(with_, without)
    return found.value if found is not None else None
