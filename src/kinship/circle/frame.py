"""How the unit disc falls on a grid of terminal cells, each of which holds two by four braille dots."""

from __future__ import annotations

import math

from msgspec import Struct

from kinship.circle.layout import RADII

DRAWN = {0: RADII, 1: (0.44, 0.82, 1.0), 2: (0.72, 0.86, 1.0)}
"""Where the rings are drawn, by how many of them (from the outside) are folded into counts."""

STRETCH = 1.9
"""How much wider than high the rings may be drawn, in dots (which are about square)."""

HIGH = 1.25
"""How much higher than wide."""

WARP = 0.3
"""How much people are moved from the top and bottom of a ring towards its sides, where a name has a row of its own."""

CLOSEST = 8.0
"""How far a map can be zoomed in."""

RIM = 1.12
"""How far from the middle a picture can be moved to, in radii of the outer ring."""

Point = tuple[float, float]
"""Rightwards and downwards from the middle as it is drawn, in radii of the outer ring."""


class View(Struct, frozen=True):
    """Which part of the map is seen: how close, and what lies in the middle."""

    zoom: float = 1.0
    centre: Point = (0.0, 0.0)

    @property
    def whole(self) -> bool:
        return self.zoom <= 1.0

    def about(self, point: Point, factor: float) -> View:
        """Return the view `factor` times as close (between the whole map and `CLOSEST`); `point` stays where it is."""
        zoom = min(CLOSEST, max(1.0, self.zoom * factor))
        left = self.zoom / zoom
        (x, y), (across, down) = point, self.centre
        return View(zoom, (x - (x - across) * left, y - (y - down) * left))


WHOLE = View()


class Frame(Struct, frozen=True):
    """A grid of `width` x `height` cells with the ellipse of the outer ring in it; all lengths below are in dots."""

    width: int
    height: int
    across: float
    """Half the ellipse's width where the whole map is seen."""
    down: float
    """Half the ellipse's height."""
    radii: tuple[float, float, float] = RADII
    """Where the three rings are drawn, as shares of the ellipse."""
    view: View = WHOLE

    def dot(self, angle: float, radius: float) -> tuple[float, float]:
        """Return the dot (x, y) that a place of the unit disc falls on; with a closer view it may lie outside."""
        return self.dot_of(self.point(angle, radius))

    def dot_of(self, point: Point) -> tuple[float, float]:
        """Return the dot that a drawn point falls on."""
        (x, y), (across, down), zoom = point, self.view.centre, self.view.zoom
        return (
            self.width - 0.5 + self.across * zoom * (x - across),
            self.height * 2 - 0.5 + self.down * zoom * (y - down),
        )

    def point(self, angle: float, radius: float) -> Point:
        """Return where a place of the unit disc is drawn: people are moved a little towards the sides."""
        bent = angle - WARP / 2 * math.sin(2 * angle)
        far = self._drawn(radius)
        return far * math.cos(bent), far * math.sin(bent)

    def point_at(self, column: float, row: float) -> Point:
        """Return the drawn point in the middle of a cell."""
        (across, down), zoom = self.view.centre, self.view.zoom
        return (
            across + (2 * column + 1.5 - self.width) / (self.across * zoom),
            down + (4 * row + 2.5 - self.height * 2) / (self.down * zoom),
        )

    def _drawn(self, radius: float) -> float:
        """Return where a radius of the layout is drawn: straight between the rings, and on beyond the last."""
        below = drawn_below = 0.0
        for ring, drawn in zip(RADII, self.radii, strict=True):
            if radius <= ring:
                return drawn_below + (radius - below) * (drawn - drawn_below) / (ring - below)
            below, drawn_below = ring, drawn
        return radius

    def cell(self, angle: float, radius: float) -> tuple[int, int]:
        """Return the cell (column, row) of a place of the unit disc: on the grid while the whole map is seen."""
        x, y = self.dot(angle, radius)
        column, row = int(x // 2), int(y // 4)
        if not self.view.whole:
            return column, row
        return min(self.width - 1, max(0, column)), min(self.height - 1, max(0, row))

    def holds(self, column: int, row: int) -> bool:
        """Return whether a cell lies on the grid."""
        return 0 <= column < self.width and 0 <= row < self.height

    def kept(self, view: View) -> View:
        """Return the view moved so far that the window stays over the map."""
        (x, y), zoom = view.centre, view.zoom
        across = max(0.0, RIM - self.width / (self.across * zoom)) if zoom > 1 else 0.0
        down = max(0.0, RIM - 2 * self.height / (self.down * zoom)) if zoom > 1 else 0.0
        return View(zoom, (min(across, max(-across, x)), min(down, max(-down, y))))

    def towards(self, point: Point) -> View:
        """Return the view moved only as far as `point` needs to be well inside the window."""
        (x, y), zoom = self.view.centre, self.view.zoom
        across, down = 0.7 * self.width / (self.across * zoom), 1.5 * self.height / (self.down * zoom)
        centre = (
            min(point[0] + across, max(point[0] - across, x)),
            min(point[1] + down, max(point[1] - down, y)),
        )
        return self.kept(View(zoom, centre))


def frame_for(width: int, height: int, label: int, folded: int = 0, view: View = WHOLE) -> Frame:
    """Return the frame for a grid of so many cells that leaves `label` cells at either side where there is room.

    `folded` rings need no room for people: those inside them get it.
    """
    down = max(2.0, 2.0 * (height - 1))
    margin = min(label + 2, width // 5)
    across = max(2.0, min(down * STRETCH, width - 2.0 * margin))
    frame = Frame(width, height, across, min(down, across * HIGH), DRAWN[folded])
    return Frame(width, height, frame.across, frame.down, frame.radii, frame.kept(view))
