"""The drawing as PDF: the picture in vectors with its names as text, then everybody in a table; tagged, undated."""

from __future__ import annotations

import re
from enum import StrEnum

from kinship.snapshot.drawing import Drawing
from kinship.snapshot.lettering import shortened
from kinship.snapshot.picture import picture_data
from kinship.snapshot.style import PALETTES, Style
from kinship.snapshot.table import Table
from kinship.snapshot.typesetting import typeset_pdf

_LONG_WORD = re.compile(r"\S{16}(?=\S{9})")
_LONGEST_CELL = 3000
"""In ems: some hundred names."""
_MAY_BREAK = "\u200b"
_PARTS = {"Name": 1.5, "Gives": 1.8, "Knows": 1.8, "Since then": 1.6, "Closeness": 0.9}
"""How wide a column is against an ordinary one."""


class Paper(StrEnum):
    """The page of a PDF."""

    A4 = "a4"
    LETTER = "letter"


PAPER_NAMES = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
"""What typst calls each page."""


def pdf(drawing: Drawing, table: Table, style: Style = Style.PRINT, *, paper: Paper = Paper.A4) -> bytes:
    """Return the drawing and the table of the same circle; the same bytes for the same fonts."""
    palette = PALETTES[style]
    return typeset_pdf(
        "map.typ",
        {
            "picture": picture_data(drawing, style),
            "paper": PAPER_NAMES[paper],
            "title": drawing.title,
            "subtitle": drawing.subtitle,
            "footer": drawing.footer,
            "columns": table.columns,
            "widths": [_PARTS.get(column, 1.0) for column in table.columns],
            "rows": [[_breakable(cell) for cell in row.cells] for row in table.rows],
            "fill": palette.paper,
            "ink": palette.ink,
            "soft": palette.soft,
            "rim": palette.rim,
        },
    )


def _breakable(text: str) -> str:
    """Return `text` with places in very long words where a line may end, so that none runs over the next column.

    What would fill pages (a name of thousands of letters) is cut.
    """
    return _LONG_WORD.sub(lambda run: f"{run[0]}{_MAY_BREAK}", shortened(text, 1, _LONGEST_CELL))
