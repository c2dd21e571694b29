"""A few fields on one screen, each of which may stay empty: leaving keeps them, and a draft goes along meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from kinship.ground.errors import KinshipError, NotSaved
from kinship.journal.forms import Form, keep_form, waiting_form
from kinship.privacy.text import clean
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

IDLE = 2.0
"""Seconds without a key after which the draft is kept."""


class Field(NamedTuple):
    """One field: its name, its label, what may stand there, and whether it takes several lines."""

    name: str
    label: str
    hint: str
    several: bool = True


class FieldArea(TextArea):
    """A few lines of text; tab leaves it."""

    def __init__(self, text: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        await super()._on_paste(event)


class FormScreen(Screen[None]):
    """What its heirs say: the heading, the fields, what stands in them, and how they are kept."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "keep_form", "keep, back", tooltip="Keep what stands here and go back"),
        act("f4", "let_be", "leave as it was", tooltip="Leave it as it was before, and go back"),
    ]
    HEADING: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[tuple[Field, ...]] = ()

    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal, name: str) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.form = name
        """What the draft of this form is called."""
        self._draft = ""
        self._before: dict[str, str] = {}
        self._idle: Timer | None = None
        self._over = False

    @abstractmethod
    def values_before(self) -> Mapping[str, str]:
        """Return what is kept now, by the name of each field."""

    @abstractmethod
    def keep(self, values: Mapping[str, str]) -> None:
        """Keep what stands in the fields. Raises KinshipError where that cannot be."""

    def compose(self) -> ComposeResult:
        self._before = {field.name: "" for field in self.FIELDS} | dict(self.values_before())
        found = waiting_form(self.journal.vault, self.form)
        shown = {**self._before, **(found.form.values if found is not None else {})}
        self._draft = found.draft if found is not None else ""
        yield Static(self.HEADING, id="title")
        yield Static(self.ABOUT, id="about")
        with VerticalScroll(id="fields", can_focus=False):
            for field in self.FIELDS:
                yield Static(Content.assemble(field.label, (f"  {field.hint}", "$dim")), classes="label")
                text = clean(shown[field.name])
                yield (
                    FieldArea(text, id=field.name)
                    if field.several
                    else Input(text, id=field.name, select_on_focus=False)
                )
            yield from self.compose_below()
        yield Static(f"not kept yet, from {found.saved:%H:%M}" if found is not None else "", id="state", markup=False)
        yield KeyLine("help")

    def compose_below(self) -> ComposeResult:
        """Yield what stands below the fields."""
        yield from ()

    def on_mount(self) -> None:
        self._idle = self.set_interval(IDLE, self.keep_draft_now, pause=True)
        self.query_one(f"#{self.FIELDS[0].name}").focus()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        areas = {area.id or "": area.text for area in self.query(FieldArea)}
        return areas | {line.id or "": line.value for line in self.query(Input) if line.id in self._before}

    @property
    def changed(self) -> bool:
        return self.values != self._before

    @on(TextArea.Changed)
    @on(Input.Changed)
    def wait_to_keep(self) -> None:
        if self._idle is not None and self.changed:
            self._idle.reset()
            self._idle.resume()

    @on(Input.Submitted)
    def to_next_field(self) -> None:
        self.focus_next()

    def keep_draft_now(self) -> None:
        """Keep what was typed so far, after a pause."""
        try:
            self.keep_draft()
        except NotSaved as error:
            self.say(str(error))

    def keep_draft(self) -> None:
        """Keep everything as a draft at once. Raises NotSaved."""
        if self._idle is not None:
            self._idle.pause()
        if self.changed and not self._over:
            form = Form(self.form, self.values)
            self._draft = keep_form(self.journal.vault, self.context.clock, form, self._draft)
            self.say(f"draft kept {self.context.clock.now():%H:%M}")

    def keep_words(self) -> None:
        """Keep what stands here as leaving does, or as a draft where it cannot be kept yet. Raises NotSaved."""
        try:
            self._keep()
        except NotSaved:
            raise
        except KinshipError:
            self.keep_draft()

    def _keep(self) -> None:
        if self._over:
            return
        if self.changed:
            self.keep(self.values)
        self._leave_draft()

    def keep_and_stay(self) -> None:
        """Keep what stands here and go on with it as kept. Raises KinshipError."""
        self._keep()
        self._before, self._over = self.values, False

    def _leave_draft(self) -> None:
        self._over = True
        if self._draft:
            self.journal.vault.drop_draft(self._draft)
            self._draft = ""

    def action_keep_form(self) -> None:
        """Keep and go back; what cannot be kept is said, and stays here."""
        try:
            self._keep()
        except KinshipError as error:
            self.say(str(error))
        else:
            self.post_message(BackRequested())

    def action_let_be(self) -> None:
        """Go back and change nothing."""
        self._leave_draft()
        self.post_message(BackRequested())

    def say(self, words: str) -> None:
        """Say one sentence below the fields."""
        self.state.update(words)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a field that hold something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
