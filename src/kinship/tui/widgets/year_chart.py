"""What somebody gave, month by month over a year, as stacked bars: shown where there is room for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from textual import events, on, work
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from kinship.circle.rhythm import by_month
from kinship.journal.kinds import SUPPORT
from kinship.journal.model import Moment
from kinship.snapshot.chart import Tone
from kinship.tui.chart_cells import Drawing, painted
from kinship.tui.charts import Layer, stacked_bars

LEAST = (40, 5)
"""Columns and rows under which no chart is drawn."""


class YearChart(Static):
    """A chart of moments of support; drawn in a thread, so that the page stands before it does."""

    DEFAULT_CSS = "YearChart { height: 9; }"

    @dataclass
    class Drawn(Message):
        """The bars are ready."""

        bars: Drawing

    moments: var[tuple[Moment, ...]] = var(())
    today: var[dt.date | None] = var(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, markup=False)

    def watch_moments(self) -> None:
        self._ask()

    @on(events.Resize)
    def draw_again(self) -> None:
        self._ask()

    def _ask(self) -> None:
        width, height = self.content_size
        if self.today is None or width < LEAST[0] or height < LEAST[1]:
            return
        months = [_month(self.today, back) for back in range(11, -1, -1)]
        layers = tuple(
            Layer(by_month((one for one in self.moments if one.kind is kind), self.today), Tone(kind.value))
            for kind in SUPPORT
        )
        self.draw(tuple(months), layers, width, height)

    @work(thread=True, exclusive=True, group="chart", exit_on_error=False)
    def draw(self, months: tuple[str, ...], layers: tuple[Layer, ...], width: int, height: int) -> None:
        """Draw; ends in Drawn."""
        self.post_message(self.Drawn(stacked_bars(months, layers, width, height)))

    @on(Drawn)
    def show_bars(self, event: Drawn) -> None:
        event.stop()
        self.update(painted(event.bars))


def _month(today: dt.date, back: int) -> str:
    """Return the short name of the month so many months before this one."""
    index = (today.month - 1 - back) % 12
    return f"{dt.date(today.year, index + 1, 1):%b}"
