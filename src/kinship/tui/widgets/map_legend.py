"""One line that says what the signs of the map mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from kinship.circle.facet import Facet, Way, look_in
from kinship.circle.glyphs import MEANING, UNICODE, Glyphs
from kinship.circle.support import Look
from kinship.ground.width import cells
from kinship.tui.circle_modes import Mode, Sight

if TYPE_CHECKING:
    from kinship.journal.model import Circle

ALWAYS = (Look.EMOTIONAL, Look.PRACTICAL, Look.IDENTITY, Look.SEVERAL)
COLOURS = {
    Look.EMOTIONAL: "$emotional",
    Look.PRACTICAL: "$practical",
    Look.IDENTITY: "$identity",
    Look.SEVERAL: "$several",
    Look.WISHED: "$accent",
    Look.REMEMBERED: "$accent",
}
"""The colour of each sign beside text; the others are dim."""

GAP = 2

Part = tuple[str, str, str]
"""A sign, the style it has, and what it means."""


class MapLegend(Static):
    """The signs that are on the map, those of the way it is looked at first, as many as the line holds."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self.glyphs = glyphs
        self._parts: tuple[Part, ...] = ()

    def show(self, sight: Sight, facet: Facet) -> None:
        """Say what is on this map."""
        self._parts = (*self._marks(sight), *self._facet(facet), *self._looks(sight.circle, facet))
        self._say()

    def _marks(self, sight: Sight) -> Iterator[Part]:
        glyphs, marks = self.glyphs, sight.marks
        if marks.ghosts:
            yield glyphs.gone, "$dim", "away" if sight.mode is Mode.WITHOUT else "gone"
        if marks.fresh:
            yield glyphs.new, "bold $good", "new"
        if marks.moved:
            arrows = glyphs.arrows[1] if glyphs.arrows else f"{glyphs.closer} {glyphs.further}"
            yield arrows, "bold $accent", "moved" if glyphs.arrows else "closer, further"
        if marks.notes:
            yield "+ -", "$accent", "gives more, less"

    def _facet(self, facet: Facet) -> Iterator[Part]:
        if facet.strain:
            yield self.glyphs.strain, "bold $strain", "weighs"
        if facet.kind is not None or facet.way is not Way.GIVES_ME:
            yield self.glyphs.quiet, "$dim", "does not" if facet.way is Way.GIVES_ME else "not so"

    def _looks(self, circle: Circle, facet: Facet) -> Iterator[Part]:
        there = {look for bond in circle.bonds if (look := look_in(bond, facet)[0]) is not None}
        for look in Look:
            if look in there or (look in ALWAYS and facet.kind is None):
                yield self.glyphs.nodes[look], COLOURS.get(look, "$dim"), MEANING[look]

    def on_resize(self) -> None:
        self._say()

    def _say(self) -> None:
        room, parts = self.size.width, []
        for mark, style, meaning in self._parts:
            room -= cells(mark) + 1 + cells(meaning)
            if room < 0:
                break
            parts.append(Content.assemble((mark, style), (f" {meaning}", "$dim")))
            room -= GAP
        self.update(Content(" " * GAP).join(parts), layout=False)


def sign(look: Look, glyphs: Glyphs) -> Content:
    """Return a sign of the map in its colour."""
    return Content.styled(glyphs.nodes[look], COLOURS.get(look, "$dim"))
