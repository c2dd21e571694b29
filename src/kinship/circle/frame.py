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


class Frame(Struct, frozen=True):
    """A grid of `width` x `height` cells with the ellipse of the outer ring in it; all lengths below are in dots."""

    width: int
    height: int
    across: float
    """Half the ellipse's width."""
    down: float
    """Half the ellipse's height."""
    radii: tuple[float, float, float] = RADII
    """Where the three rings are drawn, as shares of the ellipse."""

    def dot(self, angle: float, radius: float) -> tuple[float, float]:
        """Return the dot (x, y) that a place of the unit disc falls on."""
        bent = angle - WARP / 2 * math.sin(2 * angle)
        far = self._drawn(radius)
        x = self.width - 0.5 + self.across * far * math.cos(bent)
        return x, self.height * 2 - 0.5 + self.down * far * math.sin(bent)

    def _drawn(self, radius: float) -> float:
        """Return where a radius of the layout is drawn: straight between the rings, and on beyond the last."""
        below = drawn_below = 0.0
        for ring, drawn in zip(RADII, self.radii, strict=True):
            if radius <= ring:
                return drawn_below + (radius - below) * (drawn - drawn_below) / (ring - below)
            below, drawn_below = ring, drawn
        return radius

    def cell(self, angle: float, radius: float) -> tuple[int, int]:
        """Return the cell (column, row) that a place of the unit disc falls on, always inside the grid."""
        x, y = self.dot(angle, radius)
        return min(self.width - 1, max(0, int(x // 2))), min(self.height - 1, max(0, int(y // 4)))


def frame_for(width: int, height: int, label: int, folded: int = 0) -> Frame:
    """Return the frame for a grid of so many cells that leaves `label` cells at either side where there is room.

    `folded` rings need no room for people: those inside them get it.
    """
    down = max(2.0, 2.0 * (height - 1))
    margin = min(label + 2, width // 5)
    across = max(2.0, min(down * STRETCH, width - 2.0 * margin))
    return Frame(width, height, across, min(down, across * HIGH), DRAWN[folded])
