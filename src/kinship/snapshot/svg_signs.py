"""The signs of the map as SVG elements round (0, 0): a person, a legend row, with the colours of a palette."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kinship.journal.kinds import SUPPORT
from kinship.journal.model import Status
from kinship.snapshot.legend import Row, Sign
from kinship.snapshot.marks import SLOTS, Fill, Node, Presence, Shape, corners, slice_of
from kinship.snapshot.style import Palette

_LIGHT = 0.38
_GHOST = 0.45
_LEGEND_RADIUS = 7.5
_DOTTED = 'stroke-dasharray="0.1 3.4" stroke-linecap="round"'


def node_sign(node: Node, palette: Palette) -> str:
    """Return the sign of a node: its shape, what it gives, how it stands, and whether it came or went."""
    mark = _sign(node.shape, node.radius, node.fills, node.status, palette)
    if node.strained:
        mark += wave(node.radius + 4.6, palette)
    return _with_presence(mark, node.presence, node.radius, palette)


def row_sign(row: Row, palette: Palette) -> str:
    """Return the sign of a legend row."""
    match row.sign:
        case Sign.BAND:
            return _target(row.band, palette)
        case Sign.TIE:
            return f'<path d="M-10 4C-4 -6 4 -6 10 4" fill="none" stroke="{palette.soft}" stroke-width="1.1"/>'
        case Sign.MOVED:
            return moved((-10, 4), (10, -4), palette)
    radius = _LEGEND_RADIUS if row.presence is not Presence.NEW else _LEGEND_RADIUS - 2.5
    mark = _sign(row.shape, radius, row.fills, row.status, palette)
    if row.sign is Sign.STRAIN:
        mark += wave(11, palette)
    return _with_presence(mark, row.presence, radius, palette)


def _target(band: int, palette: Palette) -> str:
    """Return the three rings, the one that is meant filled: told apart without colour."""
    edges = (3.2, 6.2, 9.2)
    parts = []
    for index in (2, 1, 0):
        fill = palette.soft if index == band else palette.sign
        parts.append(f'<circle r="{edges[index]}" fill="{fill}" stroke="{palette.rim}" stroke-width="0.8"/>')
    return "".join(parts)


def moved(start: tuple[float, float], end: tuple[float, float], palette: Palette) -> str:
    """Return the way from one ring to another: a small circle where it begins, an arrow where it ends."""
    long = math.dist(start, end) or 1.0
    right, down = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    head = [(end[0] - 7 * right + side * 3.6 * down, end[1] - 7 * down - side * 3.6 * right) for side in (1, -1)]
    colour = palette.change
    return (
        f'<circle cx="{number(start[0])}" cy="{number(start[1])}" r="3" fill="none" stroke="{colour}" '
        f'stroke-width="1.2"/><path d="M{_point(start[0] + 3 * right, start[1] + 3 * down)}L{_point(*end)}'
        f'M{_point(*head[0])}L{_point(*end)}L{_point(*head[1])}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
    )


def _with_presence(mark: str, presence: Presence, radius: float, palette: Palette) -> str:
    if presence is Presence.GONE:
        return f'<g opacity="{_GHOST}">{mark}</g>'
    if presence is Presence.NEW:
        ring = number(radius + 5.2)
        plus = radius + 5.2
        x, y = number(plus * 0.75), number(-plus * 0.75)
        return (
            f'{mark}<circle r="{ring}" fill="none" stroke="{palette.change}" stroke-width="1.8"/>'
            f'<g transform="translate({x} {y})"><circle r="5" fill="{palette.change}"/>'
            f'<path d="M-2.8 0H2.8M0 -2.8V2.8" stroke="{palette.sign}" stroke-width="1.5"/></g>'
        )
    return mark


def _outline(status: Status, palette: Palette) -> str:
    match status:
        case Status.WISHED:
            return f'stroke="{palette.ink}" stroke-width="1.7" {_DOTTED}'
        case Status.PAUSED:
            return f'stroke="{palette.ink}" stroke-width="1.4" stroke-dasharray="4.5 3"'
        case Status.REMEMBERED:
            return f'stroke="{palette.soft}" stroke-width="1.1"'
        case Status.ENDED | Status.NO_CONTACT:
            return f'stroke="{palette.faint}" stroke-width="1"'
        case Status.ACTIVE:
            return f'stroke="{palette.ink}" stroke-width="1.1"'


def _sign(shape: Shape, radius: float, fills: tuple[Fill, ...], status: Status, palette: Palette) -> str:
    over = status in {Status.ENDED, Status.NO_CONTACT}
    parts = [_shape(shape, radius, f'fill="{palette.sign}"')]
    if not over:
        parts += _slots(shape, radius, fills, palette)
    parts.append(_shape(shape, radius, f'fill="none" {_outline(status, palette)}'))
    if status is Status.REMEMBERED:
        parts.append(_shape(shape, radius + 3.4, f'fill="none" stroke="{palette.soft}" stroke-width="1"'))
    if over:
        reach = number(radius * 0.6)
        other = f"M-{reach} -{reach}L{reach} {reach}" if status is Status.NO_CONTACT else ""
        bars = f"M-{reach} {reach}L{reach} -{reach}{other}"
        parts.append(f'<path d="{bars}" stroke="{palette.faint}" stroke-width="1.2"/>')
    return "".join(parts)


def _slots(shape: Shape, radius: float, fills: tuple[Fill, ...], palette: Palette) -> Iterator[str]:
    for kind, start, fill in zip(SUPPORT, SLOTS, fills, strict=True):
        if fill is Fill.NONE:
            continue
        light = f' fill-opacity="{_LIGHT}"' if fill is Fill.EXPECTED else ""
        path = _slice(shape, radius, start, start + 2 * math.pi / len(SLOTS))
        yield f'<path d="{path}" fill="{palette.kind(kind)}"{light} stroke="{palette.sign}" stroke-width="0.8"/>'


def _slice(shape: Shape, radius: float, start: float, end: float) -> str:
    if shape is Shape.DISC:
        reach = number(radius)
        return f"M0 0L{at(radius, start)}A{reach} {reach} 0 0 1 {at(radius, end)}Z"
    return _polygon(slice_of(shape, radius, start, end))


def _shape(shape: Shape, radius: float, look: str) -> str:
    if shape is Shape.DISC:
        return f'<circle r="{number(radius)}" {look}/>'
    return f'<path d="{_polygon(corners(shape, radius))}" {look} stroke-linejoin="round"/>'


def wave(radius: float, palette: Palette) -> str:
    """Return a wavy ring: strain is seen without colour."""
    waves, steps = 9, 72
    points = []
    for step in range(steps):
        angle = 2 * math.pi * step / steps
        reach = radius + 1.5 * math.sin(waves * angle)
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    return f'<path d="{_polygon(points)}" fill="none" stroke="{palette.strain}" stroke-width="1.2"/>'


def _polygon(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(_point(x, y) for x, y in points) + "Z"


def at(radius: float, angle: float) -> str:
    """Return the point of a circle round (0, 0), as a path has it."""
    return _point(radius * math.cos(angle), radius * math.sin(angle))


def _point(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def number(value: float) -> str:
    """Return a coordinate with at most one decimal, and never a negative nought."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
