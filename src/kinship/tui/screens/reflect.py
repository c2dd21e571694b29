"""A guided session: one step on the screen at a time, the arc in sight, and every step may be passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from kinship.ground.errors import KinshipError, NotSaved
from kinship.reflect.answers import AnyAnswer, Passed, Picked
from kinship.reflect.engine import Arc, Given, Question, Walk, answer, arc, back, begin, question
from kinship.reflect.keeping import Begun, finish, note, own_name, stop
from kinship.reflect.outcome import outcome
from kinship.reflect.picking import kind_of_new, left_out, named
from kinship.reflect.sessions import StepKind
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.session_offers import Offer, offers_of
from kinship.tui.step_bodies import body_of
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.pick_people import PickPeople
from kinship.tui.widgets.step_body import InfoBody, StepBody
from kinship.tui.widgets.step_people import SupportBody
from kinship.tui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.book import Book
    from kinship.reflect.sessions import Step

IDLE = 2.0
"""Seconds without a key after which the draft is kept."""
DOTS = 16
"""Steps that are shown as dots; of a longer walk only the numbers."""


class ReflectScreen(Screen[None]):
    """One session from its first step, or the one it was left at, to its end."""

    CSS_PATH = "reflect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("ctrl+j,f2", "go_on", "go on", tooltip="Go on with what stands here"),
        act("f3", "pass_step", "pass", tooltip="Pass this step over; nothing is asked twice"),
        act("f4", "step_back", "back", tooltip="One step back; what you wrote stays"),
        act(
            "escape",
            "stop_here",
            "stop here, kept",
            tooltip="Stop here; what you wrote is kept, and it can go on later",
        ),
        act("f5", "copy_draft", "copy", tooltip="Copy the words you drafted; nothing is ever sent", show=False),
    ]

    over: var[bool] = var(default=False, init=False, toggle_class="-over")

    column = getters.query_one("#step", VerticalScroll)
    state = getters.query_one("#state", Static)

    def __init__(
        self,
        context: Context,
        journal: Journal,
        book: Book,
        session: str,
        begun: Begun | None = None,
        *,
        short: bool = False,
    ) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.book = book
        self.begun = begun
        self.walk: Walk = begun.walk if begun is not None else begin(book, session, short=short)
        self._asked: Question | None = None
        self._idle: Timer | None = None
        self._over = False
        self._offers: tuple[Offer, ...] = ()
        """What the close offers."""

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            with Horizontal(id="head"):
                yield Static(self.book.session(self.walk.session).title, id="title", markup=False)
                yield Static("", id="arc", markup=False)
            yield VerticalScroll(id="step", can_focus=False)
            yield Static("", id="state", markup=False)
            with Horizontal(id="acts"):
                yield WordButton("go on", id="go_on")
                yield WordButton("pass", id="pass_step")
                yield WordButton("back", id="step_back")
                yield WordButton("stop here and keep it", id="stop_here")
            yield KeyLine("help")

    async def on_mount(self) -> None:
        self._idle = self.set_interval(IDLE, self.keep_draft_now, pause=True)
        await self._show_step()

    # One step.

    async def _show_step(self) -> None:
        """Show the step the walk stands at; at its close, keep everything first."""
        nobody = left_out(self.journal.circle.as_of(self.journal.today()))
        self._asked = question(self.book, self.walk, own_name=own_name(self.journal), left_out=nobody)
        if self._asked is None:
            self.post_message(BackRequested())
            return
        if self._asked.step.type is StepKind.CLOSE and not self._finish():
            return
        self.query_one("#arc", Static).update(dots(arc(self.book, self.walk)))
        body = body_of(self._asked, self.book.pack, self.journal, [one.words for one in self._offers])
        text = self._asked.text or self._last_words()
        await self.column.remove_children()
        parts = [Static(text, id="question", markup=False)]
        if self._asked.hint:
            parts.append(Static(self._asked.hint, id="hint", markup=False))
        await self.column.mount(*parts, body)
        self.column.scroll_home(animate=False)
        body.focus_first()

    def _last_words(self) -> str:
        texts = self.book.pack.texts
        soft = self._asked is not None and self._asked.step.pick_from == "closings_soft"
        lines = texts.closings_soft if soft else texts.closings
        return lines[self.journal.today().toordinal() % len(lines)] if lines else ""

    @property
    def body(self) -> StepBody | None:
        """The body of the step on the screen."""
        return next(iter(self.column.query(StepBody)), None)

    @on(StepBody.Changed)
    def wait_to_keep(self) -> None:
        if self._idle is not None:
            self._idle.reset()
            self._idle.resume()

    @on(StepBody.GoneOn)
    async def action_go_on(self) -> None:
        """Go on with what stands there; where nothing does, that is passing."""
        body = self.body
        if body is None or not body.settle():
            return
        if isinstance(body, SupportBody) and body.fault():
            self._say(body.fault())
            return
        await self._answer(body.answer())

    async def action_pass_step(self) -> None:
        await self._answer(Passed())

    def action_copy_draft(self) -> None:
        """Hand the drafted words to the clipboard; the person takes them where they want."""
        words = self.body.draft() if self.body is not None else ""
        if words:
            self.app.copy_to_clipboard(words)

    async def _answer(self, given: AnyAnswer) -> None:
        if self._over:
            self.post_message(BackRequested())
            return
        self.walk = answer(self.book, self.walk, given)
        self._note()
        await self._show_step()

    async def action_step_back(self) -> None:
        if self._over or not self.walk.given:
            return
        self.walk = back(self._with_typed())
        self._note()
        await self._show_step()

    @on(PickPeople.Wanted)
    def add_somebody(self, event: PickPeople.Wanted) -> None:
        """Put a new name on the map and pick it; a name that one alone bears, though not offered here, is that one."""
        if self._asked is None:
            return
        try:
            event.picker.add(self._known(self._asked.step, event.name) or self._added(self._asked.step, event.name))
        except KinshipError as error:
            event.picker.empty()
            self._say(error.message)

    def _known(self, step: Step, name: str) -> Picked | None:
        return named(self.journal.circle.as_of(self.journal.today()), step, name, self.journal.alters.by_name(name))

    def _added(self, step: Step, name: str) -> Picked:
        (id_,) = self.journal.add_alter(name, kind=kind_of_new(step)).made["alters"]
        added = self.journal.alters.get(id_)
        return Picked(id_, added.name if added is not None else name)

    @on(WordButton.Pressed)
    async def press(self, event: WordButton.Pressed) -> None:
        await self.run_action(event.button.id or "")

    # Keeping.

    def _with_typed(self) -> Walk:
        """Return the walk with what stands in the present step ahead of it, so that it is offered there again."""
        body, asked = self.body, self._asked
        if body is None or asked is None or self._over or asked.step.type is StepKind.CLOSE:
            return self.walk
        given = body.answer()
        if isinstance(given, Passed):
            return self.walk
        typed = Given(asked.place.where, asked.step.id, given)
        others = tuple(one for one in self.walk.ahead if (one.where, one.step) != (typed.where, typed.step))
        return msgspec.structs.replace(self.walk, ahead=(typed, *others))

    def _note(self) -> None:
        """Keep the draft; where the disk refuses, say so, and the words stay on the screen."""
        if self._idle is not None:
            self._idle.pause()
        if self._over:
            return
        try:
            self.begun = note(self.journal, self.book, self._with_typed(), self.begun)
        except NotSaved as error:
            self._say(str(error))
        else:
            self._say(f"kept {self.begun.saved:%H:%M}")

    def keep_draft_now(self) -> None:
        """Keep what was typed so far, after a pause."""
        self._note()

    def _finish(self) -> bool:
        try:
            finish(self.journal, self.book, self.walk, self.begun)
        except NotSaved as error:
            self._say(f"{error} ctrl+j tries again.")
            return False
        self._over = self.over = True
        self._offers = offers_of(outcome(self.book, self.walk))
        self.refresh_bindings()
        self._say("kept")
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("pass_step", "step_back") and self._over:
            return False
        return super().check_action(action, parameters)

    @on(InfoBody.Taken)
    def go_to_offer(self, event: InfoBody.Taken) -> None:
        """Leave the session, which is kept, for what it offers."""
        self.post_message(BackRequested())
        self.post_message(self._offers[event.at].request)

    def action_stop_here(self) -> None:
        """Keep what was written as a page and go back; nothing is ever incomplete."""
        try:
            self.keep_words()
        except NotSaved as error:
            self._say(str(error))
        else:
            self.post_message(BackRequested())

    def keep_words(self) -> None:
        """Keep what was said so far, as leaving does. Raises NotSaved."""
        if self._over:
            return
        walk = self._with_typed()
        if walk.given or walk.ahead:
            stop(self.journal, self.book, walk, self.begun)
        self._over = True

    def keep_draft(self) -> None:
        """Keep everything as a draft at once. Raises NotSaved."""
        if not self._over:
            self.begun = note(self.journal, self.book, self._with_typed(), self.begun)

    def _say(self, words: str) -> None:
        self.state.update(words)


def dots(told: Arc) -> Content:
    """Return the arc as dots with the numbers behind them: those done full, those ahead empty."""
    count = f"{told.at} of {told.of}"
    if told.of > DOTS:
        return Content.assemble((count, "$dim"))
    return Content.assemble(("● " * told.at, "$accent"), ("○ " * (told.of - told.at), "$dim"), (f"  {count}", "$dim"))
