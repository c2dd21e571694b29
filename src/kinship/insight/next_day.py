"""The day after: mood tomorrow against support today, at the same mood today. The only effect that is claimed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from kinship.insight.centring import Held, share_of_the_week
from kinship.insight.effects import Sums, adjusted
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

    def __init__(self, days: Sequence[Day], held: Held, kind: Kind) -> None:
        self._words = KIND_WORDS[kind]
        self.trial = Trial([day.got(kind) for day in days], held.moods, held.next_moods, adjusted)
        told = [day for day, row in zip(days, self.trial.rows(), strict=True) if row is not None]
        self._with, self._without = self.trial.sums()
        flags = [row[0] for row in self.trial.rows() if row is not None]
        self._apart = 1 - share_of_the_week([day.day for day in told], flags)
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
        if not self.enough or chance is None:
            return self._view
        found = self.trial.estimate()
        if found is None or self._apart < LEAST_APART:
            why = SAME_WEEKDAYS.format(self._words) if found is not None else ""
            return structs.replace(
                self._view, state=State.NOTHING, sentence=sentence(NOTHING_CLEAR, why, self._rests()), note=why
            )
        value = found.value / self._apart
        interval = interval_of(value, resamples(self.trial, progress=progress), self._value, self._view.n)
        clear = interval is not None and interval.clear and chance <= CHANCE
        range_ = f" ({roughly(interval)})" if interval is not None else ""
        told = f"{higher(value, 'after days without')}{range_}, for days that were alike in mood themselves."
        said = (
            sentence(f"The day after a day with {self._words}, mood was {told}", NOT_CAUSE)
            if clear
            else sentence(f"{NOTHING_CLEAR} The day after a day with {self._words}, mood was {told}", USUAL)
        )
        rows = (
            (f"after days with {self._words}", round(self._with.n), self._with.v / self._with.n),
            (f"after days without {self._words}", round(self._without.n), self._without.v / self._without.n),
            ("the difference, for days alike in mood", self._view.n, value),
        )
        return structs.replace(
            self._view,
            state=State.PATTERN if clear else State.NOTHING,
            sentence=sentence(said, self._rests()),
            note=NOT_CAUSE if clear else USUAL,
            estimate=value,
            interval=interval,
            p=chance,
            series=(Series("difference of the next day's mood", (_point(self._words, value, interval),)),),
            table=Table(("", "pairs of days", "next day's mood, against the days around"), rows),
        )

    def _value(self, with_: Sums, without: Sums) -> float | None:
        """Return the effect within days of the week: what the weekday tells of the support is taken out of it too."""
        found = adjusted(with_, without)
        return found.value / self._apart if found is not None else None

    def _rests(self) -> str:
        span = between(self._view.since, self._view.until)
        return f"{count(round(self._with.n), 'pair')} of days with and {round(self._without.n)} without, {span}."


NOTHING_CLEAR = "Nothing clear yet."


LEAST_APART = 0.25
"""So much of when support comes must not be told by the day of the week."""
SAME_WEEKDAYS = "There was {} on the same days of nearly every week, so it cannot be told from the weekday."


def _point(name: str, value: float, interval: Interval | None) -> Point:
    return Point(name, value, *((interval.low, interval.high) if interval is not None else ()))
