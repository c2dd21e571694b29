"""A month looked back at: one gentle page to read, whose parts may be left out, and which may be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kinship.ground.errors import KinshipError
from kinship.insight.month import LookBack, keep, last_of, leave, month_before, month_of
from kinship.privacy.text import visible
from kinship.snapshot.chart_text import wrapped
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

ABOUT = "Put together from your own pages. Nothing is kept unless you say so."
NOTHING = "Nothing is kept of this month. [ and ] go to other months."
INDENT, LEAST = "  ", 20
"""Before the lines of a part, and the columns they have at least."""
LEFT_OUT = "left out"
KEPT = "Kept as a page of today. u takes it back."
MAP_KEPT = "The map of that month is kept. u takes it back."


class LookBackScreen(Screen[None]):
    """The parts of the page below each other, each with the digit that leaves it out."""

    CSS_PATH = "look_back.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("s", "keep_page", "keep as a page", tooltip="Keep it as a page of today; u takes it back"),
        replace(
            act("1", "first_part", "leave out", tooltip="1 to 5 leave parts out, or take them in"), key_display="1-5"
        ),
        replace(act("left_square_bracket", "month(-1)", "months", tooltip="The month before"), key_display="[ ]"),
        act("right_square_bracket", "month(1)", "month on", tooltip="The month after", show=False),
        act("m", "keep_map", "keep its map", tooltip="Keep the map as it stood at the end of that month", show=False),
        act("x", "not_this", "not this time", tooltip="Offer this month no more"),
        act("escape,q", "back", "back", tooltip="One step back; nothing is kept"),
        act("j,down", "step(1)", "down", tooltip="A line down", show=False),
        act("k,up", "step(-1)", "up", tooltip="A line up", show=False),
        act("space,pagedown", "page(1)", "scroll", tooltip="A screen down", show=False),
        act("pageup", "page(-1)", "up", tooltip="A screen up", show=False),
    ]

    first: var[dt.date] = var(dt.date.min, init=False)
    without: var[frozenset[str]] = var(frozenset(), init=False)
    """Ids of the parts that are left out."""
    page = getters.query_one("#page", VerticalScroll)

    @dataclass
    class Looked(Message):
        """The month is there."""

        looked: LookBack

    def __init__(self, context: Context, journal: Journal, month: dt.date | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.set_reactive(LookBackScreen.first, month or month_before(journal.today()))
        self.looked: LookBack | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("", id="title", markup=False)
            yield Static("", id="state", markup=False)
        yield Static(ABOUT, id="about", markup=False)
        with VerticalScroll(id="page"):
            yield Static("", id="parts", markup=False)
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.page.focus()
        self.look()

    @work(thread=True, exclusive=True, group="month")
    def look(self) -> None:
        """Put the month together; ends in Looked."""
        from kinship.snapshot.month import month_looked_back

        self.post_message(self.Looked(month_looked_back(self.journal, self.first)))

    @on(JournalChanged)
    def look_again(self) -> None:
        self.look()

    @on(Looked)
    def show_month(self, event: Looked) -> None:
        if event.looked.first == self.first:
            self.looked = event.looked
            self._show()

    def _show(self) -> None:
        looked = self.looked
        if looked is None:
            return
        self.query_one("#title", Static).update(looked.title)
        number = looked.pages
        self.query_one("#state", Static).update(f"{number} {'page' if number == 1 else 'pages'}")
        parts = [self._part(at, looked) for at in range(len(looked.sections))]
        self.query_one("#parts", Static).update(Content("\n\n").join(parts) if parts else Content(NOTHING))
        self.refresh_bindings()

    def _part(self, at: int, looked: LookBack) -> Content:
        part = looked.sections[at]
        if part.id in self.without:
            return Content.assemble((f"{at + 1} ", "$dim"), (f"{part.title} · {LEFT_OUT}", "$dim strike"))
        head = Content.assemble((f"{at + 1} ", "$dim"), (part.title, "bold $accent"))
        width = max(LEAST, self.query_one("#parts", Static).content_size.width - len(INDENT))
        rows = (row for line in part.lines for row in _hanging(visible(line), width, "· " if part.listed else ""))
        return Content("\n").join([head, *(Content(f"{INDENT}{row}") for row in rows)])

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def watch_first(self) -> None:
        self.without = frozenset()
        self.look()

    def watch_without(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        empty = self.looked is None or not self.looked.sections
        if action in {"keep_page", "first_part"} and empty:
            return False
        return super().check_action(action, parameters)

    # Acts.

    def action_keep_page(self) -> None:
        looked = self.looked
        if looked is None:
            return
        try:
            keep(self.journal, looked, self.without)
        except KinshipError as error:
            self.notify(str(error), severity="warning")
        else:
            self.notify(KEPT)
            self.post_message(BackRequested())

    def action_keep_map(self) -> None:
        """Keep the map of the month's last day, or of today where it is not over."""
        from kinship.snapshot.keeping import keep_map

        circle = self.journal.circle.as_of(min(last_of(self.first), self.journal.today()))
        if not circle.bonds:
            self.notify("Nobody was on your map then.")
            return
        try:
            keep_map(self.journal, circle, title=f"{self.first:%B %Y}")
        except KinshipError as error:
            self.notify(str(error), severity="warning")
        else:
            self.notify(MAP_KEPT)

    def action_not_this(self) -> None:
        leave(self.journal, self.first)
        self.post_message(BackRequested())

    def action_first_part(self) -> None:
        self._turn_part(0)

    def on_key(self, event: events.Key) -> None:
        """The other digits: a key of its own for each would be five that say the same."""
        if event.character is not None and event.character in "2345":
            event.stop()
            self._turn_part(int(event.character) - 1)

    def _turn_part(self, at: int) -> None:
        """Leave a part out, or take it in again."""
        if self.looked is not None and at < len(self.looked.sections):
            self.without = self.without ^ {self.looked.sections[at].id}

    def action_month(self, way: int) -> None:
        """A month back or on, this one the last."""
        after = month_of(last_of(self.first) + dt.timedelta(days=1))
        month = month_before(self.first) if way < 0 else min(after, month_of(self.journal.today()))
        if month.year > dt.MINYEAR:
            self.first = month

    def action_step(self, way: int) -> None:
        self.page.scroll_relative(y=way, animate=False)

    def action_page(self, way: int) -> None:
        (self.page.scroll_page_down if way > 0 else self.page.scroll_page_up)(animate=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _hanging(line: str, width: int, sign: str) -> Iterator[str]:
    """Yield a line folded to `width`, its sign before the first row and room for it before the others."""
    for at, row in enumerate(wrapped(line, width - len(sign))):
        yield f"{sign if at == 0 else ' ' * len(sign)}{row}"
