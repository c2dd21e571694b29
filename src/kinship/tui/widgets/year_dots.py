"""A year as dots, a column for each week: one walks by day, week, month and year, or points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.journal.year import WEEK, Days, Grid, month_after
from kinship.tui.keymap import act

SIGNS = {"unicode": "·•●", "ascii": ".oO"}
"""A day without a page, with one, and with more."""
LABEL, SHORT_LABEL = 4, 2
"""Columns of the names of the weekdays."""
ROOMY = 2
"""Columns of a week where there is room for them."""


class YearDots(Widget, can_focus=True):
    """The days of a year; `Walked` tells of another day, `Chosen` of the one to open."""

    DEFAULT_CSS = """
    YearDots { height: 8; width: 100%; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        act("enter", "choose", "open", tooltip="Open the pages of this day"),
        act("right,l", "week_on", "week on", tooltip="A week on", show=False),
        act("left,h", "week_back", "week back", tooltip="A week back", show=False),
        act("down,j", "day_on", "day on", tooltip="A day on", show=False),
        act("up,k", "day_back", "day back", tooltip="A day back", show=False),
        act("right_square_bracket,pagedown", "month_on", "month", tooltip="A month on"),
        act("left_square_bracket,pageup", "month_back", "month back", tooltip="A month back", show=False),
        act("n", "year_on", "year on", tooltip="The year after", show=False),
        act("p", "year_back", "year", tooltip="The year before"),
        act("g,home", "first", "first", tooltip="The first day of the year that has a page", show=False),
        act("G,end", "last", "last", tooltip="The last day of the year that has a page", show=False),
    ]

    @dataclass
    class Walked(Message):
        """One is at another day, maybe of another year."""

        day: dt.date

    @dataclass
    class Chosen(Message):
        """The pages of this day are to be opened."""

        day: dt.date

    day: reactive[dt.date] = reactive(dt.date.min, init=False)

    def __init__(self, day: dt.date, today: Callable[[], dt.date], *, week_start: int, glyphs: str) -> None:
        super().__init__()
        self._today = today
        self._week_start = week_start
        self._signs = SIGNS[glyphs]
        self.days: Days = {}
        self.set_reactive(YearDots.day, day)

    @property
    def grid(self) -> Grid:
        return Grid(self.day.year, self._week_start)

    def show(self, days: Days) -> None:
        """Show which days have how many pages."""
        self.days = days
        self.refresh()

    def watch_day(self) -> None:
        self.post_message(self.Walked(self.day))

    # What is drawn.

    @property
    def _step(self) -> int:
        return ROOMY if self.size.width >= LABEL + ROOMY * self.grid.weeks else 1

    @property
    def _lead(self) -> int:
        return LABEL if self.size.width >= LABEL + self._step * self.grid.weeks else SHORT_LABEL

    def render(self) -> Content:
        grid, step, lead = self.grid, self._step, self._lead
        months = [" "] * (lead + step * grid.weeks + LABEL)
        for column, name in grid.months():
            at = lead + column * step
            months[at : at + len(name)] = name
        lines = [Content.styled("".join(months).rstrip(), "$dim")]
        for row, name in enumerate(grid.weekdays()):
            parts: list[tuple[str, str]] = [(f"{name[: lead - 1]:<{lead}}", "$dim")]
            for column in range(grid.weeks):
                parts.append(self._dot(grid.day_at(column, row)))
                parts.append((" " * (step - 1), ""))
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)

    def _dot(self, day: dt.date | None) -> tuple[str, str]:
        if day is None:
            return " ", ""
        count = min(len(self.days.get(day, ())), 2)
        style = ("$dim", "$accent", "bold $accent")[count]
        sign = self._signs[count] if count or day <= self._today() else " "
        if day == self.day:
            style = f"{style} reverse" if self.has_focus else f"{style} underline"
        return sign, style

    # What is done.

    def _go(self, day: dt.date) -> None:
        self.day = day

    def _by_days(self, days: int) -> None:
        number = min(max(self.day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
        self._go(dt.date.fromordinal(number))

    def on_click(self, event: events.Click) -> None:
        """Be at the day under the mouse; a click where one is opens it."""
        column, row = (event.x - self._lead) // self._step, event.y - 1
        day = self.grid.day_at(column, row) if event.x >= self._lead else None
        if day is not None:
            if day == self.day:
                self.action_choose()
            self._go(day)

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self.day))

    def action_day_on(self) -> None:
        self._by_days(1)

    def action_day_back(self) -> None:
        self._by_days(-1)

    def action_week_on(self) -> None:
        self._by_days(WEEK)

    def action_week_back(self) -> None:
        self._by_days(-WEEK)

    def action_month_on(self) -> None:
        self._go(month_after(self.day, 1))

    def action_month_back(self) -> None:
        self._go(month_after(self.day, -1))

    def action_year_on(self) -> None:
        self._go(month_after(self.day, 12))

    def action_year_back(self) -> None:
        self._go(month_after(self.day, -12))

    def action_first(self) -> None:
        self._go(min(self.days, default=self.grid.first))

    def action_last(self) -> None:
        self._go(max(self.days, default=min(self.grid.last, max(self._today(), self.grid.first))))
