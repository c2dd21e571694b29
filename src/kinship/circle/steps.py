"""Walking on the map: to the nearest person in a direction, and round a ring."""

from __future__ import annotations

from collections.abc import Mapping

from kinship.circle.layout import Layout
from kinship.journal.model import AlterId

DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Steps in columns and rows."""

_TALL = 2
"""A cell is about twice as high as wide."""


def towards(
    nodes: Mapping[AlterId, tuple[int, int]], start: tuple[int, int], direction: str, besides: AlterId | None = None
) -> AlterId | None:
    """Return who stands nearest to the cell `start` in a direction; who stands aside counts as further away.

    None where nobody stands that way. `besides` is never the answer.
    """
    across, down = DIRECTIONS[direction]
    best: tuple[float, AlterId] | None = None
    for alter, (column, row) in nodes.items():
        dx, dy = column - start[0], (row - start[1]) * _TALL
        ahead, aside = (dx * across, abs(dy)) if across else (dy * down, abs(dx))
        if alter == besides or ahead <= 0:
            continue
        score = ahead + 2 * aside + (1000 if aside > 2 * ahead else 0)
        if best is None or (score, alter) < best:
            best = (score, alter)
    return best[1] if best else None


def nearest(nodes: Mapping[AlterId, tuple[int, int]], start: tuple[int, int]) -> AlterId | None:
    """Return who stands nearest to the cell `start`, in whatever direction; None on an empty map."""

    def distance(alter: AlterId) -> tuple[int, AlterId]:
        column, row = nodes[alter]
        return (column - start[0]) ** 2 + ((row - start[1]) * _TALL) ** 2, alter

    return min(nodes, key=distance, default=None)


def round_ring(layout: Layout, start: AlterId | None, by: int) -> AlterId | None:
    """Return the next person clockwise (`by` 1) or back (-1) on the same ring; after the last, the next ring's first.

    From nowhere, the first person of the innermost ring; None on an empty map.
    """
    order = [place.alter for place in sorted(layout.places, key=lambda place: (place.ring, place.angle, place.alter))]
    if not order:
        return None
    if start not in order:
        return order[0 if by > 0 else -1]
    return order[(order.index(start) + by) % len(order)]
