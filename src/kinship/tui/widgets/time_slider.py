"""A line through the years: bars where something changed, a knob on the day that is shown."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.circle.rhythm import ASCII_BARS, BARS, months_from
from kinship.ground.width import cells
from kinship.tui.keymap import act

LEAST = 8
"""Cells that the line needs at least; with fewer, the years at its ends are left out."""


class TimeSlider(Widget):
    """Days from `first` to `last` on one line; `day` is where the knob stands."""

    DEFAULT_CSS = """
    TimeSlider { height: 1; color: $dim; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("left,h", "month_back", "month", tooltip="A month back"), key_display="← →"),
        act("right,l", "month_on", "month on", tooltip="A month on", show=False),
        replace(
            act("shift+left,pageup,H", "year_back", "year", tooltip="A year back; page up where shift does not arrive"),
            key_display="shift",
        ),
        act("shift+right,pagedown,L", "year_on", "year on", tooltip="A year on; page down as well", show=False),
        replace(
            act("down,j", "change_back", "change", tooltip="To the day before on which something changed"),
            key_display="↓ ↑",
        ),
        act("up,k", "change_on", "next change", tooltip="To the next day on which something changed", show=False),
        act("home,g", "first_day", "first day", tooltip="To the first day", show=False),
        act("end,G", "last_day", "last day", tooltip="To the last day", show=False),
        act("tab,shift+tab,enter", "leave_slider", "map", tooltip="Back to the map; the day stays"),
        act("escape", "leave_time", "today", tooltip="Back to today"),
    ]

    day: reactive[dt.date] = reactive(dt.date.max)

    @dataclass
    class Changed(Message):
        """Another day is to be shown."""

        day: dt.date

    @dataclass
    class Left(Message):
        """The keys go back to the map."""

    @dataclass
    class Ended(Message):
        """Back to today."""

    can_focus = True

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._bars = ASCII_BARS if plain else BARS
        self._knob = "O" if plain else "●"
        self._days: Sequence[dt.date] = ()
        self._first = self._last = dt.date.max
        self._dragging = False

    def show(self, days: Sequence[dt.date], last: dt.date, day: dt.date) -> None:
        """Take the days on which something changed, in order; the line ends at `last`."""
        self._days = [one for one in days if one <= last]
        self._first, self._last = (self._days[0] if self._days else last), last
        self.day = self._within(day)
        self.refresh()

    def _within(self, day: dt.date) -> dt.date:
        return min(self._last, max(self._first, day))

    def go(self, day: dt.date) -> None:
        """Move the knob, no further than the line goes, and say so."""
        day = self._within(day)
        if day != self.day:
            self.day = day
            self.post_message(self.Changed(day))

    # The line.

    def render(self) -> Content:
        start, room, end = self._parts()
        track = self._track(room)
        at = self._column(self.day, room)
        knob = "$paper on $accent" if self.has_focus else "bold $accent"
        return Content.assemble(start, track[:at], (self._knob, knob), track[at + 1 :], end)

    def _parts(self) -> tuple[str, int, str]:
        """Return what stands before the line, its cells, and what stands after it."""
        width = self.size.width
        start, end = f"{self._first.year} ", f" {self._last.year}"
        if width - cells(start + end) < LEAST:
            return "", max(1, width), ""
        return start, width - cells(start + end), end

    def _track(self, room: int) -> str:
        """Return a bar a column, as high as many days of change fall into it."""
        counts = [0] * room
        for day in self._days:
            counts[self._column(day, room)] += 1
        top, steps = max(counts, default=0), len(self._bars) // 2
        return "".join(self._bars[0 if not count else max(1, round(count / max(top, 4) * steps))] for count in counts)

    def _column(self, day: dt.date, room: int) -> int:
        whole = (self._last - self._first).days
        return round((day - self._first).days / whole * (room - 1)) if whole else room - 1

    # Steps.

    def action_month_back(self) -> None:
        self.go(months_from(self.day, -1))

    def action_month_on(self) -> None:
        self.go(months_from(self.day, 1))

    def action_year_back(self) -> None:
        self.go(months_from(self.day, -12))

    def action_year_on(self) -> None:
        self.go(months_from(self.day, 12))

    def action_change_back(self) -> None:
        at = bisect_left(self._days, self.day)
        self.go(self._days[at - 1] if at else self._first)

    def action_change_on(self) -> None:
        at = bisect_right(self._days, self.day)
        self.go(self._days[at] if at < len(self._days) else self._last)

    def action_first_day(self) -> None:
        self.go(self._first)

    def action_last_day(self) -> None:
        self.go(self._last)

    def action_leave_slider(self) -> None:
        self.post_message(self.Left())

    def action_leave_time(self) -> None:
        self.post_message(self.Ended())

    # The mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragging = True
        self.capture_mouse()
        self._go_to(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._go_to(event)

    def on_mouse_up(self) -> None:
        self._dragging = False
        self.release_mouse()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_month_on()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_month_back()

    def _go_to(self, event: events.MouseEvent) -> None:
        start, room, _ = self._parts()
        share = min(1.0, max(0.0, (event.x - cells(start)) / max(1, room - 1)))
        self.go(self._first + dt.timedelta(days=round(share * (self._last - self._first).days)))
