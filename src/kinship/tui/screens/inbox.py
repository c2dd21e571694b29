"""The Inbox: sealed notes that wait for a word: read them, keep them as pages, or throw them away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.journal.inbox import SENDER
from kinship.journal.titles import derived_title
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, PageRequested
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.page_list import PageLine, PageList
from kinship.tui.widgets.reading import body_content

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import Note

MOST_SIGNS, MOST_LINES = 16_000, 400
"""How much of a note is shown here: it may be anybody's, and made to be slow to show."""
GOES_ON = "It goes on; kept as a page, it is shown whole."
NOTHING = "Nothing waits. kinship jot puts a note here without unlocking."


def words_of(note: Note) -> Content:
    """Return the words of a note as they are read, of a very long one the beginning."""
    begin = "\n".join(note.body[:MOST_SIGNS].split("\n", MOST_LINES)[:MOST_LINES])
    if begin == note.body:
        return body_content(begin)
    return Content.assemble(body_content(begin), "\n\n", (GOES_ON, "$dim"))


class InboxScreen(Screen[None]):
    """The notes that wait above, the one that is pointed at below."""

    CSS_PATH = "inbox.tcss"
    BINDINGS = [
        act("a", "accept", "keep", tooltip="Keep this note as a page of its day; it links whom it names"),
        act("d", "discard", "throw away", tooltip="Throw this note away; u brings it back"),
        act("escape,q", "back", "back"),
    ]

    @dataclass
    class Looked(Message):
        """The folder was looked into once more; why it could not be, empty where it could."""

        trouble: str = ""

    notes = getters.query_one(PageList)
    words = getters.query_one(VerticalScroll)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._waiting: dict[str, Note] = {}
        self._trouble = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static("Inbox", id="name")
            yield Static("", id="count", markup=False)
        yield Static("", id="trouble", markup=False)
        yield PageList(self.journal.today)
        yield Static(NOTHING, id="nothing")
        with VerticalScroll(id="words"):
            yield Static("", id="when", markup=False)
            yield Static("", id="body", markup=False)
        yield KeyLine("undo", "keys")

    def on_mount(self) -> None:
        self.show_notes()
        self.notes.focus()
        self.take_notes()

    @work(thread=True, exclusive=True, group="inbox")
    def take_notes(self) -> None:
        """Take in what came since the journal was unlocked; ends in Looked."""
        try:
            self.journal.take_notes()
        except KinshipError as error:
            self.post_message(self.Looked(str(error)))
        else:
            self.post_message(self.Looked())

    @on(Looked)
    def show_what_came(self, event: Looked) -> None:
        self._trouble = event.trouble
        self.show_notes()

    @on(JournalChanged)
    def show_notes(self) -> None:
        """Show what waits now, pointing at the same note or at the one that took its place."""
        at = self.notes.highlighted or 0
        self._waiting = {note.id: note for note in self.journal.waiting_notes()}
        lines = [PageLine(one.id, one.at.date(), derived_title(one.body)) for one in self._waiting.values()]
        self.notes.show(lines)
        if lines and self.notes.highlighted is None:
            self.notes.highlighted = min(at, len(lines) - 1)
        for part in (self.notes, self.words):
            part.display = bool(lines)
        self.query_one("#nothing").display = not lines
        self.query_one("#count", Static).update(f"{len(lines)} · {SENDER}" if lines else "")
        self._show_trouble()
        self._show_words(self._pointed())

    def _show_trouble(self) -> None:
        told = [one.sentence for one in self.journal.vault.notices if one.what in {"inbox", "swapped"}]
        told += [self._trouble] if self._trouble else []
        line = self.query_one("#trouble", Static)
        line.update("\n".join(told))
        line.display = bool(told)

    def _pointed(self) -> Note | None:
        at = self.notes.highlighted
        option: Option | None = self.notes.get_option_at_index(at) if at is not None and self._waiting else None
        return self._waiting.get(option.id or "") if option is not None else None

    @on(PageList.OptionHighlighted)
    def show_pointed(self) -> None:
        self._show_words(self._pointed())

    def _show_words(self, note: Note | None) -> None:
        when = f"{note.at:%A} {note.at.day} {note.at:%B %Y} · {note.at:%H:%M}, as it says itself" if note else ""
        self.query_one("#when", Static).update(when)
        self.query_one("#body", Static).update(words_of(note) if note else Content(""))
        self.words.scroll_home(animate=False)

    @on(PageRequested)
    def read(self, event: PageRequested) -> None:
        """Enter goes to the words; the note is no page yet."""
        event.stop()
        self.words.focus()

    def action_accept(self) -> None:
        note = self._pointed()
        if note is not None:
            self._do(lambda: self.journal.accept_note(note.id), "Kept as a page. u takes it back.")

    def action_discard(self) -> None:
        note = self._pointed()
        if note is not None:
            self._do(lambda: self.journal.discard_note(note.id), "Thrown away. u brings it back.")

    def _do(self, command: Callable[[], Act], said: str) -> None:
        try:
            command()
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify(said, markup=False)
            self.notes.focus()
        self.show_notes()

    def action_back(self) -> None:
        if self.words.has_focus:
            self.notes.focus()
        else:
            self.post_message(BackRequested())
