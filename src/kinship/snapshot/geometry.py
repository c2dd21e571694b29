"""Points, boxes and lines on the page: units are the drawing's own, y runs downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

Point = tuple[float, float]


class Box(Struct, frozen=True):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def touches(self, other: Box) -> bool:
        """Return whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def touches_disc(self, x: float, y: float, radius: float) -> bool:
        """Return whether the disc round (x, y) reaches into the box."""
        near_x = min(max(x, self.left), self.right)
        near_y = min(max(y, self.top), self.bottom)
        return (x - near_x) ** 2 + (y - near_y) ** 2 < radius**2

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Return whether the straight line from `start` to `end` enters the box (Liang & Barsky 1984)."""
        (x, y), (far_x, far_y) = start, end
        if (
            (x <= self.left and far_x <= self.left)
            or (x >= self.right and far_x >= self.right)
            or (y <= self.top and far_y <= self.top)
            or (y >= self.bottom and far_y >= self.bottom)
        ):
            return False
        dx, dy = far_x - x, far_y - y
        enter, leave = 0.0, 1.0
        for step, room in ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y)):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                enter = max(enter, room / step)
            else:
                leave = min(leave, room / step)
        return enter < leave

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, x: float, y: float) -> Box:
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds them all; needs at least one."""
    held = tuple(boxes)
    return Box(
        min(box.left for box in held),
        min(box.top for box in held),
        max(box.right for box in held),
        max(box.bottom for box in held),
    )


def distance_to_line(point: Point, start: Point, end: Point) -> float:
    """Return how far `point` is from the straight piece between `start` and `end`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = dx * dx + dy * dy
    along = 0.0 if long == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / long
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def lines_cross(start: Point, end: Point, other_start: Point, other_end: Point) -> bool:
    """Return whether two straight pieces cross inside both."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return (
        side(start, end, other_start) * side(start, end, other_end) < 0
        and side(other_start, other_end, start) * side(other_start, other_end, end) < 0
    )


def cubic(path: tuple[Point, Point, Point, Point], at: float) -> Point:
    """Return the point of a cubic Bézier curve at `at` (0 to 1)."""
    left = 1 - at
    weights = (left**3, 3 * left * left * at, 3 * left * at * at, at**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, path, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, path, strict=True)),
    )
