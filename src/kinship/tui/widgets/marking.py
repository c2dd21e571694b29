"""Keys of what is marked sign by sign: arrows go from one sign to the next, space marks."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kinship.tui.keymap import act


class Marking(Widget, can_focus=True):
    """Signs in rows, one of them under the cursor while the widget has the focus."""

    DEFAULT_CSS = """
    Marking { height: auto; width: 1fr; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left", "sign_left", "left", tooltip="To the sign before", show=False),
        act("right", "sign_right", "right", tooltip="To the sign after", show=False),
        act("up", "sign_up", "up", tooltip="To the line above", show=False),
        act("down", "sign_down", "down", tooltip="To the line below", show=False),
        act("space", "mark_sign", "mark", tooltip="Mark this, or take the mark back", show=False),
    ]

    @abstractmethod
    def go(self, across: int, down: int) -> None:
        """Move the cursor so many signs to the right, or so many lines down."""

    @abstractmethod
    def action_mark_sign(self) -> None:
        """Mark what is under the cursor, or take the mark back."""

    def action_sign_left(self) -> None:
        self.go(-1, 0)

    def action_sign_right(self) -> None:
        self.go(1, 0)

    def action_sign_up(self) -> None:
        self.go(0, -1)

    def action_sign_down(self) -> None:
        self.go(0, 1)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class Weighing(Marking):
    """Signs that are also said to be more or less than usual; the letters of vi move as arrows do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("k", "sign_up", "up", tooltip="To the line above", show=False),
        act("j", "sign_down", "down", tooltip="To the line below", show=False),
        act("plus,equals_sign", "weigh_more", "more", tooltip="It is more than usual", show=False),
        act("minus", "weigh_less", "less", tooltip="It is less than usual", show=False),
    ]

    @abstractmethod
    def weigh(self, step: int) -> None:
        """Say of what is under the cursor that it is more (1), or less (-1)."""

    def action_weigh_more(self) -> None:
        self.weigh(1)

    def action_weigh_less(self) -> None:
        self.weigh(-1)
