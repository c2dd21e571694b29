"""Charts are rows of text of the size that was asked for, and a person's year is drawn where there is room."""

from __future__ import annotations

import datetime as dt

from textual.app import App, ComposeResult

from builders.circles import a_moment
from kinship.snapshot.chart import Tone
from kinship.tui.chart_cells import Drawing
from kinship.tui.charts import Layer, stacked_bars
from kinship.tui.widgets.year_chart import YearChart


def lines_of(drawing: Drawing) -> list[str]:
    return ["".join(run.text for run in row) for row in drawing]


def test_bars_stand_above_their_labels_and_fill_the_room() -> None:
    drawn = stacked_bars(["Oct", "Nov"], [Layer((1, 0), Tone.EMOTIONAL), Layer((1, 4), Tone.PRACTICAL)], 40, 8)
    lines = lines_of(drawn)
    assert len(lines) == 8
    assert max(len(line.rstrip()) for line in lines) <= 40
    assert lines[-1].split() == ["Oct", "Nov"]
    assert "█" in lines[0]
    assert lines[0].startswith("4")


def test_nothing_to_show_is_no_chart() -> None:
    assert stacked_bars(["Nov"], [Layer((0,), Tone.ACCENT)], 40, 8) == ()


class Stage(App[None]):
    """One chart on an empty screen."""

    def compose(self) -> ComposeResult:
        yield YearChart()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"dim": "#888888", "emotional": "#aa0000", "practical": "#00aa00", "identity": "#0000aa"}


async def test_a_year_is_drawn_behind_the_page() -> None:
    app = Stage()
    async with app.run_test(size=(80, 12)) as pilot:
        chart = app.query_one(YearChart)
        chart.today = dt.date(2025, 11, 22)
        chart.moments = (a_moment("bea", days_ago=3), a_moment("bea", days_ago=40))
        await app.workers.wait_for_complete()
        await pilot.pause()
        drawn = "\n".join("".join(segment.text for segment in chart.render_line(y)) for y in range(chart.size.height))
    assert "Nov" in drawn
    assert "Dec" in drawn
    assert drawn.count("█") > 4
