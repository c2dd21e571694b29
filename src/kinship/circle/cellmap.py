"""The map in terminal cells: rows of runs, each with the names of the roles that decide its look.

Roles are words, never colours: a screen gives them a style, plain text drops them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from kinship.circle import lines
from kinship.circle.canvas import Canvas, Run
from kinship.circle.facet import WHOLE as EVERYTHING
from kinship.circle.facet import Facet, look_in
from kinship.circle.frame import WHOLE, View
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.labels import EGO, NO_NOTES, Cell, Label, Placing, Sector, place
from kinship.circle.layout import Layout, Place
from kinship.circle.support import strained
from kinship.ground.width import cells, shorten
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterId, Bond, Circle

NOBODY_MOVED: Mapping[AlterId, int] = MappingProxyType({})


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
    beyond: dict[AlterId, Cell]
    """Who is outside the part of the map that is seen, and the cell they would have."""
    sectors: tuple[Sector, ...]

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

    def sector_at(self, column: int, row: int) -> Sector | None:
        """Return the wedge whose word lies at this cell."""
        for sector in self.sectors:
            label = sector.label
            if label.row == row and label.column <= column < label.column + label.width:
                return sector
        return None


class Marks(Struct, frozen=True):
    """What a picture says of people beyond how they stand: who is gone, new, or moved, and signs after their names."""

    ghosts: Collection[AlterId] = ()
    """Who is gone or away: a faint name, and no sign of support."""
    fresh: Collection[AlterId] = ()
    """Who is new."""
    moved: Mapping[AlterId, int] = NOBODY_MOVED
    """How many rings outwards somebody moved; below zero, inwards."""
    notes: Mapping[AlterId, str] = NO_NOTES

    @property
    def beside(self) -> frozenset[AlterId]:
        """Beside whose sign one of these stands."""
        return frozenset((*self.fresh, *self.moved))

    @property
    def concerned(self) -> frozenset[AlterId]:
        """Whose place on the picture is worth keeping free: whoever is new, moved or gone."""
        return self.beside.union(self.ghosts)


NO_MARKS = Marks()


class Showing(Struct, frozen=True):
    """What a picture shows of the people it has placed."""

    focus: AlterId | None = None
    pointed: AlterId | None = None
    """Whom the mouse points at: their name in full."""
    facet: Facet = EVERYTHING
    all_ties: bool = False
    """Everybody's ties, not only those of whoever has the focus."""
    found: Collection[AlterId] = ()
    """Whom a search found."""
    marks: Marks = NO_MARKS


PLAIN = Showing()


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
    ghosts: Collection[AlterId] = (),
    fresh: Collection[AlterId] = (),
    moved: Mapping[AlterId, int] = NOBODY_MOVED,
    notes: Mapping[AlterId, str] = NO_NOTES,
    view: View = WHOLE,
) -> CellMap:
    """Return the map on a grid of cells: rings, wedges, signs, names, and the ties of whoever has the focus.

    For `ghosts`, `fresh`, `moved` and `notes` see `Marks`, for `view` see `kinship.circle.labels.place`.
    """
    marks = Marks(ghosts, fresh, moved, notes)
    placing = place(
        layout,
        circle,
        width,
        height,
        compact=compact,
        view=view,
        notes=notes,
        marked=marks.beside,
        kept=marks.concerned,
    )
    showing = Showing(focus=focus, facet=Facet(kind=only), marks=marks)
    return paint(placing, layout, circle, glyphs, showing)


def paint(
    placing: Placing, layout: Layout, circle: Circle, glyphs: Glyphs = UNICODE, showing: Showing = PLAIN
) -> CellMap:
    """Return the drawing of what has been placed; a facet of one kind quietens everybody who does not give it."""
    placing = _shown(placing, layout, showing.focus)
    canvas = Canvas(placing.frame, glyphs)
    known = frozenset(lines.known_to(circle, showing.focus))
    lines.rings(canvas, layout, sectors=bool(placing.sectors))
    drawn = {*placing.nodes, *placing.beyond} if showing.all_ties else ()
    lines.ties(canvas, layout, circle, showing.focus, known, among=drawn)
    lines.trails(canvas, layout, {one: by for one, by in showing.marks.moved.items() if one in placing.nodes})
    column, row = placing.frame.cell(0, 0)
    if placing.frame.width >= len(EGO) and placing.frame.holds(column, row):
        start = min(placing.frame.width - len(EGO), max(0, column - 1))
        canvas.put(Label(EGO, start, row, len(EGO)), "ego")
    for sector in placing.sectors:
        canvas.put(sector.label, "sector")
    for bond in circle.bonds:
        _node(canvas, placing, bond, glyphs, known, showing)
    labels = {**placing.labels, **_in_full(canvas, placing, showing)}
    places = layout.by_alter()
    for bond in circle.bonds:
        if bond.alter.id in placing.nodes:
            _put_marks(canvas, placing, bond.alter.id, labels, tuple(_marks(bond, places, glyphs, showing)))
    return CellMap(
        width=placing.frame.width,
        height=placing.frame.height,
        rows=tuple(canvas.row(row) for row in range(placing.frame.height)),
        nodes=placing.nodes,
        labels=labels,
        overflow=placing.overflow,
        folded=placing.folded,
        beyond=placing.beyond,
        sectors=placing.sectors,
    )


def _shown(placing: Placing, layout: Layout, focus: AlterId | None) -> Placing:
    """Return the placing with the focused person taken out of their fold."""
    if focus is None or focus not in placing.folded:
        return placing
    spot = layout.by_alter()[focus]
    cell = placing.frame.cell(spot.angle, math.hypot(spot.x, spot.y))
    if not placing.frame.holds(*cell):
        return placing
    return Placing(
        placing.frame,
        {**placing.nodes, focus: cell},
        placing.labels,
        placing.numbers,
        placing.overflow,
        placing.sectors,
        placing.folded,
        placing.beyond,
        placing.names,
        placing.marked,
    )


def _node(
    canvas: Canvas, placing: Placing, bond: Bond, glyphs: Glyphs, known: Collection[AlterId], showing: Showing
) -> None:
    alter = bond.alter.id
    if alter not in placing.nodes:
        return
    sign, roles = _sign(bond, glyphs, showing)
    beside = f"label {_beside(bond, roles, known, showing)}"
    column, row = placing.nodes[alter]
    canvas.put(Label(sign, column, row, 1), f"{roles} focus" if alter == showing.focus else roles)
    for labels, role in ((placing.labels, beside), (placing.numbers, "number")):
        if alter in labels:
            canvas.put(labels[alter], role)


def _sign(bond: Bond, glyphs: Glyphs, showing: Showing) -> tuple[str, str]:
    if bond.alter.id in showing.marks.ghosts:
        return glyphs.gone, "ghost"
    look, said_only = look_in(bond, showing.facet)
    if look is None:
        return glyphs.quiet, "quiet"
    return glyphs.nodes[look], f"{look.value} light" if said_only else look.value


def _beside(bond: Bond, roles: str, known: Collection[AlterId], showing: Showing) -> str:
    """Return the role of a name."""
    alter = bond.alter.id
    if alter in showing.found:
        return "found"
    for role, holds in (("ghost", roles == "ghost"), ("known", alter in known), ("quiet", "quiet" in roles)):
        if holds:
            return role
    return bond.ring.value if bond.ring is not None else "outer"


def _in_full(canvas: Canvas, placing: Placing, showing: Showing) -> dict[AlterId, Label]:
    """Write the names of who is pointed at and who has the focus in full, over whatever is there."""
    found: dict[AlterId, Label] = {}
    for alter, role in ((showing.pointed, "label pointed"), (showing.focus, "label focus")):
        if alter in placing.nodes and (label := _full_label(placing, alter)) is not None:
            found[alter] = label
            canvas.put(label, role)
    return found


def _full_label(placing: Placing, alter: AlterId) -> Label | None:
    """Return a name in full where it has its room already, else beside the sign, over as little as can be."""
    name, had = placing.names[alter], placing.labels.get(alter)
    if had is not None and had.text == name:
        return had
    column, row = placing.nodes[alter]
    first = column - int(alter in placing.marked)
    right, left = placing.frame.width - column - 2, first - 1
    room = max(right, left)
    if room <= 0:
        return None
    text = shorten(name, room)
    width = cells(text)
    starts = [start for start, most in ((column + 2, right), (first - 1 - width, left)) if width <= most]
    signs = [x for x, y in placing.nodes.values() if y == row]
    start = min(starts, key=lambda start: sum(start <= x < start + width for x in signs))
    return Label(text, start, row, width)


def _marks(bond: Bond, places: Mapping[AlterId, Place], glyphs: Glyphs, showing: Showing) -> Iterator[tuple[str, str]]:
    """Return the marks that stand beside a sign, each with its role."""
    alter = bond.alter.id
    if alter in showing.marks.fresh:
        yield glyphs.new, "fresh"
    if by := showing.marks.moved.get(alter, 0):
        plain = glyphs.closer if by < 0 else glyphs.further
        yield glyphs.arrows[lines.heading_of(places[alter], by)] if glyphs.arrows else plain, "moved"
    if showing.facet.strain and strained(bond) and alter not in showing.marks.ghosts:
        yield glyphs.strain, "strain"


def _put_marks(
    canvas: Canvas,
    placing: Placing,
    alter: AlterId,
    labels: Mapping[AlterId, Label],
    marks: tuple[tuple[str, str], ...],
) -> None:
    """Write marks where a cell was kept, else on the side that the name leaves free, at worst instead of the sign."""
    column, row = placing.nodes[alter]
    rightwards = alter in placing.marked or (alter in labels and labels[alter].column > column)
    sides = (column - 1, column + 1) if rightwards else (column + 1, column - 1)
    for mark, role in marks:
        start = next((side for side in sides if canvas.free(side, row)), column)
        canvas.put(Label(mark, start, row, 1), role)
