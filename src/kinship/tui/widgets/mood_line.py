"""How are you, on one line: a slider that stays out of the way until its key is pressed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.tui.keymap import act

MOST = 10
ROOMY = 60
"""Columns from which the hint is a whole sentence."""
MIDDLE = 5
WORDS = (
    "very low", "very low", "low", "low", "a bit low",
    "so-so",
    "all right", "quite good", "good", "very good", "very good",
)  # fmt: skip
"""What each step from 0 to 10 is called."""


class MoodLine(Widget, can_focus=True):
    """A line from 0 to 10; arrows or digits move, enter keeps, esc lets it be."""

    DEFAULT_CSS = """
    MoodLine { height: 1; width: 100%; }
    """
    BINDINGS = [
        act("left,h", "lower", "lower", show=False),
        act("right,l", "higher", "higher", show=False),
        act("enter", "keep", "keep", tooltip="Keep how you are", show=False),
        act("escape", "let_be", "let it be", tooltip="Say nothing about today", show=False),
    ]

    @dataclass
    class Kept(Message):
        """The person said how they are, from 0 (very low) to 10 (very good)."""

        mood: int

    class LetBe(Message):
        """The person rather says nothing."""

    mood: reactive[int | None] = reactive(None)
    """What is kept for today, None where nothing was said."""
    at: reactive[int] = reactive(MIDDLE)
    """Where the slider stands while it is moved."""

    def render(self) -> Content:
        at = self.at if self.has_focus else self.mood
        track = "".join("●" if at is not None and step == 2 * at else "─" for step in range(2 * MOST + 1))
        word = f"  {WORDS[at]:<11}" if at is not None else "  "
        hint = "m change" if at is not None else "m say it, or leave it" if self.size.width >= ROOMY else "m say it"
        hint = "← → · enter keeps" if self.has_focus else hint
        line = "$accent" if self.has_focus else "$dim"
        return Content.assemble(("How are you?   ", "$ink"), (track, line), (word, "$ink"), (hint, "$dim"))

    def on_focus(self) -> None:
        self.at = MIDDLE if self.mood is None else self.mood

    def on_key(self, event: Key) -> None:
        if event.character is not None and event.character.isdecimal() and event.character.isascii():
            self.at = int(event.character)
            event.stop()

    def action_lower(self) -> None:
        self.at = max(0, self.at - 1)

    def action_higher(self) -> None:
        self.at = min(MOST, self.at + 1)

    def action_keep(self) -> None:
        self.mood = self.at
        self.post_message(self.Kept(self.at))

    def action_let_be(self) -> None:
        self.post_message(self.LetBe())
