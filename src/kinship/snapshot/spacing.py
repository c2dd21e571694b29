"""Signs that would touch step aside, each inside its ring and wedge; all others stay where the layout put them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from kinship.circle.layout import Layout, Place
from kinship.journal.model import AlterId

_BANDS = ((0.2, 0.47), (0.57, 0.76), (0.84, 1.03))
"""How far in and out a sign may step, for each ring, in the unit disc."""

_ROUNDS = 60
_REACH = 0.3
"""Signs farther apart than this are never compared."""


def spread(layout: Layout, room: Mapping[AlterId, float]) -> Layout:
    """Return the layout with signs apart by the sum of their `room` (radius with air, in the unit disc) where it fits.

    A few rounds of pushing apart; the same layout gives the same result.
    """
    borders = {
        alter: (wedge.start, wedge.end) for wedge in layout.wedges for alter in wedge.members if len(layout.wedges) > 1
    }
    places = list(layout.places)
    near = _near(places)
    for _ in range(_ROUNDS):
        pushes = _pushes(places, near, room)
        if not pushes:
            break
        for index, (dx, dy) in pushes.items():
            place = places[index]
            places[index] = _stepped(place, dx, dy, room[place.alter], borders.get(place.alter))
    return msgspec.structs.replace(layout, places=tuple(places))


def _near(places: list[Place]) -> list[tuple[int, int]]:
    return [
        (first, second)
        for second, other in enumerate(places)
        for first, one in enumerate(places[:second])
        if abs(one.x - other.x) < _REACH and abs(one.y - other.y) < _REACH
    ]


def _pushes(
    places: list[Place], near: list[tuple[int, int]], room: Mapping[AlterId, float]
) -> dict[int, tuple[float, float]]:
    """Return by how much each sign is to step, for those that touch another."""
    pushes: dict[int, tuple[float, float]] = {}
    for first, second in near:
        one, other = places[first], places[second]
        dx, dy = other.x - one.x, other.y - one.y
        apart = math.sqrt(dx * dx + dy * dy)
        lacking = room[one.alter] + room[other.alter] - apart
        if lacking <= 0:
            continue
        right, down = (dx / apart, dy / apart) if apart > 0 else (1.0, 0.0)
        for index, way in ((first, -lacking / 2), (second, lacking / 2)):
            x, y = pushes.get(index, (0.0, 0.0))
            pushes[index] = x + right * way, y + down * way
    return pushes


def _stepped(place: Place, dx: float, dy: float, room: float, borders: tuple[float, float] | None) -> Place:
    x, y = place.x + dx, place.y + dy
    least, most = _BANDS[place.ring]
    radius = min(most, max(least, math.hypot(x, y)))
    angle = place.angle + math.remainder(math.atan2(y, x) - place.angle, 2 * math.pi)
    if borders is not None:
        start, end = borders
        free = min(room / radius, (end - start) / 2)
        angle = min(end - free, max(start + free, angle))
    return Place(place.alter, angle, place.ring, radius * math.cos(angle), radius * math.sin(angle))
