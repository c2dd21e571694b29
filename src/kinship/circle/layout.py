"""Where everybody stands on the map: three rings, a wedge for each sector, the same place every time.

The layout is a pure function of the circle, and built so that people keep their place. An angle follows from the
sector, the id and who knows whom, never from rings or words: whoever moves rings moves straight in or out. Wedges grow
by several seats at a time, so that most newcomers find one free, and make room for each other only where they crowd.
Over time all angles come from one circle, the union of everybody who is ever shown.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kinship.journal.model import AlterId, Bond, Circle, Ring

RADII = (0.36, 0.68, 1.0)
"""Radius of the inner, middle and outer ring; the outer one is the unit circle."""

RING_INDEX = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2}
TOP = -math.pi / 2
TURN = 2 * math.pi

USUAL_SECTORS = ("family", "friends", "neighbourhood", "community", "faith", "online", "treatment", "work", "school")
"""Sectors that many people have, in the order they stand round the circle; own words follow by the alphabet."""

_SEATS = (3, 5, 8, 12, 17, 24, 34, 48, 67, 94, 132, 185, 259, 363, 508, 711, 995)
"""How many seats a wedge may have: in steps of two fifths, so that it seldom has to grow."""

_PULL = 0.7
"""How far somebody is drawn towards those they know, against the place their own id gives them."""

_ROUNDS = 3
"""How often everybody is drawn towards where those they know stand by then."""

_NEAR = 0.055
"""People of one ring who would stand nearer than this step off the line, inwards or outwards."""

_ASIDE = (0.0, 0.09, -0.09, 0.045, -0.045)
_LANES = (_ASIDE, _ASIDE, (0.0, -0.09, -0.18, -0.045, -0.135))
"""How far off their ring people may step, for each ring; nobody leaves the disc."""

_ROUND = 12
"""The circle of sectors on which it is decided which way round two of them are nearer."""


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


def lay_out(circle: Circle, *, over: Circle | None = None) -> Layout:
    """Return where every bond of `circle` stands, in unit disc coordinates (x right, y down, ego at the origin).

    Rings lie at `RADII`. Wedges begin at twelve o'clock and run clockwise: usual sectors first, own words by the
    alphabet, people without a sector last. A wedge has at least a seat more than members, and a width in proportion to
    its seats. Inside it people stand in the order of the barycentre of whom they know (Di Battista et al. 1999, ch. 9),
    at least a seat apart, and else as near as can be to where that puts them. Who would stand too near to somebody of
    the same ring steps off the line: at most 0.09 to either side, on the outer ring at most 0.18 inwards.

    With `over`, everybody who is ever shown, sectors, angles and steps off the line are those of `over` on every day,
    and rings those of `circle`: from one day to another nobody moves who did not change rings. Wedges that are empty
    on the day are left out; whoever of `circle` is missing in `over` is taken in.
    """
    frame = circle if over is None else _with(over, circle)
    wedges, angles = _angles(frame)
    lanes = _lanes([(bond.alter.id, angles[bond.alter.id], ring_of(bond)) for bond in frame.bonds])
    places = {
        bond.alter.id: _place(bond.alter.id, angles[bond.alter.id], ring_of(bond), lanes[bond.alter.id])
        for bond in circle.bonds
    }
    if over is not None:
        there = set(places)
        told = (replace(one, members=tuple(alter for alter in one.members if alter in there)) for one in wedges)
        wedges = tuple(wedge for wedge in told if wedge.members)
    return Layout(tuple(places[bond.alter.id] for bond in circle.bonds), wedges)


def _with(over: Circle, circle: Circle) -> Circle:
    """Return `over` with those of `circle` who are missing in it, and their ties."""
    known = {bond.alter.id for bond in over.bonds}
    missing = tuple(bond for bond in circle.bonds if bond.alter.id not in known)
    if not missing:
        return over
    ties = tuple(tie for tie in circle.ties if tie.a not in known or tie.b not in known)
    return Circle(over.as_of, (*over.bonds, *missing), (*over.ties, *ties))


def _angles(circle: Circle) -> tuple[tuple[Wedge, ...], dict[AlterId, float]]:
    """Return the wedges and everybody's angle: where somebody stands in their wedge, whatever their ring."""
    members: dict[str, list[Bond]] = defaultdict(list)
    for bond in circle.bonds:
        members[_sector(bond)].append(bond)
    keys = _keys(circle, {sector: [bond.alter.id for bond in bonds] for sector, bonds in members.items()})
    seats = {sector: _seats(len(bonds)) for sector, bonds in members.items()}
    seat = TURN / max(1, sum(seats.values()))
    wedges, angles, start = [], dict[AlterId, float](), TOP
    for sector in sorted(members, key=lambda word: (_sector_place(word), word)):
        spelling = min((bond.sector or "").strip() for bond in members[sector])
        end = start + seat * seats[sector]
        wedges.append(Wedge(spelling, start, end, tuple(bond.alter.id for bond in members[sector])))
        order = sorted(wedges[-1].members, key=lambda alter: (keys[alter], alter))
        spots = _spots([keys[alter] for alter in order], seats[sector])
        angles.update((alter, start + seat * (spot + 0.5)) for alter, spot in zip(order, spots, strict=True))
        start = end
    return tuple(wedges), angles


def _sector(bond: Bond) -> str:
    return (bond.sector or "").strip().casefold()


def _seats(members: int) -> int:
    """Return how many seats a wedge of so many members has."""
    index = bisect_left(_SEATS, members + 1)
    return _SEATS[index] if index < len(_SEATS) else members * 7 // 5


def _sector_place(sector: str) -> float:
    """Return where a sector stands on the round of `_ROUND`, whichever others there are."""
    if not sector:
        return _ROUND - 0.5
    if sector in USUAL_SECTORS:
        return USUAL_SECTORS.index(sector)
    first, last = len(USUAL_SECTORS), _ROUND - 1
    return first + (last - first) * math.fsum(byte * 256.0 ** -(at + 1) for at, byte in enumerate(sector.encode()[:12]))


def _keys(circle: Circle, members: dict[str, list[AlterId]]) -> dict[AlterId, float]:
    """Return for everybody a number from 0 to 1: where in their wedge whom they know, and their own id, put them.

    Somebody known in another wedge pulls to that end of the wedge from which it is nearer; how wide wedges are, and
    which others there are, plays no part, so that the order stays as it was when somebody is added.
    """
    of = {alter: sector for sector, alters in members.items() for alter in alters}
    places = {sector: _sector_place(sector) for sector in members}
    home = {alter: _unit(alter, "home") for alter in of}
    within: dict[AlterId, list[AlterId]] = defaultdict(list)
    outside: dict[AlterId, list[float]] = defaultdict(list)
    for tie in circle.ties:
        if tie.a not in of or tie.b not in of:
            continue
        for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
            if of[one] == of[other]:
                within[one].append(other)
            else:
                way = math.remainder(places[of[other]] - places[of[one]], _ROUND)
                outside[one].append(0.5 + math.copysign(0.5, way) if way else 0.5)
    keys = home
    for _ in range(_ROUNDS):
        keys = {alter: _drawn(home[alter], [keys[one] for one in within[alter]], outside[alter]) for alter in of}
    return keys


def _drawn(home: float, within: list[float], outside: list[float]) -> float:
    count = len(within) + len(outside)
    return (1 - _PULL) * home + _PULL * math.fsum((*within, *outside)) / count if count else home


def _spots(keys: list[float], seats: int) -> list[float]:
    """Return a spot between 0 and `seats` - 1 for each of the sorted keys: at least 1 apart, as near as can be to them.

    Least squares under an order, by pooling those who violate it (Ayer et al. 1955): who has room is not moved at all,
    and a newcomer among many moves them by less than a seat.
    """
    pools: list[tuple[float, int]] = []
    for index, key in enumerate(keys):
        mean, size = key * seats - 0.5 - index, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        pools.append((mean, size))
    room = float(seats - len(keys))
    free = [min(room, max(0.0, mean)) for mean, size in pools for _ in range(size)]
    return [spot + index for index, spot in enumerate(free)]


def _lanes(people: list[tuple[AlterId, float, int]]) -> dict[AlterId, int]:
    """Return which of `_LANES` everybody keeps to, from angle and ring: the line itself wherever there is room.

    Who goes first follows from the id alone, so that a newcomer makes nobody step off who has gone before.
    """
    lanes: dict[AlterId, int] = {}
    near: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for alter, angle, ring in sorted(people, key=lambda one: (_unit(one[0], "turn"), one[0])):
        round_ = int(TURN * RADII[ring] / (2 * _NEAR))
        bucket = int((angle - TOP) / TURN * round_)
        others = [place for step in (-1, 0, 1) for place in near[ring, (bucket + step) % round_]]
        gaps = []
        for lane in range(len(_LANES[ring])):
            place = _place(alter, angle, ring, lane)
            gaps.append(min((math.hypot(place.x - one.x, place.y - one.y) for one in others), default=math.inf))
            if gaps[-1] >= _NEAR:
                break
        lanes[alter] = max(range(len(gaps)), key=lambda lane: (gaps[lane], -lane))
        near[ring, bucket].append(_place(alter, angle, ring, lanes[alter]))
    return lanes


def _place(alter: AlterId, angle: float, ring: int, lane: int) -> Place:
    radius = RADII[ring] + _LANES[ring][lane]
    return Place(alter, angle, ring, radius * math.cos(angle), radius * math.sin(angle))


@lru_cache(maxsize=8192)
def _unit(alter: AlterId, purpose: str) -> float:
    """Return a number in [0, 1) that is always the same for this id and purpose."""
    digest = hashlib.blake2b(alter.encode(), digest_size=4, person=purpose.encode()).digest()
    return int.from_bytes(digest, "big") / 2**32
