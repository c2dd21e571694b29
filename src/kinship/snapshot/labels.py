"""Where names stand so that none covers another: beside its node where there is room, on a short line further out else.

Each label chooses among some hundred spots by cost; some rounds of choosing again, with the others where they are,
settle the crowd (a greedy start with local search, after Christensen, Marks & Shieber 1995). No chance is involved.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kinship.snapshot.geometry import Box, Point, distance_to_line, lines_cross
from kinship.snapshot.lettering import width_of

SPACING = 1.1
"""Room taken along a line, against the width of the text: fonts differ."""

ASCENT, DESCENT = 0.86, 0.26
"""Height above and below the baseline, in font sizes."""

_TURNS = tuple(math.pi * step / 12 for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 8, -8, 10, -10, 12))
_NEAR = (3.0, 8.0, 15.0, 24.0)
_FARTHER = (*_NEAR, 36.0, 50.0, 68.0, 90.0, 116.0, 146.0)
_FAR = (*_FARTHER, *(180.0 + 30.0 * step for step in range(40)))
_LEADER_FROM = 10.0
"""A gap wider than this gets a line."""

_ROUNDS = 8
_CELL = 48.0
_FINE = 8.0

_OVER_LABEL = 1000.0
_OVER_NODE = 400.0
_LINE_OVER_LABEL = 260.0
_LINE_OVER_NODE = 120.0
_LINE_OVER_LINE = 90.0
_BESIDE_ANOTHER = 1.6
_TOO_CLOSE = 7.0
_PER_TIE = 0.35
_PER_GAP = 0.085
_PER_TURN = 1.5
_PER_TILT = 0.5
_SQUEEZED, _UNPLACED = 60.0, 240.0
"""A cost from which a label looks further out, and one at which it stands on something."""


class Anchor(Struct, frozen=True):
    """A node that wants its name beside it: where it is, how large, and which way is outward (radians)."""

    id: str
    text: str
    size: float
    x: float
    y: float
    radius: float
    outward: float


class Label(Struct, frozen=True):
    """A text on the page: its left end on the baseline, its width, and the line to its node where it stands apart."""

    id: str
    text: str
    size: float
    x: float
    y: float
    width: float
    leader: tuple[Point, Point] | None = None

    @property
    def box(self) -> Box:
        """The room it takes, spacing included."""
        spare = self.width * (SPACING - 1) / 2
        return Box(
            self.x - spare,
            self.y - ASCENT * self.size,
            self.x + self.width + spare,
            self.y + DESCENT * self.size,
        )


class _Spot(Struct, frozen=True):
    cost: float
    label: Label
    box: Box


class _Ground:
    """What stands still: nodes, captions, ties; asked for what is near."""

    def __init__(self, anchors: Sequence[Anchor], blocked: Sequence[Box], inked: Iterable[Point]) -> None:
        self._nodes: defaultdict[tuple[int, int], list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self._nodes[_cell(anchor.x, anchor.y)].append(anchor)
        self._blocked = blocked
        self._ink: defaultdict[tuple[int, int], int] = defaultdict(int)
        for x, y in inked:
            self._ink[int(x // _FINE), int(y // _FINE)] += 1

    def cost(self, box: Box, leader: tuple[Point, Point] | None, own: str) -> float:
        cost = sum(_OVER_LABEL for other in self._blocked if box.touches(other))
        cost += _PER_TIE * min(12, self._ties_under(box))
        for node in self._near(box):
            if box.touches_disc(node.x, node.y, node.radius + 1.5):
                cost += _OVER_NODE
            elif node.id != own and box.touches_disc(node.x, node.y, node.radius + _TOO_CLOSE):
                cost += _BESIDE_ANOTHER
        if leader is None:
            return cost
        for node in self._near(_span(leader)):
            if node.id != own and distance_to_line((node.x, node.y), *leader) < node.radius + 2:
                cost += _LINE_OVER_NODE
        return cost + sum(_LINE_OVER_LABEL for other in self._blocked if other.crossed_by(*leader))

    def _near(self, box: Box) -> Iterator[Anchor]:
        left, top = _cell(box.left - 20, box.top - 20)
        right, bottom = _cell(box.right + 20, box.bottom + 20)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield from self._nodes.get((column, row), ())

    def _ties_under(self, box: Box) -> int:
        columns = range(int(box.left // _FINE), int(box.right // _FINE) + 1)
        rows = range(int(box.top // _FINE), int(box.bottom // _FINE) + 1)
        return sum(self._ink.get((column, row), 0) for column in columns for row in rows)


def place_labels(
    anchors: Sequence[Anchor], *, blocked: Sequence[Box] = (), inked: Iterable[Point] = ()
) -> tuple[Label, ...]:
    """Return one label for each anchor, in their order; earlier ones choose first.

    `blocked` are boxes that must stay free (captions, the middle), `inked` points that had better be (ties).
    """
    ground = _Ground(anchors, blocked, inked)
    spots = [_spots(anchor, ground, _NEAR) for anchor in anchors]
    chosen: list[_Spot | None] = [None] * len(anchors)
    _settle(spots, chosen)
    for limit, gaps in ((_SQUEEZED, _FARTHER), (_UNPLACED, _FAR)):
        for index, anchor in enumerate(anchors):
            if _total(chosen[index] or spots[index][0], chosen, index) >= limit:
                spots[index] = _spots(anchor, ground, gaps)
        _settle(spots, chosen)
    return tuple(spot.label for spot in chosen if spot is not None)


def _settle(spots: list[list[_Spot]], chosen: list[_Spot | None]) -> None:
    for _ in range(_ROUNDS):
        if not _choose_again(spots, chosen):
            break


def _choose_again(spots: list[list[_Spot]], chosen: list[_Spot | None]) -> bool:
    """Let every label move to its best spot as the others stand now; return whether any did."""
    moved = False
    for index, own in enumerate(spots):
        best, least = own[0], math.inf
        for spot in own:
            if spot.cost >= least:
                break
            total = _total(spot, chosen, index, least)
            if total < least:
                best, least = spot, total
        moved = moved or best is not chosen[index]
        chosen[index] = best
    return moved


def _total(spot: _Spot, chosen: list[_Spot | None], own: int, limit: float = math.inf) -> float:
    """Return what this spot costs among the others as they stand; from `limit` on, how much more does not matter."""
    cost = spot.cost
    line = spot.label.leader
    for index, other in enumerate(chosen):
        if other is None or index == own:
            continue
        if cost >= limit:
            break
        if spot.box.touches(other.box):
            cost += _OVER_LABEL
        other_line = other.label.leader
        if other_line is not None and spot.box.crossed_by(*other_line):
            cost += _LINE_OVER_LABEL
        if line is not None:
            if other.box.crossed_by(*line):
                cost += _LINE_OVER_LABEL
            if other_line is not None and lines_cross(*line, *other_line):
                cost += _LINE_OVER_LINE
    return cost


def _spots(anchor: Anchor, ground: _Ground, gaps: Sequence[float]) -> list[_Spot]:
    """Return where this label could stand, cheapest first."""
    spots = []
    width = round(width_of(anchor.text, anchor.size), 1)
    for gap in gaps:
        for turn in _TURNS:
            label = _label(anchor, anchor.outward + turn, gap, width)
            cost = (
                _PER_GAP * gap
                + _PER_TURN * abs(turn) / math.pi
                + _PER_TILT * abs(math.sin(anchor.outward + turn))
                + ground.cost(label.box, label.leader, anchor.id)
            )
            spots.append(_Spot(round(cost, 4), label, label.box))
    return sorted(spots, key=lambda spot: spot.cost)


def _label(anchor: Anchor, direction: float, gap: float, width: float) -> Label:
    right, down = math.cos(direction), math.sin(direction)
    tip = anchor.x + (anchor.radius + gap) * right, anchor.y + (anchor.radius + gap) * down
    height = (ASCENT + DESCENT) * anchor.size
    across = SPACING * width / 2
    middle_x = tip[0] + across * max(-1.0, min(1.0, 1.7 * right))
    middle_y = tip[1] + height / 2 * max(-1.0, min(1.0, 1.7 * down))
    leader = None
    if gap > _LEADER_FROM:
        start = anchor.x + (anchor.radius + 1) * right, anchor.y + (anchor.radius + 1) * down
        leader = _rounded(start), _rounded(tip)
    x, y = middle_x - width / 2, middle_y - height / 2 + ASCENT * anchor.size
    return Label(anchor.id, anchor.text, anchor.size, round(x, 1), round(y, 1), width, leader)


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _span(line: tuple[Point, Point]) -> Box:
    (x, y), (far_x, far_y) = line
    return Box(min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y))


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(x // _CELL), int(y // _CELL)
