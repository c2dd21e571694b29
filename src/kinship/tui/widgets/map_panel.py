"""What the map says of one person, in words, beside or below the picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.rhythm import ASCII_BARS, BARS, bars, by_month
from kinship.circle.sentences import Said, heading, overall, panel
from kinship.circle.support import from_them
from kinship.ground.width import cells, fill, shorten
from kinship.journal.model import Status
from kinship.privacy.text import visible

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Bond, Circle

EMPTY = "Nobody is on your map yet. Press a to put the first person on it."
WALK = "Arrows walk from one to the next, tab goes round a ring."
BRIEF = 6
"""Rows up to which the panel leaves out what can wait."""
ABOUT = 8
"""Cells of the short word that a line begins with."""


class MapPanel(Static):
    """One person in words; with nobody in focus, the circle as a whole. In few rows what can wait is left out."""

    DEFAULT_CSS = """
    MapPanel { color: $ink; }
    """

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self.glyphs = glyphs
        self._circle: Circle | None = None
        self._focus: AlterId | None = None
        self._today = dt.date.min
        self._aside: tuple[str, ...] = ()

    def show(self, circle: Circle, focus: AlterId | None, today: dt.date, aside: tuple[str, ...] = ()) -> None:
        """Say who is in focus; `aside` is what the picture had no room for."""
        self._circle, self._focus, self._today, self._aside = circle, focus, today, aside
        self._say()

    def on_resize(self) -> None:
        self._say()

    def _say(self) -> None:
        if self._circle is None or not self.size.width:
            return
        width, brief = self.size.width, self.size.height <= BRIEF
        bond = next((bond for bond in self._circle.bonds if bond.alter.id == self._focus), None)
        lines = self._all(width) if bond is None else self._one(bond, width, brief=brief)
        for text in () if brief else self._aside:
            lines += [Content(""), *(Content.styled(line, "$dim") for line in wrapped(visible(text), width))]
        self.update(Content("\n").join(lines))

    def _one(self, bond: Bond, width: int, *, brief: bool) -> list[Content]:
        assert self._circle is not None
        rule = ("─" if self.glyphs.braille else "-") * width
        title = Content(shorten(visible(bond.alter.name), width)).stylize("bold $accent")
        under = [Content.styled(line, "$dim") for line in wrapped(visible(heading(bond)), width)]
        statements = panel(bond, self._circle, self._today)
        if brief:
            head = Content.assemble(
                title, (f"  {shorten(visible(heading(bond)), width - cells(title.plain) - 2)}", "$dim")
            )
            return [head, *(line for one in statements for line in told(one, width) if one.about != "moments")]
        said: list[Content] = []
        for one in statements:
            said += told(one, width)
            if one.about == "moments" and (chart := self._chart(bond)):
                said.append(Content.assemble(" " * ABOUT, (chart, "$accent")))
        return [title, *under, Content.styled(rule, "$rule"), *said]

    def _chart(self, bond: Bond) -> str:
        if bond.status is not Status.ACTIVE:
            return ""
        return bars(by_month(from_them(bond), self._today), BARS if self.glyphs.braille else ASCII_BARS)

    def _all(self, width: int) -> list[Content]:
        assert self._circle is not None
        if not self._circle.bonds:
            return [Content(line) for line in wrapped(EMPTY, width)]
        return [
            Content.styled(line, "$dim") for text in overall(self._circle) for line in wrapped(visible(text), width)
        ]


def told(said: Said, width: int) -> Iterator[Content]:
    """Return the lines of one statement: its short word once, the text beside it; a sentence that stands alone dim."""
    if not said.about:
        yield Content("")
        yield from (Content.styled(line, "$dim") for line in wrapped(visible(said.text), width))
        return
    for at, line in enumerate(wrapped(visible(said.text), width - ABOUT)):
        yield Content.assemble((fill(said.about if at == 0 else "", ABOUT), "$dim"), line)


def wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` cells, broken at spaces where there are any."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if cells(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = shorten(word, width)
    return [*lines, line] if line else lines
