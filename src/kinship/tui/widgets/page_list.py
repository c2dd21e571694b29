"""A list of pages, one line each: the day, the title, who is on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.ground.width import cells, fill, shorten
from kinship.tui.keymap import act
from kinship.tui.navigation import PageRequested

DAY_WIDTH = 8
LEAST_FOR_PEOPLE = 40
"""Columns from which the names stand beside the title."""


@dataclass(frozen=True)
class PageLine:
    """What is shown of a page."""

    id: str
    day: dt.date
    title: str
    people: tuple[str, ...] = ()


def day_label(day: dt.date, today: dt.date) -> str:
    """Return a day in at most seven columns, the nearer the plainer: "Fri 20", "3 Oct", "Oct '25"."""
    if day == today:
        return "today"
    if 0 < (today - day).days < 7:  # noqa: PLR2004 - a week
        return f"{day:%a} {day.day}"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b} '{day:%y}"


class PageList(OptionList):
    """Pages to choose from; `PageRequested` asks for the chosen one."""

    DEFAULT_CSS = """
    PageList { height: auto; background: $paper; border: none; padding: 0; }
    PageList { scrollbar-size-vertical: 1; text-wrap: nowrap; }
    PageList:focus { border: none; background-tint: $paper 0%; }
    PageList > .option-list--option { padding: 0; }
    PageList > .option-list--option-highlighted { background: $paper; color: $ink; text-style: none; }
    PageList:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: none; }
    PageList:focus:ansi > .option-list--option-highlighted { text-style: bold underline; }
    """
    BINDINGS = [
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
    ]

    def __init__(self, today: Callable[[], dt.date], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._today = today
        self._shown: tuple[PageLine, ...] = ()

    @property
    def lines(self) -> tuple[PageLine, ...]:
        return self._shown

    def show(self, lines: Iterable[PageLine]) -> None:
        """Show these pages, staying on the page that was highlighted."""
        self._shown = tuple(lines)
        self._fill()

    def on_focus(self) -> None:
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        at = self.highlighted
        was = self.get_option_at_index(at).id if at is not None and at < self.option_count else None
        width = max(self.content_region.width - self.styles.scrollbar_size_vertical, 12)
        self.set_options([Option(self._row(line, width), id=line.id) for line in self._shown])
        ids = [line.id for line in self._shown]
        if was in ids:
            self.highlighted = ids.index(was)

    def _row(self, line: PageLine, width: int) -> Content:
        names = " ".join(f"@{name}" for name in line.people) if width >= LEAST_FOR_PEOPLE else ""
        names = shorten(names, width // 3)
        room = width - DAY_WIDTH - (cells(names) + 2 if names else 0)
        title = fill(line.title or "without words", max(room, 4))
        parts = [(fill(day_label(line.day, self._today()), DAY_WIDTH), "$dim"), (title, "")]
        return Content.assemble(*parts, *([("  " + names, "$dim")] if names else []))

    @on(OptionList.OptionSelected)
    def ask_for_page(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is not None:
            self.post_message(PageRequested(event.option.id))
