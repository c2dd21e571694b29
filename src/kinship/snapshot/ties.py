"""Who knows whom as curves: drawn together between wedges, short inside one, so that nothing strays across the page.

The bundling follows Holten (2006): a tie between wedges is bent towards the way from wedge to wedge.
"""

from __future__ import annotations

import math

from msgspec import Struct

from kinship.circle.layout import Layout, Place
from kinship.journal.model import AlterId, AlterTie
from kinship.snapshot.geometry import Point

_BUNDLE = 0.85
"""How far a tie across the map follows the common way, from 0 (straight) to 1."""

_NEAR, _FAR = math.radians(35), math.radians(110)
"""Ends closer than this, as seen from the middle, are joined by a plain arc; farther ones fully by the common way."""

_HUB = 0.4
"""Where on its wedge's middle line that way begins, as a share of the radius; never further out than the node."""

_BOW = 0.16
"""How far an arc leaves the straight line, as a share of its length."""

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
        path = _path(one, other, middles[first], middles[second])
        drawn.append(Curve(tie.a, tie.b, _on_page(path, centre, radius), tie.strength, tie.member))
    return tuple(drawn)


def _path(one: Place, other: Place, middle: float, other_middle: float) -> Path:
    across = abs(math.remainder(one.angle - other.angle, 2 * math.pi))
    share = 0.0 if middle == other_middle else min(1.0, max(0.0, (across - _NEAR) / (_FAR - _NEAR)))
    bent, other_bent = _arc(one, other)
    return (
        (one.x, one.y),
        _mixed(bent, _hub(one, middle), share * _BUNDLE),
        _mixed(other_bent, _hub(other, other_middle), share * _BUNDLE),
        (other.x, other.y),
    )


def _arc(one: Place, other: Place) -> tuple[Point, Point]:
    """Return the control points of an arc that bows towards the middle of the map."""
    dx, dy = other.x - one.x, other.y - one.y
    side = -1.0 if (one.x + other.x) * -dy + (one.y + other.y) * dx > 0 else 1.0
    out = (-dy * _BOW * side, dx * _BOW * side)
    return (
        (one.x + dx * 0.3 + out[0], one.y + dy * 0.3 + out[1]),
        (one.x + dx * 0.7 + out[0], one.y + dy * 0.7 + out[1]),
    )


def _hub(near: Place, middle: float) -> Point:
    reach = min(_HUB, 0.7 * math.hypot(near.x, near.y))
    return reach * math.cos(middle), reach * math.sin(middle)


def _mixed(here: Point, there: Point, share: float) -> Point:
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def _on_page(path: Path, centre: Point, radius: float) -> Path:
    first, second, third, last = ((round(centre[0] + radius * x, 1), round(centre[1] + radius * y, 1)) for x, y in path)
    return first, second, third, last
