"""The lines of the map: rings, the borders of wedges, who knows whom, and the way somebody moved."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from kinship.circle.canvas import Canvas
from kinship.circle.frame import Frame
from kinship.circle.layout import RADII, Layout, Place
from kinship.journal.model import AlterId, Circle

_RINGS = ("ring-inner", "ring-middle", "ring-outer")
_ARCS = 48
"""Pieces that a ring is drawn in, so that those outside the window cost nothing."""
_STRIDE = 1.25
"""Dots from one dot of a ring to the next."""


def rings(canvas: Canvas, layout: Layout, *, sectors: bool) -> None:
    """Draw the three rings, and where there are wedges the borders between them."""
    for radius, role in zip(RADII, _RINGS, strict=True):
        for x, y in _ring(canvas.frame, radius):
            canvas.dot(x, y, role)
    if sectors and len(layout.wedges) > 1:
        frame = canvas.frame
        for wedge in layout.wedges:
            canvas.line(frame.dot(wedge.start, RADII[0] + 0.06), frame.dot(wedge.start, 0.97), "spoke", every=4)


@lru_cache(maxsize=12)
def _ring(frame: Frame, radius: float) -> tuple[tuple[int, int], ...]:
    """Return the dots of one ring on the window: one for each step that the line takes, so that it looks even."""
    piece = math.tau / _ARCS
    corners = [frame.dot(arc * piece, radius) for arc in range(_ARCS + 1)]
    found = []
    for arc, (start, end) in enumerate(pairwise(corners)):
        if not frame.view.whole and not _near(frame, (start, end)):
            continue
        steps = max(1, math.ceil(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / _STRIDE))
        for step in range(steps):
            x, y = frame.dot(piece * (arc + step / steps), radius)
            if 0 <= x < frame.width * 2 and 0 <= y < frame.height * 4:
                found.append((int(x), int(y)))
    return tuple(found)


def _near(frame: Frame, ends: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Return whether an arc between two dots can touch the window: it never leaves the box by more than its length."""
    (x, y), (far_x, far_y) = ends
    bulge = abs(far_x - x) + abs(far_y - y)
    wide, high = frame.width * 2, frame.height * 4
    return (
        min(x, far_x) - bulge < wide
        and max(x, far_x) + bulge >= 0
        and min(y, far_y) - bulge < high
        and max(y, far_y) + bulge >= 0
    )


def known_to(circle: Circle, focus: AlterId | None) -> Iterator[AlterId]:
    """Return whom somebody knows; nobody where nobody is asked about."""
    for tie in circle.ties:
        if focus in (tie.a, tie.b):
            yield tie.b if tie.a == focus else tie.a


def ties(
    canvas: Canvas,
    layout: Layout,
    circle: Circle,
    focus: AlterId | None,
    known: Collection[AlterId],
    *,
    among: Collection[AlterId] = (),
) -> None:
    """Draw the ties of whoever has the focus, and below them those between all `among` whom they are asked for."""
    places = layout.by_alter()
    dots = {alter: _dot(canvas, places[alter]) for alter in among}
    for tie in circle.ties if dots else ():
        if tie.a in dots and tie.b in dots:
            canvas.line(dots[tie.a], dots[tie.b], "tie-all", every=2)
    if focus in places:
        start = _dot(canvas, places[focus])
        for alter in known:
            if alter in places:
                canvas.line(start, _dot(canvas, places[alter]), "tie")


def trails(canvas: Canvas, layout: Layout, moved: Mapping[AlterId, int]) -> None:
    """Draw a line for everybody who moved so many rings outwards (or, below zero, inwards), from where they stood."""
    places = layout.by_alter() if moved else {}
    for alter, by in moved.items():
        if alter in places and by:
            place = places[alter]
            before = RADII[min(len(RADII) - 1, max(0, place.ring - by))]
            canvas.line(canvas.frame.dot(place.angle, before), _dot(canvas, place), "trail", every=2)


def heading_of(place: Place, by: int) -> int:
    """Return the direction in which somebody moved on the screen: eighths of a turn, clockwise from three o'clock."""
    angle = place.angle + (math.pi if by < 0 else 0.0)
    return round(angle / (math.tau / 8)) % 8


def _dot(canvas: Canvas, place: Place) -> tuple[float, float]:
    return canvas.frame.dot(place.angle, math.hypot(place.x, place.y))
