"""Write: the page is nearly the whole screen; leaving it keeps it, and what each person gave with it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea

from kinship.ground.errors import KinshipError, NotSaved
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import AlterId, EntryId
from kinship.privacy.text import clean
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, Question
from kinship.tui.widgets.completion import CompletionList
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.mark_bar import Mark, MarkBar
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.writing import Writing

IDLE = 2.0
"""Seconds without a key after which the draft is kept."""
STROKES = 200
"""Changes after which it is kept even while the person goes on."""
LOOK_FOR_PEOPLE = 0.2
"""Seconds without a key after which the names on the page are read again."""

_PLACEHOLDER = "Write. @ names somebody, # gives the page a topic."


class WriteScreen(Screen[None]):
    """One page, new or old, with its draft, its people and their marks."""

    CSS_PATH = ["write.tcss", "../widgets/page_editor.tcss", "../widgets/completion.tcss", "../widgets/mark_bar.tcss"]
    AUTO_FOCUS = "PageEditor"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "leave", "done, kept", tooltip="Keep the page and go back"),
        act("tab", "mark", "marks", tooltip="Mark what the people on this page gave"),
        act("f2", "keep_and_begin", "keep it, new page", tooltip="Keep these words and begin a new page"),
        act("f3", "throw_away", "throw away", tooltip="Empty the page; ctrl+z brings the words back"),
        act("u", "take_mark_back", "take it back", tooltip="Take the last mark back", show=False),
        act("f11", "focus_mode", "only the page", tooltip="Show nothing but the page"),
    ]

    @dataclass
    class DraftKept(Message):
        """What was typed until `at` is safe on this computer."""

        at: dt.datetime

    @dataclass
    class DraftRefused(Message):
        """The draft could not be kept."""

        error: KinshipError

    @dataclass
    class Kept(Message):
        """The page is kept; `then` is what follows."""

        then: Callable[[], object]

    @dataclass
    class Refused(Message):
        """The page could not be kept and is still on the screen."""

        error: KinshipError

    only_page: var[bool] = var(default=False, toggle_class="-only-page")
    keeping: var[bool] = var(default=False, toggle_class="-keeping")

    editor = getters.query_one(PageEditor)
    completion = getters.query_one(CompletionList)
    bar = getters.query_one(MarkBar)
    notice = getters.query_one("#notice", Static)
    state = getters.query_one("#state", Static)

    def __init__(
        self, context: Context, journal: Journal, entry: EntryId | None = None, question: Question | None = None
    ) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.asked = question
        self._wanted = entry
        self.writing = Writing.begin(journal, journal.pages.get(entry) if entry is not None else None, question)
        self._former_marks: list[dict[AlterId, tuple[Mark, ...]]] = []
        self._strokes = 0
        self._idle: Timer | None = None
        self._look: Timer | None = None
        self._draft_lock = threading.Lock()
        self._over = False
        """Whether the page is kept or gone, so that a late draft must not be written."""

    def compose(self) -> ComposeResult:
        completion = CompletionList()
        with Vertical(id="column"):
            with Horizontal(id="head"):
                yield Static(id="day", markup=False)
                yield Static(id="state", markup=False)
            yield Static(id="question", markup=False)
            yield Static(id="notice", markup=False)
            yield PageEditor(
                self.writing.body, suggestions=self.writing, completion=completion, notice=self.writing.spans, id="page"
            )
            with Vertical(id="foot"):
                yield MarkBar(self.journal.choices.own_subkinds)
            yield KeyLine("help")
        yield completion

    def on_mount(self) -> None:
        self._idle = self.set_interval(IDLE, self.save_draft, pause=True)
        self._look = self.set_interval(LOOK_FOR_PEOPLE, self.find_people, pause=True)
        if self._wanted is not None and self.writing.entry is None:
            self.notify("This page is gone.", severity="warning")
            self.post_message(BackRequested())
        self.editor.placeholder = _PLACEHOLDER
        self.editor.move_cursor(self.editor.document.end)
        self._show_page()

    def _show_page(self) -> None:
        """Show what surrounds the words: the day, the question, where they come from."""
        page = self.writing
        self.query_one("#day", Static).update(f"{page.day:%A} {page.day.day} {page.day:%B}")
        question = self.query_one("#question", Static)
        question.update(page.question.text if page.question is not None else "")
        question.set_class(page.question is None, "-absent")
        if page.restored is not None:
            self._say(
                f"Brought back from {_when(page.restored, self.context.clock.now())}: words that were not kept yet."
            )
        else:
            self._say("")
        self.find_people()
        self.refresh_bindings()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.notice.update(sentence)
        self.notice.set_class(not sentence, "-absent")
        self.notice.set_class(wrong, "-wrong")

    # The draft

    @on(TextArea.Changed)
    def count_stroke(self) -> None:
        """Keep the draft after a pause, or after many changes without one."""
        self._strokes += 1
        _start_again(self._look)
        if self._strokes >= STROKES:
            self.save_draft()
        else:
            _start_again(self._idle)

    def save_draft(self) -> None:
        """Keep what is typed as a draft, in a thread; a page without words has none."""
        self._strokes = 0
        _rest(self._idle)
        if self.writing.changed(self.editor.text):
            self._write_draft(*self.writing.draft_of(self.editor.text))
        elif self.writing.draft is not None:
            self._forget_draft()

    @work(thread=True, group="draft", exit_on_error=False)
    def _write_draft(self, page: PageText, beside: dict[str, object]) -> None:
        try:
            with self._draft_lock:
                if self._over:
                    return
                self.writing.keep_draft(page, beside)
        except Exception as error:  # noqa: BLE001 (the worker's door)
            self.post_message(self.DraftRefused(_told(error)))
        else:
            self.post_message(self.DraftKept(self.context.clock.now()))

    @work(thread=True, group="draft", exit_on_error=False)
    def _forget_draft(self) -> None:
        with self._draft_lock:
            self.writing.drop_draft()

    @on(DraftKept)
    def show_draft_kept(self, event: DraftKept) -> None:
        self.state.set_class(False, "-wrong")
        self.state.update(f"kept {event.at:%H:%M}")

    @on(DraftRefused)
    def show_draft_refused(self, event: DraftRefused) -> None:
        self.state.set_class(True, "-wrong")
        self.state.update("not kept yet")
        self._say(str(event.error), wrong=True)

    def keep_draft(self) -> None:
        """Keep the draft now, before this returns. Raises NotSaved."""
        with self._draft_lock:
            if not self._over and self.writing.changed(self.editor.text):
                self.writing.keep_draft(*self.writing.draft_of(self.editor.text))

    # Keeping the page

    def action_leave(self) -> None:
        """Keep the page and go back; where it cannot be kept, stay."""
        self._keep(lambda: self.post_message(BackRequested()))

    def action_keep_and_begin(self) -> None:
        """Keep these words as a page of their own and begin a new one, with the question that was asked for."""
        self._keep(self._begin)

    def action_throw_away(self) -> None:
        """Empty the page; the words come back with undo until the page is left."""
        self.editor.clear()
        self._say("The page is empty. ctrl+z brings the words back.")

    def keep_words(self) -> None:
        """Keep the page now, before this returns. Raises NotSaved."""
        with self._draft_lock:
            if not self._over:
                self.writing.keep(self.editor.text)
                self._over = True
                self.writing.drop_draft()

    def _keep(self, then: Callable[[], object]) -> None:
        if self.keeping or self._over:
            return
        self.keeping = True
        self.editor.read_only = True
        self._keep_page(self.editor.text, then)

    @work(thread=True, exclusive=True, group="keep", exit_on_error=False)
    def _keep_page(self, body: str, then: Callable[[], object]) -> None:
        try:
            with self._draft_lock:
                self.writing.keep(body)
                self._over = True
                self.writing.drop_draft()
        except Exception as error:  # noqa: BLE001 (the worker's door)
            self.post_message(self.Refused(_told(error)))
        else:
            self.post_message(self.Kept(then))

    @on(Kept)
    def go_on(self, event: Kept) -> None:
        self.keeping = False
        event.then()

    @on(Refused)
    def stay(self, event: Refused) -> None:
        """Say why the page is not kept; the words stay where they are."""
        self.keeping = False
        self.editor.read_only = False
        self.state.set_class(True, "-wrong")
        self.state.update("not kept yet")
        self._say(f"{event.error} Your words are here; esc tries again.", wrong=True)
        self.editor.focus()

    def _begin(self) -> None:
        self.writing = Writing.begin(self.journal, None, self.asked)
        self._over = False
        self.editor.read_only = False
        self.editor.suggestions = self.writing
        self.editor.set_notice(self.writing.spans)
        self.editor.load_text(self.writing.body)
        self.editor.move_cursor(self.editor.document.end)
        self.state.update("")
        self._show_page()
        self.editor.focus()

    def use_editor(self) -> None:
        """Go on in the editor that the settings name; one undo takes back what it changed."""
        from kinship.tui.elsewhere import edited_elsewhere

        if self.keeping or self._over:
            return
        try:
            body = clean(edited_elsewhere(self.app, self.context, self.editor.text))
        except KinshipError as error:
            self._say(str(error), wrong=True)
            return
        if body != self.editor.text:
            page = self.editor.document
            self.editor.replace(body, page.start, page.end, maintain_selection_offset=False)
            self.editor.move_cursor(page.end)
            self.save_draft()
        self.editor.focus()

    # People and their marks

    def find_people(self) -> None:
        """Read the names on the page, and show them with their marks."""
        if self.completion.display:
            return
        _rest(self._look)
        self.bar.marks = dict(self.writing.marks)
        self.bar.show_people(self.writing.people(self.editor.text))
        self.set_class(not self.bar.people and not self.bar.has_focus, "-nobody")

    def action_mark(self) -> None:
        """Go to the people on the page, or back to the text."""
        self.find_people()
        self.only_page = False
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
        _start_again(self._idle)

    @on(JournalChanged)
    def look_again(self, event: JournalChanged) -> None:
        if event.event.touches("alters"):
            self.writing.renew()
            self.editor.notice_again()
            self.find_people()

    # The rest

    def action_focus_mode(self) -> None:
        """Show nothing but the page, or everything again."""
        self.only_page = not self.only_page
        self.editor.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "keep_and_begin":
            return self.writing.restored is not None and self.writing.entry is None
        if action == "throw_away":
            return self.writing.restored is not None and not self.editor.blank
        if action == "focus_mode":
            return self.editor.has_focus
        if action == "take_mark_back":
            return self.bar.has_focus
        return super().check_action(action, parameters)


def _told(error: Exception) -> KinshipError:
    """Return a failure as it is told: by its own sentence, or, where nobody foresaw it, by its kind alone."""
    return error if isinstance(error, KinshipError) else NotSaved(f"It was not kept ({type(error).__name__}).")


def _start_again(timer: Timer | None) -> None:
    if timer is not None:
        timer.reset()
        timer.resume()


def _rest(timer: Timer | None) -> None:
    if timer is not None:
        timer.pause()


def _when(then: dt.datetime, now: dt.datetime) -> str:
    """Return a moment as it is said: by its hour today, with its day before."""
    days = (now.date() - then.date()).days
    day = {0: "", 1: "yesterday "}.get(days, f"{then:%A} {then.day} {then:%B}, ")
    return f"{day}{then:%H:%M}"
