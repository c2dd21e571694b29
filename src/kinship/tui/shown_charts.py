"""What was written, put together, as charts: lines with their gaps, a year of dots, bars, one's own words."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from kinship.insight.values import Pattern, Point, Series, State
from kinship.journal.kinds import KIND_WORDS
from kinship.snapshot.chart import (
    Bar,
    Bars,
    Chart,
    Days,
    Dots,
    Line,
    Mark,
    Panel,
    Panels,
    Rows,
    Steps,
    Tone,
    Year,
    runs_of,
)
from kinship.tui.pattern_charts import chart_of

SCALE = ((0.0, "0"), (5.0, "5"), (10.0, "10"))
LOW, GOOD = 3.5, 6.5
"""Below the one a mood is among the lowest, from the other on among the highest."""
WEEK = 7
MOST_DOTS = 30
"""Answers of a line that are dots as well."""
FEW_MONTHS = 14
"""Months that are named each."""
_TONES = {KIND_WORDS[kind]: Tone(kind.value) for kind in KIND_WORDS}


def mood_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return the mood of each day as a dot, and the middle of each week as a line that ends where none is known."""
    (pattern,) = found
    if not pattern.series or pattern.since is None or pattern.until is None:
        return chart_of(id_, title, found, None)
    days, weeks = pattern.series
    dots = Dots(tuple((_day(one), one.value) for one in days.points if one.value is not None))
    line = Line(runs_of([(_day(one), one.value) for one in weeks.points], WEEK))
    axis = Days(_date(days.points[0]), _date(days.points[-1]))
    panel = Panel((dots, line), ticks=SCALE, guide=5)
    return chart_of(id_, title, found, Panels(axis, (panel,), "{dot} a day   {line} the middle of a week"))


def year_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return a row of marks for each month."""
    (pattern,) = found
    if not pattern.series:
        return chart_of(id_, title, found, None)
    moods, noted = pattern.series
    months: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mood, note in zip(moods.points, noted.points, strict=True):
        day = _date(mood)
        marks = months[day.year, day.month]
        marks += [Mark.AHEAD] * (day.day - 1 - len(marks))
        marks.append(_mark(mood.value, written=note.value is not None))
    rows = [(f"{dt.date(year, month, 1):%b}", tuple(marks)) for (year, month), marks in months.items()]
    return chart_of(id_, title, found, Year(tuple(rows)))


def _mark(mood: float | None, *, written: bool) -> Mark:
    if mood is None:
        return Mark.WRITTEN if written else Mark.EMPTY
    return Mark.LOW if mood < LOW else Mark.GOOD if mood >= GOOD else Mark.MIDDLING


def bars_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return one lying bar for each name, as long as the days are many."""
    (pattern,) = found
    points = pattern.series[0].points if pattern.series else ()
    bars = tuple(
        Bar(str(one.at), one.value or 0.0, f"{one.value or 0:g} {'day' if one.value == 1 else 'days'}", _tone(one.at))
        for one in points
    )
    return chart_of(id_, title, found, Rows(bars) if bars else None)


def months_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return a panel of standing bars for each series, all of one height, one bar a month."""
    (pattern,) = found
    months = [_date(one) for one in pattern.series[0].points] if pattern.series else []
    if not months:
        return chart_of(id_, title, found, None)
    top = max(1.0, *(one.value or 0.0 for line in pattern.series for one in line.points))
    panels = tuple(_bar_panel(line, top) for line in pattern.series)
    return chart_of(id_, title, found, Panels(Steps(tuple(_month(one, months) for one in months)), panels))


def _bar_panel(line: Series, top: float) -> Panel:
    spots = tuple((float(at), one.value or 0.0) for at, one in enumerate(line.points))
    return Panel((Bars(spots, _tone(line.name)),), 0, top, ((0.0, "0"), (top, f"{top:g}")), line.name)


def _month(month: dt.date, months: Sequence[dt.date]) -> str:
    if len(months) <= FEW_MONTHS:
        return f"{month:%b}"
    return f"{month.year}" if month.month == 1 else ""


def lines_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return a panel with a line for each series; a scale goes as far as its answers went."""
    shown = [line for pattern in found for line in pattern.series if line.points]
    dates = [_date(point) for line in shown for point in line.points]
    if not shown:
        return chart_of(id_, title, found, None)
    panels = tuple(_line_panel(line, whole=id_ == "pulse") for line in shown)
    return chart_of(id_, title, found, Panels(Days(min(dates), max(dates)), panels))


def _line_panel(line: Series, *, whole: bool) -> Panel:
    values = [one.value for one in line.points if one.value is not None]
    low, high = (0.0, 10.0) if whole or not values else (math.floor(min(values)), math.ceil(max(values)))
    high = high if high > low else low + 1
    spots = tuple((_day(one), one.value) for one in line.points if one.value is not None)
    each = (Dots(spots, Tone.ACCENT, large=True),) if len(spots) <= MOST_DOTS else ()
    layers = (Line((spots,) if spots else ()), *each)
    return Panel(layers, low, high, ((low, f"{low:g}"), (high, f"{high:g}")), line.name)


def words_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return what is to be read and not drawn: its table is the picture."""
    return chart_of(id_, title, found, None)


def changes_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return what changed on the map, a line each; the sentence only says how many there are."""
    chart = chart_of(id_, title, found, None)
    if found[0].state is not State.SHOWN:
        return chart
    count = chart.sentence.partition(":")[0].rstrip(".")
    told = f"{count}." if chart.rows else f"Nothing changed on the map, {chart.dates}."
    return replace(chart, sentence=told)


def _tone(name: object) -> Tone:
    return _TONES.get(str(name), Tone.ACCENT)


def _date(point: Point) -> dt.date:
    return point.at if isinstance(point.at, dt.date) else dt.date.min


def _day(point: Point) -> float:
    return float(_date(point).toordinal())
