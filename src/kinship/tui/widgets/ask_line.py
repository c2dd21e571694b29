"""One question on one line at the foot of a screen: a word to choose or a few words to type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from kinship.tui.keymap import act
from kinship.tui.widgets.pick_one import PickOne


class AskLine(Horizontal):
    """Asks for one thing at a time; the `about` of a question comes back with its answer."""

    DEFAULT_CSS = """
    AskLine { display: none; height: auto; border-top: solid $rule; padding: 0 2; }
    AskLine.-asking { display: block; }
    AskLine #asked { width: auto; color: $dim; padding: 0 2 0 0; }
    AskLine Input { width: 1fr; }
    AskLine PickOne { display: none; }
    AskLine.-words Input { display: none; }
    AskLine.-words PickOne { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "leave_asking", "leave it", tooltip="Leave it as it is"),
    ]

    asked = getters.query_one("#asked", Static)
    typed = getters.query_one(Input)
    words = getters.query_one(PickOne)

    @dataclass
    class Answered(Message):
        """The answer: a value of the offered ones, or what was typed."""

        about: str
        answer: str

    @dataclass
    class Left(Message):
        """No answer; all stays as it is."""

    about = ""

    def compose(self) -> ComposeResult:
        yield Static("", id="asked", markup=False)
        yield Input(select_on_focus=False)
        yield PickOne((("", ""),))

    @property
    def asking(self) -> bool:
        return self.has_class("-asking")

    def offer(self, about: str, question: str, options: Sequence[tuple[str, str]], picked: str) -> None:
        """Ask for one of a few words."""
        self._ask(about, question, words=True)
        self.words.offer(options, picked)
        self.words.focus()

    def ask(self, about: str, question: str, value: str, suggestions: Sequence[str] = ()) -> None:
        """Ask for words to be typed."""
        self._ask(about, question, words=False)
        self.typed.suggester = SuggestFromList(suggestions, case_sensitive=False) if suggestions else None
        self.typed.value = value
        self.typed.cursor_position = len(value)
        self.typed.focus()

    def _ask(self, about: str, question: str, *, words: bool) -> None:
        self.about = about
        self.asked.update(question)
        self.set_class(words, "-words")
        self.add_class("-asking")

    def put_away(self) -> None:
        """Ask nothing any more."""
        self.remove_class("-asking")

    @on(PickOne.Taken)
    def answer_with_word(self, event: PickOne.Taken) -> None:
        event.stop()
        self.post_message(self.Answered(self.about, event.value))

    @on(Input.Submitted)
    def answer_with_text(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(self.about, event.value))

    def action_leave_asking(self) -> None:
        self.post_message(self.Left())
