"""The drawing as PNG: the same bytes for the same drawing and the same fonts, and nothing in the file but pixels."""

from __future__ import annotations

from kinship.snapshot.drawing import Drawing
from kinship.snapshot.picture import picture_data
from kinship.snapshot.style import Style
from kinship.snapshot.typesetting import typeset_png

PIXELS = 2.0
"""Pixels to a page unit where no width is asked for: sharp on a phone and on paper of that size."""
WIDEST = 8000
_UNITS_TO_THE_INCH = 96


def png(drawing: Drawing, style: Style = Style.LIGHT, *, width: int | None = None) -> bytes:
    """Return the drawing as a PNG, `width` pixels wide where that is given (at most `WIDEST`)."""
    across = min(WIDEST, width) if width is not None else drawing.width * PIXELS
    ppi = across / drawing.width * _UNITS_TO_THE_INCH
    return typeset_png("picture.typ", picture_data(drawing, style), ppi=ppi)
