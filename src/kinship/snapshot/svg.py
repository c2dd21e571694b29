"""The drawing as SVG 1.1, by hand: nothing in it runs, links or loads, and the same drawing gives the same bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import Status
from kinship.snapshot.drawing import EGO, MARGIN, Caption, Drawing
from kinship.snapshot.labels import Label
from kinship.snapshot.legend import HEADING_SIZE, SIGN_ROOM, TEXT_SIZE, Heading, Legend, Row, Sign
from kinship.snapshot.lettering import BOLD, width_of
from kinship.snapshot.marks import SLOTS, Fill, Node, Shape, corners, slice_of
from kinship.snapshot.ties import Curve

FONTS = "DejaVu Sans, Verdana, Bitstream Vera Sans, Noto Sans, Noto Sans CJK SC, Segoe UI, Helvetica, Arial, sans-serif"

INK, SOFT, FAINT = "#2b2926", "#5f5850", "#8a8178"
PAPER, RULE = "#ffffff", "#ffffff"
BAND_TINTS = ("#e9e0d3", "#f1eae0", "#f8f4ee")
KIND_COLOURS = {Kind.EMOTIONAL: "#d55e00", Kind.PRACTICAL: "#0072b2", Kind.IDENTITY: "#009e73"}
"""Okabe & Ito (2008): told apart by colour-blind eyes."""
STRAIN_COLOUR = "#a4243b"

_LIGHT = 0.38
_NOT_XML = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """Return `text` as XML character data or attribute value; what XML or a viewer could trip over is U+FFFD."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).translate(_ESCAPES)


def svg(drawing: Drawing) -> bytes:
    """Return the drawing as one UTF-8 SVG document."""
    return ("\n".join(_document(drawing)) + "\n").encode("utf-8", "replace")


def _document(drawing: Drawing) -> Iterator[str]:
    width, height = _number(drawing.width), _number(drawing.height)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONTS}" role="img" aria-labelledby="map-title map-desc">'
    )
    yield f'<title id="map-title">{escaped(drawing.title)}</title>'
    yield f'<desc id="map-desc">{escaped(drawing.description)}</desc>'
    yield f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    yield from _head(drawing)
    x, y = drawing.centre
    yield f'<g transform="translate({_number(x)} {_number(y)})">'
    yield from _ground(drawing)
    yield from _ties(drawing.ties)
    yield from _ego(drawing)
    yield from _leaders(drawing.labels)
    for node in drawing.nodes:
        yield from _node(node)
    yield from _labels(drawing)
    yield "</g>"
    yield from _foot(drawing)
    yield "</svg>"


def _head(drawing: Drawing) -> Iterator[str]:
    yield f'<g transform="translate({_number(MARGIN)} {_number(MARGIN)}) scale({drawing.scale})">'
    yield _text(drawing.title, 0, 18, 26, fill=INK, fitted=False)
    for index, line in enumerate(drawing.subtitle):
        yield _text(line, 0, 44 + 18 * index, 13, fill=SOFT, fitted=False)
    yield "</g>"


def _ground(drawing: Drawing) -> Iterator[str]:
    for radius, tint in zip(reversed(drawing.bands), reversed(BAND_TINTS), strict=True):
        yield f'<circle r="{_number(radius)}" fill="{tint}"/>'
    rim = drawing.bands[-1]
    if len(drawing.wedges) > 1:
        spokes = "".join(f"M{_at(drawing.ego + 8, wedge.start)}L{_at(rim, wedge.start)}" for wedge in drawing.wedges)
        yield f'<path d="{spokes}" fill="none" stroke="{RULE}" stroke-width="2.5"/>'
        arcs = "".join(_rim(wedge, rim + 4) for wedge in drawing.wedges)
        yield f'<path d="{arcs}" fill="none" stroke="#b9ac9b" stroke-width="2"/>'
    for wedge in drawing.wedges:
        if wedge.label is not None:
            yield _label(wedge.label, fill=SOFT, extra=' font-weight="bold"')


def _rim(wedge: Caption, radius: float) -> str:
    gap = min(7.0 / radius, (wedge.end - wedge.start) / 4)
    start, end = wedge.start + gap, wedge.end - gap
    large = 1 if end - start > math.pi else 0
    reach = _number(radius)
    return f"M{_at(radius, start)}A{reach} {reach} 0 {large} 1 {_at(radius, end)}"


def _ties(ties: tuple[Curve, ...]) -> Iterator[str]:
    if not ties:
        return
    crowd = len(ties)
    opacity = max(0.22, 0.6 - crowd / 500)
    thin = max(0.6, 1.2 - crowd / 500)
    yield f'<g fill="none" stroke="#6d645a" stroke-opacity="{opacity:.2f}" stroke-linecap="round">'
    for strength in sorted({tie.strength for tie in ties}):
        same = "".join(_curve(tie) for tie in ties if tie.strength == strength)
        yield f'<path d="{same}" stroke-width="{thin * (0.7 + 0.3 * min(3, max(1, strength))):.2f}"/>'
    yield "</g>"


def _curve(tie: Curve) -> str:
    start, first, second, end = (f"{_number(x)} {_number(y)}" for x, y in tie.path)
    return f"M{start}C{first} {second} {end}"


def _ego(drawing: Drawing) -> Iterator[str]:
    yield f'<circle r="{_number(drawing.ego)}" fill="{INK}" stroke="{BAND_TINTS[0]}" stroke-width="4"/>'
    yield _text(EGO, -width_of(EGO, 14) / 2, 4.5, 14, fill="#ffffff")


def _leaders(labels: tuple[Label, ...]) -> Iterator[str]:
    lines = "".join(
        f"M{_number(start[0])} {_number(start[1])}L{_number(end[0])} {_number(end[1])}"
        for label in labels
        if label.leader is not None
        for start, end in (label.leader,)
    )
    if lines:
        yield f'<path d="{lines}" fill="none" stroke="{FAINT}" stroke-width="0.9"/>'


_OUTLINES = {
    Status.ACTIVE: f'stroke="{INK}" stroke-width="1.1"',
    Status.WISHED: f'stroke="{INK}" stroke-width="1.7" stroke-dasharray="0.1 3.4" stroke-linecap="round"',
    Status.PAUSED: f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="4.5 3"',
    Status.REMEMBERED: f'stroke="{SOFT}" stroke-width="1.1"',
    Status.ENDED: f'stroke="{FAINT}" stroke-width="1"',
    Status.NO_CONTACT: f'stroke="{FAINT}" stroke-width="1"',
}


def _node(node: Node) -> Iterator[str]:
    yield f'<g transform="translate({_number(node.x)} {_number(node.y)})"><title>{escaped(node.sentence)}</title>'
    yield _sign(node.shape, node.radius, node.fills, node.status)
    if node.strained:
        yield _wave(node.radius + 4.6)
    yield "</g>"


def _sign(shape: Shape, radius: float, fills: tuple[Fill, ...], status: Status) -> str:
    parts = [_shape(shape, radius, f'fill="{PAPER}"')]
    if status not in {Status.ENDED, Status.NO_CONTACT}:
        parts += _slots(shape, radius, fills)
    parts.append(_shape(shape, radius, f'fill="none" {_OUTLINES[status]}'))
    if status is Status.REMEMBERED:
        parts.append(_shape(shape, radius + 3.4, f'fill="none" stroke="{SOFT}" stroke-width="1"'))
    if status in {Status.ENDED, Status.NO_CONTACT}:
        reach = _number(radius * 0.6)
        bars = f"M-{reach} {reach}L{reach} -{reach}" + (
            f"M-{reach} -{reach}L{reach} {reach}" if status is Status.NO_CONTACT else ""
        )
        parts.append(f'<path d="{bars}" stroke="{FAINT}" stroke-width="1.2"/>')
    return "".join(parts)


def _slots(shape: Shape, radius: float, fills: tuple[Fill, ...]) -> Iterator[str]:
    for kind, start, fill in zip(SUPPORT, SLOTS, fills, strict=True):
        if fill is Fill.NONE:
            continue
        light = f' fill-opacity="{_LIGHT}"' if fill is Fill.EXPECTED else ""
        path = _slice(shape, radius, start, start + 2 * math.pi / len(SLOTS))
        yield f'<path d="{path}" fill="{KIND_COLOURS[kind]}"{light} stroke="{PAPER}" stroke-width="0.8"/>'


def _slice(shape: Shape, radius: float, start: float, end: float) -> str:
    if shape is Shape.DISC:
        reach = _number(radius)
        return f"M0 0L{_at(radius, start)}A{reach} {reach} 0 0 1 {_at(radius, end)}Z"
    return _polygon(slice_of(shape, radius, start, end))


def _shape(shape: Shape, radius: float, look: str) -> str:
    if shape is Shape.DISC:
        return f'<circle r="{_number(radius)}" {look}/>'
    return f'<path d="{_polygon(corners(shape, radius))}" {look} stroke-linejoin="round"/>'


def _polygon(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + "Z"


def _wave(radius: float) -> str:
    """Return a wavy ring: strain is seen without colour."""
    waves, steps = 9, 72
    points = []
    for step in range(steps):
        angle = 2 * math.pi * step / steps
        reach = radius + 1.5 * math.sin(waves * angle)
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    return f'<path d="{_polygon(points)}" fill="none" stroke="{STRAIN_COLOUR}" stroke-width="1.2"/>'


def _labels(drawing: Drawing) -> Iterator[str]:
    yield '<g stroke-linejoin="round">'
    for node, label in zip(drawing.nodes, drawing.labels, strict=True):
        tint = BAND_TINTS[2]
        halo = f' paint-order="stroke" stroke="{tint}" stroke-width="3" stroke-opacity="0.8"'
        yield _label(label, fill=INK if node.status is Status.ACTIVE else SOFT, extra=halo)
    yield "</g>"


def _foot(drawing: Drawing) -> Iterator[str]:
    legend, scale = drawing.legend, drawing.scale
    left = (drawing.width - legend.width * scale) / 2
    yield f'<g transform="translate({_number(left)} {_number(drawing.legend_top)}) scale({scale})">'
    yield from _legend(legend)
    yield _text(drawing.footer, (legend.width - width_of(drawing.footer, 11)) / 2, legend.height + 46, 11, fill=SOFT)
    yield "</g>"


def _legend(legend: Legend) -> Iterator[str]:
    yield from (_heading(heading) for heading in legend.headings)
    for row in legend.rows:
        yield f'<g transform="translate({_number(row.x + 11)} {_number(row.y - 4)})">{_row_sign(row)}</g>'
        for index, line in enumerate(row.words):
            yield _text(line, row.x + SIGN_ROOM, row.y + 16 * index, TEXT_SIZE, fill=INK)


def _heading(heading: Heading) -> str:
    width = width_of(heading.text, HEADING_SIZE) * BOLD
    label = Label("", heading.text, HEADING_SIZE, heading.x, heading.y, width)
    return _label(label, fill=SOFT, extra=' font-weight="bold"')


def _row_sign(row: Row) -> str:
    if row.sign is Sign.BAND:
        return f'<circle r="8" fill="{BAND_TINTS[row.band]}" stroke="#b9ac9b" stroke-width="0.8"/>'
    if row.sign is Sign.TIE:
        return f'<path d="M-10 4C-4 -6 4 -6 10 4" fill="none" stroke="{SOFT}" stroke-width="1.1"/>'
    mark = _sign(row.shape, 7.5, row.fills, row.status)
    return mark + _wave(11) if row.sign is Sign.STRAIN else mark


def _label(label: Label, *, fill: str, extra: str = "") -> str:
    return (
        f'<text x="{_number(label.x)}" y="{_number(label.y)}" font-size="{_number(label.size)}" fill="{fill}" '
        f'textLength="{_number(label.width)}" lengthAdjust="spacingAndGlyphs"{extra}>{escaped(label.text)}</text>'
    )


def _text(text: str, x: float, y: float, size: float, *, fill: str, fitted: bool = True, extra: str = "") -> str:
    fit = f' textLength="{_number(width_of(text, size))}" lengthAdjust="spacingAndGlyphs"' if fitted else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" fill="{fill}"{fit}{extra}>'
        f"{escaped(text)}</text>"
    )


def _at(radius: float, angle: float) -> str:
    return f"{_number(radius * math.cos(angle))} {_number(radius * math.sin(angle))}"


def _number(value: float) -> str:
    """Return a coordinate with at most one decimal, and never a negative nought."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
