"""Every format from one place: a circle that has passed `careful`, or two of `careful_pair`, as bytes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from kinship.circle.change import both
from kinship.circle.layout import lay_out
from kinship.journal.model import Circle
from kinship.snapshot.comparison import since
from kinship.snapshot.csv_set import csv_set, zipped
from kinship.snapshot.drawing import TITLE, Drawing, Since, drawing
from kinship.snapshot.formats import Format
from kinship.snapshot.graphml import graphml
from kinship.snapshot.html import html
from kinship.snapshot.map_json import map_json
from kinship.snapshot.pdf import Paper, pdf
from kinship.snapshot.plain import listing, text
from kinship.snapshot.png import png
from kinship.snapshot.share import Share
from kinship.snapshot.style import Style
from kinship.snapshot.svg import svg
from kinship.snapshot.table import table_of


class Look(Struct, frozen=True, kw_only=True):
    """How a picture or a page is made; each format takes of it what it has."""

    style: Style | None = None
    """None is light for a picture, print for a PDF, and as the reader has it for a web page."""
    paper: Paper = Paper.A4
    width: int | None = None
    """Of a picture, in pixels; None is its own size, twice that for a PNG."""
    title: str = TITLE
    caption: str = ""
    cells: tuple[int, int] = (100, 36)
    """Width and height of the drawing in text."""


PLAIN = Look()


def written(
    seen: Circle, format_: Format, *, share: Share, seed: str, look: Look = PLAIN, before: Circle | None = None
) -> bytes:
    """Return `seen` in a format: the same bytes each time, for PNG and PDF with the same fonts.

    With `before`, pictures and pages show what is different from it; the other formats hold `seen` alone. A set of
    files comes as one zip. Raises KinshipError where a page cannot be typeset.
    """
    if format_.drawn:
        return _picture(seen, format_, share, look, before)
    others: dict[Format, Callable[[], bytes]] = {
        Format.TEXT: lambda: text(seen, share=share, width=look.cells[0], height=look.cells[1]).encode(
            "utf-8", "replace"
        ),
        Format.LIST: lambda: listing(seen, share=share).encode("utf-8", "replace"),
        Format.CSV: lambda: zipped(csv_set(seen, share=share, seed=seed)),
        Format.GRAPHML: lambda: graphml(seen, share=share, seed=seed),
        Format.JSON: lambda: map_json(seen, share=share, seed=seed),
    }
    return others[format_]()


def _picture(seen: Circle, format_: Format, share: Share, look: Look, before: Circle | None) -> bytes:
    whole = seen if before is None else both(before, seen)
    changed = None if before is None else since(before, seen)
    picture = _drawn(whole, share, look, changed)
    match format_:
        case Format.PNG:
            return png(picture, look.style or Style.LIGHT, width=look.width)
        case Format.PDF:
            return pdf(picture, table_of(whole, changed), look.style or Style.PRINT, paper=look.paper)
        case Format.HTML:
            return html(whole, picture, share, look.style, changed)
        case _:
            return svg(picture, look.style or Style.LIGHT, width=look.width)


def _drawn(circle: Circle, share: Share, look: Look, changed: Since | None) -> Drawing:
    layout = lay_out(circle)
    return drawing(circle, layout, share=share, title=look.title, caption=look.caption, since=changed)
