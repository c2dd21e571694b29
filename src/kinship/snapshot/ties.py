"""Who knows whom as curves: drawn together between wedges, short inside one, so that nothing strays across the page.

The bundling follows Holten (2006): a tie between wedges is bent towards the way from wedge to wedge.
"""

from __future__ import annotations

import math

from msgspec import Struct

from kinship.circle.layout import Layout, Place
from kinship.journal.model import AlterId, AlterTie
from kinship.snapshot.geometry import Point

_BUNDLE = 0.8
"""How far a tie between wedges follows the common way, from 0 (straight) to 1."""

_HUB = 0.42
"""Where on its wedge's middle line that way begins, as a share of the radius."""

_SAG = 0.22
"""How far a tie inside a wedge bends towards the middle."""

Path = tuple[Point, Point, Point, Point]


class Curve(Struct, frozen=True):
    """One tie as a cubic Bézier curve in page units."""

    a: AlterId
    b: AlterId
    path: Path
    strength: int
    member: bool


def curves(ties: tuple[AlterTie, ...], layout: Layout, centre: Point, radius: float) -> tuple[Curve, ...]:
    """Return a curve for each tie whose two ends stand on the layout, in the order of their ends."""
    places = layout.by_alter()
    wedge_of = {alter: index for index, wedge in enumerate(layout.wedges) for alter in wedge.members}
    middles = [wedge.middle for wedge in layout.wedges]
    drawn = []
    for tie in sorted(ties, key=lambda tie: (tie.a, tie.b, tie.member)):
        if tie.a not in places or tie.b not in places:
            continue
        one, other = places[tie.a], places[tie.b]
        first, second = wedge_of[tie.a], wedge_of[tie.b]
        path = _inside(one, other) if first == second else _between(one, other, middles[first], middles[second])
        drawn.append(Curve(tie.a, tie.b, _on_page(path, centre, radius), tie.strength, tie.member))
    return tuple(drawn)


def _inside(one: Place, other: Place) -> Path:
    apart = math.hypot(one.x - other.x, one.y - other.y)
    pull = _SAG * min(1.0, apart / 0.5) + 0.06
    return ((one.x, one.y), _towards_middle(one, other, pull), _towards_middle(other, one, pull), (other.x, other.y))


def _towards_middle(near: Place, far: Place, pull: float) -> Point:
    x, y = near.x + (far.x - near.x) * 0.25, near.y + (far.y - near.y) * 0.25
    return x * (1 - pull), y * (1 - pull)


def _between(one: Place, other: Place, middle: float, other_middle: float) -> Path:
    return (
        (one.x, one.y),
        _bent(one, other, middle),
        _bent(other, one, other_middle),
        (other.x, other.y),
    )


def _bent(near: Place, far: Place, middle: float) -> Point:
    straight = near.x + (far.x - near.x) / 3, near.y + (far.y - near.y) / 3
    hub = _HUB * math.cos(middle), _HUB * math.sin(middle)
    return (
        straight[0] + (hub[0] - straight[0]) * _BUNDLE,
        straight[1] + (hub[1] - straight[1]) * _BUNDLE,
    )


def _on_page(path: Path, centre: Point, radius: float) -> Path:
    first, second, third, last = ((round(centre[0] + radius * x, 1), round(centre[1] + radius * y, 1)) for x, y in path)
    return first, second, third, last
