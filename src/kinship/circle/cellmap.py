"""The map in terminal cells: rows of runs, each with the names of the roles that decide its look.

Roles are words, never colours: a screen gives them a style, plain text drops them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from msgspec import Struct

from kinship.circle.frame import Frame
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.labels import EGO, Cell, Label, Placing, place
from kinship.circle.layout import RADII, Layout
from kinship.circle.support import Look, kinds_given, look_of, only_claimed
from kinship.ground.width import ELLIPSIS, cells, shorten
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterId, Bond, Circle

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bit of each dot of a braille cell, by row and column."""

_RINGS = ("ring-inner", "ring-middle", "ring-outer")


class Run(Struct, frozen=True):
    """A stretch of one row in one look: `roles` is a word or several, such as "emotional light"."""

    text: str
    roles: str


class CellMap(Struct, frozen=True):
    """The drawn map: `height` rows whose runs take exactly `width` cells each."""

    width: int
    height: int
    rows: tuple[tuple[Run, ...], ...]
    nodes: dict[AlterId, Cell]
    """Column and row of each sign."""
    labels: dict[AlterId, Label]
    overflow: tuple[AlterId, ...]
    """Whose name found no room: number 1, 2, …"""
    folded: tuple[AlterId, ...]
    """Who stands behind a count."""

    @property
    def text(self) -> str:
        """The map as plain lines."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self.rows)

    def at(self, column: int, row: int) -> AlterId | None:
        """Return whose sign or name lies at (or a cell beside) this cell, None in the open."""
        for alter, label in self.labels.items():
            if label.row == row and label.column <= column < label.column + label.width:
                return alter
        near = [(abs(x - column), alter) for alter, (x, y) in self.nodes.items() if y == row and abs(x - column) <= 1]
        return min(near)[1] if near else None


def draw_cells(
    layout: Layout,
    circle: Circle,
    width: int,
    height: int,
    *,
    glyphs: Glyphs = UNICODE,
    focus: AlterId | None = None,
    only: Kind | None = None,
    compact: bool = False,
) -> CellMap:
    """Return the map on a grid of cells: rings, wedges, signs, names, and the ties of whoever has the focus."""
    return paint(place(layout, circle, width, height, compact=compact), layout, circle, glyphs, focus=focus, only=only)


def paint(
    placing: Placing,
    layout: Layout,
    circle: Circle,
    glyphs: Glyphs = UNICODE,
    *,
    focus: AlterId | None = None,
    only: Kind | None = None,
) -> CellMap:
    """Return the drawing of what has been placed; `only` quietens everybody who does not give that kind."""
    placing = _shown(placing, layout, focus)
    canvas = _Canvas(placing.frame, glyphs)
    _lines(canvas, layout, sectors=bool(placing.sectors))
    known = frozenset(_known(circle, focus)) if focus is not None else frozenset[AlterId]()
    _ties(canvas, layout, focus, known)
    column, row = placing.frame.cell(0, 0)
    if placing.frame.width >= len(EGO):
        canvas.put(Label(EGO, max(0, column - 1), row, len(EGO)), "ego")
    for label in placing.sectors:
        canvas.put(label, "sector")
    for bond in circle.bonds:
        _node(canvas, placing, bond, glyphs, known, focus, only)
    labels = dict(placing.labels)
    if focus in placing.nodes and (own := _focus_label(placing, focus)) is not None:
        labels[focus] = own
        canvas.put(own, "label focus")
    return CellMap(
        width=placing.frame.width,
        height=placing.frame.height,
        rows=tuple(canvas.row(row) for row in range(placing.frame.height)),
        nodes=placing.nodes,
        labels=labels,
        overflow=placing.overflow,
        folded=placing.folded,
    )


def _shown(placing: Placing, layout: Layout, focus: AlterId | None) -> Placing:
    """Return the placing with the focused person taken out of their fold."""
    if focus is None or focus not in placing.folded:
        return placing
    spot = layout.by_alter()[focus]
    cell = placing.frame.cell(spot.angle, math.hypot(spot.x, spot.y))
    return Placing(
        placing.frame,
        {**placing.nodes, focus: cell},
        placing.labels,
        placing.numbers,
        placing.overflow,
        placing.sectors,
        placing.folded,
        placing.names,
    )


def _known(circle: Circle, focus: AlterId) -> Iterator[AlterId]:
    for tie in circle.ties:
        if focus in (tie.a, tie.b):
            yield tie.b if tie.a == focus else tie.a


def _node(
    canvas: _Canvas,
    placing: Placing,
    bond: Bond,
    glyphs: Glyphs,
    known: Collection[AlterId],
    focus: AlterId | None,
    only: Kind | None,
) -> None:
    alter = bond.alter.id
    if alter not in placing.nodes:
        return
    sign, roles = _sign(bond, glyphs, only)
    beside = "label quiet" if "quiet" in roles else "label known" if alter in known else f"label {_closeness(bond)}"
    column, row = placing.nodes[alter]
    canvas.put(Label(sign, column, row, 1), f"{roles} focus" if alter == focus else roles)
    for labels, role in ((placing.labels, beside), (placing.numbers, "number")):
        if alter in labels:
            canvas.put(labels[alter], role)


def _sign(bond: Bond, glyphs: Glyphs, only: Kind | None) -> tuple[str, str]:
    look = look_of(bond)
    if only is not None:
        if only not in kinds_given(bond) or look.value == bond.status.value:
            return glyphs.quiet, "quiet"
        look = Look(only.value)
    return glyphs.nodes[look], f"{look.value} light" if only_claimed(bond) else look.value


def _closeness(bond: Bond) -> str:
    return bond.ring.value if bond.ring is not None else "outer"


def _focus_label(placing: Placing, focus: AlterId) -> Label | None:
    """Return the focused name in full where it has its room already, else beside the sign, over as little as can be."""
    name, had = placing.names[focus], placing.labels.get(focus)
    if had is not None and had.text == name:
        return had
    column, row = placing.nodes[focus]
    right, left = placing.frame.width - column - 2, column - 1
    room = max(right, left)
    if room <= 0:
        return None
    text = shorten(name, room)
    width = cells(text)
    starts = [start for start, most in ((column + 2, right), (column - 1 - width, left)) if width <= most]
    signs = [x for x, y in placing.nodes.values() if y == row]
    start = min(starts, key=lambda start: sum(start <= x < start + width for x in signs))
    return Label(text, start, row, width)


class _Canvas:
    """Dots below, texts above; a later text takes the place of whatever it covers."""

    def __init__(self, frame: Frame, glyphs: Glyphs) -> None:
        self.frame = frame
        self._braille = glyphs.braille
        self._ellipsis = glyphs.ellipsis
        self._dots: list[dict[int, tuple[int, str]]] = [{} for _ in range(frame.height)]
        self._texts: list[dict[int, tuple[Label, str]]] = [{} for _ in range(frame.height)]

    def dot(self, x: float, y: float, role: str) -> None:
        column, row = int(x) // 2, int(y) // 4
        if 0 <= column < self.frame.width and 0 <= row < self.frame.height:
            bits = self._dots[row].get(column, (0, role))[0]
            self._dots[row][column] = bits | _BITS[int(y) % 4][int(x) % 2], role

    def line(self, start: tuple[float, float], end: tuple[float, float], role: str, every: float = 1.0) -> None:
        """Draw dots along a straight line, one for each `every` dots of its way."""
        steps = max(1, int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / every))
        for step in range(steps + 1):
            share = step / steps
            self.dot(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, role)

    def put(self, label: Label, roles: str) -> None:
        row = self._texts[label.row]
        end = label.column + label.width
        for start, (other, _) in list(row.items()):
            if start < end and label.column < start + other.width:
                del row[start]
        row[label.column] = (label, roles)

    def row(self, index: int) -> tuple[Run, ...]:
        texts = self._texts[index]
        runs: list[Run] = []
        column = 0
        for start in sorted(texts):
            label, roles = texts[start]
            runs.extend(self._between(index, column, start))
            runs.append(Run(label.text.replace(ELLIPSIS, self._ellipsis), roles))
            column = start + label.width
        runs.extend(self._between(index, column, self.frame.width))
        return tuple(runs)

    def _between(self, index: int, start: int, end: int) -> Iterator[Run]:
        """Return the runs of dots and blanks from one column to another, with air around texts."""
        dots, crowded = self._dots[index], self._crowded(index)
        text, role = "", ""
        for column in range(start, end):
            bits, now = (0, "") if column in crowded else dots.get(column, (0, ""))
            if now != role and text:
                yield Run(text, role)
                text = ""
            text += self._character(bits, now)
            role = now
        if text:
            yield Run(text, role)

    def _crowded(self, index: int) -> frozenset[int]:
        """Return the columns that touch a name in this row, so that no dots run into its letters."""
        names = [label for label, _ in self._texts[index].values() if label.width > 1]
        return frozenset(column for label in names for column in (label.column - 1, label.column + label.width))

    def _character(self, bits: int, role: str) -> str:
        if not bits:
            return " "
        if self._braille:
            return chr(0x2800 + bits)
        return ":" if role == "tie" else "."


def _lines(canvas: _Canvas, layout: Layout, *, sectors: bool) -> None:
    frame = canvas.frame
    for radius, role in zip(RADII, _RINGS, strict=True):
        steps = int(math.tau * max(frame.across, frame.down) * radius)
        for step in range(steps):
            canvas.dot(*frame.dot(math.tau * step / steps, radius), role)
    if sectors and len(layout.wedges) > 1:
        for wedge in layout.wedges:
            canvas.line(frame.dot(wedge.start, RADII[0] + 0.06), frame.dot(wedge.start, 0.97), "spoke", every=4)


def _ties(canvas: _Canvas, layout: Layout, focus: AlterId | None, known: Collection[AlterId]) -> None:
    places = layout.by_alter()
    if focus not in places:
        return
    frame = canvas.frame
    one = places[focus]
    start = frame.dot(one.angle, math.hypot(one.x, one.y))
    for alter in known:
        if alter in places:
            other = places[alter]
            canvas.line(start, frame.dot(other.angle, math.hypot(other.x, other.y)), "tie")
