"""What happened with somebody, newest first, each with the page behind it; then the pages that only name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.ground.width import fill, shorten
from kinship.privacy.text import visible
from kinship.tui.keymap import act
from kinship.tui.navigation import PageRequested
from kinship.tui.widgets.page_list import day_label

DAY = 9
WORDS = 24


class MomentLine(NamedTuple):
    """One line: the day, what happened (empty where a page only names them), the page behind it where there is one."""

    day: dt.date
    words: str
    kind: str
    """A kind, for the colour."""
    moment: str | None
    entry: str | None
    title: str


class MomentList(OptionList):
    """Enter opens the page behind a line; x takes a mark back."""

    DEFAULT_CSS = """
    MomentList {
        height: 1fr; background: $paper; border: none; padding: 0;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    MomentList:focus { border: none; background-tint: $paper 0%; }
    MomentList > .option-list--option { padding: 0; }
    MomentList > .option-list--option-highlighted { background: $paper; color: $ink; text-style: none; }
    MomentList:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: bold; }
    MomentList:focus:ansi > .option-list--option-highlighted { text-style: bold underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
        act("x", "forget", "take the mark back", tooltip="Take this mark back; the page stays", show=False),
    ]

    @dataclass
    class Forgotten(Message):
        """A mark is to be taken back."""

        moment: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, compact=True, markup=False)
        self._told: tuple[MomentLine, ...] = ()
        self._today = dt.date.min

    def show(self, lines: Iterable[MomentLine], today: dt.date) -> None:
        """List these lines, staying about where the highlight was."""
        self._told, self._today = tuple(lines), today
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        width, at = self.scrollable_content_region.width, self.highlighted
        self.set_options([Option(self._row(line, width)) for line in self._told])
        if self._told:
            self.highlighted = min(at or 0, len(self._told) - 1)

    def _row(self, line: MomentLine, width: int) -> Content:
        if line.moment is None and line.entry is None:
            told = shorten(visible(line.title), max(0, width - DAY))
            return Content.assemble((fill(day_label(line.day, self._today), DAY), "$dim"), told)
        words = min(WORDS, max(8, width // 3))
        return Content.assemble(
            (fill(day_label(line.day, self._today), DAY), "$dim"),
            (fill(shorten(line.words or "named", words - 1), words), f"${line.kind}" if line.kind else "$dim"),
            shorten(visible(line.title), max(0, width - DAY - words)),
        )

    def action_forget(self) -> None:
        if self.highlighted is not None and (moment := self._told[self.highlighted].moment) is not None:
            self.post_message(self.Forgotten(moment))

    @on(OptionList.OptionSelected)
    def open_page(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self._told[event.option_index].entry
        if entry is not None:
            self.post_message(PageRequested(entry))
