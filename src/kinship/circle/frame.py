"""How the unit disc falls on a grid of terminal cells, each of which holds two by four braille dots."""

from __future__ import annotations

import math

from msgspec import Struct

STRETCH = 1.9
"""How much wider than high the rings may be drawn, in dots (which are about square)."""

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

    def dot(self, angle: float, radius: float) -> tuple[float, float]:
        """Return the dot (x, y) that a place of the unit disc falls on."""
        bent = angle - WARP / 2 * math.sin(2 * angle)
        x = self.width - 0.5 + self.across * radius * math.cos(bent)
        return x, self.height * 2 - 0.5 + self.down * radius * math.sin(bent)

    def cell(self, angle: float, radius: float) -> tuple[int, int]:
        """Return the cell (column, row) that a place of the unit disc falls on, always inside the grid."""
        x, y = self.dot(angle, radius)
        return min(self.width - 1, max(0, int(x // 2))), min(self.height - 1, max(0, int(y // 4)))


def frame_for(width: int, height: int, label: int) -> Frame:
    """Return the frame for a grid of so many cells that leaves `label` cells at either side where there is room."""
    down = max(2.0, 2.0 * (height - 1))
    margin = min(label + 2, width // 5)
    across = max(2.0, min(down * STRETCH, width - 2.0 * margin))
    return Frame(width, height, across, min(down, across * 1.25))
