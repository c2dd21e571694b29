"""The drawing as SVG 1.1, by hand: nothing in it runs or loads, and the same drawing gives the same bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from kinship.journal.kinds import SUPPORT
from kinship.snapshot.drawing import Caption, Drawing
from kinship.snapshot.escaping import escaped
from kinship.snapshot.labels import Label
from kinship.snapshot.letters import Letters, Tone, letters, map_letters
from kinship.snapshot.marks import Node
from kinship.snapshot.style import PALETTES, Palette, Style
from kinship.snapshot.svg_signs import at, moved, node_sign, number, row_sign
from kinship.snapshot.ties import Curve

FONTS = "DejaVu Sans, Verdana, Bitstream Vera Sans, Noto Sans, Noto Sans CJK SC, Segoe UI, Helvetica, Arial, sans-serif"

_GROUND = 0.65

LIGHT = PALETTES[Style.LIGHT]
INK, SOFT, FAINT, PAPER, STRAIN_COLOUR = LIGHT.ink, LIGHT.soft, LIGHT.faint, LIGHT.paper, LIGHT.strain
KIND_COLOURS = {kind: LIGHT.kind(kind) for kind in SUPPORT}

__all__ = [
    "FAINT",
    "FONTS",
    "INK",
    "KIND_COLOURS",
    "PAPER",
    "SOFT",
    "STRAIN_COLOUR",
    "escaped",
    "map_only",
    "shapes",
    "svg",
    "within_page",
]


def svg(drawing: Drawing, style: Style = Style.LIGHT, *, width: int | None = None) -> bytes:
    """Return the drawing as one UTF-8 SVG document, `width` pixels wide where that is given; it scales to any size."""
    palette = PALETTES[style]
    lines = (*_opening(drawing, width), *_shapes(drawing, palette), *_texts(letters(drawing), palette), "</svg>")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def shapes(drawing: Drawing, style: Style) -> str:
    """Return the document without its texts, for the typesetter, which sets `letters` itself."""
    palette = PALETTES[style]
    return "\n".join((*_opening(drawing, None), *_shapes(drawing, palette), *_grounds(drawing, palette), "</svg>"))


def map_only(drawing: Drawing, palette: Palette, link: Callable[[Node], str]) -> str:
    """Return the map without title, legend and footer as an element of a web page; each sign is a `link`."""
    box = drawing.map_box
    seen = " ".join(number(value) for value in (box.left, box.top, box.width, box.height))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="{seen}" role="group" '
        'aria-labelledby="map-title map-desc">'
    )
    named = _named(drawing)
    return "\n".join((head, *named, *_map(drawing, palette, link), *_texts(map_letters(drawing), palette), "</svg>"))


def within_page(drawing: Drawing, palette: Palette) -> str:
    """Return the whole drawing, with title, legend and footer, as an element of a web page."""
    _, *head = _opening(drawing, None)
    return "\n".join((*head, *_shapes(drawing, palette), *_texts(letters(drawing), palette), "</svg>"))


def _opening(drawing: Drawing, width: int | None) -> Iterator[str]:
    across, down = number(drawing.width), number(drawing.height)
    wide, high = (across, down) if width is None else (str(width), number(drawing.height * width / drawing.width))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{wide}" height="{high}" '
        f'viewBox="0 0 {across} {down}" font-family="{FONTS}" role="img" aria-labelledby="map-title map-desc">'
    )
    yield from _named(drawing)


def _named(drawing: Drawing) -> Iterator[str]:
    yield f'<title id="map-title">{escaped(drawing.title)}</title>'
    yield f'<desc id="map-desc">{escaped(drawing.description)}</desc>'


def _shapes(drawing: Drawing, palette: Palette) -> Iterator[str]:
    yield f'<rect width="{number(drawing.width)}" height="{number(drawing.height)}" fill="{palette.paper}"/>'
    yield from _map(drawing, palette, None)
    yield from _legend(drawing, palette)


def _map(drawing: Drawing, palette: Palette, link: Callable[[Node], str] | None) -> Iterator[str]:
    x, y = drawing.centre
    yield f'<g transform="translate({number(x)} {number(y)})">'
    yield from _ground(drawing, palette)
    yield from _ties(drawing.ties, palette)
    yield f'<circle r="{number(drawing.ego)}" fill="{palette.ink}" stroke="{palette.bands[0]}" stroke-width="4"/>'
    yield from _leaders(drawing.labels, palette)
    yield from (moved(way.start, way.end, palette) for way in drawing.ways)
    for node in drawing.nodes:
        yield _node(node, palette, link)
    yield "</g>"


def _node(node: Node, palette: Palette, link: Callable[[Node], str] | None) -> str:
    place = f'transform="translate({number(node.x)} {number(node.y)})"'
    inside = f"<title>{escaped(node.sentence)}</title>{node_sign(node, palette)}"
    if link is None:
        return f"<g {place}>{inside}</g>"
    return f'<a href="{escaped(link(node))}" tabindex="-1" {place}>{inside}</a>'


def _ground(drawing: Drawing, palette: Palette) -> Iterator[str]:
    for radius, tint in zip(reversed(drawing.bands), reversed(palette.bands), strict=True):
        yield f'<circle r="{number(radius)}" fill="{tint}" stroke="{palette.edge}" stroke-width="0.8"/>'
    rim = drawing.bands[-1]
    if len(drawing.wedges) > 1:
        spokes = "".join(f"M{at(drawing.ego + 8, wedge.start)}L{at(rim, wedge.start)}" for wedge in drawing.wedges)
        yield f'<path d="{spokes}" fill="none" stroke="{palette.rule}" stroke-width="2.5"/>'
        arcs = "".join(_rim(wedge, rim + 4) for wedge in drawing.wedges)
        yield f'<path d="{arcs}" fill="none" stroke="{palette.rim}" stroke-width="2"/>'


def _rim(wedge: Caption, radius: float) -> str:
    gap = min(7.0 / radius, (wedge.end - wedge.start) / 4)
    start, end = wedge.start + gap, wedge.end - gap
    large = 1 if end - start > math.pi else 0
    reach = number(radius)
    return f"M{at(radius, start)}A{reach} {reach} 0 {large} 1 {at(radius, end)}"


def _ties(ties: tuple[Curve, ...], palette: Palette) -> Iterator[str]:
    if not ties:
        return
    crowd = len(ties)
    opacity = max(0.22, 0.6 - crowd / 500)
    thin = max(0.6, 1.2 - crowd / 500)
    yield f'<g fill="none" stroke="{palette.tie}" stroke-opacity="{opacity:.2f}" stroke-linecap="round">'
    for strength in sorted({tie.strength for tie in ties}):
        same = "".join(_curve(tie) for tie in ties if tie.strength == strength)
        yield f'<path d="{same}" stroke-width="{thin * (0.7 + 0.3 * min(3, max(1, strength))):.2f}"/>'
    yield "</g>"


def _curve(tie: Curve) -> str:
    start, first, second, end = (f"{number(x)} {number(y)}" for x, y in tie.path)
    return f"M{start}C{first} {second} {end}"


def _leaders(labels: tuple[Label, ...], palette: Palette) -> Iterator[str]:
    lines = "".join(
        f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"
        for label in labels
        if label.leader is not None
        for start, end in (label.leader,)
    )
    if lines:
        yield f'<path d="{lines}" fill="none" stroke="{palette.faint}" stroke-width="0.9"/>'


def _grounds(drawing: Drawing, palette: Palette) -> Iterator[str]:
    """Give a pale ground for each name, which keeps it readable on lines where letters have no halo."""
    x, y = drawing.centre
    yield f'<g fill-opacity="{_GROUND}">'
    for node, label in zip(drawing.nodes, drawing.labels, strict=True):
        box = label.box
        yield (
            f'<rect x="{number(x + box.left)}" y="{number(y + box.top)}" width="{number(box.width)}" '
            f'height="{number(box.height)}" rx="3" fill="{palette.bands[node.ring]}"/>'
        )
    yield "</g>"


def _legend(drawing: Drawing, palette: Palette) -> Iterator[str]:
    legend, scale = drawing.legend, drawing.scale
    left = (drawing.width - legend.width * scale) / 2
    yield f'<g transform="translate({number(left)} {number(drawing.legend_top)}) scale({scale})">'
    for row in legend.rows:
        yield f'<g transform="translate({number(row.x + 11)} {number(row.y - 4)})">{row_sign(row, palette)}</g>'
    yield "</g>"


def _texts(said: tuple[Letters, ...], palette: Palette) -> Iterator[str]:
    colours = {Tone.INK: palette.ink, Tone.SOFT: palette.soft, Tone.ON_INK: palette.on_ink}
    yield '<g stroke-linejoin="round">'
    for one in said:
        bold = ' font-weight="bold"' if one.bold else ""
        halo = ""
        if one.halo:
            halo = f' paint-order="stroke" stroke="{palette.bands[2]}" stroke-width="3" stroke-opacity="0.8"'
        yield (
            f'<text x="{number(one.x)}" y="{number(one.y)}" font-size="{number(one.size)}" fill="{colours[one.tone]}" '
            f'textLength="{number(one.width)}" lengthAdjust="spacingAndGlyphs"{bold}{halo}>{escaped(one.text)}</text>'
        )
    yield "</g>"
