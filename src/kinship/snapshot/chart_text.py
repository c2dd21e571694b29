"""A chart as text: its title, its sentence, its picture in signs where one is given, the table behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinship.ground.width import cells, fill
from kinship.privacy.text import visible
from kinship.snapshot.chart import Chart

WIDTH = 78
GAP = "  "
LEAST = 16
"""Columns of words that are worth folding."""


def chart_text(chart: Chart, drawn: Sequence[str] = ()) -> bytes:
    """Return a chart as UTF-8 text; `drawn` are the rows of its picture, as they stand on the screen."""
    parts = [
        [chart.title, *([chart.dates] if chart.dates else [])],
        list(wrapped(chart.sentence)),
        [row.rstrip() for row in drawn],
        [line for answer in chart.answers for line in wrapped(answer)],
        list(table_lines(chart.header, chart.rows)),
        list(wrapped(chart.note)),
    ]
    told = "\n\n".join("\n".join(part) for part in parts if part)
    return (visible(told) + "\n").encode("utf-8", "replace")


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDTH) -> Iterator[str]:
    """Yield a table in columns, its header first; numbers stand to the right, long words fold in the last column."""
    if not rows:
        return
    told = [header, *rows] if header else list(rows)
    wide = [max(cells(row[at]) for row in told if at < len(row)) for at in range(max(map(len, told)))]
    right = [all(_is_number(row[at]) for row in rows if at < len(row)) for at in range(len(wide))]
    before = sum(wide[:-1]) + len(GAP) * (len(wide) - 1)
    for row in told:
        parts = [
            cell.rjust(wide[at] - cells(cell) + len(cell)) if right[at] else fill(cell, wide[at])
            for at, cell in enumerate(row)
        ]
        if right[-1] or width - before < LEAST or len(row) < len(wide):
            yield GAP.join(parts).rstrip()
            continue
        first, *further = [*wrapped(row[-1], width - before)] or [""]
        yield GAP.join([*parts[:-1], first]).rstrip()
        yield from (" " * before + line for line in further)


def wrapped(text: str, width: int = WIDTH) -> Iterator[str]:
    """Yield a text in lines of at most `width` cells, broken at spaces."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _is_number(cell: str) -> bool:
    return cell in {"", "-"} or cell.replace(".", "", 1).replace("%", "", 1).lstrip("-+").isdigit()
