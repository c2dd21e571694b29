"""Where everybody stands on the map: three rings, a wedge for each sector, the same place every time.

The layout is a pure function of the circle. A wedge's place follows its sector's name, and the order inside it follows
ids and who knows whom, so that adding one person moves the others only as far as room must be made.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict

from msgspec import Struct

from kinship.journal.model import AlterId, Bond, Circle, Ring

RADII = (0.36, 0.68, 1.0)
"""Radius of the inner, middle and outer ring; the outer one is the unit circle."""

RING_INDEX = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2}
TOP = -math.pi / 2
TURN = 2 * math.pi

USUAL_SECTORS = ("family", "friends", "neighbourhood", "community", "faith", "online", "treatment", "work", "school")
"""Sectors that many people have, in the order they stand round the circle; own words follow by the alphabet."""

_SLOT = (0.5, 0.36, 0.62)
"""Where in its slot a node stands, for each ring: staggered, so that rings do not line up along spokes."""

_PULL = 0.85
"""How far somebody is drawn towards those they know, against the place their own id gives them."""


class Place(Struct, frozen=True):
    """Where one alter stands. Angles are in radians, clockwise as seen, 0 at three o'clock."""

    alter: AlterId
    angle: float
    ring: int
    """0 inner, 1 middle, 2 outer (and whoever has no ring yet)."""
    x: float
    """Rightwards, in the unit disc."""
    y: float
    """Downwards, in the unit disc."""


class Wedge(Struct, frozen=True):
    """The slice of the disc that belongs to one sector, from `start` clockwise to `end` (radians)."""

    sector: str
    """The sector in the person's spelling; empty for those who have none."""
    start: float
    end: float
    members: tuple[AlterId, ...]

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class Layout(Struct, frozen=True):
    """The whole picture in the unit disc, ego at (0, 0): places in the order of the bonds, wedges clockwise."""

    places: tuple[Place, ...]
    wedges: tuple[Wedge, ...]

    def by_alter(self) -> dict[AlterId, Place]:
        return {place.alter: place for place in self.places}


def ring_of(bond: Bond) -> int:
    """Return the ring's index, the outer edge for whoever has none yet."""
    return 2 if bond.ring is None else RING_INDEX[bond.ring]


def lay_out(circle: Circle) -> Layout:
    """Return where every bond of `circle` stands, in unit disc coordinates (x right, y down, ego at the origin).

    Rings lie at `RADII`. Wedges begin at twelve o'clock and run clockwise: usual sectors first, own words by the
    alphabet, people without a sector last; each is as wide as its members (and one seat more) among all. Inside a
    wedge, each ring's people stand at even distances, ordered by the barycentre of whom they know. In a crowded ring
    people step a little off the line: at most 0.09 to either side, on the outer ring at most 0.18 inwards.
    """
    wedges = _wedges(circle.bonds)
    keys = _order(circle, wedges)
    bonds = {bond.alter.id: bond for bond in circle.bonds}
    crowd = [0, 0, 0]
    for bond in circle.bonds:
        crowd[ring_of(bond)] += 1
    placed: dict[AlterId, Place] = {}
    for wedge in wedges:
        rings: dict[int, list[AlterId]] = defaultdict(list)
        for alter in sorted(wedge.members, key=lambda alter: (keys[alter], alter)):
            rings[ring_of(bonds[alter])].append(alter)
        for ring, members in rings.items():
            for alter, angle in zip(members, _slots(wedge, ring, len(members), len(wedges)), strict=True):
                placed[alter] = _place(alter, angle, ring, crowd[ring])
    return Layout(tuple(placed[bond.alter.id] for bond in circle.bonds), wedges)


def _place(alter: AlterId, angle: float, ring: int, crowd: int) -> Place:
    step = 0.09 * min(1.0, max(0.0, (crowd - 12) / 28))
    off = (_unit(alter, "depth") * 2 - (2 if ring == RING_INDEX[Ring.OUTER] else 1)) * step
    radius = RADII[ring] + off
    return Place(alter, angle, ring, radius * math.cos(angle), radius * math.sin(angle))


def _slots(wedge: Wedge, ring: int, count: int, wedges: int) -> list[float]:
    span = wedge.end - wedge.start
    edge = min(0.08, span * 0.1) if wedges > 1 else 0.0
    seat = (span - 2 * edge) / count
    return [wedge.start + edge + seat * (index + _SLOT[ring]) for index in range(count)]


def _wedges(bonds: tuple[Bond, ...]) -> tuple[Wedge, ...]:
    members: dict[str, list[Bond]] = defaultdict(list)
    for bond in bonds:
        members[(bond.sector or "").strip().casefold()].append(bond)
    room = len(bonds) + len(members)
    wedges, start = [], TOP
    for sector in sorted(members, key=_sector_order):
        end = start + TURN * (len(members[sector]) + 1) / room
        spelling = min((bond.sector or "").strip() for bond in members[sector])
        wedges.append(Wedge(spelling, start, end, tuple(bond.alter.id for bond in members[sector])))
        start = end
    return tuple(wedges)


def _sector_order(sector: str) -> tuple[int, str]:
    if not sector:
        return len(USUAL_SECTORS) + 1, ""
    return (USUAL_SECTORS.index(sector) if sector in USUAL_SECTORS else len(USUAL_SECTORS)), sector


def _order(circle: Circle, wedges: tuple[Wedge, ...]) -> dict[AlterId, float]:
    """Return each alter's key inside its wedge: the barycentre of those it knows, on a circle of equal wedges.

    Equal wedges and homes by id (not the drawn angles) are what keeps the order as it was when somebody is added.
    """
    width = TURN / max(1, len(wedges))
    centre = {alter: index * width for index, wedge in enumerate(wedges) for alter in wedge.members}
    home = {alter: (_unit(alter, "home") - 0.5) * width for alter in centre}
    known: dict[AlterId, list[AlterId]] = defaultdict(list)
    for tie in circle.ties:
        if tie.a in centre and tie.b in centre:
            known[tie.a].append(tie.b)
            known[tie.b].append(tie.a)
    keys = home
    for _ in range(3):
        keys = {alter: _drawn(alter, keys, home, centre, known[alter]) for alter in centre}
    return keys


def _drawn(
    alter: AlterId,
    keys: dict[AlterId, float],
    home: dict[AlterId, float],
    centre: dict[AlterId, float],
    known: list[AlterId],
) -> float:
    if not known:
        return home[alter]
    pulls = [math.remainder(centre[other] + keys[other] - centre[alter], TURN) for other in known]
    return (1 - _PULL) * home[alter] + _PULL * sum(pulls) / len(pulls)


def _unit(alter: AlterId, purpose: str) -> float:
    """Return a number in [0, 1) that is always the same for this id and purpose."""
    digest = hashlib.blake2b(alter.encode(), digest_size=4, person=purpose.encode()).digest()
    return int.from_bytes(digest, "big") / 2**32
