"""Bringing a journal, a map or people along: where it lies, what it is, what would come; then one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from kinship.ground.errors import KinshipError, WrongPassphrase
from kinship.journal.acts import Origin
from kinship.transfer.bringing import Batch, Progress, Wanted, weigh
from kinship.transfer.forms import Form, Told, guess, likely, read_form
from kinship.transfer.whole import LABEL
from kinship.tui import bring_words as words
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.paths import home_of
from kinship.tui.widgets.bring_choices import BringChoices, PasswordWanted
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.path_field import PathField
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.tick_list import Tickable, TickList
from kinship.tui.widgets.word_button import WordButton
from kinship.vault.place import exists

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


class Stopped(KinshipError):
    """The person does not want to wait for it."""


class BringScreen(Screen[None]):
    """Nothing comes before it was shown; it is read and kept beside the screen and can be stopped."""

    CSS_PATH = "bringing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("ctrl+j,enter", "bring", "bring it in", tooltip="Bring in what is shown, as one act"),
        act("escape", "back", "back", tooltip="Stop what is under way; else one step back"),
    ]

    @dataclass
    class Seen(Message):
        """What lies there looks like this form."""

        form: Form | None
        likely: tuple[Form, ...]
        vault: bool

    @dataclass
    class Read(Message):
        """What would come is known."""

        told: Told
        batch: Batch

    @dataclass
    class HowFar(Message):
        """So many pages of so many are gone through; at the last, it is being kept."""

        done: int
        of: int

    @dataclass
    class Brought(Message):
        """It came."""

        counts: str

    @dataclass
    class Failed(Message):
        """Nothing came; why."""

        error: KinshipError

    busy: var[bool] = var(default=False, init=False, toggle_class="-busy")
    where = getters.query_one(PathField)
    choices = getters.query_one(BringChoices)
    people = getters.query_one(TickList)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._told: Told | None = None
        self._batch: Batch | None = None
        self._ticked: set[str] = set()
        self._label = ""
        """What the last act is called, by which taking it back is recognized."""
        self._at_last = False
        """Whether it is being written, which cannot be stopped any more."""

    def compose(self) -> ComposeResult:
        yield Static("Bring along what was written elsewhere", id="title", markup=False)
        with Vertical(id="choices"):
            with Horizontal(id="row-from"):
                yield Static("from", classes="about", markup=False)
                yield PathField(home_of(self.context.environment), self.context.exports)
            yield BringChoices()
        with VerticalScroll(id="preview", can_focus=True):
            yield Static("", id="comes", markup=False)
        with Vertical(id="who"):
            yield Static("", id="about-people", markup=False)
            yield TickList()
        with Horizontal(id="answers"):
            yield WordButton("bring it in", id="bring")
            yield WordButton("everybody", id="everybody")
        yield Static(words.WHERE, id="state", markup=False)
        yield KeyLine("undo", "keys")

    def on_mount(self) -> None:
        self._lay_out()
        self.where.line.focus()

    # What is chosen.

    @property
    def chosen(self) -> Form | None:
        """The form it is read as, None before a place is named."""
        return self.choices.chosen

    @on(PathField.Chosen)
    def look_there(self) -> None:
        """See what lies there, then read it."""
        self._forget()
        self.busy = True
        self._say(words.READING)
        self.see()

    @work(thread=True, exclusive=True, group="bring", exit_on_error=False, description="bring")
    def see(self) -> None:
        """Look at what lies there; ends in Seen."""
        path = self.where.path
        form = guess(path)
        self.post_message(self.Seen(form, likely(path, form), path.is_dir() and exists(path)))

    @on(Seen)
    def take_form(self, event: Seen) -> None:
        self.busy = False
        if event.vault:
            self._say(words.A_VAULT, wrong=True)
            return
        self.choices.take(event.likely, event.form)
        if event.form is None:
            self._lay_out()
            self._say(words.UNKNOWN, wrong=True)
            self.choices.form.focus()
        else:
            self.begin()

    @on(Input.Submitted, "#into")
    def to_the_button(self) -> None:
        self.query_one("#bring", WordButton).focus()

    def _forget(self) -> None:
        self.choices.forget()
        self._told = self._batch = None
        self._ticked = set()
        self.query_one("#comes", Static).update("")
        self._lay_out()

    def _lay_out(self) -> None:
        """Show the rows that matter for what is chosen."""
        form, batch = self.chosen, self._batch
        self.choices.lay_out(comes=batch is not None)
        shown = {
            "#preview": batch is not None,
            "#who": batch is not None and bool(batch.offered),
            "#answers": batch is not None and not batch.empty,
            "#everybody": form in words.HAS_PEOPLE,
        }
        for name, is_shown in shown.items():
            self.query_one(name).display = is_shown
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "bring":
            return self._batch is not None and not self._batch.empty
        return super().check_action(action, parameters)

    # Reading.

    @on(BringChoices.Changed)
    def begin(self) -> None:
        """Read what was named, beside the screen."""
        self._told = self._batch = None
        self.busy = True
        self._lay_out()
        self._say(words.READING)
        self.read_it()

    @work(thread=True, exclusive=True, group="bring", exit_on_error=False, description="bring")
    def read_it(self) -> None:
        """Read the file and compare it with the journal; ends in Read or Failed."""
        form = self.chosen
        if form is None:
            return
        try:
            told = read_form(form, self.where.path, self.choices.wishes, self.journal.today())
            batch = weigh(self.journal, told, Wanted(), self._how_far())
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            if not get_current_worker().is_cancelled:
                self.post_message(self.Read(told, batch))

    def _how_far(self) -> Progress:
        worker = get_current_worker()

        def told(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Stopped(words.STOPPED)
            self.post_message(self.HowFar(done, of))

        return told

    @on(HowFar)
    def say_how_far(self, event: HowFar) -> None:
        if self.busy and event.done:
            self._say(f"{event.done:,} of {event.of:,} pages … esc stops")

    @on(Read)
    def show_what_comes(self, event: Read) -> None:
        self.busy = False
        self.choices.opened()
        self._told, self._batch = event.told, event.batch
        everybody = self.chosen in words.HAS_PEOPLE and self.chosen is not Form.CARDS
        self._ticked = {one.ref for one in event.batch.offered} if everybody else set()
        self.query_one("#comes", Static).update(Content("\n").join(map(with_bold_title, event.batch.lines)))
        self.query_one("#about-people", Static).update(
            words.WHO_COMES if self.chosen in words.HAS_PEOPLE else words.ONTO_MAP
        )
        self._lay_out()
        self._show_people(afresh=True)
        if event.batch.empty:
            self._say(words.NOTHING_NEW)
            return
        self._say(words.NOBODY if self.chosen is Form.CARDS else words.READY)
        if not isinstance(self.focused, PickOne):
            (self.people if self.chosen is Form.CARDS else self.query_one("#bring")).focus()

    # Who comes.

    def _show_people(self, *, afresh: bool = False) -> None:
        offered = self._batch.offered if self._batch is not None else ()
        items = [Tickable(one.ref, one.name, int(one.ref in self._ticked), one.aside) for one in offered]
        self.people.show(items, afresh=afresh)

    @on(TickList.Ticked)
    def tick(self, event: TickList.Ticked) -> None:
        (self._ticked.add if event.strength else self._ticked.discard)(event.id)
        self._show_people()

    @on(WordButton.Pressed, "#everybody")
    def tick_all(self) -> None:
        """Tick everybody, or nobody where all are."""
        every = {one.ref for one in self._batch.offered} if self._batch is not None else set()
        self._ticked = set() if self._ticked == every else every
        self._show_people()

    # Keeping.

    @on(WordButton.Pressed, "#bring")
    def action_bring(self) -> None:
        """Keep what is shown, beside the screen."""
        if self.busy or self._batch is None or self._batch.empty:
            return
        if self.chosen in words.HAS_PEOPLE and not self._ticked:
            self._say(words.NOBODY, wrong=True)
            self.people.focus()
            return
        self.busy = True
        self._say(words.KEEPING)
        self.keep_it()

    @work(thread=True, exclusive=True, group="bring", exit_on_error=False, description="bring")
    def keep_it(self) -> None:
        """Compare once more, with who was chosen, and keep it; ends in Brought or Failed."""
        if self._told is None:
            return
        wanted = Wanted(into=self.choices.into.value, people=frozenset(self._ticked))
        how_far = self._how_far()
        try:
            batch = weigh(self.journal, self._told, wanted, how_far)
            self._at_last = True
            how_far(0, 0)
            self._label = getattr(self._told, "source", LABEL)
            batch.keep(self.journal)
        except KinshipError as error:
            self._at_last = False
            self.post_message(self.Failed(error))
        else:
            self._at_last = False
            self.post_message(self.Brought(batch.counts))

    @on(Brought)
    def say_what_came(self, event: Brought) -> None:
        self.busy = False
        self._forget()
        self._say(f"Brought in: {event.counts}. u takes it back.", good=True)
        self.set_focus(None)

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.busy = False
        error = event.error
        if isinstance(error, PasswordWanted | WrongPassphrase):
            self.choices.ask_password()
            self._say(error.message, wrong=isinstance(error, WrongPassphrase))
        else:
            self._say(words.why_not(error, self.chosen), wrong=not isinstance(error, Stopped))

    @on(JournalChanged)
    def notice_undo(self, event: JournalChanged) -> None:
        """Say that it was taken back, where u did that."""
        if event.event.origin is Origin.UNDONE and self._label and event.event.label == self._label:
            self._say(words.TAKEN_BACK)

    # Small acts.

    def action_back(self) -> None:
        """Stop what is under way, else leave; what is being written already is kept."""
        if self.busy and self._at_last:
            self._say(words.AT_LAST)
        elif self.busy:
            self.workers.cancel_group(self, "bring")
            self.busy = False
            self._say(words.STOPPED)
        else:
            self.post_message(BackRequested())

    def _say(self, sentence: str, *, wrong: bool = False, good: bool = False) -> None:
        self.state.set_class(wrong, "-wrong")
        self.state.set_class(good, "-good")
        self.state.update(Content(sentence))


def with_bold_title(line: str) -> Content:
    """Return a line of the preview with what stands before its colon set off."""
    title, colon, rest = line.partition(": ")
    return Content.assemble((title, "bold"), colon, rest) if colon and len(title) < 24 else Content(line)  # noqa: PLR2004 - no title is longer
