"""Who is on the page in hand: names found while one writes, asked about once, and marked with what they gave."""

from __future__ import annotations

from textual import getters, on
from textual.timer import Timer
from textual.widgets import OptionList, TextArea

from kinship.journal.journal import Journal
from kinship.journal.model import AlterId
from kinship.tui.context import Context
from kinship.tui.drafting import DraftedPage, rest, start_again
from kinship.tui.navigation import JournalChanged
from kinship.tui.widgets.completion import CompletionList
from kinship.tui.widgets.mark_bar import Mark, MarkBar
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.writing import Writing

LOOK_FOR_PEOPLE = 0.2
"""Seconds without a key after which the names on the page are read again."""


class MarkedPage(DraftedPage):
    """A page in hand with the people it names below it."""

    completion = getters.query_one(CompletionList)
    bar = getters.query_one(MarkBar)

    def __init__(self, context: Context, journal: Journal, writing: Writing) -> None:
        super().__init__(context, journal, writing)
        self._former_marks: list[dict[AlterId, tuple[Mark, ...]]] = []
        self._look: Timer | None = None

    def on_mount(self) -> None:
        self._look = self.set_interval(LOOK_FOR_PEOPLE, self.find_people, pause=True)

    @on(TextArea.Changed)
    def look_for_people_soon(self) -> None:
        start_again(self._look)

    def find_people(self) -> None:
        """Read the names on the page, and show them with their marks."""
        if self.completion.display:
            return
        rest(self._look)
        self.bar.marks = dict(self.writing.marks)
        self.bar.show_people(self.writing.people(self.editor.text))
        self.set_class(not self.bar.people and not self.bar.has_focus, "-nobody")

    def action_mark(self) -> None:
        """Go to the people on the page."""
        self.find_people()
        self.remove_class("-nobody")
        self.call_after_refresh(self.bar.focus)

    @on(MarkBar.Left)
    def back_to_text(self) -> None:
        self.set_class(not self.bar.people, "-nobody")
        self.editor.focus()

    @on(MarkBar.Marked)
    def take_marks(self, event: MarkBar.Marked) -> None:
        self._former_marks.append(self.writing.marks)
        self.writing.marks = {**self.writing.marks, event.key: event.marks}
        self._changed_beside()

    def action_take_mark_back(self) -> None:
        """Take the last change of a mark back; where there is none, nothing happens."""
        if self._former_marks:
            self.writing.marks = self._former_marks.pop()
            self._changed_beside()

    @on(MarkBar.Answered)
    def take_answer(self, event: MarkBar.Answered) -> None:
        if event.alter == MarkBar.NEW:
            self.writing.welcome(event.name)
        else:
            self.writing.answer(event.name, event.alter)
        self._changed_beside()
        self.editor.notice_again()

    @on(PageEditor.Accepted)
    def take_suggestion(self, event: PageEditor.Accepted) -> None:
        self.writing.take(event.suggestion)
        self.find_people()
        self.editor.notice_again()

    @on(OptionList.OptionSelected, "#completion")
    def take_clicked(self) -> None:
        self.editor.action_accept()

    def _changed_beside(self) -> None:
        self.find_people()
        self.save_draft_soon()

    @on(JournalChanged)
    def look_again(self, event: JournalChanged) -> None:
        if event.event.touches("alters"):
            self.writing.renew()
            self.editor.notice_again()
            self.find_people()
