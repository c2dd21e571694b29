"""A small form for somebody new on the map: name, what they are, ring, circle word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from kinship.circle.layout import USUAL_SECTORS
from kinship.journal.model import AlterKind, Ring
from kinship.privacy.text import clean_line
from kinship.tui.keymap import act
from kinship.tui.widgets.pick_one import PickOne

KINDS = tuple((kind.value, kind.value) for kind in AlterKind)
RINGS = (*((ring.value, ring.value) for ring in Ring), ("", "not yet"))


class AddPerson(Vertical):
    """Enter adds from any field; esc puts the form away."""

    DEFAULT_CSS = """
    AddPerson { height: auto; border-top: solid $rule; padding: 0 2; }
    AddPerson Horizontal { height: 1; }
    AddPerson .about { width: 9; color: $dim; }
    AddPerson Input { width: 1fr; max-width: 40; }
    AddPerson #hint { color: $dim; }
    AddPerson #hint.-wrong { color: $bad; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "put_away", "put away", tooltip="Put the form away; nobody is added"),
    ]
    HINT = "enter adds · tab goes on · esc puts it away"

    name_field = getters.query_one("#name", Input)
    kind_field = getters.query_one("#kind", PickOne)
    ring_field = getters.query_one("#ring", PickOne)
    sector_field = getters.query_one("#sector", Input)
    hint = getters.query_one("#hint", Static)

    @dataclass
    class Given(Message):
        """Somebody is to be added."""

        name: str
        kind: AlterKind
        ring: Ring | None
        sector: str | None

    @dataclass
    class PutAway(Message):
        """The form is no longer wanted."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("name", classes="about")
            yield Input(placeholder="who or what holds you", id="name")
        with Horizontal():
            yield Static("is a", classes="about")
            yield PickOne(KINDS, id="kind")
        with Horizontal():
            yield Static("ring", classes="about")
            yield PickOne(RINGS, "", id="ring")
        with Horizontal():
            yield Static("circle", classes="about")
            yield Input(placeholder="family, friends, work … your own word", id="sector")
        yield Static(self.HINT, id="hint", markup=False)

    def begin(self, sectors: Iterable[str]) -> None:
        """Start empty, with the circle words in use as suggestions."""
        words = dict.fromkeys([*sectors, *USUAL_SECTORS])
        self.sector_field.suggester = SuggestFromList(words, case_sensitive=False)
        self.name_field.value = self.sector_field.value = ""
        self.kind_field.picked, self.ring_field.picked = 0, len(RINGS) - 1
        self.say(self.HINT)
        self.name_field.focus()

    def say(self, text: str, *, wrong: bool = False) -> None:
        self.hint.set_class(wrong, "-wrong")
        self.hint.update(text)

    def action_put_away(self) -> None:
        self.post_message(self.PutAway())

    @on(PickOne.Taken, "#kind")
    def go_to_ring(self) -> None:
        self.ring_field.focus()

    @on(PickOne.Taken, "#ring")
    def go_to_sector(self) -> None:
        self.sector_field.focus()

    @on(Input.Submitted)
    def give(self, event: Input.Submitted) -> None:
        event.stop()
        name, sector = clean_line(self.name_field.value), clean_line(self.sector_field.value)
        if not name:
            self.say("A name is needed; any word you know them by will do.", wrong=True)
            self.name_field.focus()
            return
        ring = Ring(self.ring_field.value) if self.ring_field.value else None
        self.post_message(self.Given(name, AlterKind(self.kind_field.value), ring, sector or None))
