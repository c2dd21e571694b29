"""A chart on the screen: drawn in a thread, kept by what it shows and its size, painted in whatever theme is worn."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on, work
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from kinship.snapshot.chart import Picture
from kinship.tui.chart_cells import Drawing, painted
from kinship.tui.charts import draw

MOST_KEPT = 24
"""Drawings that are kept, so that going to and fro draws each once."""

Wanted = tuple[Picture, int, int]


class ChartView(Widget):
    """`picture` in as many cells as there are; empty until it is drawn, and where there is no room for it."""

    DEFAULT_CSS = "ChartView { height: 1fr; width: 1fr; }"

    @dataclass
    class Drawn(Message):
        """A drawing is ready."""

        wanted: Wanted
        drawing: Drawing

    picture: var[Picture | None] = var(None)

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._plain = plain
        self._ready: dict[Wanted, Drawing] = {}
        self._wanted: Wanted | None = None

    @property
    def drawing(self) -> Drawing:
        """What is shown now; nothing where it is not drawn yet."""
        return self._ready.get(self._wanted, ()) if self._wanted is not None else ()

    def watch_picture(self) -> None:
        self._ask()

    @on(events.Resize)
    def draw_again(self) -> None:
        self._ask()

    def _ask(self) -> None:
        width, height = self.content_size
        self._wanted = (self.picture, width, height) if self.picture is not None and width and height else None
        if self._wanted is not None and self._wanted not in self._ready:
            self.draw_wanted()
        self.refresh()

    @work(thread=True, exclusive=True, group="chart", exit_on_error=False)
    def draw_wanted(self) -> None:
        """Draw what is wanted now; ends in Drawn."""
        wanted = self._wanted
        if wanted is not None:
            self.post_message(self.Drawn(wanted, draw(*wanted, plain=self._plain)))

    @on(Drawn)
    def keep_drawing(self, event: Drawn) -> None:
        event.stop()
        if len(self._ready) >= MOST_KEPT:
            self._ready.clear()
        self._ready[event.wanted] = event.drawing
        self.refresh()

    def render(self) -> Content:
        return painted(self.drawing)
