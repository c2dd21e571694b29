"""Names in columns, each with a letter that ticks it: many are gone through with one key each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from kinship.ground.width import cells, fill, shorten
from kinship.privacy.text import visible
from kinship.tui.keymap import act
from kinship.tui.widgets.marking import Marking

LETTERS = "abcdefghijklmnoprstvwxyz"
"""Letters that tick; u takes back and q steps back, here as everywhere."""
COLUMN = 24
"""Cells that a column has at least."""
STRENGTHS = {"1": 1, "2": 2, "3": 3}
WEIGHT = ("", "", "+", "++")
"""What is written behind a name that is ticked with a strength."""


class Tickable(NamedTuple):
    """One name: whether it is ticked (0, or a strength), and a dim word beside it."""

    id: str
    name: str
    ticked: int = 0
    aside: str = ""


class TickList(Marking):
    """A letter ticks, or takes the tick back; arrows and space do the same; more than a page is turned."""

    DEFAULT_CSS = """
    TickList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("pageup", "tick_page(-1)", "page before", tooltip="The names before these", show=False),
        act("pagedown", "tick_page(1)", "more names", tooltip="More names", show=False),
    ]

    items: reactive[tuple[Tickable, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Ticked(Message):
        """A name is to be ticked, or with strength 0 no longer."""

        id: str
        strength: int

    def __init__(
        self,
        *,
        strengths: bool = False,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._strengths = strengths
        self._signs = ("x", ".") if ascii_only else ("●", "○")

    def show(self, items: Sequence[Tickable], *, afresh: bool = False) -> None:
        """Show these; `afresh` goes back to the first of them."""
        self.items = tuple(items)
        self.cursor = 0 if afresh else max(0, min(self.cursor, len(self.items) - 1))

    # How it is laid out: down one column, then the next.

    @property
    def _columns(self) -> int:
        return max(1, self.size.width // COLUMN)

    @property
    def _rows(self) -> int:
        """Rows of names; the last line of the widget says where one is, as soon as there is more than a page."""
        room = max(1, self.size.height)
        wanted = -(-len(self.items) // self._columns)
        return wanted if wanted <= room and len(self.items) <= len(LETTERS) else max(1, min(room - 1, self._most_rows))

    @property
    def _most_rows(self) -> int:
        return -(-len(LETTERS) // self._columns)

    @property
    def _page_size(self) -> int:
        return min(len(LETTERS), self._rows * self._columns)

    def render(self) -> Content:
        if not self.items:
            return Content("")
        size, rows = self._page_size, self._rows
        first = self.cursor // size * size
        page = self.items[first : first + size]
        width = self.size.width // self._columns
        lines = []
        for row in range(min(rows, len(page))):
            at = range(row, len(page), rows)
            lines.append(Content("").join(self._one(first, index, page[index], width) for index in at))
        if len(self.items) > size:
            told = f"{first + 1} to {first + len(page)} of {len(self.items)} · page up, page down"
            lines.append(Content.styled(told, "$dim"))
        return Content("\n").join(lines)

    def _one(self, first: int, index: int, item: Tickable, width: int) -> Content:
        here = self.has_focus and first + index == self.cursor
        sign = self._signs[0] if item.ticked else self._signs[1]
        weight = WEIGHT[item.ticked] if self._strengths else ""
        room = width - 6
        name = shorten(visible(item.name), room - cells(weight)) + weight
        aside = shorten(visible(item.aside), room - cells(name) - 1) if room - cells(name) > 3 else ""  # noqa: PLR2004 - a word needs room
        letter = LETTERS[index] if self.has_focus else " "
        style = (
            ("reverse" if self.app.no_color else "$paper on $accent")
            if here
            else "bold $ink"
            if item.ticked
            else "$ink"
        )
        tail = fill(f" {aside}" if aside else "", room - cells(name) + 2)
        return Content.assemble(
            (f"{letter} ", "$accent"), (f"{sign} ", "$accent" if item.ticked else "$dim"), (name, style), (tail, "$dim")
        )

    # Keys and the mouse.

    def on_key(self, event: events.Key) -> None:
        key = event.character
        if key is None or not self.items:
            return
        if self._strengths and key in STRENGTHS:
            event.stop()
            self.post_message(self.Ticked(self.items[self.cursor].id, STRENGTHS[key]))
        elif key in LETTERS:
            event.stop()
            size = self._page_size
            at = self.cursor // size * size + LETTERS.index(key)
            if LETTERS.index(key) < size and at < len(self.items):
                self.cursor = at
                self.action_mark_sign()

    def action_mark_sign(self) -> None:
        if self.items:
            item = self.items[self.cursor]
            self.post_message(self.Ticked(item.id, 0 if item.ticked else 1))

    def go(self, across: int, down: int) -> None:
        there = max(0, min(self.cursor + down, len(self.items) - 1)) + across * self._rows
        if 0 <= there < len(self.items):
            self.cursor = there

    def action_tick_page(self, step: int) -> None:
        size = self._page_size
        self.cursor = max(0, min(self.cursor // size * size + step * size, len(self.items) - 1))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or not self.items or offset.y >= self._rows:
            return
        size = self._page_size
        at = self.cursor // size * size + offset.x // (self.size.width // self._columns) * self._rows + offset.y
        if at < len(self.items):
            self.cursor = at
            self.action_mark_sign()
