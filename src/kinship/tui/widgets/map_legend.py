"""One line that says what the signs of the map mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from kinship.circle.glyphs import MEANING, UNICODE, Glyphs
from kinship.circle.support import Look, look_of
from kinship.ground.width import cells

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


class MapLegend(Static):
    """The signs that are on the map, as many as the line holds."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self.glyphs = glyphs
        self._looks: tuple[Look, ...] = ALWAYS

    def show(self, circle: Circle) -> None:
        """Say what is on this circle's map."""
        there = {look_of(bond) for bond in circle.bonds}
        self._looks = tuple(look for look in Look if look in there or look in ALWAYS)
        self._say()

    def on_resize(self) -> None:
        self._say()

    def _say(self) -> None:
        room, parts = self.size.width, []
        for look in self._looks:
            room -= 2 + cells(MEANING[look])
            if room < 0:
                break
            parts.append(Content.assemble(sign(look, self.glyphs), (f" {MEANING[look]}", "$dim")))
            room -= GAP
        self.update(Content(" " * GAP).join(parts))


def sign(look: Look, glyphs: Glyphs) -> Content:
    """Return a sign of the map in its colour."""
    return Content.styled(glyphs.nodes[look], COLOURS.get(look, "$dim"))
