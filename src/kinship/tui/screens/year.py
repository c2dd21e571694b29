"""A year as a calendar of dots, all its pages or those a search finds, with the pages of the day below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from kinship.ground.errors import Misused, NotFound
from kinship.ground.width import shorten
from kinship.journal.query import parse
from kinship.journal.year import WEEK_STARTS, counted, pages_by_day
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, PageRequested, PagesRequested, Sheaf
from kinship.tui.page_words import page_line
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.page_list import PageList
from kinship.tui.widgets.year_dots import SIGNS, YearDots

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

LONGEST = 40
"""Cells of the search that the head repeats."""
FAILED = "The pages of the year could not be counted; they are as they were. esc goes back."


class YearScreen(Screen[None]):
    """Dots for the days of a year; enter opens one."""

    CSS_PATH = "year.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("m", "month", "list", tooltip="The pages of this month as a list"),
        act("t", "today", "today", tooltip="To today", show=False),
        act("escape,q", "back", "back", tooltip="From the pages to the days, and from there back"),
    ]

    @dataclass
    class Counted(Message):
        """The pages of a year are known."""

        year: int
        days: dict[dt.date, list[Entry]] = field(repr=False)
        words: tuple[str, ...] = field(default=(), repr=False)

    @dataclass
    class NotUnderstood(Message):
        """The search asks for nothing there is."""

        sentence: str = field(repr=False)

    dots = getters.query_one(YearDots)
    pages = getters.query_one(PageList)

    def __init__(self, context: Context, journal: Journal, *, year: int | None = None, words: str = "") -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.words = words
        today = journal.today()
        self._day = today if year in (None, today.year) else dt.date(min(max(year or 1, 1), 9999), 12, 31)
        self._counted: YearScreen.Counted | None = None
        self._fresh = year not in (None, today.year)
        """Whether the screen has yet to go to the last day with a page."""

    def compose(self) -> ComposeResult:
        signs = SIGNS[self.context.settings.glyphs]
        with Horizontal(id="head"):
            yield Static("", id="year", markup=False)
            yield Static("", id="sum", markup=False)
        yield YearDots(
            self._day,
            self.journal.today,
            week_start=WEEK_STARTS[self.context.settings.week_start],
            glyphs=self.context.settings.glyphs,
        )
        yield Static(f"{signs[1]} a page   {signs[2]} more than one", id="signs", markup=False)
        yield Static("", id="day", markup=False)
        yield PageList(self.journal.today)
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.count()
        self.dots.focus()

    @on(JournalChanged)
    def count_again(self) -> None:
        self.count()

    @work(thread=True, exclusive=True, group="year", exit_on_error=False)
    def count(self) -> None:
        """Count the pages of the year that is looked at; ends in Counted, or in NotUnderstood."""
        year = self._day.year
        try:
            query = parse(self.words, self.journal.today())
            days = pages_by_day(self.journal, query, year)
        except (Misused, NotFound) as error:
            self.post_message(self.NotUnderstood(str(error)))
            return
        self.post_message(self.Counted(year, days, query.words))

    @on(Counted)
    def show_year(self, event: Counted) -> None:
        if event.year != self._day.year:
            return
        self._counted = event
        self.dots.show(event.days)
        searched = f"  {shorten(clean_line(self.words), LONGEST)}" if self.words.strip() else ""
        self.query_one("#year", Static).update(f"{event.year}{searched}")
        self.query_one("#sum", Static).update(counted(event.days) if event.days else "no page")
        if self._fresh:
            self._fresh = False
            self.dots.action_last()
        self._show_day()

    @on(NotUnderstood)
    def say_why(self, event: NotUnderstood) -> None:
        self.query_one("#sum", Static).update(clean_line(event.sentence))

    @on(Worker.StateChanged)
    def say_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.query_one("#sum", Static).update(FAILED)

    @on(YearDots.Walked)
    def look_at(self, event: YearDots.Walked) -> None:
        """Show the day, and count its year where it is another one."""
        other = event.day.year != self._day.year
        self._day = event.day
        if other:
            self.dots.show({})
            self.count()
        else:
            self._show_day()

    def _of_day(self) -> list[Entry]:
        return self._counted.days.get(self._day, []) if self._counted is not None else []

    def _show_day(self) -> None:
        found, day = self._of_day(), self._day
        number = f"{len(found)} pages" if len(found) > 1 else "" if found else "no page"
        said = f"{day:%A} {day.day} {day:%B %Y}" + (f" · {number}" if number else "")
        self.query_one("#day", Static).update(said)
        self.pages.show(page_line(self.journal, entry) for entry in found)
        self.pages.display = bool(found)

    @on(YearDots.Chosen)
    def open_day(self) -> None:
        """Open the page of the day; of several, choose."""
        found = self._of_day()
        if len(found) == 1:
            self._open(found[0])
        elif found:
            self.pages.focus()

    @on(PageRequested)
    def open_in_order(self, event: PageRequested) -> None:
        """Read on through the year from a page of the list."""
        if event.sheaf is None:
            event.stop()
            found = next((one for one in self._of_day() if one.id == event.entry), None)
            if found is not None:
                self._open(found)

    def _open(self, page: Entry) -> None:
        told = self._counted
        days = told.days if told is not None else {}
        ids = tuple(entry.id for day in sorted(days, reverse=True) for entry in days[day])
        self.post_message(PageRequested(page.id, Sheaf(ids, told.words if told is not None else (), page.id)))

    def action_month(self) -> None:
        self.post_message(PagesRequested(f"on:{self._day:%Y-%m} {self.words}".strip()))

    def action_today(self) -> None:
        self.dots.day = self.journal.today()

    def action_back(self) -> None:
        if self.pages.has_focus:
            self.dots.focus()
        else:
            self.post_message(BackRequested())
