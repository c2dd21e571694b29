"""What the statistics found, as charts: each with its sentence, what that does not mean, and its table."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from kinship.insight.values import Pattern, Point, Series, State
from kinship.insight.words import between
from kinship.journal.kinds import KIND_WORDS, SUPPORT
from kinship.snapshot.chart import Band, Chart, Ends, Line, Panel, Panels, Picture, Range, Ranges, Tone

_SENTENCES = re.compile(r"(?<=[.!?]) +")
BELOW_ZERO = "\N{MINUS SIGN}"


def same_day_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return mood on days with each kind and on days without, held against the days around."""
    rows = []
    for kind, pattern in zip(SUPPORT, found, strict=True):
        rows.append(Range(_heading(kind, pattern), heading=True))
        for point, name, tone in zip(_points(pattern), _WITH, (Tone(kind.value), Tone.DIM), strict=False):
            rows.append(_range(name, point, tone))
    return chart_of(id_, title, found, _ranges(rows))


def next_day_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return the difference of the next day's mood after each kind, with where it may lie."""
    rows = []
    for kind, pattern in zip(SUPPORT, found, strict=True):
        points = _points(pattern)
        tone = Tone(kind.value)
        name = KIND_WORDS[kind]
        rows += [_range(name, point, tone) for point in points] or [Range(name, said="not yet")]
    return chart_of(id_, title, found, _ranges(rows))


def buffering_chart(id_: str, title: str, found: Sequence[Pattern]) -> Chart:
    """Return mood against stress as two short lines, each within its band."""
    (pattern,) = found
    lines = pattern.series
    points = [point for line in lines for point in line.points]
    if not points:
        return chart_of(id_, title, found, None)
    reach = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
    low, high = math.floor(min(reach)), math.ceil(max(reach))
    ends = [_number(point.at) for point in points]
    axis = Ends(min(ends), max(ends), ((min(ends), "less stress than around"), (max(ends), "more")))
    two = tuple(zip(lines, _TWO, (False, True), strict=False))
    layers = [_band(line, light) for line, _, light in reversed(two)] + [_line(*one) for one in two]
    legend = "   ".join(f"{sign} {line.name}" for line, sign in zip(lines, ("{line}", "{dashed}"), strict=False))
    ticks = tuple((float(value), signed(value)) for value in (low, 0, high) if low <= value <= high)
    return chart_of(id_, title, found, Panels(axis, (Panel(tuple(layers), low, high, ticks, guide=0),), legend))


_WITH = ("  days with", "  days without")
_TWO = (Tone.ACCENT, Tone.DIM)


def state_of(found: Sequence[Pattern]) -> str:
    """Return in a few words how far a view may speak."""
    if any(one.state is State.PATTERN for one in found):
        return "a pattern"
    if any(one.state is State.NOTHING for one in found):
        return "nothing clear yet"
    if any(one.state is State.SHOWN for one in found):
        return "shown"
    missing = min((one.missing for one in found), default=0)
    return f"not yet · {missing} more" if missing else "not yet"


def signed(value: float) -> str:
    """Return a number with its sign, nought without one."""
    told = f"{abs(value):.1f}".removesuffix(".0")
    return told if told == "0" else f"{'+' if value > 0 else BELOW_ZERO}{told}"


def chart_of(id_: str, title: str, found: Sequence[Pattern], picture: Picture | None) -> Chart:
    """Put one answer or several into a chart: what all of them say, or do not mean, is said once and first."""
    since = min((one.since for one in found if one.since is not None), default=None)
    until = max((one.until for one in found if one.until is not None), default=None)
    header, rows = _table(found)
    dates = between(since, until)
    notes = tuple(dict.fromkeys(one.note for one in found if one.note))
    shared, answers = said_once([_undated(one.sentence, dates) for one in found], notes)
    alone = len(found) == 1
    return Chart(
        id=id_,
        title=title,
        sentence=" ".join(shared if alone else (*shared, *notes)),
        answers=answers,
        note=" ".join(notes) if alone else "",
        dates=dates,
        picture=picture if any(one.series for one in found) else None,
        header=header,
        rows=rows,
    )


def _undated(sentence: str, dates: str) -> str:
    """Return a sentence without the days that stand above it."""
    if not dates:
        return sentence
    return sentence.replace(f", {dates}", "").replace(f" ({dates})", "")


def said_once(answers: Sequence[str], notes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what all answers say, and what is left of each; what a note says is said there."""
    said = [[part for part in _SENTENCES.split(answer) if part not in notes] for answer in answers]
    shared = [part for part in said[0] if all(part in other for other in said)]
    own = (" ".join(part for part in parts if part not in shared) for parts in said)
    return tuple(shared), tuple(one for one in dict.fromkeys(own) if one)


def _table(found: Iterable[Pattern]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    tables = [one.table for one in found if one.table is not None]
    header = tables[0].header if tables else ()
    return header, tuple(row for table in tables if table.header == header for row in table.told())


def _points(pattern: Pattern) -> tuple[Point, ...]:
    return tuple(point for line in pattern.series for point in line.points)


def _heading(kind: str, pattern: Pattern) -> str:
    words = next(KIND_WORDS[one] for one in SUPPORT if one == kind)
    return words if pattern.series else f"{words}: {state_of([pattern])}"


def _range(name: str, point: Point, tone: Tone) -> Range:
    said = signed(point.value) if point.value is not None else ""
    return Range(name, point.value, point.low, point.high, said, tone)


def _ranges(rows: Sequence[Range]) -> Ranges:
    known = [abs(one) for row in rows for one in (row.value, row.low, row.high) if one is not None]
    reach = max(1.0, math.ceil(max(known, default=0.0) * 2) / 2)
    names = ((-reach, f"{reach:g} lower"), (0.0, "the same"), (reach, f"{reach:g} higher"))
    return Ranges(tuple(rows), -reach, reach, names)


def _band(line: Series, light: bool) -> Band:
    known = ((one.at, one.low, one.high) for one in line.points)
    spans = tuple((_number(at), low, high) for at, low, high in known if low is not None and high is not None)
    return Band(spans, light=light)


def _line(line: Series, tone: Tone, dashed: bool) -> Line:
    run = tuple((_number(one.at), one.value) for one in line.points if one.value is not None)
    return Line((run,) if run else (), tone, dashed)


def _number(at: object) -> float:
    return float(at) if isinstance(at, int | float) else 0.0
