"""The only file that knows plotext: a picture in, rows of runs out, each of which is of one tone.

Colours come in when the rows are painted, so that a drawing outlives a change of theme. A drawing takes 5-60 ms: call
these in a thread and keep what they return.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from threading import Lock
from typing import Any

from msgspec import Struct

from kinship.circle.canvas import Run
from kinship.ground.width import cells, fill
from kinship.snapshot.chart import (
    Axis,
    Band,
    Bars,
    Dots,
    Line,
    Panel,
    Panels,
    Picture,
    Ranges,
    Rows,
    Spot,
    Steps,
    Tone,
    Year,
    names_of,
    span_of,
)
from kinship.tui.chart_cells import Drawing, bars_up, ranges_of, rows_of, worded, year_of

_ONE_AT_A_TIME = Lock()
"""plotext draws on one figure that the whole process shares."""

BAR = 0.4
"""Width of a stacked bar, as a part of the room it has."""
LEAST_ROWS, LEAST_COLUMNS = 2, 16
"""Rows of a panel, and columns of a picture, below which nothing is drawn."""
NAME_ROOM = 10
"""Columns that a name below the axis has to itself."""
_TONES = tuple(Tone)
_COLOURED = re.compile(r"\x1b\[38;5;(\d+)m([^\x1b]*)\x1b\[0m|([^\x1b]+)|\x1b\[[0-9;]*m")


class Signs(Struct, frozen=True):
    """What plotext draws with."""

    line: str
    alone: str
    dashed: str
    dot: str
    large: str
    band: str
    light: str
    guide: str
    told: str
    """What a line is in the legend."""
    apart: int = 3
    """Columns from one sign of a dashed line to the next."""


UNICODE = Signs("braille", "•", "○", "·", "●", "░", "·", "┄", "━")
PLAIN = Signs("*", "*", "o", ".", "o", ":", ".", "-", "*")


class Layer(Struct, frozen=True):
    """One layer of stacked bars."""

    values: tuple[int, ...]
    tone: Tone


def draw(picture: Picture, width: int, height: int, *, plain: bool = False) -> Drawing:
    """Return a picture in `width` x `height` cells, in ASCII where `plain`; nothing where there is no room for it."""
    if width < LEAST_COLUMNS:
        return ()
    match picture:
        case Panels():
            return _panels(picture, width, height, plain=plain)
        case Rows():
            return rows_of(picture, width, height, plain=plain)
        case Ranges():
            return ranges_of(picture, width, height, plain=plain)
        case Year():
            return year_of(picture, width, height, plain=plain)


def stacked_bars(names: Sequence[str], layers: Sequence[Layer], width: int, height: int) -> Drawing:
    """Return bars, one for each name, the layers on top of each other, in `width` x `height` cells.

    Each layer is drawn from the ground up, and the one below it over it: plotext's own stacked bars leave a gap where a
    layer is empty. Nothing to show is an empty drawing.
    """
    top = max((sum(values) for values in zip(*(layer.values for layer in layers), strict=True)), default=0)
    if top == 0:
        return ()
    with _ONE_AT_A_TIME:
        plotext = _blank_figure(width, height)
        for count in range(len(layers), 0, -1):
            heights = [sum(values) for values in zip(*(layer.values for layer in layers[:count]), strict=True)]
            for at, value in enumerate(layers[count - 1].values):
                if value:
                    sides, foot = [at - BAR / 2, at + BAR / 2], [0, heights[at]]
                    colour = _TONES.index(layers[count - 1].tone)
                    plotext.rectangle(sides, foot, marker="sd", color=colour, lines=True, fill=True)
        plotext.xlim(-0.5, len(names) - 0.5)
        plotext.ylim(0, top)
        plotext.xticks(list(range(len(names))), list(names))
        plotext.yticks([0, top])
        return _read(plotext)


def _panels(picture: Panels, width: int, height: int, *, plain: bool) -> Drawing:
    """Return the panels below each other, each with its title above it, and the names of the axis at the foot."""
    titles = sum(bool(panel.title) for panel in picture.panels)
    legend = worded(told(picture.legend, PLAIN if plain else UNICODE), width, Tone.DIM)
    share, rest = divmod(height - 1 - titles - len(legend), max(1, len(picture.panels)))
    if share < LEAST_ROWS:
        return ()
    side = max((cells(name) for panel in picture.panels for _, name in panel.ticks), default=0)
    drawn: list[tuple[Run, ...]] = []
    for at, panel in enumerate(picture.panels):
        if panel.title:
            drawn.append((Run(fill(panel.title, width), Tone.INK),))
        last = at == len(picture.panels) - 1
        rows = share + (1 if at < rest else 0)
        drawn += _panel(picture, panel, (side + 1 if side else 0, width, rows), named=last, plain=plain)
    return (*drawn, *legend)


def told(legend: str, signs: Signs) -> str:
    """Return a legend with the signs that are drawn with."""
    return legend.format(line=signs.told, dashed=signs.dashed, dot=signs.dot)


def _panel(
    picture: Panels, panel: Panel, room: tuple[int, int, int], *, named: bool, plain: bool
) -> Iterator[tuple[Run, ...]]:
    side, width, rows = room
    ground = span_of(picture.axis)
    if panel.layers and all(isinstance(layer, Bars) for layer in panel.layers):
        yield from _bar_panel(picture, panel, room, named=named, plain=plain)
        return
    names = names_of(picture.axis, _most_names(picture.axis, width - side)) if named else ()
    yield from _plotted(panel, ground, names, (side, width, rows + named), PLAIN if plain else UNICODE)


def _bar_panel(
    picture: Panels, panel: Panel, room: tuple[int, int, int], *, named: bool, plain: bool
) -> Iterator[tuple[Run, ...]]:
    """Return bars in eighths of a row, which plotext does not know, on the same ground as its panels."""
    side, width, rows = room
    ground = span_of(picture.axis)
    spots = [(spot, layer.tone) for layer in panel.layers if isinstance(layer, Bars) for spot in layer.spots]
    bars = bars_up(spots, ground, (panel.low, panel.high), width - side, rows, plain=plain)
    for name, row in zip(_beside(panel, rows, side), bars, strict=True):
        yield (Run(name, Tone.DIM), *row)
    if named:
        names = names_of(picture.axis, _most_names(picture.axis, width - side))
        yield (Run(" " * side, Tone.DIM), Run(_below(names, ground, width - side), Tone.DIM))


def _most_names(axis: Axis, width: int) -> int:
    """Return how many names fit below an axis."""
    room = max((len(name) for name in axis.names), default=0) + 2 if isinstance(axis, Steps) else NAME_ROOM
    return max(1, width // room)


def _beside(panel: Panel, rows: int, side: int) -> list[str]:
    """Return what stands left of each row, the top one first."""
    told = [" " * side] * rows
    for value, name in panel.ticks:
        share = (value - panel.low) / ((panel.high - panel.low) or 1)
        told[rows - 1 - round(share * (rows - 1))] = f"{name:>{max(0, side - 1)}} "[:side]
    return told


def _below(names: Sequence[tuple[float, str]], ground: Spot, width: int) -> str:
    """Return the names of an axis in a row, each with its middle below its place; what has no room is left out."""
    row = " " * width
    for place, name in names:
        middle = round((place - ground[0]) / (ground[1] - ground[0]) * (width - 1))
        start = min(max(0, middle - len(name) // 2), width - len(name))
        if start >= 0 and not row[max(0, start - 1) : start + len(name) + 1].strip():
            row = row[:start] + name + row[start + len(name) :]
    return row


def _plotted(
    panel: Panel, ground: Spot, names: Sequence[tuple[float, str]], room: tuple[int, int, int], signs: Signs
) -> Drawing:
    side, width, height = room
    canvas = (width - side, height - bool(names))
    with _ONE_AT_A_TIME:
        plotext = _blank_figure(width, height)
        if panel.guide is not None:
            steps = _columns(ground, canvas[0])
            plotext.scatter(steps, [panel.guide] * len(steps), marker=signs.guide, color=_TONES.index(Tone.RULE))
        for layer in panel.layers:
            match layer:
                case Band():
                    _put_band(plotext, layer, panel, ground, canvas, signs)
                case Dots() if layer.spots:
                    sign = signs.large if layer.large else signs.dot
                    _put(plotext.scatter, layer.spots, sign, layer.tone)
                case Line():
                    for run in layer.runs:
                        _put_line(plotext, run, layer, ground, canvas, signs)
                case _:
                    continue
        plotext.xlim(*ground)
        plotext.ylim(panel.low, panel.high)
        plotext.xticks([place for place, _ in names], [name for _, name in names])
        plotext.yticks([value for value, _ in panel.ticks], [f"{name:>{side - 1}} " for _, name in panel.ticks])
        return _read(plotext)


def _put(onto: Any, spots: Sequence[Spot], marker: str, tone: Tone) -> None:
    onto([x for x, _ in spots], [y for _, y in spots], marker=marker, color=_TONES.index(tone))


def _put_line(
    plotext: Any, run: Sequence[Spot], line: Line, ground: Spot, canvas: tuple[int, int], signs: Signs
) -> None:
    """Join the spots of a run, or set a sign at every few columns of it."""
    if line.dashed:
        columns = _columns(ground, canvas[0])[:: signs.apart]
        _put(plotext.scatter, [(x, y) for x in columns for y in _height_at(run, x)], signs.dashed, line.tone)
    elif len(run) == 1:
        _put(plotext.scatter, run, signs.alone, line.tone)
    else:
        _put(plotext.plot, run, signs.line, line.tone)


def _height_at(run: Sequence[Spot], x: float) -> list[float]:
    """Return the height of a run at a place, nothing where it does not go."""
    for (first, low), (last, high) in pairwise(run):
        if first <= x <= last:
            return [low + (x - first) / ((last - first) or 1) * (high - low)]
    return []


def _put_band(plotext: Any, band: Band, panel: Panel, ground: Spot, canvas: tuple[int, int], signs: Signs) -> None:
    """Fill every cell whose middle lies between the low and the high of its column."""
    step = (panel.high - panel.low) / max(1, canvas[1] - 1)
    rows = [panel.low + at * step for at in range(canvas[1])]
    spots: list[Spot] = []
    for (x, low, high), (after, low_after, high_after) in pairwise(band.spans):
        for column in _columns(ground, canvas[0]):
            if x <= column <= after:
                share = (column - x) / ((after - x) or 1)
                under, over = low + share * (low_after - low), high + share * (high_after - high)
                spots += [(column, y) for y in rows if under - step / 2 <= y <= over + step / 2]
    if spots:
        _put(plotext.scatter, spots, signs.light if band.light else signs.band, band.tone)


def _columns(ground: Spot, number: int) -> list[float]:
    """Return the place of the middle of each column."""
    step = (ground[1] - ground[0]) / max(1, number - 1)
    return [ground[0] + at * step for at in range(number)]


def _blank_figure(width: int, height: int) -> Any:
    """Return plotext with an empty figure of this size, whatever the size of the terminal."""
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plot_size(width, height)
    plotext.frame(False)
    return plotext


def _read(plotext: Any) -> Drawing:
    """Return what was plotted as runs, and leave nothing of it in plotext."""
    told = plotext.build()
    plotext.clear_figure()
    return tuple(tuple(_runs(row)) for row in told.rstrip("\n").split("\n"))


def _runs(row: str) -> Iterator[Run]:
    for tone, coloured, plain in _COLOURED.findall(row):
        if coloured:
            yield Run(coloured, _TONES[int(tone)])
        elif plain:
            yield Run(plain, Tone.DIM)
