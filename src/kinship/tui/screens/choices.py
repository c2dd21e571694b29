"""What is asked of the person: their name, switches for hard times, and the questions they put away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.ground.width import fill
from kinship.journal.choices import COUNTRY, DAY_START_KEY, OWN_NAME
from kinship.journal.model import Status
from kinship.journal.on_this_day import ON_THIS_DAY, wanted
from kinship.privacy.text import clean_line
from kinship.reflect.own_packs import library
from kinship.reflect.packs import SLOT
from kinship.reflect.state import condition_since, put_away_in, take_back, worn_off
from kinship.tui.context import Context
from kinship.tui.countries import COUNTRIES
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, PersonRequested
from kinship.tui.own_choices import OWN, said_of, say_of
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

ABOUT = "What kinship minds when it asks you something. You set it; nothing is guessed from what you write."
LABEL = 28
"""Cells of the left column."""
AGAIN = "again."
"""Beginning of the ids of questions put away; the question's id follows."""
LOSS, SEPARATION = "recent_loss", "recent_separation"
GENTLER = "While this is set, some questions and reflections stay away. It ends by itself{until}, or when you say so."
TOLD = {
    **{key: one.sentence for key, one in OWN.items()},
    ON_THIS_DAY: "Today shows what you wrote on the same day in years before. Pages that name somebody who is not in "
    "your life now stay away, and all of them while a loss or a separation is set.",
    LOSS: "Somebody close to you died. " + GENTLER,
    SEPARATION: "You parted from somebody. " + GENTLER,
}
ASKED_ABOUT = (OWN_NAME, COUNTRY, DAY_START_KEY)
"""What a person says in words here."""
PERSON = "person."
"""Beginning of the ids of people who are left out; the person's id follows."""
LEFT_OUT = {Status.NO_CONTACT: "No contact", Status.PAUSED: "Paused"}
STAYS_OUT = "You said so on their page. No question brings them up. enter opens the page; s there says otherwise."
COMES_AGAIN = "You put this question away. enter lets it come again."


class ChoicesScreen(Screen[None]):
    """One row for each choice; enter changes it, and every change can be undone."""

    CSS_PATH = "choices.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape,q", "back", "back"),
        act("u", "app.undo", "undo", tooltip="Take the last change back"),
    ]

    rows = getters.query_one(OptionList)
    ask_line = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal

    def compose(self) -> ComposeResult:
        yield Static("What is asked of you", id="title")
        yield Static(ABOUT, id="about")
        yield OptionList(markup=False)
        yield Static("", id="told", markup=False)
        yield AskLine()
        yield KeyLine("help", "keys")

    def on_mount(self) -> None:
        self.show_choices()
        self.rows.focus()

    @on(JournalChanged)
    def show_choices(self) -> None:
        """Show them as they are now, staying on the row that was highlighted."""
        at = self.rows.highlighted or 0
        options = list(self._options())
        self.rows.set_options(options)
        self.rows.highlighted = min(at, len(options) - 1)

    def _options(self) -> Iterator[Option]:
        for key in ASKED_ABOUT:
            yield Option(_row(OWN[key].label, said_of(self.journal, key) or "not said"), id=key)
        for key, label in ((LOSS, "A loss, not long ago"), (SEPARATION, "A separation, not long ago")):
            yield Option(_row(label, self._switch(key)), id=key)
        yield Option(_row("On this day", "shown on Today" if wanted(self.journal) else "not shown"), id=ON_THIS_DAY)
        bonds = self.journal.circle.as_of(self.journal.today()).bonds
        for bond in sorted(bonds, key=lambda one: (one.status, one.alter.name.casefold())):
            if bond.status in LEFT_OUT:
                yield Option(_row(LEFT_OUT[bond.status], clean_line(bond.alter.name)), id=f"{PERSON}{bond.alter.id}")
        pack = library(self.journal, self.context.places.config).pack
        for id_ in sorted(put_away_in(self.journal)):
            prompt = pack.prompt(id_)
            text = SLOT.sub("…", prompt.text) if prompt is not None else "a question of a pack that is not here"
            yield Option(_row("Put away", text), id=f"{AGAIN}{id_}")

    def _switch(self, key: str) -> str:
        since = condition_since(self.journal, key)
        if since is None:
            return "not set"
        return f"since {since.day} {since:%B}"

    @on(OptionList.OptionHighlighted)
    def say_what_it_does(self, event: OptionList.OptionHighlighted) -> None:
        key = event.option_id or ""
        since = condition_since(self.journal, key) if key in (LOSS, SEPARATION) else None
        until = f" in {worn_off(key, since):%B %Y}" if since is not None else " after about half a year"
        told = STAYS_OUT if key.startswith(PERSON) else TOLD.get(key, COMES_AGAIN)
        self.query_one("#told", Static).update(told.format(until=until))

    @on(OptionList.OptionSelected)
    def change(self, event: OptionList.OptionSelected) -> None:
        """Turn a switch, open a page, let a question come again, or ask for words."""
        key = event.option_id or ""
        if key in (LOSS, SEPARATION):
            value = None if condition_since(self.journal, key) is not None else self.journal.today().isoformat()
            self._do(lambda: self.journal.choose(key, value))
        elif key == ON_THIS_DAY:
            shown = None if wanted(self.journal) else True
            self._do(lambda: self.journal.choose(key, shown))
        elif key.startswith(PERSON):
            self.post_message(PersonRequested(key.removeprefix(PERSON)))
        elif key.startswith(AGAIN):
            self._do(lambda: take_back(self.journal, key.removeprefix(AGAIN)))
        else:
            known = tuple(COUNTRIES.values()) if key == COUNTRY else ()
            self.ask_line.ask(key, OWN[key].question, said_of(self.journal, key), known)

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        if self._do(lambda: say_of(self.journal, event.about, event.answer)):
            self.stop_asking()

    def _do(self, act_of: Callable[[], object]) -> bool:
        """Do it; what cannot be is said, and stays as it was."""
        try:
            act_of()
        except KinshipError as error:
            self.notify(str(error), severity="warning")
            return False
        return True

    @on(AskLine.Left)
    def stop_asking(self) -> None:
        self.ask_line.put_away()
        self.rows.focus()

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _row(label: str, value: str) -> Content:
    return Content.assemble(fill(label, LABEL), (value, "$dim"))
