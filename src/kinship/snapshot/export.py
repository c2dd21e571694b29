"""The one door out: a circle, a format and a choice of what leaves; bytes, a preview of them, and the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from kinship.circle.change import both
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.layout import lay_out
from kinship.ground.errors import Misused
from kinship.journal.model import AlterId, Circle
from kinship.privacy.files import replace_private
from kinship.privacy.text import clean_line, visible
from kinship.snapshot.careful import careful, careful_pair
from kinship.snapshot.comparison import since
from kinship.snapshot.csv_set import csv_set, zipped
from kinship.snapshot.drawing import TITLE, Drawing, Since, drawing
from kinship.snapshot.fonts import missing_scripts, sentences_of
from kinship.snapshot.formats import Format
from kinship.snapshot.graphml import graphml
from kinship.snapshot.html import html
from kinship.snapshot.map_json import map_json
from kinship.snapshot.pdf import Paper, pdf
from kinship.snapshot.plain import listing, text
from kinship.snapshot.png import png
from kinship.snapshot.preview import Leaves, lines_of, rules_of
from kinship.snapshot.share import CAREFUL, STRUCTURE_WARNING, Share, machine_date
from kinship.snapshot.style import Style
from kinship.snapshot.svg import svg
from kinship.snapshot.table import table_of

__all__ = [
    "PLAIN",
    "Format",
    "Look",
    "Paper",
    "Style",
    "file_name",
    "files_of",
    "missing_letters",
    "preview",
    "render",
    "what_leaves",
    "write_export",
]


class Look(Struct, frozen=True, kw_only=True):
    """How a file looks, which says nothing of anybody."""

    style: Style | None = None
    """None: light, on paper made for print, and on a web page as the reader has it."""
    paper: Paper = Paper.A4
    """The page of a PDF."""
    width: int | None = None
    """Pixels of a PNG or an SVG; what suits it where None."""
    columns: int = 100
    rows: int = 36
    """Cells of a drawing in text."""
    glyphs: Glyphs = UNICODE
    title: str = TITLE
    caption: str = ""
    """A sentence of the person's own below the date of a picture; it leaves as it is."""


PLAIN = Look()


def render(
    circle: Circle,
    format_: Format,
    *,
    share: Share = CAREFUL,
    seed: str,
    order: Sequence[AlterId] = (),
    before: Circle | None = None,
    look: Look = PLAIN,
) -> bytes:
    """Return the map in a format, as far as `share` lets it out; the same bytes each time.

    PNG and PDF are so for the same fonts. `seed` makes the codes and is the vault's id, `order` (of `order_of_coming`)
    keeps numbers as they were. With `before`, an earlier map, both are one picture. Raises Misused for `before` in a
    format that is no picture.
    """
    seen, changed = _seen(circle, format_, share, seed, order, before)
    if format_.drawn:
        return _picture(seen, format_, share, look, changed)
    match format_:
        case Format.CSV:
            return zipped(csv_set(seen, share=share, seed=seed))
        case Format.GRAPHML:
            return graphml(seen, share=share, seed=seed)
        case Format.TEXT:
            told = text(seen, share=share, width=look.columns, height=look.rows, glyphs=look.glyphs)
            return told.encode("utf-8", "replace")
        case Format.LIST:
            return listing(seen, share=share).encode("utf-8", "replace")
        case _:
            return map_json(seen, share=share, seed=seed)


def files_of(circle: Circle, *, share: Share = CAREFUL, seed: str, order: Sequence[AlterId] = ()) -> dict[str, bytes]:
    """Return the set of tables as files by name, for a folder instead of a zip."""
    return csv_set(careful(circle, share, seed, order), share=share, seed=seed)


def missing_letters(
    circle: Circle,
    format_: Format,
    *,
    share: Share = CAREFUL,
    seed: str,
    order: Sequence[AlterId] = (),
    before: Circle | None = None,
    look: Look = PLAIN,
) -> tuple[str, ...]:
    """Return a sentence where a PNG or PDF would have empty boxes for letters, since no font here has them."""
    if not format_.typeset:
        return ()
    seen, _ = _seen(circle, format_, share, seed, order, before)
    words = {word for bond in seen.bonds for word in (bond.alter.name, bond.sector or "", *bond.gives, *bond.receives)}
    return tuple(sentences_of(missing_scripts(" ".join(sorted({*words, look.title, look.caption})))))


def _seen(
    circle: Circle, form: Format, share: Share, seed: str, order: Sequence[AlterId], before: Circle | None
) -> tuple[Circle, Since | None]:
    """Return what may be seen: of one map, or of two as one with what is different."""
    if before is None:
        return careful(circle, share, seed, order), None
    if not form.drawn:
        raise Misused("Two days go into one picture only.", "Take svg, png, pdf or html; in words: kinship compare")
    was, now = careful_pair(before, circle, share, seed, order)
    return both(was, now), since(was, now)


def _picture(seen: Circle, form: Format, share: Share, look: Look, changed: Since | None) -> bytes:
    made: Drawing = drawing(seen, lay_out(seen), share=share, title=look.title, caption=look.caption, since=changed)
    match form:
        case Format.PNG:
            return png(made, look.style or Style.LIGHT, width=look.width)
        case Format.PDF:
            return pdf(made, table_of(seen, changed), look.style or Style.PRINT, paper=look.paper)
        case Format.HTML:
            return html(seen, made, share, look.style, changed)
        case _:
            return svg(made, look.style or Style.LIGHT, width=look.width)


def what_leaves(
    circle: Circle,
    format_: Format,
    *,
    share: Share = CAREFUL,
    seed: str,
    order: Sequence[AlterId] = (),
    before: Circle | None = None,
    look: Look = PLAIN,
) -> Leaves:
    """Return what leaves in a format, line by line, harmless on a terminal; a list or a drawing in text as it will be.

    Raises as `render` does.
    """
    rules = (*rules_of(circle, share, format_, before), STRUCTURE_WARNING)
    if format_ in {Format.TEXT, Format.LIST}:
        told = render(circle, format_, share=share, seed=seed, order=order, before=before, look=look)
        return Leaves(rules, tuple(told.decode("utf-8", "replace").rstrip("\n").split("\n")))
    seen, changed = _seen(circle, format_, share, seed, order, before)
    own = [look.title] if format_.drawn and look.title != TITLE else []
    own += [look.caption] if format_.drawn and look.caption else []
    lines = (*map(clean_line, own), *lines_of(seen, format_, share, seed, changed))
    return Leaves(rules, tuple(visible(line) for line in lines))


def preview(
    circle: Circle, share: Share, *, seed: str, order: Sequence[AlterId] = (), format_: Format = Format.SVG
) -> tuple[str, ...]:
    """Return `what_leaves` as one list: the rules, an empty line, then every line."""
    told = what_leaves(circle, format_, share=share, seed=seed, order=order)
    return (*told.rules, "", *told.lines)


def write_export(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` whole to `path`, readable by its owner only.

    Raises Refused where something is there already (unless `force`) or is no plain file, NotSaved where the disk
    refuses; nothing that was there is touched then.
    """
    replace_private(path, data, force=force)


def file_name(as_of: dt.date, format_: Format, share: Share = CAREFUL) -> str:
    """Return the name an export is offered under: support-map-2026-11.svg."""
    return f"support-map-{machine_date(as_of, share)}{format_.ending}"
