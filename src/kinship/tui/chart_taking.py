"""Taking one chart away: as what, under which names, where to; then the file, readable by its owner only."""

from __future__ import annotations

import os
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import getters, on, work
from textual.message import Message
from textual.screen import Screen

from kinship.ground.errors import KinshipError
from kinship.snapshot.chart import Bar, Chart, Rows
from kinship.tui.context import Context
from kinship.tui.paths import free_place, home_of, told_path, typed_path
from kinship.tui.widgets.ask_line import AskLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kinship.journal.journal import Journal

FORM, NAMES, PLACE = "form", "names", "place"
FORMS = (("svg", "a picture (SVG)"), ("txt", "text"))
WITH_NAMES = (("initials", "initials"), ("full", "as written"))
WHAT_LEAVES = "Take this away: what is shown here leaves, the sentence and its table with it. As what?"
WORDS_LEAVE = "Take this away: your own words leave with it, as they stand here. As what?"
WHICH_NAMES = "Whoever has the file can read the names in it. Names as what?"
WHERE = "To which file? On this computer only you can read it."
OWN_WORDS = "hard_days"
"""The view that is made of the person's words."""
NAMED = frozenset({"who", "then_and_now", OWN_WORDS})
"""Views in which people are named."""


class ChartTaking(Screen[None]):
    """Asks three short questions at the foot; whoever derives from it has the chart and composes the `AskLine`."""

    @dataclass
    class Taken(Message):
        """The file is on disk."""

        path: Path

    @dataclass
    class NotTaken(Message):
        """No file was written; why."""

        error: KinshipError

    ask_line = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._form, self._names = FORMS[0][0], WITH_NAMES[0][0]
        self._path = Path()

    @property
    @abstractmethod
    def chart(self) -> Chart | None:
        """The chart in hand, None where there is none."""

    @property
    @abstractmethod
    def drawn_rows(self) -> tuple[str, ...]:
        """Its picture as it stands on the screen."""

    @abstractmethod
    def focus_view(self) -> None:
        """Give the keys back to what is looked at."""

    def action_take_chart(self) -> None:
        chart = self.chart
        if chart is None or not (chart.rows or chart.picture):
            self.notify("There is nothing here yet that could be taken away.")
            return
        self._names = WITH_NAMES[0][0]
        self.ask_line.offer(FORM, WORDS_LEAVE if chart.id == OWN_WORDS else WHAT_LEAVES, FORMS, self._form)

    @on(AskLine.Answered)
    def go_on_taking(self, event: AskLine.Answered) -> None:
        """From one question to the next, and after the last one to the file."""
        chart = self.chart
        if chart is None:
            self.stop_taking()
        elif event.about == FORM:
            self._form = event.answer
            if chart.id in NAMED:
                self.ask_line.offer(NAMES, WHICH_NAMES, WITH_NAMES, WITH_NAMES[0][0])
            else:
                self._ask_place(chart)
        elif event.about == NAMES:
            self._names = event.answer
            self._ask_place(chart)
        elif event.answer.strip():
            self._path = typed_path(event.answer, home_of(self.context.environment), self.context.exports)
            self.write_chart()

    def _ask_place(self, chart: Chart) -> None:
        home, folder = home_of(self.context.environment), self.context.exports
        folder = folder if os.access(folder, os.W_OK) else home
        name = f"{chart.id.replace('_', '-')}-{self.journal.today():%Y-%m}.{self._form}"
        self.ask_line.ask(PLACE, WHERE, told_path(free_place(folder / name), home))

    @on(AskLine.Left)
    def stop_taking(self) -> None:
        self.ask_line.put_away()
        self.focus_view()

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def write_chart(self) -> None:
        """Write the chart in hand; ends in Taken or NotTaken."""
        from kinship.snapshot.export import write_export

        chart = self.chart
        if chart is None:
            return
        try:
            write_export(self._path, self._bytes(chart))
        except KinshipError as error:
            self.post_message(self.NotTaken(error))
        else:
            self.post_message(self.Taken(self._path))

    def _bytes(self, chart: Chart) -> bytes:
        from kinship.snapshot.chart_svg import chart_svg
        from kinship.snapshot.chart_text import chart_text
        from kinship.tui.safe import names_in

        rows: Sequence[str] = self.drawn_rows
        if chart.id in NAMED and self._names != "full":
            hide = names_in(self.journal).hide
            chart, rows = renamed(chart, hide), tuple(map(hide, rows))
        return chart_svg(chart) if self._form == "svg" else chart_text(chart, rows)

    @on(Taken)
    def say_where(self, event: Taken) -> None:
        self.stop_taking()
        self.notify(f"It is in {told_path(event.path, home_of(self.context.environment))}.")

    @on(NotTaken)
    def say_why(self, event: NotTaken) -> None:
        """Say it, and leave the question where it is: another place may do."""
        self.notify(f"{event.error.message} Choose another name.", severity="warning")


def renamed(chart: Chart, hide: Callable[[str], str]) -> Chart:
    """Return a chart with every word of it passed through `hide`."""
    picture = chart.picture
    if isinstance(picture, Rows):
        picture = Rows(tuple(_renamed(bar, hide) for bar in picture.bars), picture.legend)
    return replace(
        chart,
        sentence=hide(chart.sentence),
        answers=tuple(map(hide, chart.answers)),
        note=hide(chart.note),
        picture=picture,
        rows=tuple(tuple(map(hide, row)) for row in chart.rows),
    )


def _renamed(bar: Bar, hide: Callable[[str], str]) -> Bar:
    return replace(bar, name=hide(bar.name))
