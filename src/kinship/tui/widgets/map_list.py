"""The map as a list: the same people, signs and words, by ring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.circle.facet import WHOLE as EVERYTHING
from kinship.circle.facet import Facet, look_in
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.sentences import RING_WORDS, STATUS_WORDS, in_order, words_given, words_returned
from kinship.circle.support import strained
from kinship.ground.width import cells, fill
from kinship.journal.kinds import label_of
from kinship.privacy.text import visible
from kinship.tui.circle_modes import Sight
from kinship.tui.keymap import act
from kinship.tui.widgets.map_legend import sign
from kinship.tui.widgets.map_panel import wrapped

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Bond

NAME = 24
ASIDE = 18
"""Most cells of the name, and of the circle word."""


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
        act("enter", "select", "open", tooltip="Open the page of whoever is highlighted"),
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
    ]

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, compact=True, markup=False)
        self.glyphs = glyphs
        self._sight: Sight | None = None
        self._facet = EVERYTHING
        self._columns = (NAME, ASIDE)

    def show(self, sight: Sight, facet: Facet, focus: AlterId | None) -> None:
        """List who is seen, with `focus` highlighted."""
        self._sight, self._facet = sight, facet
        self._fill(focus)

    def point_at(self, focus: AlterId | None) -> None:
        """Highlight somebody, where they are listed."""
        if focus is not None and any(option.id == focus for option in self.options):
            self.highlighted = self.get_option_index(focus)

    def on_resize(self) -> None:
        at = self.highlighted
        self._fill(self.get_option_at_index(at).id if at is not None else None)

    def _fill(self, focus: AlterId | None) -> None:
        width = self.scrollable_content_region.width
        if self._sight is None or not width:
            return
        bonds = in_order(self._sight.circle)
        self._columns = (
            _widest((bond.alter.name for bond in bonds), min(NAME, width // 4)),
            _widest(map(_aside, bonds), min(ASIDE, width // 6 + 1)),
        )
        options: list[Option] = []
        ring: object = self
        for bond in bonds:
            if bond.ring != ring:
                ring = bond.ring
                options.append(Option(Content.styled(RING_WORDS[bond.ring], "$accent"), disabled=True))
            options.append(Option(self._line(bond, width), id=bond.alter.id))
        self.set_options(options)
        self.highlighted = 1 if options else None
        self.point_at(focus)

    def _line(self, bond: Bond, width: int) -> Content:
        assert self._sight is not None
        alter = bond.alter.id
        look, _ = look_in(bond, self._facet)
        ghost = alter in self._sight.marks.ghosts
        mark = Content.styled(self.glyphs.gone if ghost else self.glyphs.quiet, "$dim")
        if look is not None and not ghost:
            mark = sign(look, self.glyphs)
        name, beside = self._columns
        indent = name + beside + 6
        remark = self._sight.remarks.get(alter, "")
        first, *more = wrapped(self._words(bond, remark), max(8, width - indent)) or [""]
        style = "$dim" if ghost or look is None else ""
        line = Content.assemble(
            "  ",
            mark,
            " ",
            (fill(visible(bond.alter.name), name), style),
            " ",
            (fill(visible(_aside(bond)), beside), "$dim"),
            (f" {first}", "$accent" if remark else style),
        )
        return Content("\n").join([line, *(Content(" " * indent + words) for words in more)])

    def _words(self, bond: Bond, remark: str) -> str:
        returned = ", ".join(words_returned(bond))
        weighs = ", ".join(label_of(word) for word in bond.strain) or "sometimes"
        parts = (
            remark,
            STATUS_WORDS[bond.status] if STATUS_WORDS[bond.status] not in remark else "",
            ", ".join(words_given(bond)),
            f"I give {returned}" if returned else "",
            f"weighs: {weighs}" if self._facet.strain and strained(bond) else "",
        )
        return visible("; ".join(part for part in parts if part))


def _aside(bond: Bond) -> str:
    return (bond.sector or "").strip()


def _widest(texts: Iterable[str], most: int) -> int:
    return min(most, max(map(cells, texts), default=0))
