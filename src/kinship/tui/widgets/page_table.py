"""Every page in one list, however many there are: a line each (two where words are searched), drawn where one looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kinship.ground.width import ELLIPSIS, cells, fill, shorten
from kinship.journal.marks import excerpt, marks_in
from kinship.journal.titles import title_of
from kinship.privacy.text import visible
from kinship.tui.keymap import act
from kinship.tui.navigation import PageRequested, Sheaf
from kinship.tui.page_rows import PageRows, Row
from kinship.tui.widgets.reading import plain_line

if TYPE_CHECKING:
    from kinship.journal.model import Entry, EntryId

DAY_WIDTH = 8
LEAST_FOR_SIDE = 40
"""Columns from which names and moods stand beside the title."""
SIGNS = {"unicode": "★", "ascii": "*"}
"""What stands before a page with a star."""
ROOMY = 70
ROWS_REMEMBERED = 256
WITHOUT_WORDS = "without words"

Part = tuple[str, str]
"""Words of a row, and the part of it they are: `dim`, `head`, `star`, `mark`, or empty for the line itself."""


class PageTable(ScrollView, can_focus=True):
    """Pages to choose from, newest first, under their months; `PageRequested` asks for the chosen one."""

    DEFAULT_CSS = """
    PageTable { background: $paper; overflow-x: hidden; scrollbar-size-vertical: 1; }
    PageTable > .page-table--line { background: $paper; color: $ink; }
    PageTable > .page-table--here { background: $paper; color: $ink; }
    PageTable:focus > .page-table--here { background: $raised; color: $ink; }
    PageTable > .page-table--dim { color: $dim; }
    PageTable > .page-table--head { color: $accent; }
    PageTable > .page-table--star { color: $several; }
    PageTable > .page-table--mark { color: $accent; text-style: bold underline; }
    PageTable:focus:ansi > .page-table--here { text-style: reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"page-table--{part}" for part in ("line", "here", "dim", "head", "star", "mark")
    }
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        act("enter", "open", "open", show=False),
        act("j,down", "cursor_down", "down", show=False),
        act("k,up", "cursor_up", "up", show=False),
        act("g,home", "first", "first", tooltip="The newest page", show=False),
        act("G,end", "last", "last", tooltip="The oldest page", show=False),
        act("pagedown,space", "page_down", "further down", show=False),
        act("pageup", "page_up", "further up", show=False),
        act("right_square_bracket", "month_before", "month before", tooltip="The month or year before", show=False),
        act("left_square_bracket", "month_after", "month after", tooltip="The month or year after", show=False),
    ]

    highlighted: reactive[int | None] = reactive(None, init=False)

    def __init__(
        self, today: Callable[[], dt.date], people: Callable[[Entry], Sequence[str]], *, glyphs: str = "unicode"
    ) -> None:
        super().__init__()
        self._today = today
        self._people = people
        self._star = SIGNS[glyphs]
        self.pages: Sequence[Entry] = ()
        self.words: tuple[str, ...] = ()
        self.rows = PageRows(())
        self.sheaf = Sheaf(())
        """The pages as they were when one was opened, and the one that was read last."""
        self._drawn: LRUCache[tuple[int, int, Style], Strip] = LRUCache(ROWS_REMEMBERED)
        """Rows as they were drawn, by the row, the width and the style, until other pages are shown."""

    def show(self, pages: Sequence[Entry], words: tuple[str, ...] = (), *, stay: bool) -> None:
        """Show these pages; with `stay` at the page one was at, or where it stood; else at the first."""
        at = self.highlighted
        was = self.pages[at].id if at is not None and at < len(self.pages) else None
        self.pages, self.words = pages, words
        self._drawn.clear()
        self.rows = PageRows(pages, 2 if words else 1)
        self.virtual_size = Size(1, self.rows.height)
        self.set_reactive(PageTable.highlighted, None)
        if pages:
            self.highlighted = (self._index_of(was) if stay and was is not None else None) or (
                min(at or 0, len(pages) - 1) if stay else 0
            )
        else:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()

    def return_to(self, page: EntryId | None) -> None:
        """Be at a page that was read, where it is still in the list."""
        index = self._index_of(page) if page is not None else None
        if index is not None:
            self.highlighted = index

    def _index_of(self, page: EntryId) -> int | None:
        return next((index for index, one in enumerate(self.pages) if one.id == page), None)

    def watch_highlighted(self, _before: int | None, at: int | None) -> None:
        if at is None or at >= len(self.pages):
            return
        row, group = self.rows.row_of(at), self.rows.group_of(at)
        top = group.top if at == group.first else row
        self.scroll_to_region(Region(0, top, 1, row - top + self.rows.each), animate=False, force=True, immediate=True)
        self.refresh()

    # What is drawn.

    def render_line(self, y: int) -> Strip:
        width, number = self.scrollable_content_region.width, y + self.scroll_offset.y
        row = self.rows.at(number)
        here = row is not None and row.index is not None and row.index == self.highlighted
        base = self.get_component_rich_style("page-table--here" if here else "page-table--line")
        known = self._drawn.get((number, width, base))
        if known is None:
            known = self._drawn[number, width, base] = self._strip(self._parts(row, width), base, width)
        return known

    def _strip(self, parts: Iterable[Part], base: Style, width: int) -> Strip:
        segments = [Segment(visible(words), base + self._style(part)) for words, part in parts if words]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"page-table--{part}", partial=True) if part else Style.null()

    def _parts(self, row: Row | None, width: int) -> Iterator[Part]:
        if row is None:
            return
        if row.heads:
            start = row.group.start
            yield f"{start.year}" if self.rows.by_year else f"{start:%B %Y}", "head"
            yield f"  {row.group.count}", "dim"
        elif row.index is not None:
            page = self.pages[row.index]
            yield from self._found(page, width) if row.line else self._title(page, row.index, width)

    def _found(self, page: Entry, width: int) -> Iterator[Part]:
        """Yield what of a page shows what was searched."""
        room = width - DAY_WIDTH
        told = page.body if page.title else _unsaid(page, self._around(page, width)[2], self.words)
        yield " " * DAY_WIDTH, ""
        yield from self._marked(shorten(plain_line(excerpt(told, self.words, room)), room), "dim")

    def _title(self, page: Entry, index: int, width: int) -> Iterator[Part]:
        side, star, room = self._around(page, width)
        yield fill(self._label(index), DAY_WIDTH), "dim"
        yield star, "star"
        yield from self._marked(fill(title_of(page) or WITHOUT_WORDS, room), "")
        yield f"  {side}" if side else "", "dim"

    def _marked(self, text: str, part: str) -> Iterator[Part]:
        """Yield a text with what was searched set apart."""
        at = 0
        for start, end in marks_in(text, self.words):
            yield text[at:start], part
            yield text[start:end], "mark"
            at = end
        yield text[at:], part

    def _around(self, page: Entry, width: int) -> tuple[str, str, int]:
        """Return what stands behind the title of a page and before it, and the room it has itself."""
        most = width // (2 if width >= ROOMY else 3)
        side = shorten(self._side(page), most) if width >= LEAST_FOR_SIDE else ""
        star = f"{self._star} " if page.starred else ""
        return side, star, max(width - DAY_WIDTH - cells(star) - (cells(side) + 2 if side else 0), 4)

    def _side(self, page: Entry) -> str:
        """Return who is on a page and how it felt."""
        names = " ".join(f"@{name}" for name in self._people(page))
        return "  ".join(part for part in (names, f"mood {page.mood}" if page.mood is not None else "") if part)

    def _label(self, index: int) -> str:
        """Return the day of a page, empty where the page above it is of the same day."""
        day = self.pages[index].day
        if index > self.rows.group_of(index).first and self.pages[index - 1].day == day:
            return ""
        if day == self._today():
            return "today"
        return f"{day.day} {day:%b}" if self.rows.by_year else f"{day:%a} {day.day}"

    # What is done.

    def on_focus(self) -> None:
        if self.highlighted is None and self.pages:
            self.highlighted = 0

    def on_resize(self) -> None:
        self.virtual_size = Size(1, self.rows.height)

    def on_click(self, event: events.Click) -> None:
        row = self.rows.at(event.y + self.scroll_offset.y)
        if row is not None and row.index is not None:
            self.highlighted = row.index
            self.action_open()

    def action_open(self) -> None:
        if self.highlighted is not None and self.highlighted < len(self.pages):
            page = self.pages[self.highlighted].id
            self.sheaf = Sheaf(tuple(one.id for one in self.pages), self.words, page)
            self.post_message(PageRequested(page, self.sheaf))

    def _go(self, index: int) -> None:
        if self.pages:
            self.highlighted = min(max(index, 0), len(self.pages) - 1)

    def action_cursor_down(self) -> None:
        self._go(self.highlighted + 1 if self.highlighted is not None else 0)

    def action_cursor_up(self) -> None:
        self._go((self.highlighted or 0) - 1)

    def action_first(self) -> None:
        self._go(0)

    def action_last(self) -> None:
        self._go(len(self.pages) - 1)

    def action_page_down(self) -> None:
        self._go((self.highlighted or 0) + self._screenful)

    def action_page_up(self) -> None:
        self._go((self.highlighted or 0) - self._screenful)

    @property
    def _screenful(self) -> int:
        return max(self.size.height // self.rows.each - 1, 1)

    def action_month_before(self) -> None:
        self._go_group(1)

    def action_month_after(self) -> None:
        self._go_group(-1)

    def _go_group(self, step: int) -> None:
        if self.pages:
            self._go(self.rows.group_after(self.highlighted or 0, step))


def _unsaid(page: Entry, room: int, words: Sequence[str]) -> str:
    """Return what the line above does not say already of a page, which begins with its words in so much room."""
    line = title_of(page)
    said = shorten(line, room).removesuffix(ELLIPSIS)
    at = page.body.find(said)
    if at == -1 or not (said == line or marks_in(said, words)):
        return page.body
    if said == line:
        return page.body[at + len(said) :].lstrip()
    whole = said.rpartition(" ")[0] or said
    return ELLIPSIS + page.body[at + len(whole) :].lstrip()
