"""Numbers: what can be counted of the circle, each with its value, one sentence, and what it can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from kinship.circle.figures import UNDEFINED, Finding
from kinship.ground.width import cells, fill, shorten
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import CircleRequested, JournalChanged
from kinship.tui.screens.reading import ReadingScreen
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.map_panel import wrapped

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Circle

SHOWN = ("alters", "facts", "moments")
"""The tables that the numbers are counted from."""
COUNTING = "Counting…"
NAME, VALUE, GAP, LEAST = 16, 7, 2, 20
"""Cells of the first two columns, between columns, and of the sentence at least."""


class NumbersScreen(ReadingScreen):
    """One long page to read; nothing on it can be wrong or has to be done."""

    CSS_PATH = "numbers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("r", "ranges", "ranges", tooltip="What each number can be"),
        act("w", "weigh", "weights", tooltip="Let closeness and the strength of ties count, or not"),
        act("c", "circle", "circle", tooltip="The support map"),
    ]

    weighted: var[bool] = var(default=False, init=False)
    ranges: var[bool] = var(default=False, init=False)
    """Whether each sentence is followed by what the number can be."""
    lines = getters.query_one("#lines", Static)
    when = getters.query_one("#when", Static)

    class Counted(Message):
        """The numbers of one circle are there."""

        def __init__(self, found: tuple[Finding, ...]) -> None:
            super().__init__()
            self.found = found

    def __init__(self, context: Context, journal: Journal, day: dt.date | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._day = day
        self.found: tuple[Finding, ...] = ()

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Numbers", id="title", markup=False)
            yield Static("", id="when", markup=False)
        with VerticalScroll(id="page"):
            yield Static(COUNTING, id="lines", markup=False)
        yield KeyLine("page", "back")

    def on_mount(self) -> None:
        self._count_again()

    def _count_again(self) -> None:
        day = self._day if self._day is not None else self.journal.today()
        weights = " · with weights" if self.weighted else ""
        self.when.update(f"as of {'today' if self._day is None else f'{day.day} {day:%B %Y}'}{weights}")
        self.count(self.journal.circle.as_of(day), weighted=self.weighted)

    @work(thread=True, exclusive=True, group="numbers")
    def count(self, circle: Circle, *, weighted: bool) -> None:
        """Count off the screen, since the first time a library is loaded for it; ends in Counted."""
        from kinship.circle.measures import findings, measure

        self.post_message(self.Counted(findings(circle, measure(circle, weighted=weighted))))

    @on(Counted)
    def show_numbers(self, event: Counted) -> None:
        self.found = event.found
        self._show()

    @on(JournalChanged)
    def count_changed(self, event: JournalChanged) -> None:
        if event.event.touches(*SHOWN):
            self._count_again()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.found and self.lines.content_size.width:
            width = self.lines.content_size.width
            self.lines.update(Content("\n").join(told(self.found, width, ranges=self.ranges)))

    def watch_weighted(self) -> None:
        self._count_again()

    def watch_ranges(self) -> None:
        self._show()

    def action_ranges(self) -> None:
        self.ranges = not self.ranges

    def action_weigh(self) -> None:
        self.weighted = not self.weighted

    def action_circle(self) -> None:
        self.post_message(CircleRequested())


def told(found: Iterable[Finding], width: int, *, ranges: bool = False) -> Iterator[Content]:
    """Return the lines of all numbers in `width` cells: a heading for each group, a number below the other."""
    for at, (group, members) in enumerate(groupby(found, lambda one: one.group)):
        if at:
            yield Content("")
        yield Content.styled(group, "bold $accent")
        for one in members:
            yield from _rows(one, width, ranges=ranges)


def _rows(one: Finding, width: int, *, ranges: bool) -> Iterator[Content]:
    """Return name, value and sentence side by side; a long value stands above its sentence, a range below it."""
    value, room = visible(one.value), max(LEAST, width - NAME - VALUE - 2 * GAP)
    long = cells(value) > VALUE
    said = "" if value != UNDEFINED else "$dim"
    text = [Content.styled(line, "bold") for line in wrapped(value, room)] if long else []
    text += [Content.styled(line, said) for line in wrapped(visible(one.sentence), room)]
    text += [Content.styled(line, "$dim") for line in wrapped(visible(one.range), room)] if ranges else []
    for at, line in enumerate(text):
        name = fill(shorten(one.name, NAME), NAME) if at == 0 else " " * NAME
        number = value.rjust(VALUE) if at == 0 and not long else " " * VALUE
        yield Content.assemble((name, "$dim"), " " * GAP, (number, said or "bold"), " " * GAP, line)
