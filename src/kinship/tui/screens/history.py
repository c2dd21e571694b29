"""What a page said before: each former text, what was changed word by word, and the way back to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.ground.page_day import day_in_words
from kinship.journal.differences import Mark, Row, words_changed
from kinship.journal.words import length_in_words
from kinship.privacy.text import clean_line, visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.reading import body_content

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import EntryId, Revision

NOTHING = "This page has one text only. Each sitting at a page leaves the text it began from here."
_SIGNS = {Mark.GONE: ("[-", "-]", "$bad strike"), Mark.NEW: ("{+", "+}", "bold $good")}


class HistoryScreen(Screen[None]):
    """The former texts above, newest first; below what was changed after the one that is pointed at."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("r", "restore", "restore", tooltip="Give the page this text again; u takes that back"),
        act("t", "whole_text", "text or changes", tooltip="The whole text of then, or what was changed after it"),
        act("space", "down", "scroll", tooltip="Scroll down", show=False),
        act("escape,q", "back", "back"),
    ]

    @dataclass
    class Compared(Message):
        """Two texts were compared; `number` is the former one's place in the list."""

        number: int
        rows: tuple[Row, ...]

    @dataclass
    class NotCompared(Message):
        """They could not be."""

        what: str

    whole: var[bool] = var(default=False, init=False)
    texts = getters.query_one(OptionList)
    words = getters.query_one(VerticalScroll)

    def __init__(self, context: Context, journal: Journal, entry: EntryId) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.entry = entry
        self._former: Sequence[Revision] = ()

    def compose(self) -> ComposeResult:
        yield Static("", id="title", markup=False)
        yield Static(NOTHING, id="nothing")
        yield OptionList(markup=False)
        with VerticalScroll(id="words"):
            yield Static("", id="key", markup=False)
            yield Static("", id="text", markup=False)
        yield KeyLine("undo", "keys")

    def on_mount(self) -> None:
        self.show_history()
        self.texts.focus()

    @on(JournalChanged)
    def show_history(self) -> None:
        """Show the former texts there are now, pointing at the same place."""
        entry = self.journal.pages.get(self.entry)
        if entry is None:
            self.post_message(BackRequested())
            return
        self._former = self.journal.pages.history(self.entry)
        self.query_one("#title", Static).update(f"What the page of {day_in_words(entry.day)} said before")
        at = self.texts.highlighted or 0
        self.texts.set_options([Option(self._row(one)) for one in self._former])
        for part in (self.texts, self.words):
            part.display = bool(self._former)
        self.query_one("#nothing").display = not self._former
        if self._former:
            self.texts.highlighted = min(at, len(self._former) - 1)
            self.show_pointed()
        self.refresh_bindings()

    def _row(self, one: Revision) -> Content:
        device = clean_line(self.journal.name_of_device(one.device))
        when = f"until {one.at:%a} {one.at.day} {one.at:%B %Y, %H:%M}"
        return Content.assemble(
            when, (f"  {length_in_words(one.body)}", "$dim"), (f"  {device}" if device else "", "$dim")
        )

    @on(OptionList.OptionHighlighted)
    def show_pointed(self) -> None:
        """Show the text that is pointed at, or what was changed after it."""
        number, entry = self.texts.highlighted, self.journal.pages.get(self.entry)
        if number is None or entry is None or number >= len(self._former):
            return
        if self.whole:
            self._say("The whole text, as it was until then.", body_content(self._former[number].body))
        else:
            after = self._former[number - 1].body if number else entry.body
            self.compare(number, self._former[number].body, after)

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def compare(self, number: int, before: str, after: str) -> None:
        """Compare two texts; ends in Compared or NotCompared."""
        try:
            rows = words_changed(before, after)
        except Exception as error:  # noqa: BLE001 (the worker's door)
            self.post_message(self.NotCompared(type(error).__name__))
        else:
            self.post_message(self.Compared(number, rows))

    @on(Compared)
    def show_changes(self, event: Compared) -> None:
        if event.number != self.texts.highlighted or self.whole:
            return
        changed = Content("\n").join(_painted(row) for row in event.rows)
        self._say(
            "Changed after it:  [-gone-]  {+new+}", changed if event.rows else Content("The words stayed as they were.")
        )

    @on(NotCompared)
    def say_why(self, event: NotCompared) -> None:
        self._say(f"They could not be compared ({event.what}); t shows the whole text.", Content(""))

    def _say(self, key: str, text: Content) -> None:
        self.query_one("#key", Static).update(key)
        self.query_one("#text", Static).update(text)
        self.words.scroll_home(animate=False)

    def watch_whole(self) -> None:
        self.show_pointed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"restore", "whole_text"}:
            return bool(self._former)
        return super().check_action(action, parameters)

    def action_whole_text(self) -> None:
        self.whole = not self.whole

    def action_restore(self) -> None:
        """Give the page the text that is pointed at; what it says now joins the history."""
        number = self.texts.highlighted
        if number is None or number >= len(self._former):
            return
        try:
            done = self.journal.restore_page(self.entry, self._former[number].id)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("The page says that again. u takes it back." if done else "The page says that already.")

    def action_down(self) -> None:
        self.words.scroll_page_down(animate=False)

    def action_back(self) -> None:
        if self.words.has_focus:
            self.texts.focus()
        else:
            self.post_message(BackRequested())


def _painted(row: Row) -> Content:
    return Content.assemble(*_spans(row))


def _spans(row: Row) -> Iterator[tuple[str, str]]:
    for part in row:
        if part.mark is Mark.GAP:
            yield "…", "$dim"
        elif part.mark in _SIGNS:
            before, after, look = _SIGNS[part.mark]
            yield f"{before}{visible(part.text)}{after}", look
        else:
            yield visible(part.text), ""
