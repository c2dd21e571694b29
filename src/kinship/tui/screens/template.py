"""One template in hand: its name, its journal and its words; its draft keeps itself, and leaving keeps it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea

from kinship.ground.errors import KinshipError, Misused
from kinship.journal.drafts import TEMPLATE, PageText
from kinship.journal.journals import LONGEST_NAME as LONGEST_JOURNAL
from kinship.journal.mentions import fold, tag_spans
from kinship.journal.template_acts import LONGEST_NAME
from kinship.journal.titles import derived_title
from kinship.journal.writing import said
from kinship.tui.context import Context
from kinship.tui.drafting import IDLE, rest, start_again, told
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.widgets.completion import MOST_SHOWN, CompletionList, Suggestion
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.markdown_lines import TAG, Span
from kinship.tui.widgets.page_editor import PageEditor

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

ABOUT = "{day} and {time} become those of the page; writing goes on where {text} stands, else at the end."

_PLACEHOLDER = "The words that a page begins with."


class _Tags:
    """Completes tags; a template names nobody yet."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def suggest_people(self, _prefix: str) -> tuple[Suggestion, ...]:
        return ()

    def suggest_tags(self, prefix: str) -> tuple[Suggestion, ...]:
        fitting = [tag for tag in self.journal.pages.tags() if tag.startswith(fold(prefix)) and tag != fold(prefix)]
        return tuple(Suggestion(tag) for tag in fitting[:MOST_SHOWN])


class TemplateScreen(Screen[None]):
    """A name, a journal, and the words."""

    CSS_PATH = ["template.tcss", "../widgets/page_editor.tcss", "../widgets/completion.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "leave_template", "done, kept", tooltip="Keep the template and go back"),
        act("f3", "as_it_was", "as it was", tooltip="Put back what the template said; ctrl+z brings your words back"),
    ]

    @dataclass
    class DraftKept(Message):
        """What was typed is safe on this computer, or the error says why not."""

        error: KinshipError | None = None

    editor = getters.query_one(PageEditor)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal, template: str | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._template = journal.templates.get(template) if template is not None else None
        self._which = self._template.id if self._template is not None else ""
        draft = journal.drafts.of_template(self._which)
        self._draft = draft.id if draft is not None else None
        self._restored = draft is not None
        if draft is not None:
            self._begun = said(draft.page.title, "") or "", said(draft.page.journal, ""), draft.page.body
        else:
            self._begun = self._kept()
        self._idle: Timer | None = None
        self._lock = threading.Lock()
        self._over = False

    def _kept(self) -> tuple[str, str, str]:
        one = self._template
        return (one.name, one.journal, one.body) if one is not None else ("", "", "")

    def compose(self) -> ComposeResult:
        name, journal, body = self._begun
        completion, tags = CompletionList(), _Tags(self.journal)
        with Vertical(id="column"):
            with Horizontal(id="head"):
                yield Static("A template" if self._template is not None else "A new template", id="title")
                yield Static("", id="state", markup=False)
            with Horizontal(classes="field", id="name-row"):
                yield Static("name", classes="label")
                yield Input(name, id="name", max_length=LONGEST_NAME, select_on_focus=False)
            with Horizontal(classes="field"):
                yield Static("journal", classes="label")
                yield Input(journal, id="into", max_length=LONGEST_JOURNAL, select_on_focus=False)
            yield Static(ABOUT, id="notice", markup=False)
            yield PageEditor(body, suggestions=tags, completion=completion, notice=_spans, id="body")
            yield KeyLine("help")
        yield completion

    def on_mount(self) -> None:
        self._idle = self.set_interval(IDLE, self.save_draft, pause=True)
        self.editor.placeholder = _PLACEHOLDER
        self.query_one("#name", Input).focus()
        if self._restored:
            self.say("Brought back: words that were not kept yet.")

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say one sentence above the words."""
        notice = self.query_one("#notice", Static)
        notice.update(sentence)
        notice.set_class(wrong, "-wrong")

    def now(self) -> tuple[str, str, str]:
        """Return the name, the journal and the words as they are now."""
        return self.query_one("#name", Input).value, self.query_one("#into", Input).value, self.editor.text

    @on(TextArea.Changed)
    @on(Input.Changed)
    def changed(self) -> None:
        start_again(self._idle)

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        (self.query_one("#into") if event.input.id == "name" else self.editor).focus()

    @on(OptionList.OptionSelected, "#completion")
    def take_clicked(self) -> None:
        self.editor.action_accept()

    # Nothing typed is lost

    def save_draft(self) -> None:
        """Keep what is typed as a draft, in a thread."""
        rest(self._idle)
        if self.now() != self._kept():
            self._write_draft(*self.now())

    @work(thread=True, group="draft", exit_on_error=False)
    def _write_draft(self, name: str, journal: str, body: str) -> None:
        try:
            with self._lock:
                if not self._over:
                    self._keep_draft(name, journal, body)
        except Exception as error:  # noqa: BLE001 (the worker's door)
            self.post_message(self.DraftKept(told(error)))
        else:
            self.post_message(self.DraftKept())

    def _keep_draft(self, name: str, journal: str, body: str) -> None:
        page = PageText(body=body, title=name, journal=journal)
        self._draft = self.journal.drafts.keep(page, self._draft, beside={TEMPLATE: self._which})

    @on(DraftKept)
    def show_draft(self, event: DraftKept) -> None:
        self.state.update("not kept yet" if event.error is not None else f"kept {self.context.clock.now():%H:%M}")
        if event.error is not None:
            self.say(str(event.error), wrong=True)

    def keep_draft(self) -> None:
        """Keep the draft now, before this returns. Raises NotSaved."""
        with self._lock:
            if not self._over and self.now() != self._kept():
                self._keep_draft(*self.now())

    def keep_words(self) -> None:
        """Keep the template now; one that lacks a name or a word is kept as a draft. Raises NotSaved."""
        try:
            self._keep()
        except Misused:
            self.keep_draft()

    def _keep(self) -> None:
        with self._lock:
            if self._over:
                return
            name, journal, body = self.now()
            blank = not name.strip() and not body.strip()
            if (name, journal, body) != self._kept() and not (blank and not self._which):
                there = self._which if self.journal.templates.get(self._which) is not None else None
                called = name.strip() or derived_title(body)[:LONGEST_NAME]
                self.journal.keep_template(called, body, journal=self.journal.journal_meant(journal), id_=there)
            self._over = True
            self._forget()

    def _forget(self) -> None:
        if self._draft is not None:
            self.journal.drafts.drop(self._draft)
            self._draft = None

    def action_leave_template(self) -> None:
        """Keep the template and go back; where it cannot be kept, stay and say why."""
        try:
            self._keep()
        except KinshipError as error:
            self.state.update("not kept yet")
            self.say(f"{error} f3 puts back what it said.", wrong=True)
        else:
            self.post_message(BackRequested())

    def action_as_it_was(self) -> None:
        """Put back what the template said before; what was typed comes back with undo until the template is left."""
        name, journal, body = self._kept()
        self.query_one("#name", Input).value, self.query_one("#into", Input).value = name, journal
        page = self.editor.document
        self.editor.replace(body, page.start, page.end, maintain_selection_offset=False)
        self.say("It is as it was. In the words, ctrl+z brings yours back.")
        self.editor.focus()


def _spans(line: str) -> Iterable[Span]:
    return [Span(start, end, TAG) for start, end in tag_spans(line)]
