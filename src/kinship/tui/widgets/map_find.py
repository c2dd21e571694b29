"""One line to find somebody on the map as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from kinship.tui.keymap import act


class MapFind(Horizontal):
    """Takes letters; the screen says how many were found."""

    DEFAULT_CSS = """
    MapFind { height: 1; padding: 0 2; }
    MapFind #find-word { width: auto; color: $accent; padding: 0 1 0 0; }
    MapFind Input { width: 1fr; }
    MapFind #find-count { width: auto; color: $dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("down,tab", "next_found", "next", tooltip="The next one that was found"),
        act("up,shift+tab", "previous_found", "previous", tooltip="The one before", show=False),
        act("escape", "leave_finding", "leave it", tooltip="Back to where you were"),
    ]

    typed = getters.query_one(Input)
    count = getters.query_one("#find-count", Static)

    @dataclass
    class Typed(Message):
        """Other words stand on the line."""

        words: str

    @dataclass
    class Stepped(Message):
        """The next (1) or the former (-1) of those found is asked for."""

        by: int

    @dataclass
    class Taken(Message):
        """Whoever is in focus is who was meant."""

    @dataclass
    class Left(Message):
        """Nobody was meant; all is as it was."""

    def compose(self) -> ComposeResult:
        yield Static("find", id="find-word", markup=False)
        yield Input(placeholder="a name, or family, work, …", compact=True)
        yield Static("", id="find-count", markup=False)

    def begin(self) -> None:
        """Take the first letter."""
        self.typed.value = ""
        self.count.update("")
        self.typed.focus()

    def say(self, words: str) -> None:
        """Say how many were found."""
        self.count.update(words)

    @on(Input.Changed)
    def tell_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def tell_taken(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Taken())

    def action_next_found(self) -> None:
        self.post_message(self.Stepped(1))

    def action_previous_found(self) -> None:
        self.post_message(self.Stepped(-1))

    def action_leave_finding(self) -> None:
        self.post_message(self.Left())
