"""A line to look for words in the page: enter and the arrows go from place to place, esc back to where one was."""

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


class FindLine(Input):
    """Where the words are typed; the arrows go on and back, whatever the field would do with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("down,f4", "next_place", "next", tooltip="The next place where the words stand"),
        act("up,shift+enter,shift+f4", "place_before", "before", tooltip="The place before"),
    ]

    @dataclass
    class Stepped(Message):
        """So many places on; negative goes back."""

        step: int

    def action_next_place(self) -> None:
        self.post_message(self.Stepped(1))

    def action_place_before(self) -> None:
        self.post_message(self.Stepped(-1))


class FindBar(Horizontal):
    """Asks for words; what is found is shown by whoever holds the page."""

    DEFAULT_CSS = """
    FindBar { display: none; height: 1; }
    FindBar.-open { display: block; }
    FindBar #looked { width: auto; color: $dim; padding: 0 1 0 0; }
    FindBar Input { width: 1fr; height: 1; border: none; padding: 0; background: $raised; color: $ink; }
    FindBar Input:focus { border: none; }
    FindBar #found { width: auto; min-width: 12; color: $dim; padding: 0 1; text-align: right; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("tab", "stay", "stay there", tooltip="Go on where the words were found"),
        act("escape,ctrl+f", "leave_finding", "back where you were", tooltip="Back to where you were"),
    ]

    @dataclass
    class Asked(Message):
        """Other words are looked for."""

        words: str

    @dataclass
    class Left(Message):
        """Finding is over; `stay` where the last place is."""

        stay: bool

    typed = getters.query_one(Input)

    def compose(self) -> ComposeResult:
        yield Static("find", id="looked")
        yield FindLine(select_on_focus=True, id="find-words")
        yield Static("", id="found", markup=False)

    def open(self) -> None:
        """Ask; what was looked for last stands there to be looked for again or typed over."""
        self.add_class("-open")
        self.typed.focus()
        self.post_message(self.Asked(self.typed.value))

    def close(self) -> None:
        self.remove_class("-open")

    def tell(self, at: int, found: int) -> None:
        """Say which of how many places one is at."""
        words = "nowhere" if self.typed.value.strip() else ""
        self.query_one("#found", Static).update(f"{at + 1} of {found}" if found else words)

    @on(Input.Changed)
    def ask(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Asked(event.value))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(FindLine.Stepped(1))

    def action_stay(self) -> None:
        self.post_message(self.Left(stay=True))

    def action_leave_finding(self) -> None:
        self.post_message(self.Left(stay=False))
