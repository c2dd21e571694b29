"""A chart as SVG 1.1: its title, its sentence, its picture, what it does not mean; nothing in it runs or loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kinship.snapshot.chart import (
    Axis,
    Band,
    Bar,
    Bars,
    Chart,
    Dots,
    Layer,
    Line,
    Mark,
    Panel,
    Panels,
    Range,
    Ranges,
    Rows,
    Spot,
    Tone,
    Year,
    names_of,
    span_of,
)
from kinship.snapshot.lettering import shortened, width_of, wrapped
from kinship.snapshot.svg import FONTS, INK, KIND_COLOURS, PAPER, SOFT, STRAIN_COLOUR, escaped

WIDTH, MARGIN = 840, 40
"""Of the whole sheet, in pixels."""
TITLE, TEXT, SMALL = 24, 14, 12
"""Sizes of letters."""
LINE = 1.45
"""Heights of a line of text, in sizes of its letters."""
PANEL, SHORT = 280, 110
"""Height of the ground of a panel that stands alone, and of one among several."""
ROW = 26
DAY = 22
MOST_NAMES = 12
SIDE = 34
NAME_ROOM, SAID_ROOM = 170, 150

_At = Callable[[Spot], Spot]
"""From a spot of a panel to a place on the sheet."""

RULE = "#d9d0c3"
COLOURS = {
    Tone.INK: INK, Tone.DIM: SOFT, Tone.RULE: RULE, Tone.ACCENT: "#9a4a24", Tone.STRAIN: STRAIN_COLOUR,
    **{Tone(kind.value): colour for kind, colour in KIND_COLOURS.items()},
}  # fmt: skip
_SIGNS = {"line": "\N{EM DASH}", "dashed": "- -", "dot": "\N{MIDDLE DOT}"}
"""What stands for lines and dots in a legend."""
_FILLS = {Mark.LOW: 0.3, Mark.MIDDLING: 0.6, Mark.GOOD: 1.0}
"""How much of the circle of a day is full."""
_MEANING = (
    (Mark.GOOD, "mood 7-10"), (Mark.MIDDLING, "4-6"), (Mark.LOW, "0-3"), (Mark.WRITTEN, "not said"),
    (Mark.EMPTY, "nothing"),
)  # fmt: skip


def chart_svg(chart: Chart) -> bytes:
    """Return a chart as one UTF-8 SVG document; the same chart gives the same bytes."""
    head, top = _head(chart)
    picture, below = _picture(chart, top)
    told, below = _paragraphs(chart.answers, below + 8)
    foot, height = _words(chart.note, below + 8, SMALL, SOFT)
    height = round(height + MARGIN)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{FONTS}" role="img" aria-labelledby="chart-title chart-desc">'
    )
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        opening,
        f'<title id="chart-title">{escaped(chart.title)}</title>',
        f'<desc id="chart-desc">{escaped(chart.sentence)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *head,
        *picture,
        *told,
        *foot,
        "</svg>",
    )
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _head(chart: Chart) -> tuple[list[str], float]:
    """Return title, dates and sentence, and where they end."""
    top = MARGIN + TITLE * 0.8
    drawn = [_text(chart.title, MARGIN, top, TITLE, INK)]
    if chart.dates:
        top += SMALL * 1.8
        drawn.append(_text(chart.dates, MARGIN, top, SMALL, SOFT))
    said, top = _words(chart.sentence, top + TEXT, TEXT, INK)
    return drawn + said, top + 16


def _words(text: str, top: float, size: int, colour: str) -> tuple[list[str], float]:
    lines = wrapped(text, size, WIDTH - 2 * MARGIN)
    drawn = [_text(line, MARGIN, top + size * (1 + LINE * at), size, colour) for at, line in enumerate(lines)]
    return drawn, top + size * LINE * len(lines)


def _picture(chart: Chart, top: float) -> tuple[list[str], float]:
    match chart.picture:
        case Panels():
            return _panels(chart.picture, top)
        case Rows():
            return _rows(chart.picture, top)
        case Ranges():
            return _ranges(chart.picture, top)
        case Year():
            return _year(chart.picture, top)
        case _:
            return _table(chart.rows, top)


# Panels.


def _panels(picture: Panels, top: float) -> tuple[list[str], float]:
    tall = PANEL if len(picture.panels) == 1 else SHORT
    drawn: list[str] = []
    for panel in picture.panels:
        if panel.title:
            drawn.append(_text(panel.title, MARGIN, top + SMALL, SMALL, INK))
            top += SMALL * LINE + 4
        drawn += _panel(panel, picture.axis, top, tall)
        top += tall + 12
    low, high = span_of(picture.axis)
    for place, name in names_of(picture.axis, MOST_NAMES):
        x = _across(place, low, high)
        drawn.append(_text(name, min(max(x - width_of(name, SMALL) / 2, MARGIN), _right(name)), top + 8, SMALL, SOFT))
    top += 4 + SMALL * LINE
    if picture.legend:
        drawn.append(_text(picture.legend.format(**_SIGNS), MARGIN + SIDE, top + SMALL * LINE, SMALL, SOFT))
        top += SMALL * LINE * 1.5
    return drawn, top


def _panel(panel: Panel, axis: Axis, top: float, tall: float) -> Iterator[str]:
    low, high = span_of(axis)
    for value, name in panel.ticks:
        y = _up(value, panel, top, tall)
        left = MARGIN + SIDE - 6 - width_of(name, SMALL)
        yield f'<path d="M{_n(MARGIN + SIDE)} {_n(y)}H{WIDTH - MARGIN}" stroke="{RULE}" stroke-width="1"/>'
        yield _text(name, left, y + SMALL / 3, SMALL, SOFT)
    for layer in panel.layers:
        yield from _layer(
            layer, lambda spot: (_across(spot[0], low, high), _up(spot[1], panel, top, tall)), (low, high)
        )


def _layer(layer: Layer, at: _At, ground: Spot) -> Iterator[str]:
    colour = COLOURS[layer.tone]
    match layer:
        case Band():
            upper = [at((x, high)) for x, _, high in layer.spans]
            lower = [at((x, low)) for x, low, _ in reversed(layer.spans)]
            opacity = 0.35 if layer.light else 0.6
            yield f'<path d="{_path([*upper, *lower])}Z" fill="{colour}" fill-opacity="{opacity}"/>'
        case Dots():
            size = 4 if layer.large else 1.8
            yield "".join(_disc(at(spot), size, colour) for spot in layer.spots)
        case Bars():
            wide = max(1.5, (WIDTH - 2 * MARGIN - SIDE) / max(1.0, ground[1] - ground[0]) * 0.7)
            for x, y in layer.spots:
                (left, head), (_, foot) = at((x, y)), at((x, 0))
                yield _block(left - wide / 2, head, (wide, foot - head), colour)
        case Line():
            yield from _line(layer, at)


def _line(line: Line, at: _At) -> Iterator[str]:
    colour = COLOURS[line.tone]
    runs = [[at(spot) for spot in run] for run in line.runs]
    drawn = "".join(_path(run) for run in runs if len(run) > 1)
    if drawn:
        dashes = ' stroke-dasharray="7 5"' if line.dashed else ""
        yield f'<path d="{drawn}" fill="none" stroke="{colour}" stroke-width="2.2" stroke-linejoin="round"{dashes}/>'
    yield from (_disc(run[0], 2.6, colour) for run in runs if len(run) == 1)


def _across(place: float, low: float, high: float) -> float:
    return MARGIN + SIDE + (place - low) / (high - low) * (WIDTH - 2 * MARGIN - SIDE)


def _up(value: float, panel: Panel, top: float, tall: float) -> float:
    return top + tall - (value - panel.low) / ((panel.high - panel.low) or 1) * tall


# Rows, days, words.


def _rows(picture: Rows, top: float) -> tuple[list[str], float]:
    longest = max((bar.length for bar in picture.bars), default=0) or 1
    drawn: list[str] = []
    for bar in picture.bars:
        drawn += _row(bar, longest, top)
        top += ROW
    if picture.legend:
        drawn.append(_text(picture.legend, MARGIN, top + SMALL * 1.6, SMALL, SOFT))
        top += ROW
    return drawn, top


def _row(bar: Bar, longest: float, top: float) -> Iterator[str]:
    middle = top + ROW / 2 + TEXT / 3
    name = shortened(bar.name, TEXT, WIDTH - 2 * MARGIN if bar.heading else NAME_ROOM - 10)
    yield _text(name, MARGIN, middle, TEXT, INK)
    if bar.heading:
        return
    room = WIDTH - 2 * MARGIN - NAME_ROOM - SAID_ROOM
    wide = bar.length / longest * room
    left = MARGIN + NAME_ROOM
    if wide:
        yield _block(left, top + 6, (wide, ROW - 12), COLOURS[bar.tone])
    yield _text(bar.said, left + wide + 8, middle, SMALL, SOFT)


def _ranges(picture: Ranges, top: float) -> tuple[list[str], float]:
    """Return the rows above a foot that names the axis; a thin line stands at nought."""
    left, right = MARGIN + NAME_ROOM, WIDTH - MARGIN - SAID_ROOM

    def across(place: float) -> float:
        share = (place - picture.low) / ((picture.high - picture.low) or 1)
        return left + min(max(share, 0.0), 1.0) * (right - left)

    foot = top + ROW * len(picture.rows)
    drawn = [f'<path d="M{_n(across(0))} {_n(top)}V{_n(foot)}" stroke="{RULE}" stroke-width="1.5"/>']
    for at, row in enumerate(picture.rows):
        drawn += _range(row, across, top + ROW * at + ROW / 2)
    for place, words in picture.names:
        middle = across(place) - width_of(words, SMALL) / 2
        drawn.append(_text(words, middle, foot + SMALL * 1.4, SMALL, SOFT))
    return drawn, foot + SMALL * 2.4


def _range(row: Range, across: Callable[[float], float], middle: float) -> Iterator[str]:
    colour = COLOURS[row.tone]
    yield _text(shortened(row.name, TEXT, NAME_ROOM - 10), MARGIN, middle + TEXT / 3, TEXT, INK)
    if row.low is not None and row.high is not None:
        first, last = across(row.low), across(row.high)
        ends = "".join(f"M{_n(x)} {_n(middle - 5)}V{_n(middle + 5)}" for x in (first, last))
        yield f'<path d="M{_n(first)} {_n(middle)}H{_n(last)}{ends}" stroke="{colour}" stroke-width="2"/>'
    if row.value is not None:
        yield _disc((across(row.value), middle), 5, colour)
    yield _text(row.said, WIDTH - MARGIN - SAID_ROOM + 14, middle + SMALL / 3, SMALL, SOFT)


def _year(picture: Year, top: float) -> tuple[list[str], float]:
    drawn: list[str] = []
    for name, marks in picture.months:
        drawn.append(_text(name, MARGIN, top + DAY / 2 + SMALL / 3, SMALL, SOFT))
        for at, mark in enumerate(marks):
            drawn += _day(mark, MARGIN + 80 + at * DAY, top + DAY / 2)
        top += DAY
    left, top = float(MARGIN), top + DAY
    for mark, words in _MEANING:
        drawn += _day(mark, left + 8, top)
        drawn.append(_text(words, left + 20, top + SMALL / 3, SMALL, SOFT))
        left += 36 + width_of(words, SMALL)
    return drawn, top + DAY / 2


def _day(mark: Mark, x: float, y: float) -> Iterator[str]:
    """Yield a circle that is the fuller the better the day was, by how far it is filled from below."""
    if mark is Mark.EMPTY:
        yield _disc((x, y), 1.4, SOFT)
    elif mark is not Mark.AHEAD:
        reach = 7.0
        yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{reach}" fill="none" stroke="{SOFT}" stroke-width="1"/>'
        if mark in _FILLS:
            yield _disc((x, y), reach * _FILLS[mark], COLOURS[Tone.ACCENT])


def _table(rows: Sequence[Sequence[str]], top: float) -> tuple[list[str], float]:
    """Return rows as sentences, where there is nothing to draw."""
    drawn, top = _paragraphs((" · ".join(cell for cell in row if cell not in {"", "-"}) for row in rows), top)
    return drawn, top + 8


def _paragraphs(texts: Iterable[str], top: float) -> tuple[list[str], float]:
    drawn: list[str] = []
    for text in texts:
        said, top = _words(text, top, TEXT, INK)
        drawn += said
        top += 4
    return drawn, top


def _path(spots: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in spots)


def _text(text: str, x: float, y: float, size: float, colour: str) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}" fill="{colour}">{escaped(text)}</text>'


def _disc(at: Spot, reach: float, colour: str) -> str:
    return f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(reach)}" fill="{colour}"/>'


def _block(left: float, top: float, size: tuple[float, float], colour: str) -> str:
    return f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(size[0])}" height="{_n(size[1])}" fill="{colour}"/>'


def _right(name: str) -> float:
    return WIDTH - MARGIN - width_of(name, SMALL)


def _n(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
