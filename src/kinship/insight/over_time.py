"""Mood through time: a line with its gaps and the middle of each week, and a year as dots."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kinship.insight.numbers import median, quantile
from kinship.insight.series import Day
from kinship.insight.values import Cell, Pattern, Point, Series, State, Table
from kinship.insight.words import between, count, more, sentence

DAYS = 7
"""Days with a mood from which a line is drawn."""
OF_A_WEEK = 3
"""Days of a week that it takes to have a middle."""
YEAR = 365


def mood_line(days: Sequence[Day]) -> Pattern:
    """Return mood day by day, None where it was not said, and the median of each week (from Monday) with three days."""
    told = [(day.day, day.mood) for day in days if day.mood is not None]
    view = Pattern(
        id="mood",
        title="Mood through time",
        state=State.NOT_YET,
        n=len(told),
        missing=max(0, DAYS - len(told)),
        since=told[0][0] if told else None,
        until=told[-1][0] if told else None,
        sentence=sentence(
            f"Not enough yet: a line needs {DAYS} days with a mood, and there {_are(len(told))}.",
            more(DAYS - len(told), "day"),
        ),
    )
    if len(told) < DAYS:
        return view
    moods = [mood for _, mood in told]
    low, high = quantile(moods, 0.25), quantile(moods, 0.75)
    weeks = _weeks(told)
    middles = [middle for *_, middle in weeks if isinstance(middle, float)]
    span = days_between(told[0][0], told[-1][0])
    return Pattern(
        id=view.id,
        title=view.title,
        state=State.SHOWN,
        n=len(told),
        since=view.since,
        until=view.until,
        sentence=sentence(
            f"Mood was said on {len(told):,} of {count(span, 'day')}, {between(view.since, view.until)}.",
            f"The middle one was {median(moods):.1f}; half of them lay between {low:.1f} and {high:.1f}.",
            f"The middle of a week went from {min(middles):.1f} to {max(middles):.1f}." if len(middles) > 1 else "",
            "Days without a word are gaps in the line.",
        ),
        series=(
            Series("mood", tuple(Point(day.day, day.mood) for day in days)),
            Series(
                "middle of the week",
                tuple(Point(week + dt.timedelta(days=3), middle) for week, _, _, _, middle in weeks),
            ),
        ),
        table=Table(("week from", "days", "lowest", "highest", "middle"), tuple(weeks)),
    )


Week = tuple[dt.date, int, float | None, float | None, float | None]
"""Monday, days with a mood, the lowest, the highest and the middle one; None where there is none."""


def _weeks(told: Iterable[tuple[dt.date, float]]) -> list[Week]:
    """Return every week from the first to the last."""
    found: defaultdict[dt.date, list[float]] = defaultdict(list)
    for day, mood in told:
        found[day - dt.timedelta(days=day.weekday())].append(mood)
    first, last = min(found), max(found)
    return [_week(first + dt.timedelta(days=7 * n), found) for n in range((last - first).days // 7 + 1)]


def _week(monday: dt.date, found: Mapping[dt.date, Sequence[float]]) -> Week:
    moods = found.get(monday)
    if not moods:
        return monday, 0, None, None, None
    return monday, len(moods), min(moods), max(moods), median(moods) if len(moods) >= OF_A_WEEK else None


def year_in_dots(days: Sequence[Day]) -> Pattern:
    """Return the last year of the calendar, a dot for each day: its mood where it was said, "noted" where not."""
    year = days[-YEAR:]
    noted = [day for day in year if day.noted]
    felt = [day for day in noted if day.mood is not None]
    since, until = (year[0].day, year[-1].day) if year else (None, None)
    months: defaultdict[str, list[Day]] = defaultdict(list)
    for day in year:
        months[f"{day.day:%Y-%m}"].append(day)
    rows: list[tuple[Cell, ...]] = []
    for month, its in months.items():
        moods = [day.mood for day in its if day.mood is not None]
        rows.append((month, sum(day.noted for day in its), len(moods), median(moods) if moods else None))
    told = (
        sentence(
            f"Something is kept of {len(noted):,} of {count(len(year), 'day')}, and a mood of {len(felt):,},",
            f"{between(since, until)}.",
            "An empty dot is a day that was lived elsewhere.",
        )
        if noted
        else "Nothing is kept of these days yet; the first page is the first dot."
    )
    return Pattern(
        id="year",
        title="A year in dots",
        state=State.SHOWN if noted else State.NOT_YET,
        n=len(noted),
        missing=0 if noted else 1,
        since=since,
        until=until,
        sentence=told,
        series=(
            Series("mood", tuple(Point(day.day, day.mood) for day in year)),
            Series("noted", tuple(Point(day.day, 1.0 if day.noted else None) for day in year)),
        ),
        table=Table(("month", "days noted", "with a mood", "middle mood"), tuple(rows)),
    )


def days_between(first: dt.date, last: dt.date) -> int:
    """Return how many days there are from the first to the last, both counted."""
    return (last - first).days + 1


def _are(number: int) -> str:
    return "is none" if number == 0 else "is 1" if number == 1 else f"are {number}"
