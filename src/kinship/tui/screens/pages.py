"""Every page, newest first, narrowed as the person types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from kinship.ground.errors import Misused, NotFound
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, WriteRequested
from kinship.tui.screens.today import NO_PAGES, page_line
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.page_list import PageLine, PageList

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

MOST = 500
"""Pages listed at once; a search narrows the rest."""


class PagesScreen(Screen[None]):
    """A line to search in and the pages it finds."""

    CSS_PATH = "pages.tcss"
    BINDINGS = [
        act(
            "slash",
            "search",
            "search",
            tooltip="Search all pages: words, person:Bea, tag:garden, mood:>=5, since:May, -without",
        ),
        act("w", "write", "write", tooltip="Write a page"),
        act("escape,q", "back", "back", tooltip="Back; from the search line, to the list"),
        act("down", "to_list", "list", show=False),
    ]

    @dataclass
    class Found(Message):
        """A search ended."""

        lines: tuple[PageLine, ...]
        total: int

    @dataclass
    class NotUnderstood(Message):
        """What is typed asks for nothing there is, or for nothing yet; the list stays."""

        sentence: str

    pages = getters.query_one(PageList)
    search = getters.query_one(Input)

    def __init__(self, context: Context, journal: Journal, *, words: str = "") -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.words = words

    def compose(self) -> ComposeResult:
        yield Input(
            self.words, placeholder="/ search: words, “a phrase”, person: tag: mood: since: …", select_on_focus=False
        )
        yield Static("", id="count", markup=False)
        yield PageList(self.journal.today)
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.find(self.words)
        self.pages.focus()

    @on(JournalChanged)
    def find_again(self) -> None:
        self.find(self.search.value)

    @on(Input.Changed)
    def find_typed(self, event: Input.Changed) -> None:
        self.find(event.value)

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        self.pages.focus()
        if self.pages.highlighted is None and self.pages.option_count:
            self.pages.highlighted = 0

    @work(thread=True, exclusive=True, group="find")
    def find(self, words: str) -> None:
        """Search; ends in Found, or in NotUnderstood."""
        try:
            found = self.journal.search(words)
        except (Misused, NotFound) as error:
            self.post_message(self.NotUnderstood(str(error)))
            return
        lines = tuple(page_line(self.journal, entry) for entry in found[:MOST])
        self.post_message(self.Found(lines, len(found)))

    @on(Found)
    def show(self, event: Found) -> None:
        self.pages.show(event.lines)
        if event.lines and self.pages.highlighted is None:
            self.pages.highlighted = 0
        self.query_one("#count", Static).update(self._said(event))

    @on(NotUnderstood)
    def say_why(self, event: NotUnderstood) -> None:
        self.query_one("#count", Static).update(clean_line(event.sentence))

    def _said(self, event: Found) -> str:
        if not event.total:
            return "No page holds that." if self.search.value.strip() else NO_PAGES
        if event.total > MOST:
            return f"{event.total} pages, the latest {MOST} shown"
        return "1 page" if event.total == 1 else f"{event.total} pages"

    def action_search(self) -> None:
        self.search.focus()

    def action_write(self) -> None:
        self.post_message(WriteRequested())

    def action_back(self) -> None:
        if self.search.has_focus:
            self.pages.focus()
        else:
            self.post_message(BackRequested())
