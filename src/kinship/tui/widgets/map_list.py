"""The map as a list: the same people, signs and words, by ring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.sentences import RING_WORDS, STATUS_WORDS, in_order, words_given, words_returned
from kinship.circle.support import look_of
from kinship.ground.width import cells, fill
from kinship.privacy.text import visible
from kinship.tui.keymap import act
from kinship.tui.widgets.map_legend import sign
from kinship.tui.widgets.map_panel import wrapped

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Bond, Circle

NAME = 19
ASIDE = 26
"""Most cells of the name, and of the circle word with how the tie stands."""


class MapList(OptionList):
    """Everybody by ring, on as many lines as the words need; the highlighted one is in focus on the map too."""

    DEFAULT_CSS = """
    MapList { background: $paper; border: none; padding: 0; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    MapList:focus { border: none; background-tint: $paper 0%; }
    MapList > .option-list--option { padding: 0; }
    MapList > .option-list--option-highlighted,
    MapList:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
    ]

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, compact=True, markup=False)
        self.glyphs = glyphs
        self._circle: Circle | None = None
        self._columns = (NAME, ASIDE)

    def show(self, circle: Circle, focus: AlterId | None) -> None:
        """List this circle, with `focus` highlighted."""
        self._circle = circle
        self._fill(focus)

    def on_resize(self) -> None:
        at = self.highlighted
        self._fill(self.get_option_at_index(at).id if at is not None else None)

    def _fill(self, focus: AlterId | None) -> None:
        width = self.scrollable_content_region.width
        if self._circle is None or not width:
            return
        self._columns = (
            _widest((bond.alter.name for bond in self._circle.bonds), min(NAME, width // 4)),
            _widest(map(_aside, self._circle.bonds), min(ASIDE, width // 3 + 1)),
        )
        options: list[Option] = []
        ring: object = self
        for bond in in_order(self._circle):
            if bond.ring != ring:
                ring = bond.ring
                options.append(Option(Content.styled(RING_WORDS[bond.ring], "$accent"), disabled=True))
            options.append(Option(self._line(bond, width), id=bond.alter.id))
        self.set_options(options)
        if focus is not None and any(option.id == focus for option in options):
            self.highlighted = self.get_option_index(focus)
        else:
            self.highlighted = 1 if options else None

    def _line(self, bond: Bond, width: int) -> Content:
        returned = ", ".join(words_returned(bond))
        parts = (", ".join(words_given(bond)), f"I give {returned}" if returned else "")
        name, beside = self._columns
        indent = name + beside + 6
        first, *more = wrapped("; ".join(part for part in parts if part), max(8, width - indent)) or [""]
        line = Content.assemble(
            "  ",
            sign(look_of(bond), self.glyphs),
            f" {fill(visible(bond.alter.name), name)} ",
            (fill(visible(_aside(bond)), beside), "$dim"),
            f" {first}",
        )
        return Content("\n").join([line, *(Content(" " * indent + words) for words in more)])


def _aside(bond: Bond) -> str:
    return " · ".join(part for part in ((bond.sector or "").strip(), STATUS_WORDS[bond.status]) if part)


def _widest(texts: Iterable[str], most: int) -> int:
    return min(most, max(map(cells, texts), default=0))
