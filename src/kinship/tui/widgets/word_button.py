"""A word that can be pressed: reached by tab, pressed by enter or the mouse."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.tui.keymap import act


class WordButton(Widget, can_focus=True):
    """A button of one line; lighter than Textual's, which brings colours of its own."""

    DEFAULT_CSS = """
    WordButton { width: auto; height: 1; padding: 0 2; background: $raised; color: $ink; }
    WordButton:hover { background: $rule; }
    WordButton:focus { background: $accent; color: $paper; }
    WordButton:focus:ansi { text-style: reverse; }
    """
    ALLOW_SELECT = False
    BINDINGS = [act("enter,space", "press", "press", tooltip="What the word says", show=False)]

    class Pressed(Message):
        """The word was pressed."""

        def __init__(self, button: WordButton) -> None:
            super().__init__()
            self.button = button

        @property
        def control(self) -> WordButton:
            return self.button

    words: reactive[str] = reactive("", layout=True)

    def __init__(self, words: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.set_reactive(WordButton.words, words)

    def render(self) -> Content:
        return Content(self.words)

    def action_press(self) -> None:
        self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        self.action_press()
