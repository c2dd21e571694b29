"""The map as a list: the same people, signs and words, by ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.sentences import RING_WORDS, STATUS_WORDS, in_order, words_given, words_returned
from kinship.circle.support import look_of
from kinship.ground.width import fill
from kinship.privacy.text import visible
from kinship.tui.keymap import act
from kinship.tui.widgets.map_legend import sign

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Bond, Circle

NAME = 20
ASIDE = 24


class MapList(OptionList):
    """Everybody as one line; the highlighted one is in focus on the map too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
    ]

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, compact=True, markup=False)
        self.glyphs = glyphs

    def show(self, circle: Circle, focus: AlterId | None) -> None:
        """List this circle, with `focus` highlighted."""
        options: list[Option] = []
        ring: object = self
        for bond in in_order(circle):
            if bond.ring != ring:
                ring = bond.ring
                options.append(Option(Content.styled(RING_WORDS[bond.ring], "$dim"), disabled=True))
            options.append(Option(self._line(bond), id=bond.alter.id))
        self.set_options(options)
        if focus is not None and any(option.id == focus for option in options):
            self.highlighted = self.get_option_index(focus)
        else:
            self.highlighted = 1 if options else None

    def _line(self, bond: Bond) -> Content:
        aside = " · ".join(part for part in ((bond.sector or "").strip(), STATUS_WORDS[bond.status]) if part)
        given, returned = ", ".join(words_given(bond)), ", ".join(words_returned(bond))
        return Content.assemble(
            "  ",
            sign(look_of(bond), self.glyphs),
            f" {fill(visible(bond.alter.name), NAME)} ",
            (fill(visible(aside), ASIDE), "$dim"),
            f" {given}",
            (f"{' · ' if given else ' '}I give {returned}" if returned else "", "$dim"),
        )
