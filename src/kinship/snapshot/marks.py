"""The signs of the map: what a node looks like, so that shape and position say it without colour too."""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from kinship.journal.model import AlterId, AlterKind, Status
from kinship.snapshot.geometry import Point


class Shape(StrEnum):
    """The outline of a node."""

    DISC = "disc"
    SQUARE = "square"
    HEXAGON = "hexagon"
    DIAMOND = "diamond"


class Fill(StrEnum):
    """How one slot of a node is filled."""

    RECEIVED = "received"
    EXPECTED = "expected"
    NONE = "none"


class Presence(StrEnum):
    """How somebody stands between the two days of a comparison; on a map of one day everybody stays."""

    STAYS = "stays"
    NEW = "new"
    GONE = "gone"


class Node(Struct, frozen=True, kw_only=True):
    """Somebody or something on the drawing; `x` and `y` are from the middle of the map."""

    id: AlterId
    x: float
    y: float
    radius: float
    ring: int
    shape: Shape
    status: Status
    fills: tuple[Fill, ...]
    """Emotional (upper left), practical (upper right), identity (below): always in these places."""
    strained: bool
    sentence: str
    """The whole bond in words."""
    presence: Presence = Presence.STAYS


_SHAPES = {
    AlterKind.PERSON: Shape.DISC,
    AlterKind.PET: Shape.DISC,
    AlterKind.PROFESSIONAL: Shape.SQUARE,
    AlterKind.GROUP: Shape.HEXAGON,
    AlterKind.ONLINE: Shape.HEXAGON,
    AlterKind.PLACE: Shape.DIAMOND,
    AlterKind.PRACTICE: Shape.DIAMOND,
}

_CORNERS = {
    Shape.SQUARE: (4, math.pi / 4, 1.24),
    Shape.HEXAGON: (6, math.pi / 6, 1.13),
    Shape.DIAMOND: (4, 0.0, 1.24),
}
"""Number of corners, the angle of the first, and how far out they are, so that all shapes weigh the same to the eye."""

_NEARLY_NOUGHT = 1e-9

SLOTS = tuple(math.radians(degrees) for degrees in (-210, -90, 30))
"""Where each slot begins, clockwise; each spans a third of the turn."""


def shape_of(kind: AlterKind) -> Shape:
    """Return the outline of this kind of alter."""
    return _SHAPES[kind]


def corners(shape: Shape, radius: float) -> tuple[Point, ...]:
    """Return the corners of a shape round (0, 0), clockwise; none for a disc."""
    if shape is Shape.DISC:
        return ()
    count, first, far = _CORNERS[shape]
    angles = (first + 2 * math.pi * index / count for index in range(count))
    return tuple((radius * far * math.cos(angle), radius * far * math.sin(angle)) for angle in angles)


def slice_of(shape: Shape, radius: float, start: float, end: float) -> tuple[Point, ...]:
    """Return the part of a cornered shape between two angles, as a polygon that begins in the middle."""
    outline = corners(shape, radius)
    inside = sorted(
        (turned, corner)
        for corner in outline
        if (turned := (math.atan2(corner[1], corner[0]) - start) % (2 * math.pi)) < end - start
    )
    between = (corner for turned, corner in inside if turned > 0)
    return ((0.0, 0.0), _edge(outline, start), *between, _edge(outline, end))


def _edge(outline: tuple[Point, ...], angle: float) -> Point:
    """Return where the ray at `angle` from the middle leaves the outline."""
    right, down = math.cos(angle), math.sin(angle)
    best = 0.0
    for (x, y), (far_x, far_y) in pairwise((*outline, outline[0])):
        across = right * (far_y - y) - down * (far_x - x)
        if abs(across) < _NEARLY_NOUGHT:
            continue
        reach = (x * (far_y - y) - y * (far_x - x)) / across
        along = (x * down - y * right) / across
        if reach > 0 and -_NEARLY_NOUGHT <= along <= 1 + _NEARLY_NOUGHT:
            best = max(best, reach)
    return best * right, best * down
