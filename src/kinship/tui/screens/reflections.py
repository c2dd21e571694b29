"""The guided sessions: the one that suits today first, and those that were left before their end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.width import cells
from kinship.reflect.engine import arc
from kinship.reflect.keeping import Begun, forget, waiting
from kinship.reflect.own_packs import Library, library
from kinship.reflect.picking import offered
from kinship.reflect.state import READ_BACK, seed_of, selection_state
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, ChoicesRequested, JournalChanged, SessionRequested
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.sessions import Session

ABOUT = "One step at a time, and every step may be passed. What you write is kept whenever you stop."
BEGUN = "begun:"
"""Beginning of the ids of what was begun; a draft's id follows."""
COLUMN = 36
"""Cells until the topic."""


class ReflectionsScreen(Screen[None]):
    """A list to choose from; what was begun stands first."""

    CSS_PATH = "reflections.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("b", "begin_session", "begin", tooltip="Begin this reflection, or go on"), key_display="enter"),
        act("s", "begin_short", "short form", tooltip="Begin its short form: four or five steps"),
        act("d", "forget_session", "go on no more", tooltip="Take this one up no more; its page stays"),
        act("a", "choices", "what is asked", tooltip="What is asked of you: loss, separation, what was put away"),
        act("escape,q", "back", "back"),
    ]

    @dataclass
    class Found(Message):
        """What can be begun and gone on with."""

        library: Library
        begun: tuple[Begun, ...]
        offered: tuple[Session, ...]

    list = getters.query_one(OptionList)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._found: ReflectionsScreen.Found | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Reflections", id="title")
        yield Static(ABOUT, id="about")
        yield OptionList()
        yield Static("", id="told", markup=False)
        yield KeyLine("help", "keys")

    def on_mount(self) -> None:
        self.list.focus()
        self.look()

    @on(JournalChanged)
    @work(thread=True, exclusive=True, group="sessions")
    def look(self) -> None:
        """See what there is to begin; ends in Found."""
        day = self.journal.today()
        found = library(self.journal, self.context.places.config)
        state = selection_state(self.journal, day)
        done = self.journal.pages.latest(READ_BACK)
        sessions = offered(found.book, state, done, day, seed_of(self.journal))
        self.post_message(self.Found(found, tuple(waiting(self.journal, found.book)), sessions))

    @on(Found)
    def show_found(self, event: Found) -> None:
        self._found = event
        at = self.list.highlighted or 0
        topics = event.library.pack.topics
        options = [Option(self._begun_line(one), id=f"{BEGUN}{one.draft}") for one in event.begun]
        options += [Option(_line(one, topics[one.topic].title), id=one.id) for one in event.offered]
        self.list.set_options(options)
        if options:
            self.list.highlighted = min(at, len(options) - 1)
        self.query_one("#told", Static).update("\n".join(event.library.faults))

    def _begun_line(self, one: Begun) -> Content:
        book = self._found.library.book if self._found is not None else None
        title = book.session(one.walk.session).title if book is not None else ""
        told = arc(book, one.walk) if book is not None else None
        where = f"step {told.at} of {told.of}" if told is not None else ""
        return Content.assemble(("go on  ", "$accent"), title, (f"  {where} · since {one.saved:%-d %b %H:%M}", "$dim"))

    @on(OptionList.OptionHighlighted)
    def say_why(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the session is about, as its pack does."""
        if self._found is None:
            return
        session = self._found.library.book.sessions.get(event.option_id or "")
        told = session.evidence if session is not None else ""
        self.query_one("#told", Static).update(told)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was begun can be taken up no more; what was not has a short form."""
        begun = self._pointed().startswith(BEGUN) if self.is_mounted else False
        if (action == "forget_session" and not begun) or (action == "begin_short" and begun):
            return False
        return super().check_action(action, parameters)

    def _pointed(self) -> str:
        at = self.list.highlighted
        return (self.list.get_option_at_index(at).id or "") if at is not None and self.list.option_count else ""

    @on(OptionList.OptionSelected)
    def action_begin_session(self) -> None:
        self._begin(short=False)

    def action_begin_short(self) -> None:
        self._begin(short=True)

    def _begin(self, *, short: bool) -> None:
        pointed = self._pointed()
        if self._found is None or not pointed:
            return
        begun = next((one for one in self._found.begun if f"{BEGUN}{one.draft}" == pointed), None)
        session = begun.walk.session if begun is not None else pointed
        self.post_message(SessionRequested(session, begun, short=short))

    def action_choices(self) -> None:
        self.post_message(ChoicesRequested())

    def action_forget_session(self) -> None:
        if self._found is None:
            return
        for one in self._found.begun:
            if f"{BEGUN}{one.draft}" == self._pointed():
                forget(self.journal, one)
                self.look()

    def on_screen_resume(self) -> None:
        """After a session the list is another."""
        self.look()

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _line(session: Session, topic: str) -> Content:
    weight = " · heavier" if session.intensity > 1 else ""
    gap = " " * max(2, COLUMN - cells(session.title))
    return Content.assemble(session.title, gap, (f"{topic} · {session.minutes} min{weight}", "$dim"))
