"""The first mapping: who comes to mind? One question after the other, a name and enter, and nothing is asked twice."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError
from kinship.ground.width import shorten
from kinship.journal.mentions import fold
from kinship.journal.model import Alter, AlterKind, Bond, Ring
from kinship.privacy.text import clean_line, visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.mapping import LAST, OWN, Step, listed_at, passed_over, says, steps_of
from kinship.tui.navigation import BackRequested, JournalChanged, KnowsRequested
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.tick_list import Tickable, TickList

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

PLACE = "mapping"
"""The choice that remembers the question somebody stopped at."""
ANOTHER = "+"
MOST_ALIKE = 4
"""How many of one name are offered."""
NAME = 30
"""Cells of a name in a sentence."""


class MappingScreen(Screen[None]):
    """Each name and each tick is one act; leaving keeps the question for the next time."""

    CSS_PATH = "mapping.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("enter", "go_on", "next", tooltip="The next question"),
        act("tab", "to_names", "names", tooltip="From the line to the names and back"),
        act("shift+tab", "step_before", "before", tooltip="The question before"),
        act("ctrl+z", "take_back", "undo", tooltip="Take the last name or tick back"),
        act("escape", "back", "leave", tooltip="Leave; it can be taken up again"),
    ]

    at: var[int] = var(0, init=False)
    names = getters.query_one(TickList)
    line = getters.query_one("#line", Input)
    ask = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._own: list[str] = []
        self._stayed: tuple[AlterId, ...] = ()
        self._waiting: deque[str] = deque()
        self.set_reactive(MappingScreen.at, self._where_it_was_left())

    def _where_it_was_left(self) -> int:
        left = self.journal.choices.value(PLACE)
        return next((index for index, step in enumerate(self.steps) if step.id == left), 0)

    @property
    def circle(self) -> Circle:
        return self.journal.circle.as_of(self.journal.today())

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.circle, self._own)

    @property
    def step(self) -> Step:
        steps = self.steps
        return steps[min(self.at, len(steps) - 1)]

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Who comes to mind?", id="title", markup=False)
            yield Static("", id="count", markup=False)
        yield Static("", id="about", markup=False)
        yield Static("", id="question", markup=False)
        yield Static("", id="hint", markup=False)
        yield Input(placeholder="a name, and enter · nothing more: just enter", id="line")
        yield Static("", id="said", markup=False)
        yield TickList(ascii_only=self.context.settings.glyphs == "ascii")
        yield AskLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self._begin()

    # What is shown.

    def watch_at(self) -> None:
        self._begin()
        try:
            self.journal.remember(PLACE, None if self.step.id == LAST else self.step.id)
        except KinshipError as error:
            self.say(str(error), wrong=True)

    def _begin(self) -> None:
        """Ask the question of this step."""
        self._stayed = ()
        self.say("")
        self.line.value = ""
        self._show(afresh=True)
        self.line.display = self.step.typed
        (self.line if self.step.typed else self.names).focus()
        self.refresh_bindings()

    def _show(self, *, afresh: bool = False) -> None:
        step, circle, steps = self.step, self.circle, self.steps
        self.query_one("#count", Static).update(f"{len(circle.bonds)} on your map")
        self.query_one("#about", Static).update(f"{step.about} · {self.at + 1} of {len(steps)}")
        self.query_one("#question", Static).update(Content(visible(step.question)))
        self.query_one("#hint", Static).update(self._hint(step))
        listed = listed_at(step, circle, self._stayed)
        self._stayed = tuple(bond.alter.id for bond in listed)
        said = says(step)
        self.names.show([Tickable(one.alter.id, one.alter.name, int(said(one))) for one in listed], afresh=afresh)

    @staticmethod
    def _hint(step: Step) -> str:
        if step.id == LAST:
            return f"{step.hint}\n\nenter goes on to who knows whom · esc goes back"
        return step.hint if step.typed else f"{step.hint} A letter ticks a name; enter goes on."

    def say(self, words: str, *, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(wrong, "-wrong")
        said.update(Content(visible(words)))

    @on(JournalChanged)
    def show_again(self) -> None:
        self._show()

    # A name, and enter.

    @on(Input.Submitted, "#line")
    def take_line(self, event: Input.Submitted) -> None:
        event.stop()
        told = [name for part in event.value.split(",") if (name := clean_line(part.replace("@", " ")))]
        if not told and event.value.strip():
            self.say("That holds no character of a name.", wrong=True)
        elif not told:
            self.action_go_on()
        elif self.step.id == OWN:
            self._ask_about(told)
        else:
            self._waiting.extend(told)
            self._take_next()

    def _ask_about(self, words: list[str]) -> None:
        """Go on to the questions about circles of the person's own naming."""
        self._own += words
        wanted = f"sector.{words[0]}"
        self.at = next((index for index, step in enumerate(self.steps) if step.id == wanted), self.at + 1)

    def _take_next(self) -> None:
        """Take the next of the names that were typed; ask where one is known already."""
        while self._waiting:
            name = self._waiting[0]
            alike = self._alike(name)
            if alike:
                self._offer(name, alike)
                return
            self._waiting.popleft()
            if not self._do(partial(self._add, name), f"{self._brief(name)} is on your map."):
                return
        self.line.value = ""
        self.line.focus()

    def _alike(self, name: str) -> tuple[Alter, ...]:
        """Return who may be meant: of the same name or alias or, where nobody is, of one that differs by accents."""
        found = self.journal.alters.by_name(name)
        if found:
            return found[:MOST_ALIKE]
        bare = _without_accents(name)
        near = (one for one in self.journal.alters.all() if bare in map(_without_accents, (one.name, *one.aliases)))
        return tuple(near)[:MOST_ALIKE]

    def _offer(self, name: str, alike: tuple[Alter, ...]) -> None:
        words = [(one.id, self._told_apart(one, alone=len(alike) == 1)) for one in alike]
        self.ask.offer("same", f"{self._brief(name)}:", (*words, (ANOTHER, "somebody else")), alike[0].id)
        self.refresh_bindings()

    def _told_apart(self, alter: Alter, *, alone: bool) -> str:
        bond = self.journal.circle.bond(alter, self.journal.today())
        more = (bond.sector if bond is not None else None) or alter.kind.value
        return f"the {self._brief(alter.name)} here already" if alone else f"{self._brief(alter.name)}, {more}"

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        self.ask.put_away()
        if not self._waiting:
            return
        name = self._waiting.popleft()
        if event.answer == ANOTHER:
            self._do(lambda: self._add(name), f"Another {self._brief(name)} is on your map.")
        elif (bond := self.journal.circle.bond(event.answer, self.journal.today())) is not None:
            self._tick(bond, said=True, words=f"{self._brief(bond.alter.name)} it is.")
        self._take_next()
        self.refresh_bindings()

    @on(AskLine.Left)
    def leave_asking(self) -> None:
        self._waiting.clear()
        self.ask.put_away()
        self.line.focus()
        self.refresh_bindings()

    def _add(self, name: str) -> Act:
        step = self.step
        ring = Ring(str(step.value)) if step.field == "ring" else None
        sector = str(step.value) if step.field == "sector" else None
        return self.journal.add_alter(name, kind=step.kind, ring=ring, sector=sector)

    # A tick.

    @on(TickList.Ticked)
    def tick(self, event: TickList.Ticked) -> None:
        event.stop()
        bond = self.journal.circle.bond(event.id, self.journal.today())
        if bond is not None:
            self._tick(bond, said=event.strength > 0)

    def _tick(self, bond: Bond, *, said: bool, words: str = "") -> None:
        step, id_ = self.step, bond.alter.id
        if said and step.field == "sector" and step.kind is not AlterKind.PERSON:
            self._do(lambda: self.journal.say_belongs(id_, str(step.value), step.kind), words)
        elif step.field:
            self._do(lambda: self.journal.state(id_, step.field, step.value if said else None), words)

    def _do(self, command: Callable[[], Act], words: str) -> bool:
        try:
            command()
        except KinshipError as error:
            self._waiting.clear()
            self.say(str(error), wrong=True)
            return False
        self.say(words)
        self._show()
        return True

    @staticmethod
    def _brief(name: str) -> str:
        return shorten(visible(name), NAME)

    # The way through.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("go_on", "to_names", "step_before", "take_back", "back") and self.is_mounted and self.ask.asking:
            return False
        if action == "to_names" and self.is_mounted and not self.step.typed:
            return False
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Go to the next question that has somebody to ask about; behind the last one to who knows whom."""
        if self.step.id == LAST:
            self.post_message(BackRequested())
            self.post_message(KnowsRequested())
            return
        self._go(1)

    def action_step_before(self) -> None:
        if self.names.has_focus and self.step.typed:
            self.line.focus()
        else:
            self._go(-1)

    def _go(self, way: int) -> None:
        steps, circle = self.steps, self.circle
        there = self.at + way
        while 0 <= there < len(steps) and passed_over(steps[there], circle):
            there += way
        if 0 <= there < len(steps):
            self.at = there

    def action_to_names(self) -> None:
        if self.line.has_focus and self.names.items:
            self.names.focus()
        else:
            self.line.focus()

    async def action_take_back(self) -> None:
        await self.run_action("app.undo")

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _without_accents(name: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(one))
