"""Every page, newest first, narrowed as the person types; searches can be saved, and a year looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from kinship.ground.errors import KinshipError, Misused, NotFound
from kinship.journal.query import parse
from kinship.journal.saved import SavedSearch, delete_search, rename_search, save_search, saved_searches
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import (
    BackRequested,
    DocumentRequested,
    JournalChanged,
    SharedAs,
    WriteRequested,
    YearRequested,
)
from kinship.tui.page_words import NO_PAGES, people_on
from kinship.tui.search_words import SearchWords
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.page_table import PageTable
from kinship.tui.widgets.saved_list import SavedList

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

BUSY_AFTER = 0.15
"""Seconds of a search after which words say that it goes on."""
PLACEHOLDER = "/ search: words, “a phrase”, person: tag: mood: since: …"
SAVE, RENAME = "save", "rename"
FAILED = "The search failed; your pages are as they were. Type on, or esc."


class PagesScreen(Screen[None]):
    """A line to search in and the pages it finds."""

    CSS_PATH = "pages.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act(
            "slash",
            "search",
            "search",
            tooltip="Search all pages: words, person:Bea, tag:garden, mood:>=5, since:May, -without",
        ),
        act("w", "write", "write", tooltip="Write a page"),
        act("y", "year", "year", tooltip="A year as a calendar, where the search finds pages"),
        act("o", "saved", "saved", tooltip="The searches that are saved"),
        act("b", "book", "as a book", tooltip="These pages as a book: PDF, web page or text", show=False),
        act("s", "save", "save", tooltip="Save this search under a name", show=False),
        act("n", "next", "next", tooltip="The next page that was found", show=False),
        act("N", "previous", "before", tooltip="The page before it", show=False),
        act("escape,q", "back", "back", tooltip="Back; from the search line, to the list"),
        act("down", "to_list", "list", show=False),
    ]

    @dataclass
    class Found(Message):
        """A search ended."""

        line: str = field(repr=False)
        pages: Sequence[Entry]
        words: tuple[str, ...] = field(repr=False)

    @dataclass
    class NotUnderstood(Message):
        """What is typed asks for nothing there is, or for nothing yet; the list stays."""

        line: str = field(repr=False)
        sentence: str = field(repr=False)

    pages = getters.query_one(PageTable)
    search = getters.query_one("#search-line", Input)
    saved = getters.query_one(SavedList)
    ask_line = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal, *, words: str = "") -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.words = words
        self._line = words
        """What is searched for now."""
        self._shown: str | None = None
        """The line whose pages are in the list."""
        self._told: str | None = None
        """The line that was answered last, by pages or by a sentence."""
        self._renaming: SavedSearch | None = None

    def compose(self) -> ComposeResult:
        words = SearchWords(self.journal)
        yield Input(self.words, id="search-line", placeholder=PLACEHOLDER, select_on_focus=False, suggester=words)
        yield Static("", id="count", markup=False)
        yield SavedList()
        yield PageTable(
            self.journal.today, lambda entry: people_on(self.journal, entry), glyphs=self.context.settings.glyphs
        )
        yield AskLine()
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.look(self.words)
        self.pages.focus()

    @on(events.ScreenResume)
    def come_back(self) -> None:
        """Be where the person read last."""
        self.pages.return_to(self.pages.sheaf.at)

    # Searching.

    def look(self, line: str) -> None:
        """Search for a line; words say so where it takes long."""
        self._line = line
        self.find()
        self.set_timer(BUSY_AFTER, self._say_busy)

    def _say_busy(self) -> None:
        if self._told != self._line:
            self._say("Searching …")

    @on(JournalChanged)
    def find_again(self) -> None:
        self._shown = self._told = None if self._shown is None else self._line
        self._show_saved()
        self.find()

    @on(Input.Changed, "#search-line")
    def find_typed(self, event: Input.Changed) -> None:
        if event.value != self._line:
            self.look(event.value)

    @on(Input.Submitted, "#search-line")
    def action_to_list(self) -> None:
        self.pages.focus()

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def find(self) -> None:
        """Search for what is asked now; ends in Found, or in NotUnderstood."""
        line = self._line
        try:
            query = parse(line, self.journal.today())
            pages = self.journal.find(query)
        except (Misused, NotFound) as error:
            self.post_message(self.NotUnderstood(line, str(error)))
            return
        self.post_message(self.Found(line, pages, query.words))
        if not query:
            self.journal.pages.make_ready()

    @on(Found)
    def show(self, event: Found) -> None:
        if event.line != self._line:
            return
        self.pages.show(event.pages, event.words, stay=self._shown == event.line)
        self._shown = self._told = event.line
        self._say(self._counted(len(event.pages)))

    @on(NotUnderstood)
    def say_why(self, event: NotUnderstood) -> None:
        if event.line == self._line:
            self._told = event.line
            self._say(clean_line(event.sentence), long=True)

    @on(Worker.StateChanged)
    def say_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._told = self._line
            self._say(FAILED)

    def _say(self, words: str, *, long: bool = False) -> None:
        """Say it above the list; what is `long` may take the room of two lines, all else never moves anything."""
        line = self.query_one("#count", Static)
        line.update(words, layout=long or line.size.height > 1)

    def _counted(self, total: int) -> str:
        line = self._line.strip()
        if not line:
            return f"{total:,} pages" if total > 1 else "1 page" if total else NO_PAGES
        named = next((one.name for one in saved_searches(self.journal) if one.line == clean_line(line)), "")
        hint = f"saved as {clean_line(named)}" if named else "s saves this search"
        if not total:
            return "No page holds that."
        return f"{total:,} page{'' if total == 1 else 's'} · {hint}"

    # Saved searches.

    def action_saved(self) -> None:
        self.saved.add_class("-open")
        self._show_saved()
        self.saved.focus()

    def _show_saved(self) -> None:
        if self.saved.has_class("-open"):
            self.saved.show(saved_searches(self.journal))

    @on(SavedList.Closed)
    def close_saved(self) -> None:
        self.saved.remove_class("-open")
        self.pages.focus()

    @on(SavedList.Used)
    def use_saved(self, event: SavedList.Used) -> None:
        self.close_saved()
        self.search.value = event.search.line
        self.search.cursor_position = len(self.search.value)

    @on(SavedList.Deleting)
    def delete_saved(self, event: SavedList.Deleting) -> None:
        if self._do(lambda: delete_search(self.journal, event.search)):
            self.notify("Deleted. u brings it back.")

    @on(SavedList.Renaming)
    def rename_saved(self, event: SavedList.Renaming) -> None:
        self._renaming = event.search
        self.ask_line.ask(RENAME, "Another name", clean_line(event.search.name))

    def action_save(self) -> None:
        if self.search.value.strip():
            self.ask_line.ask(SAVE, "Save this search as", "")
        else:
            self.notify("Search for something first; then s saves it.")

    @on(AskLine.Answered)
    def take_name(self, event: AskLine.Answered) -> None:
        """Save or name a search; what cannot be is said, and the question stays."""
        name, renaming = event.answer, self._renaming
        if event.about == SAVE:
            done = self._do(lambda: save_search(self.journal, name, self.search.value))
        else:
            done = renaming is None or self._do(lambda: rename_search(self.journal, renaming, name))
        if done:
            self.stop_asking()
            self._say(self._counted(len(self.pages.pages)))

    @on(AskLine.Left)
    def stop_asking(self) -> None:
        self._renaming = None
        self.ask_line.put_away()
        (self.saved if self.saved.has_class("-open") else self.pages).focus()

    def _do(self, command: Callable[[], Act]) -> bool:
        try:
            command()
        except KinshipError as error:
            self.notify(str(error), severity="warning")
            return False
        return True

    # Going elsewhere.

    def action_next(self) -> None:
        self.pages.action_cursor_down()

    def action_previous(self) -> None:
        self.pages.action_cursor_up()

    def action_search(self) -> None:
        self.search.focus()

    def action_write(self) -> None:
        self.post_message(WriteRequested())

    def action_year(self) -> None:
        at = self.pages.highlighted
        year = self.pages.pages[at].day.year if at is not None and self.pages.pages else None
        self.post_message(YearRequested(year, self._shown or ""))

    def action_book(self) -> None:
        self.post_message(DocumentRequested(SharedAs.BOOK, words=self._shown or ""))

    def action_back(self) -> None:
        if self.search.has_focus:
            self.pages.focus()
        else:
            self.post_message(BackRequested())
