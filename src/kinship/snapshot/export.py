"""The one door out: a circle, a format and a choice of what leaves; bytes, a preview of them, and the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from kinship.circle.layout import lay_out
from kinship.journal.model import AlterId, Circle
from kinship.privacy.files import replace_private
from kinship.privacy.text import visible
from kinship.snapshot.careful import careful
from kinship.snapshot.drawing import TITLE, drawing
from kinship.snapshot.formats import Format
from kinship.snapshot.map_json import map_json
from kinship.snapshot.plain import listing, text
from kinship.snapshot.preview import Leaves, lines_of, rules_of
from kinship.snapshot.share import CAREFUL, STRUCTURE_WARNING, Share, machine_date
from kinship.snapshot.svg import svg

__all__ = ["WRITTEN", "Format", "file_name", "preview", "render", "what_leaves", "write_export"]

WRITTEN: tuple[Format, ...] = (Format.SVG, Format.TEXT, Format.LIST, Format.JSON)
"""The formats that a map can be written as, in the order they are offered."""


def render(
    circle: Circle,
    format_: Format,
    *,
    share: Share = CAREFUL,
    seed: str,
    order: Sequence[AlterId] = (),
    width: int = 100,
    height: int = 36,
    title: str = TITLE,
) -> bytes:
    """Return the map in a format, as far as `share` lets it out: UTF-8 bytes, the same each time.

    `seed` makes the codes and is the vault's id, `order` (of `order_of_coming`) keeps numbers as they were; `width` and
    `height` are cells, for the text drawing only.
    """
    seen = careful(circle, share, seed, order)
    match format_:
        case Format.SVG:
            return svg(drawing(seen, lay_out(seen), share=share, title=title))
        case Format.JSON:
            return map_json(seen, share=share, seed=seed)
        case Format.TEXT:
            return text(seen, share=share, width=width, height=height).encode("utf-8", "replace")
        case Format.LIST:
            return listing(seen, share=share).encode("utf-8", "replace")
    raise ValueError(format_)


def what_leaves(
    circle: Circle, share: Share, *, seed: str, order: Sequence[AlterId] = (), format_: Format | None = None
) -> Leaves:
    """Return what leaves, line by line, harmless on a terminal; without a format, what leaves at most in any.

    A drawing in text and a list are shown as they will be written.
    """
    rules = (*rules_of(circle, share, format_), STRUCTURE_WARNING)
    if format_ in {Format.TEXT, Format.LIST}:
        told = render(circle, format_, share=share, seed=seed, order=order).decode("utf-8", "replace")
        return Leaves(rules, tuple(told.rstrip("\n").split("\n")))
    lines = lines_of(careful(circle, share, seed, order), format_, share, seed)
    return Leaves(rules, tuple(visible(line) for line in lines))


def preview(
    circle: Circle, share: Share, *, seed: str, order: Sequence[AlterId] = (), format_: Format | None = None
) -> tuple[str, ...]:
    """Return `what_leaves` as one list: the rules, an empty line, then every line."""
    told = what_leaves(circle, share, seed=seed, order=order, format_=format_)
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
