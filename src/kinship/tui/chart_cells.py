"""Pictures that cells draw better than dots: bars in eighths of a cell, rows of bars, a year of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from kinship.circle.canvas import Run
from kinship.circle.rhythm import ASCII_BARS, BARS
from kinship.ground.width import cells, fill, shorten
from kinship.snapshot.chart import Bar, Mark, Panels, Picture, Range, Ranges, Rows, Spot, Tone, Year

Drawing = tuple[tuple[Run, ...], ...]
"""Rows of runs; the roles of a run are one tone."""

LYING, ASCII_LYING = ("━", "╸"), ("=", "-")
"""A whole cell and a half one."""
RANGE, ASCII_RANGE = ("├", "─", "┤", "●", "│"), ("|", "-", "|", "o", ":")
"""The low end, what lies between, the high end, the value, and nought."""
ALONE, AMONG = 8, 3
"""Rows of a panel that stands alone, and of one among several, at least."""
LEAST_RANGE = 12
"""Columns that a range needs."""
WIDEST_NAME, WIDEST_BAR = 18, 48
"""Columns of a name and of the longest bar at most."""

SIGNS = {
    Mark.AHEAD: " ", Mark.EMPTY: "·", Mark.WRITTEN: "○", Mark.LOW: "◔", Mark.MIDDLING: "◑", Mark.GOOD: "●",
}  # fmt: skip
ASCII_SIGNS = {
    Mark.AHEAD: " ", Mark.EMPTY: ".", Mark.WRITTEN: "o", Mark.LOW: "-", Mark.MIDDLING: "=", Mark.GOOD: "#",
}  # fmt: skip
TONES = {
    Mark.AHEAD: Tone.DIM, Mark.EMPTY: Tone.RULE, Mark.WRITTEN: Tone.DIM,
    Mark.LOW: Tone.ACCENT, Mark.MIDDLING: Tone.ACCENT, Mark.GOOD: Tone.ACCENT,
}  # fmt: skip
MEANING = (
    (Mark.GOOD, "7-10"), (Mark.MIDDLING, "4-6"), (Mark.LOW, "0-3"), (Mark.WRITTEN, "not said"), (Mark.EMPTY, "nothing"),
)  # fmt: skip


def bars_up(
    spots: Sequence[tuple[Spot, Tone]],
    ground: Spot,
    reach: Spot,
    width: int,
    height: int,
    *,
    plain: bool = False,
) -> Iterator[tuple[Run, ...]]:
    """Yield `height` rows of standing bars; a bar that is more than nothing shows at least the thinnest sign."""
    signs = ASCII_BARS if plain else BARS
    steps = len(signs)
    span, top = ground[1] - ground[0], (reach[1] - reach[0]) or 1
    each = max(1, int(width / max(1, round(span))))
    wide = max(1, each - 1)
    heights: dict[int, tuple[int, Tone]] = {}
    for (x, y), tone in spots:
        middle = round((x - ground[0]) / span * width - 0.5)
        eighths = max(1, round((y - reach[0]) / top * height * steps)) if y > reach[0] else 0
        for column in range(middle - (wide - 1) // 2, middle - (wide - 1) // 2 + wide):
            heights[column] = max((eighths, tone), heights.get(column, (0, tone)))
    for row in range(height - 1, -1, -1):
        yield tuple(_joined(_part(heights.get(column), row * steps, signs) for column in range(width)))


def _part(bar: tuple[int, Tone] | None, below: int, signs: str) -> tuple[str, Tone]:
    if bar is None or bar[0] <= below:
        return " ", Tone.DIM
    return signs[min(bar[0] - below, len(signs)) - 1], bar[1]


def _joined(parts: Iterator[tuple[str, Tone]] | Sequence[tuple[str, Tone]]) -> Iterator[Run]:
    """Yield neighbours of one tone as one run."""
    text, now = "", Tone.DIM
    for sign, tone in parts:
        if tone != now and text:
            yield Run(text, now)
            text = ""
        text, now = text + sign, tone
    if text:
        yield Run(text, now)


def rows_of(picture: Rows, width: int, height: int, *, plain: bool = False) -> Drawing:
    """Return lying bars in `width` columns; where rows are too few for all, the last one counts the rest."""
    legend = worded(picture.legend, width, Tone.DIM)
    room = max(1, height - len(legend) - (1 if legend else 0))
    shown = picture.bars if len(picture.bars) <= room else picture.bars[: room - 1]
    own = [bar for bar in picture.bars if not bar.heading]
    name = min(WIDEST_NAME, max((cells(bar.name) for bar in own), default=0))
    said = max((cells(bar.said) for bar in own), default=0)
    longest = max(4, min(WIDEST_BAR, width - name - said - 3))
    top = max((bar.length for bar in picture.bars), default=0) or 1
    drawn = [_row(bar, name, longest, top, width, plain=plain) for bar in shown]
    if len(shown) < len(picture.bars):
        drawn.append((Run(fill(f"and {len(picture.bars) - len(shown)} more in the table", width), Tone.DIM),))
    return (*drawn, *((blank(width),) if legend else ()), *legend)


def _row(bar: Bar, name: int, longest: int, top: float, width: int, *, plain: bool) -> tuple[Run, ...]:
    if bar.heading:
        return (Run(fill(bar.name, width), Tone.INK),)
    whole, half = ASCII_LYING if plain else LYING
    halves = round(bar.length / top * longest * 2)
    halves = max(halves, 1) if bar.length else 0
    body = whole * (halves // 2) + half * (halves % 2)
    runs = (Run(fill(bar.name, name) + " ", Tone.INK), Run(f"{body:<{longest}} ", bar.tone), Run(bar.said, Tone.DIM))
    left = width - sum(cells(run.text) for run in runs)
    return (*runs, Run(" " * left, Tone.DIM)) if left > 0 else runs


def ranges_of(picture: Ranges, width: int, height: int, *, plain: bool = False) -> Drawing:
    """Return one row for a value, its sign between the ends of where it may lie; nothing where rows are too few."""
    if len(picture.rows) + 1 > height:
        return ()
    own = [row for row in picture.rows if not row.heading]
    name = min(WIDEST_NAME, max((cells(row.name) for row in own), default=0)) + 1
    said = max((cells(row.said) for row in own), default=0)
    room = width - name - said - 1
    if room < LEAST_RANGE:
        return ()
    drawn = [_range(row, picture, (name, room, width), plain=plain) for row in picture.rows]
    foot = [" "] * room
    for place, words in picture.names:
        middle = _column(place, picture, room)
        start = min(max(0, middle - len(words) // 2), room - len(words))
        foot[start : start + len(words)] = words
    return (*drawn, (Run(fill(" " * name + "".join(foot), width), Tone.DIM),))


def _range(row: Range, picture: Ranges, room: tuple[int, int, int], *, plain: bool) -> tuple[Run, ...]:
    name, wide, width = room
    if row.heading:
        return (Run(fill(row.name, width), Tone.INK),)
    left, line, right, middle, nought = ASCII_RANGE if plain else RANGE
    parts = [(" ", Tone.DIM)] * wide
    parts[_column(0, picture, wide)] = (nought, Tone.RULE)
    if row.low is not None and row.high is not None:
        first, last = _column(row.low, picture, wide), _column(row.high, picture, wide)
        parts[first : last + 1] = [(line, row.tone)] * (last + 1 - first)
        parts[first], parts[last] = (left, row.tone), (right, row.tone)
    if row.value is not None:
        parts[_column(row.value, picture, wide)] = (middle, row.tone)
    runs = (Run(fill(row.name, name), Tone.INK), *_joined(parts))
    return (*runs, Run(fill(f" {row.said}", width - name - wide), Tone.DIM))


def _column(place: float, picture: Ranges, room: int) -> int:
    share = (place - picture.low) / ((picture.high - picture.low) or 1)
    return round(min(max(share, 0.0), 1.0) * (room - 1))


def year_of(picture: Year, width: int, height: int, *, plain: bool = False) -> Drawing:
    """Return one row for a month, one sign for a day, and what the signs mean."""
    signs = ASCII_SIGNS if plain else SIGNS
    side = max((cells(name) for name, _ in picture.months), default=0) + 1
    longest = max((len(marks) for _, marks in picture.months), default=0)
    gap = " " if side + 2 * longest - 1 <= width else ""
    if side + longest > width or height < len(picture.months):
        return ()
    drawn = []
    for name, marks in picture.months:
        parts = [(signs[mark] + (gap if at + 1 < longest else ""), TONES[mark]) for at, mark in enumerate(marks)]
        runs = (Run(fill(name, side), Tone.DIM), *_joined(parts))
        drawn.append((*runs, Run(" " * (width - sum(cells(run.text) for run in runs)), Tone.DIM)))
    legend = worded("   ".join(f"{signs[mark]} {words}" for mark, words in MEANING), width, Tone.DIM)
    room = height - len(drawn)
    return (*drawn, *(((blank(width),) if room > len(legend) else ()) + legend)[:room])


def painted(drawing: Drawing) -> Content:
    """Return a drawing as it is shown: each tone is the theme's colour of its name."""
    rows = (Content.assemble(*((run.text, f"${run.roles}") for run in row)) for row in drawing)
    return Content("\n").join(rows)


def rows_needed(picture: Picture | None) -> int:
    """Return how many rows a picture should have at least; a larger one is better where it is a plot."""
    match picture:
        case Panels():
            each = ALONE if len(picture.panels) == 1 else AMONG
            return sum(each + bool(panel.title) for panel in picture.panels) + 1 + bool(picture.legend)
        case Rows():
            return len(picture.bars) + (2 if picture.legend else 0)
        case Ranges():
            return len(picture.rows) + 1
        case Year():
            return len(picture.months) + 2
        case _:
            return 0


def worded(text: str, width: int, tone: Tone) -> Drawing:
    """Return words in one row, none where there are none."""
    return ((Run(fill(shorten(text, width), width), tone),),) if text else ()


def blank(width: int) -> tuple[Run, ...]:
    return (Run(" " * width, Tone.DIM),)
