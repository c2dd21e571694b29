"""What the map costs: a hundred and fifty people laid out, drawn and labelled in a wide terminal."""

from __future__ import annotations

from builders.journals import TODAY, circle_of
from kinship.circle.cellmap import draw_cells
from kinship.circle.layout import lay_out
from kinship.journal.facts import standing
from table import Row, median_cpu

WIDTH, HEIGHT, PEOPLE = 160, 48, 150


def drawing_rows() -> list[Row]:
    """Return the row for the whole drawing (CPU milliseconds)."""
    circle = standing(*circle_of(PEOPLE), TODAY)

    def draw() -> object:
        return draw_cells(lay_out(circle), circle, WIDTH, HEIGHT)

    draw()
    return [Row(f"map of {PEOPLE} people at {WIDTH}x{HEIGHT}", median_cpu(draw, 15), "ms", 60)]
