"""The map as text: the drawing in terminal cells, and everybody in a list of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinship.circle.cellmap import CellMap, draw_cells
from kinship.circle.glyphs import MEANING, UNICODE, Glyphs
from kinship.circle.layout import lay_out
from kinship.circle.sentences import RING_WORDS, in_order, one_line, overall
from kinship.circle.support import Look, look_of, strained
from kinship.ground.width import cells
from kinship.journal.model import Circle, Ring
from kinship.privacy.text import visible
from kinship.snapshot.share import FOOTER, Share, told_date


def text(circle: Circle, *, share: Share, width: int = 100, height: int = 36, glyphs: Glyphs = UNICODE) -> str:
    """Return a circle that has passed `careful` as a drawing of at most `width` cells, its legend and footer below."""
    drawn = draw_cells(lay_out(circle), circle, width, height, glyphs=glyphs)
    lines = [*_wrapped(heading(circle, share).split(), width, " "), ""]
    lines += [*drawn.text.split("\n"), "", *_legend(circle, width, glyphs)]
    lines += _unlabelled(circle, drawn, width)
    return visible("\n".join((*lines, "", *_wrapped(FOOTER.split(), width, " ")))) + "\n"


def listing(circle: Circle, *, share: Share) -> str:
    """Return a circle that has passed `careful` as a list: everybody by ring in a sentence, then the whole."""
    lines = [heading(circle, share)]
    ring: Ring | str | None = "none so far"
    for bond in in_order(circle):
        if bond.ring != ring:
            ring = bond.ring
            lines += ["", RING_WORDS[bond.ring].capitalize()]
        lines.append(f"  {one_line(bond)}{'; some strain' if strained(bond) else ''}")
    if circle.bonds:
        lines += ["", *overall(circle)]
    return visible("\n".join((*lines, "", FOOTER))) + "\n"


def heading(circle: Circle, share: Share) -> str:
    """Return what the map is and holds for: "Support map, November 2026: 12 count, 3 more drawn"."""
    counted = sum(bond.counted for bond in circle.bonds)
    more = len(circle.bonds) - counted
    if not circle.bonds:
        return f"Support map, {told_date(circle.as_of, share)}: nobody is on it yet"
    said = f"{counted} {'counts' if counted == 1 else 'count'}"
    return f"Support map, {told_date(circle.as_of, share)}: {said}{f', {more} more drawn' if more else ''}"


def _legend(circle: Circle, width: int, glyphs: Glyphs) -> Iterator[str]:
    used = {look_of(bond) for bond in circle.bonds}
    return _wrapped((f"{glyphs.nodes[look]} {MEANING[look]}" for look in Look if look in used), width, "   ")


def _unlabelled(circle: Circle, drawn: CellMap, width: int) -> Iterator[str]:
    """Return the names that found no room beside their sign, by their numbers, and who stands behind a count."""
    names = {bond.alter.id: bond.alter.name for bond in circle.bonds}
    if drawn.overflow:
        yield ""
        yield from _wrapped((f"{n} {names[id_]}" for n, id_ in enumerate(drawn.overflow, 1)), width, "   ")
    if drawn.folded:
        yield ""
        yield from _wrapped(("in the counts:", *(f"{names[id_]}," for id_ in drawn.folded)), width, " ")


def _wrapped(parts: Iterable[str], width: int, gap: str) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and cells(line + gap + part) > width:
            yield line
            line = part
        else:
            line = f"{line}{gap}{part}" if line else part
    if line:
        yield line
