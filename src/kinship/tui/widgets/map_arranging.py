"""Where everybody of a map goes on so many cells: one order in, one arrangement out, in whatever thread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from kinship.circle.frame import Point, View
from kinship.circle.labels import Placing, place
from kinship.circle.layout import Layout, lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinship.journal.model import AlterId, Circle

ASIDE = 100
"""People above whom a map is arranged in a thread."""


class Order(Struct, frozen=True, eq=False):
    """What a map is arranged from; `over` is everybody it ever shows, so that nobody moves when the day does."""

    circle: Circle
    over: Circle | None
    width: int
    height: int
    view: View
    notes: Mapping[AlterId, str]
    marked: frozenset[AlterId]
    """Beside whose sign a mark has its room."""
    kept: frozenset[AlterId]
    """Who stands behind no count while there is room."""
    compact: bool

    @property
    def large(self) -> bool:
        return len((self.over or self.circle).bonds) > ASIDE


class Arranged(Struct, frozen=True, eq=False):
    """A map whose people have found their cells."""

    order: Order
    layout: Layout
    placing: Placing

    def point(self, alter: AlterId) -> Point | None:
        """Return where somebody is drawn, in radii of the outer ring from the middle; None for whoever is not there."""
        spot = next((spot for spot in self.layout.places if spot.alter == alter), None)
        return None if spot is None else self.placing.frame.point(spot.angle, math.hypot(spot.x, spot.y))


def arrange(order: Order, before: Arranged | None = None) -> Arranged:
    """Return the arrangement; the layout of the one `before` is taken over where it was made from the same people."""
    same = before is not None and before.order.circle is order.circle and before.order.over is order.over
    layout = before.layout if before is not None and same else lay_out(order.circle, over=order.over)
    placing = place(
        layout,
        order.circle,
        order.width,
        order.height,
        compact=order.compact,
        view=order.view,
        notes=order.notes,
        marked=order.marked,
        kept=order.kept,
    )
    return Arranged(order, layout, placing)
