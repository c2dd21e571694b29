"""A line from 0 to 10 with words at its ends: arrows or digits move, enter goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.tui.keymap import act

MOST = 10
MIDDLE = 5
STEP = 2
"""Cells from one point to the next."""


class ScaleLine(Widget, can_focus=True):
    """`at` is where the sign stands, None until the person moved it or went on."""

    DEFAULT_CSS = """
    ScaleLine { height: 2; width: 1fr; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "scale_lower", "lower", tooltip="One less", show=False),
        act("right,l", "scale_higher", "higher", tooltip="One more", show=False),
        act("enter", "scale_done", "go on", tooltip="Go on with this point", show=False),
    ]

    at: reactive[int | None] = reactive(None)

    @dataclass
    class Changed(Message):
        """The sign was moved."""

        line: ScaleLine

    @dataclass
    class Done(Message):
        """The person goes on."""

        line: ScaleLine

    def __init__(self, low: str, mid: str, high: str, at: int | None = None) -> None:
        super().__init__()
        self.words = (low, mid, high)
        self._typed_one = False
        self.set_reactive(ScaleLine.at, at)

    def render(self) -> Content:
        track = ["─"] * (STEP * MOST + 1)
        if self.at is not None:
            track[STEP * self.at] = "●"
        low, mid, high = self.words
        line = "$accent" if self.has_focus else "$dim"
        told = f"   {self.at}" if self.at is not None else f"   {mid}: {MIDDLE}"
        under = (
            f"{low:<{STEP * MOST + 1 - len(high)}}{high}" if len(low) + len(high) < STEP * MOST else f"{low} … {high}"
        )
        return Content.assemble(
            ("".join(track), line), (told, "$ink" if self.at is not None else "$dim"), "\n", (under, "$dim")
        )

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _go(self, at: int) -> None:
        self.at = max(0, min(MOST, at))
        self.post_message(self.Changed(self))

    def action_scale_lower(self) -> None:
        self._go((MIDDLE if self.at is None else self.at) - 1)

    def action_scale_higher(self) -> None:
        self._go((MIDDLE if self.at is None else self.at) + 1)

    def action_scale_done(self) -> None:
        self.post_message(self.Done(self))

    def on_key(self, event: events.Key) -> None:
        """A digit is a point; 1 and then 0 is ten."""
        if event.character is None or event.character not in "0123456789":
            self._typed_one = False
            return
        event.stop()
        ten = self._typed_one and event.character == "0"
        self._typed_one = event.character == "1"
        self._go(MOST if ten else int(event.character))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y == 0 and offset.x <= STEP * MOST:
            self._go(round(offset.x / STEP))
