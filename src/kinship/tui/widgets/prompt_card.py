"""The question of the day: its topic, its words, and three keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from kinship.tui.keymap import act
from kinship.tui.navigation import Question

KEYS = Content.assemble(
    ("enter", "$accent"),
    (" write    ", "$dim"),
    ("n", "$accent"),
    (" another    ", "$dim"),
    ("x", "$accent"),
    (" not for me", "$dim"),
)


@dataclass(frozen=True)
class Shown:
    """What stands on the card: the question, the title of its topic, and a second thought."""

    question: Question
    topic_title: str
    follow_up: str = ""


class PromptCard(Widget, can_focus=True):
    """Shows a question; enter answers it, n asks for another."""

    DEFAULT_CSS = """
    PromptCard { height: auto; width: 100%; }
    PromptCard #topic { color: $accent; text-style: bold; }
    PromptCard #question { height: auto; border-left: vkey $rule; padding: 0 0 0 1; color: $ink; }
    PromptCard:focus #question { border-left: outer $accent; }
    PromptCard #keys { height: 1; padding: 0 2; }
    PromptCard.-empty #keys { display: none; }
    """
    BINDINGS = [
        act("enter", "answer", "write", tooltip="Write a page that answers the question", show=False),
        act("n", "another", "another", tooltip="Another question", show=False),
        act("x", "put_away", "not for me", tooltip="Never ask this again; settings bring it back", show=False),
    ]

    @dataclass
    class Answered(Message):
        """The person wants to write about this question."""

        question: Question

    class Turned(Message):
        """The person wants another question."""

    @dataclass
    class PutAway(Message):
        """The person does not want to be asked this any more."""

        question: Question

    shown: var[Shown | None] = var(None, init=False)
    topic = getters.query_one("#topic", Static)
    question = getters.query_one("#question", Static)

    def compose(self) -> ComposeResult:
        yield Static("", id="topic", markup=False)
        yield Static("", id="question", markup=False)
        yield Static(KEYS, id="keys")

    def on_mount(self) -> None:
        self.add_class("-empty")

    def watch_shown(self, shown: Shown | None) -> None:
        self.set_class(shown is None, "-empty")
        if shown is not None:
            self.topic.update(shown.topic_title)
            words = [Content(shown.question.text)]
            words += [Content.styled(shown.follow_up, "$dim")] if shown.follow_up else []
            self.question.update(Content("\n").join(words))

    def action_answer(self) -> None:
        if self.shown is not None:
            self.post_message(self.Answered(self.shown.question))

    def action_another(self) -> None:
        self.post_message(self.Turned())

    def action_put_away(self) -> None:
        if self.shown is not None:
            self.post_message(self.PutAway(self.shown.question))

    def on_click(self) -> None:
        self.action_answer()
