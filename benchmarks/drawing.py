"""What the map costs: people laid out and labelled, painted, and drawn again in the widget that shows them."""

from __future__ import annotations

import asyncio
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from builders.journals import TODAY, circle_of
from builders.screens import Stage, settle, staged
from kinship.circle.cellmap import Showing, paint
from kinship.circle.frame import WHOLE, View
from kinship.circle.glyphs import UNICODE
from kinship.circle.labels import place
from kinship.circle.layout import lay_out
from kinship.demo import live
from kinship.demo.vault import demo_vault
from kinship.ground.clock import FrozenClock
from kinship.journal.facts import standing
from kinship.journal.model import Circle
from kinship.tui.circle_modes import Mode
from kinship.tui.context import Context
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.widgets.support_map import SupportMap
from lives import AS_OF, PEOPLE, YEARS
from table import Row, median_cpu

WIDTH, HEIGHT, CROWD = 160, 48, 1000
PAGES = 2500
RUNS = 15


def drawing_rows() -> list[Row]:
    """Return the rows for arranging, painting and redrawing (CPU milliseconds)."""
    circle, crowd = (standing(*circle_of(count), TODAY) for count in (PEOPLE, CROWD))
    size = f"{WIDTH}x{HEIGHT}"
    return [
        Row(f"layout and labels of {PEOPLE} people at {size}", median_cpu(_arranging(circle), RUNS), "ms", 15),
        Row("the same, three times as close", median_cpu(_arranging(circle, View(3.0)), RUNS), "ms", 15),
        Row(f"{PEOPLE} people painted with everybody's ties", median_cpu(_painting(circle), RUNS), "ms", 40),
        Row(f"a redraw of {PEOPLE} people on the screen", asyncio.run(_redraw(circle)), "ms", 40),
        Row(f"a step of time on the screen, {PEOPLE} people, {YEARS} years", asyncio.run(_step()), "ms", 60),
        Row(f"layout, labels and painting of {CROWD} people", median_cpu(_everything(crowd), RUNS), "ms", 150),
        Row(f"a redraw of {CROWD} people on the screen", asyncio.run(_redraw(crowd)), "ms", 150),
    ]


def _arranging(circle: Circle, view: View = WHOLE) -> Callable[[], object]:
    return lambda: place(lay_out(circle), circle, WIDTH, HEIGHT, view=view)


def _painting(circle: Circle) -> Callable[[], object]:
    layout = lay_out(circle)
    placing = place(layout, circle, WIDTH, HEIGHT)
    showing = Showing(focus=circle.bonds[0].alter.id, all_ties=True)
    return lambda: paint(placing, layout, circle, UNICODE, showing)


def _everything(circle: Circle) -> Callable[[], object]:
    def act() -> object:
        layout = lay_out(circle)
        return paint(place(layout, circle, WIDTH, HEIGHT), layout, circle)

    return act


async def _redraw(circle: Circle) -> float:
    """Return the median CPU milliseconds from a step of the focus to the last line of the widget."""
    stage = Stage()
    async with stage.run_test(size=(WIDTH, HEIGHT)) as pilot:
        shown = SupportMap(circle)
        await stage.screen.mount(shown)
        await pilot.pause()
        await stage.workers.wait_for_complete()
        await pilot.pause()
        times = []
        for _ in range(RUNS):
            began = time.process_time()
            shown.action_go_round()
            for line in range(HEIGHT):
                shown.render_line(line)
            times.append((time.process_time() - began) * 1000)
            await pilot.pause()
        return statistics.median(times)


async def _step() -> float:
    """Return the median CPU milliseconds of a month back on the whole screen, until nothing is left to paint."""
    clock = FrozenClock(dt.datetime.combine(AS_OF, dt.time(21), dt.UTC))
    with tempfile.TemporaryDirectory() as folder:
        journal = demo_vault(Path(folder), live(7, years=YEARS, people=PEOPLE, pages=PAGES, as_of=AS_OF), clock)
        screen = CircleScreen(Context(clock=clock), journal)
        async with staged(screen, size=(WIDTH, HEIGHT)) as (_, pilot):
            screen.mode = Mode.THEN
            await settle(pilot)
            times = []
            for _ in range(RUNS):
                began = time.process_time()
                screen.slider.action_month_back()
                await settle(pilot)
                times.append((time.process_time() - began) * 1000)
        journal.vault.close()
    return statistics.median(times)
