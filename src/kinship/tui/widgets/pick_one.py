"""One of a few words: arrows or digits choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.ground.width import cells
from kinship.tui.keymap import act

GAPS = (3, 2, 1)
"""Cells between two words: the widest that has room."""
DIGITS = 9
"""How many words have a digit; the arrows reach the rest."""


class PickOne(Widget, can_focus=True):
    """`options` are pairs of a value and its word; `picked` is the index of the one that holds."""

    DEFAULT_CSS = """
    PickOne { height: auto; width: 1fr; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "earlier", "earlier", tooltip="The word before", show=False),
        act("right,l,space", "later", "later", tooltip="The word after", show=False),
        act("enter", "take", "take", tooltip="Take this word", show=False),
    ]

    picked: reactive[int] = reactive(0)

    @dataclass
    class Taken(Message):
        """A word was chosen: by enter, a digit or a click."""

        picker: PickOne
        value: str

        @property
        def control(self) -> PickOne:
            return self.picker

    def __init__(self, options: Sequence[tuple[str, str]], picked: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.options = tuple(options)
        self.set_reactive(PickOne.picked, self._index(picked))

    @property
    def value(self) -> str:
        return self.options[self.picked][0]

    def offer(self, options: Sequence[tuple[str, str]], picked: str) -> None:
        """Show other words."""
        self.options = tuple(options)
        self.picked = self._index(picked)
        self.refresh(layout=True)

    def _index(self, value: str) -> int:
        return next((at for at, (one, _) in enumerate(self.options) if one == value), 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - shape of the hook
        return max(1, len(self._rows(width)))

    def render(self) -> Content:
        width = self.size.width
        gap = " " * self._gap(width)
        return Content("\n").join(Content(gap).join(map(self._shown, row)) for row in self._rows(width))

    def _shown(self, at: int) -> Content:
        style = ("bold $accent" if self.has_focus else "bold") if at == self.picked else "$dim"
        sign = str(at + 1) if at < DIGITS else "·"
        return Content.assemble((f"{sign} ", "$dim"), (self.options[at][1], style))

    def _gap(self, width: int) -> int:
        taken = sum(2 + cells(word) for _, word in self.options)
        return next((gap for gap in GAPS if taken + gap * (len(self.options) - 1) <= width), GAPS[0])

    def _rows(self, width: int) -> list[list[int]]:
        """Return the words of each line; what has no room on one goes on below."""
        rows: list[list[int]] = [[]]
        gap, used = self._gap(width), 0
        for at, (_, word) in enumerate(self.options):
            if rows[-1] and used + 2 + cells(word) > width:
                rows.append([])
                used = 0
            rows[-1].append(at)
            used += 2 + cells(word) + gap
        return rows

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_earlier(self) -> None:
        self.picked = (self.picked - 1) % len(self.options)

    def action_later(self) -> None:
        self.picked = (self.picked + 1) % len(self.options)

    def action_take(self) -> None:
        self.post_message(self.Taken(self, self.value))

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character in "123456789":
            index = int(event.character) - 1
            if index < len(self.options):
                event.stop()
                self.picked = index
                self.action_take()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        rows = self._rows(self.size.width)
        if offset is None or offset.y >= len(rows):
            return
        start = 0
        for at in rows[offset.y]:
            end = start + 2 + cells(self.options[at][1])
            if start <= offset.x < end:
                self.picked = at
                self.action_take()
                return
            start = end + self._gap(self.size.width)
