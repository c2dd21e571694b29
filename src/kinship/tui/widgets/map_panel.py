"""What the map says in words, of one person and of a way to look at it, beside or below the picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kinship.circle.facet import WHOLE as EVERYTHING
from kinship.circle.facet import Facet, shown_in_words
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.rhythm import ASCII_BARS, BARS, bars, by_month
from kinship.circle.sentences import Said, heading, overall, panel
from kinship.circle.support import from_them
from kinship.ground.width import cells, fill, shorten
from kinship.journal.model import Status
from kinship.privacy.text import visible
from kinship.tui.circle_modes import Mode, Sight

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Bond, Circle

EMPTY = "Nobody is on your map yet. Press a to put the first person on it, or m to go through who comes to mind."
WALK = "Arrows walk from one to the next, tab goes round a ring."
BRIEF = 6
"""Rows up to which the panel leaves out what can wait."""
ABOUT = 8
"""Cells of the short word that a line begins with."""
BROAD = 40
"""Cells from which on the circle as a whole is spoken of below a person."""


class MapPanel(Static):
    """One person in words, and what a mode says; with nobody in focus, the circle as a whole.

    In few rows what can wait is left out.
    """

    DEFAULT_CSS = """
    MapPanel { color: $ink; }
    """

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self.glyphs = glyphs
        self._sight: Sight | None = None
        self._focus: AlterId | None = None
        self._aside: tuple[str, ...] = ()
        self._facet = EVERYTHING
        self._leading = False
        self._told: Content | None = None
        self._measured = (0, False)

    def show(
        self,
        sight: Sight,
        focus: AlterId | None,
        aside: tuple[str, ...] = (),
        *,
        facet: Facet = EVERYTHING,
        leading: bool = False,
    ) -> None:
        """Say what is seen and who is in focus; `aside` is what the picture had no room for, `facet` what it shows.

        `leading` puts what the mode says before the person.
        """
        self._sight, self._focus, self._aside, self._facet, self._leading = sight, focus, aside, facet, leading
        self._say()

    def on_resize(self) -> None:
        if (self._room, self._brief) != self._measured:
            self._say()

    def _say(self) -> None:
        sight = self._sight
        if sight is None or not self._room:
            return
        width, brief = self._measured = self._room, self._brief
        bond = next((bond for bond in sight.circle.bonds if bond.alter.id == self._focus), None)
        person = [] if bond is None else self._one(sight, bond, width, brief=brief)
        mode = self._mode(sight, width)
        parts = [part for part in ((mode, person) if self._leading else (person, mode)) if part]
        spare = not brief and width >= BROAD and sight.mode in {Mode.NOW, Mode.THEN}
        if not parts or spare:
            parts.append(self._all(sight.circle, width))
        lines: list[Content] = []
        for at, part in enumerate(parts):
            lines += [*([Content("")] if at else []), *part]
        for text in () if brief else self._aside:
            lines += [Content(""), *(Content.styled(line, "$dim") for line in wrapped(visible(text), width))]
        content = Content("\n").join(lines)
        if self._told is None or not content.is_same(self._told):
            self._told = content
            self.update(content)

    @property
    def _room(self) -> int:
        return self.size.width

    @property
    def _brief(self) -> bool:
        return isinstance(self.parent, Widget) and self.parent.size.height <= BRIEF

    def _mode(self, sight: Sight, width: int) -> list[Content]:
        """Return what the way of looking says: its word, then its sentences."""
        if not sight.sentences:
            return []
        head = Content.styled(shorten(sight.about, width), "bold")
        return [head, *(Content(line) for said in sight.sentences for line in wrapped(visible(said), width))]

    def _one(self, sight: Sight, bond: Bond, width: int, *, brief: bool) -> list[Content]:
        rule = ("─" if self.glyphs.braille else "-") * width
        title = Content(shorten(visible(bond.alter.name), width)).stylize("bold $accent")
        under = [Content.styled(line, "$dim") for line in wrapped(visible(heading(bond)), width)]
        remark = sight.remarks.get(bond.alter.id, "")
        remarks = [Content.styled(line, "$accent") for line in wrapped(remark, width)]
        statements = panel(bond, sight.circle, sight.day)
        if sight.mode is Mode.WITHOUT:
            statements = tuple(one for one in statements if one.about)
        if brief:
            head = Content.assemble(
                title, (f"  {shorten(visible(heading(bond)), width - cells(title.plain) - 2)}", "$dim")
            )
            return [
                head, *remarks, *(line for one in statements for line in told(one, width) if one.about != "moments")
            ]  # fmt: skip
        said: list[Content] = []
        for one in statements:
            said += told(one, width)
            if one.about == "moments" and (chart := self._chart(bond, sight.day)):
                said.append(Content.assemble(" " * ABOUT, (chart, "$accent")))
        return [title, *under, *remarks, Content.styled(rule, "$rule"), *said]

    def _chart(self, bond: Bond, day: dt.date) -> str:
        if bond.status is not Status.ACTIVE:
            return ""
        return bars(by_month(from_them(bond), day), BARS if self.glyphs.braille else ASCII_BARS)

    def _all(self, circle: Circle, width: int) -> list[Content]:
        if not circle.bonds:
            return [Content(line) for line in wrapped(EMPTY, width)]
        said = shown_in_words(circle, self._facet) or overall(circle)
        return [Content.styled(line, "$dim") for text in said for line in wrapped(visible(text), width)]


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
