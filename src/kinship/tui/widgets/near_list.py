"""What is near as a list: enter opens what can be done with a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.ground.width import cells, shorten
from kinship.tui.keymap import act
from kinship.tui.near import Near, when

LEAST_WIDTH = 30
"""Columns taken before the size is known."""


class NearList(OptionList):
    """Small steps, visits, birthdays: at most three rows, the rest by scrolling."""

    DEFAULT_CSS = """
    NearList { height: auto; max-height: 3; background: $paper; border: none; padding: 0; text-wrap: nowrap; }
    NearList { scrollbar-size-vertical: 0; }
    NearList:focus { border: none; background-tint: $paper 0%; }
    NearList > .option-list--option { padding: 0; }
    NearList > .option-list--option-highlighted { background: $paper; color: $ink; text-style: none; }
    NearList:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: none; }
    NearList:focus:ansi > .option-list--option-highlighted { text-style: bold underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
    ]

    @dataclass
    class Opened(Message):
        """Somebody wants to do something with this."""

        near: Near

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._shown: tuple[Near, ...] = ()
        self._today = dt.date.min

    def show(self, found: Iterable[Near], today: dt.date) -> None:
        """Show these, staying on the line that was highlighted."""
        self._shown, self._today = tuple(found), today
        self._fill()

    def _fill(self) -> None:
        at = self.highlighted
        width = max(self.content_region.width, LEAST_WIDTH)
        self.set_options([Option(_line(one, self._today, width)) for one in self._shown])
        if at is not None and self._shown:
            self.highlighted = min(at, len(self._shown) - 1)

    def on_focus(self) -> None:
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def on_resize(self) -> None:
        self._fill()

    @on(OptionList.OptionSelected)
    def open_line(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self._shown[event.option_index]))


def _line(one: Near, today: dt.date, width: int) -> Content:
    said = when(one.day, today)
    tail = f" · {said}" if said else ""
    return Content.assemble((f"{one.sign} ", "$accent"), shorten(one.words, width - cells(tail) - 2), (tail, "$dim"))
