"""A page in hand is never lost: its draft keeps itself while one writes, and leaving keeps the page."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual import getters, on, work
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from kinship.ground.errors import KinshipError, NotSaved
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.writing import Writing

IDLE = 2.0
"""Seconds without a key after which the draft is kept."""
STROKES = 200
"""Changes after which it is kept even while the person goes on."""


class DraftedPage(Screen[None]):
    """A screen with one page in its editor, and with lines that say how it stands."""

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

    keeping: var[bool] = var(default=False, toggle_class="-keeping")

    editor = getters.query_one(PageEditor)
    notice = getters.query_one("#notice", Static)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal, writing: Writing) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.writing = writing
        self._strokes = 0
        self._idle: Timer | None = None
        self._draft_lock = threading.Lock()
        self._over = False
        """Whether the page is kept or gone, so that a late draft must not be written."""

    def on_mount(self) -> None:
        self._idle = self.set_interval(IDLE, self.save_draft, pause=True)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say one sentence above the page."""
        self.notice.update(sentence)
        self.notice.set_class(not sentence, "-absent")
        self.notice.set_class(wrong, "-wrong")

    # The draft

    @on(TextArea.Changed)
    def count_stroke(self) -> None:
        """Keep the draft after a pause, or after many changes without one."""
        self._strokes += 1
        if self._strokes >= STROKES:
            self.save_draft()
        else:
            self.save_draft_soon()

    def save_draft_soon(self) -> None:
        """Keep the draft after a pause."""
        start_again(self._idle)

    def save_draft(self) -> None:
        """Keep what is typed as a draft, in a thread; a page without words has none."""
        self._strokes = 0
        rest(self._idle)
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
            self.post_message(self.DraftRefused(told(error)))
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
        self.say(str(event.error), wrong=True)

    def keep_draft(self) -> None:
        """Keep the draft now, before this returns. Raises NotSaved."""
        with self._draft_lock:
            if not self._over and self.writing.changed(self.editor.text):
                self.writing.keep_draft(*self.writing.draft_of(self.editor.text))

    # The page

    def keep_words(self) -> None:
        """Keep the page now, before this returns. Raises NotSaved."""
        with self._draft_lock:
            if not self._over:
                self.writing.keep(self.editor.text)
                self._over = True
                self.writing.drop_draft()

    def keep_page(self, then: Callable[[], object]) -> None:
        """Keep the page and go on with `then`; where it cannot be kept, stay and say so."""
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
            self.post_message(self.Refused(told(error)))
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
        self.say(f"{event.error} Your words are here; esc tries again.", wrong=True)
        self.editor.focus()

    def begin_anew(self, writing: Writing) -> None:
        """Put another page in hand."""
        self.writing = writing
        self._over = False
        self.editor.read_only = False
        self.editor.suggestions = writing
        self.editor.set_notice(writing.spans)
        self.editor.load_text(writing.body)
        self.editor.move_cursor(self.editor.document.end)
        self.state.update("")


def told(error: Exception) -> KinshipError:
    """Return a failure as it is told: by its own sentence, or, where nobody foresaw it, by its kind alone."""
    return error if isinstance(error, KinshipError) else NotSaved(f"It was not kept ({type(error).__name__}).")


def start_again(timer: Timer | None) -> None:
    """Let a timer wait its whole time once more."""
    if timer is not None:
        timer.reset()
        timer.resume()


def rest(timer: Timer | None) -> None:
    """Let a timer wait until it is started again."""
    if timer is not None:
        timer.pause()
