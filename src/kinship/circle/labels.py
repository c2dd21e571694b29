"""Where signs and names go on a grid of cells, so that nothing collides.

Greedy, by closeness and then by number of kinds given: each name is tried on the outward side, the other side, below,
above and on the diagonals; in full, then in 12, 8 and 5 cells. Whoever finds no room is numbered and listed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from kinship.circle.frame import WHOLE, Frame, View, frame_for
from kinship.circle.layout import Layout, Place, Wedge
from kinship.circle.support import kinds_given
from kinship.ground.width import cells, shorten
from kinship.journal.model import AlterId, Bond, Circle
from kinship.privacy.text import visible

LENGTHS = (12, 8, 5)
EGO = "you"
CELLS_EACH = 22
"""Room a node with its name needs; where there is less, whole rings are folded into counts."""

TRIES = 4
"""How often names are placed anew where some found no room."""
_IN_ROW = 2
"""How many of the places beside a node lie in its own row; elsewhere a name needs more air to be read by itself."""
_MISSED = (9, 3, 1)
"""How bad it is that somebody of each ring has no name."""

Cell = tuple[int, int]


class Label(Struct, frozen=True):
    """A text on the grid: its first cell and how many it takes."""

    text: str
    column: int
    row: int
    width: int


class Sector(Struct, frozen=True):
    """The word of a wedge at the rim: where its middle is, and how many of its people stand behind a count."""

    label: Label
    angle: float
    behind: int


class Placing(Struct, frozen=True):
    """Everything that has found its cells."""

    frame: Frame
    nodes: dict[AlterId, Cell]
    """Column and row of each sign, in the order of the circle's bonds; whoever is folded away is not here."""
    labels: dict[AlterId, Label]
    numbers: dict[AlterId, Label]
    """The numbers of those without a name that found room."""
    overflow: tuple[AlterId, ...]
    """Whose name found no room: the first is number 1, and so on."""
    sectors: tuple[Sector, ...]
    folded: tuple[AlterId, ...]
    """Who stands behind a count, because their ring is folded."""
    beyond: dict[AlterId, Cell]
    """Who is outside the part of the map that is seen, and the cell they would have (it is not on the grid)."""
    names: dict[AlterId, str]
    """Each name as it may be shown, with the signs that go with it."""
    marked: frozenset[AlterId] = frozenset()
    """Before whose sign a cell is kept for a mark."""


class _Board:
    """Which cells of the grid are taken."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._rows = [bytearray(width) for _ in range(height)]

    def free(self, column: int, row: int, width: int, before: int = 1, after: int = 1) -> bool:
        """Return whether these cells are free, and so many on either side (where there are any)."""
        if row < 0 or row >= self.height or column < 0 or column + width > self.width:
            return False
        return not any(self._rows[row][max(0, column - before) : column + width + after])

    def copy(self) -> _Board:
        other = _Board(0, 0)
        other.width, other.height, other._rows = self.width, self.height, [row.copy() for row in self._rows]
        return other

    def take(self, column: int, row: int, width: int) -> None:
        self._rows[row][column : column + width] = b"\x01" * width


NO_NOTES: Mapping[AlterId, str] = MappingProxyType({})


def place(
    layout: Layout,
    circle: Circle,
    width: int,
    height: int,
    *,
    compact: bool = False,
    view: View = WHOLE,
    notes: Mapping[AlterId, str] = NO_NOTES,
    marked: Collection[AlterId] = (),
    kept: Collection[AlterId] = (),
) -> Placing:
    """Return the cells of every sign, name, number and sector on a grid of `width` x `height` cells.

    `compact` leaves out sectors and numbers, for a picture of a few rows. `view` is the part of the map that is seen;
    the closer it is, the more people have room before rings are folded. `notes` are signs that follow a name. Before
    the sign of each of the `marked` a cell is left for it; those `kept` stand behind no count while there is room.
    """
    bonds = {bond.alter.id: bond for bond in circle.bonds}
    notes = {alter: f" {note}" for alter, note in notes.items()}
    names = {alter: visible(bond.alter.name) for alter, bond in bonds.items()}
    usual = sorted(map(cells, names.values()))[: max(1, len(names) * 4 // 5)][-1:]
    marked = frozenset(marked)
    standing, folded, rings = _fold(layout, int(width * height * view.zoom**2) // CELLS_EACH, frozenset(kept))
    frame = frame_for(width, height, min([8 if compact else LENGTHS[0], *usual]), rings, view)
    drawn, beyond = _seen(frame, standing)
    board = _Board(width, height)
    column, row = frame.cell(0, 0)
    if frame.holds(column, row):
        board.take(max(0, column - 2), row, min(len(EGO) + 2, width))
    ranked = sorted(drawn, key=lambda place: _rank(place, bonds[place.alter]))
    spots = {place.alter: _nearest(board, frame, place, int(place.alter in marked)) for place in ranked}
    nodes = {place.alter: spot for place in drawn if (spot := spots[place.alter]) is not None}
    sectors = () if compact else _sectors(board, frame, layout, folded)
    board, labels = _labels(board, nodes, ranked, names, notes, marked)
    nameless = tuple(place.alter for place in ranked if place.alter not in labels)
    numbers = {} if compact else _number(board, nodes, nameless)
    told = {alter: name + notes.get(alter, "") for alter, name in names.items()}
    return Placing(frame, nodes, labels, numbers, nameless, sectors, tuple(folded), beyond, told, marked)


def _seen(frame: Frame, places: list[Place]) -> tuple[list[Place], dict[AlterId, Cell]]:
    """Return who is in the part of the map that is seen, and the cells of those who are not."""
    spots = {place.alter: frame.cell(place.angle, math.hypot(place.x, place.y)) for place in places}
    beyond = {alter: spot for alter, spot in spots.items() if not frame.holds(*spot)}
    return [place for place in places if place.alter not in beyond], beyond


def _rank(place: Place, bond: Bond) -> tuple[int, int, AlterId]:
    return place.ring, -len(kinds_given(bond)), place.alter


def _fold(layout: Layout, room: int, kept: frozenset[AlterId]) -> tuple[list[Place], dict[AlterId, None], int]:
    """Return who is drawn, who stands behind a count, and how many rings (from the outside) are folded for that.

    Those `kept` are drawn in a folded ring too, if that does not make it too full.
    """
    drawn, folded, rings = list(layout.places), dict[AlterId, None](), 0
    for ring in (2, 1):
        if len(drawn) > room:
            rings += 1
            stay = [place for place in drawn if place.ring != ring or place.alter in kept]
            if len(stay) > room:
                stay = [place for place in stay if place.ring != ring]
            standing = {place.alter for place in stay}
            folded |= {place.alter: None for place in drawn if place.alter not in standing}
            drawn = stay
    return drawn, folded, rings


def _nearest(board: _Board, frame: Frame, place: Place, mark: int) -> Cell | None:
    """Take the free cell nearest to a place (and `mark` cells before it), with air on both sides if that can be had."""
    column, row = frame.cell(place.angle, math.hypot(place.x, place.y))
    for gap in (1, 0):
        for across, down in _AROUND:
            if board.free(column + across - mark, row + down, 1 + mark, gap, gap):
                board.take(column + across - mark, row + down, 1 + mark)
                return column + across, row + down
    return None


_AROUND = sorted(
    ((across, down) for down in range(-3, 4) for across in range(-6, 7)),
    key=lambda step: (step[0] ** 2 + 4 * step[1] ** 2, step),
)
"""Steps to the cells around one, nearest first; a cell is about twice as high as wide."""


def _labels(
    board: _Board,
    nodes: dict[AlterId, Cell],
    ranked: list[Place],
    names: Mapping[AlterId, str],
    notes: Mapping[AlterId, str],
    marked: frozenset[AlterId],
) -> tuple[_Board, dict[AlterId, Label]]:
    """Return the names that found room. Whoever found none goes first on their ring in the next of a few tries."""
    order = ranked
    best: tuple[int, _Board, dict[AlterId, Label]] | None = None
    for _ in range(TRIES):
        trial, labels = board.copy(), dict[AlterId, Label]()
        for one in order:
            if one.alter not in nodes:
                continue
            text = names[one.alter], notes.get(one.alter, "")
            label = _label(trial, nodes[one.alter], one, text, int(one.alter in marked))
            if label is not None:
                labels[one.alter] = label
        cost = sum(_MISSED[one.ring] for one in order if one.alter not in labels)
        if best is None or cost < best[0]:
            best = (cost, trial, labels)
        if not cost:
            break
        order = sorted(order, key=lambda one: (one.ring, one.alter in labels))
    assert best is not None
    return best[1], best[2]


def _label(board: _Board, node: Cell, place: Place, named: tuple[str, str], mark: int) -> Label | None:
    """Take the best place for a name and its note beside a node that has `mark` cells before its sign."""
    name, note = named
    full = cells(name)
    for most in (full, *(length for length in LENGTHS if length < full)):
        text = shorten(name, most) + note
        width = cells(text)
        spots = tuple(_beside(node, width, mark, rightwards=place.x >= 0, downwards=place.y >= 0))
        for air, tried in ((2, spots), (1, spots[:_IN_ROW])):
            for column, row in tried:
                before, after = (
                    (1 if column == node[0] + 2 else air),
                    (1 if column + width == node[0] - mark - 1 else air),
                )
                if board.free(column, row, width, before, after):
                    board.take(column, row, width)
                    return Label(text, column, row, width)
    return None


def _beside(node: Cell, width: int, mark: int, *, rightwards: bool, downwards: bool) -> Iterator[Cell]:
    """Return the first cells that a text of `width` could have beside a node, the best place first."""
    column, row = node
    after, before = column + 2, column - mark - 1 - width
    outward, inward = (after, before) if rightwards else (before, after)
    yield outward, row
    yield inward, row
    middle = column - width // 2
    far, near = (row + 1, row - 1) if downwards else (row - 1, row + 1)
    yield middle, far
    yield middle, near
    right, left = column + 1, column - width
    for start in (right, left) if rightwards else (left, right):
        yield start, far
        yield start, near


def _number(board: _Board, nodes: dict[AlterId, Cell], nameless: tuple[AlterId, ...]) -> dict[AlterId, Label]:
    numbers: dict[AlterId, Label] = {}
    for index, alter in enumerate(nameless, 1):
        if alter not in nodes:
            continue
        text = str(index)
        column, row = nodes[alter]
        for start, before, after in ((column + 1, 0, 1), (column - len(text), 1, 0)):
            if board.free(start, row, len(text), before, after):
                board.take(start, row, len(text))
                numbers[alter] = Label(text, start, row, len(text))
                break
    return numbers


def _sectors(board: _Board, frame: Frame, layout: Layout, folded: dict[AlterId, None]) -> tuple[Sector, ...]:
    found = []
    for wedge in layout.wedges:
        behind = sum(alter in folded for alter in wedge.members)
        text = " ".join(filter(None, (shorten(visible(wedge.sector), 14), f"+{behind}" if behind else "")))
        if text and (label := _at_the_rim(board, frame, wedge, text)) is not None:
            board.take(label.column, label.row, label.width)
            found.append(Sector(label, wedge.middle, behind))
    return tuple(found)


def _at_the_rim(board: _Board, frame: Frame, wedge: Wedge, text: str) -> Label | None:
    """Return where a sector's word has room: outside its wedge, on the rim, or inside it where the rim is not seen."""
    width = cells(text)
    span = wedge.end - wedge.start
    for radius in (1.14, 1.06, 0.84, 0.94) if frame.view.whole else (1.14, 1.06, 0.84, 0.94, 0.6, 0.5):
        for share in (0.0, 0.14, -0.14, 0.28, -0.28):
            x, y = frame.dot(wedge.middle + share * span, radius)
            row = int(y // 4)
            lean = (1 - math.cos(wedge.middle + share * span)) / 2
            column = round(x / 2 - width * lean)
            if 0 <= row < frame.height and board.free(column, row, width):
                return Label(text, column, row, width)
    return None
