"""Patterns of ten years: how soon the screen stands, and how it answers while chance is being asked behind it."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from builders.screens import Stage, context_in
from kinship.demo.life import live
from kinship.demo.vault import demo_vault
from kinship.journal.journal import Journal
from kinship.snapshot.chart import Days, Dots, Line, Panel, Panels, runs_of
from kinship.tui.charts import draw
from kinship.tui.context import Context
from kinship.tui.screens.patterns import PatternsScreen
from lives import AS_OF
from table import Row

YEARS, A_YEAR, PEOPLE = 10, 250, 40
OPEN_WITHIN, KEY_WITHIN = 500.0, 150.0
"""Milliseconds on the wall: until the quick views stand, and until a key has moved the list while counting goes on."""
KEYS = 12
LONGEST = 60.0


def patterns_screen_rows() -> list[Row]:
    """Return what opening the screen costs with ten years of pages, `kinship demo --years 10`."""
    with tempfile.TemporaryDirectory() as folder:
        context = context_in(Path(folder))
        life = live(7, years=YEARS, people=PEOPLE, pages=A_YEAR * YEARS, as_of=AS_OF)
        journal = demo_vault(Path(folder) / "vault", life, context.clock)
        opened, keys, whole = asyncio.run(_opened(context, journal))
    return [
        Row("Patterns, ten years: the screen and its quick views", opened, "ms", OPEN_WITHIN),
        Row("Patterns, ten years: a key while chance is asked", statistics.median(keys), "ms", KEY_WITHIN),
        Row("Patterns, ten years: all of it held against chance", whole, "ms"),
        *(Row(f"a chart of a year, {width} x {height}", _drawn(width, height), "ms") for width, height in _SIZES),
    ]


_SIZES = ((60, 15), (120, 30))


async def _opened(context: Context, journal: Journal) -> tuple[float, list[float], float]:
    """Return milliseconds until the quick views were there, for single keys after it, and until the rest was."""
    stage = Stage()
    async with stage.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = PatternsScreen(context, journal)
        began = time.perf_counter()
        stage.push_screen(screen)
        await _until(lambda: screen.is_mounted and screen.chart is not None)
        opened = time.perf_counter() - began
        keys = [await _pressed(stage, screen) for _ in range(KEYS)]
        await _until(lambda: screen.whole)
        return opened * 1000, keys, (time.perf_counter() - began) * 1000


async def _pressed(stage: Stage, screen: PatternsScreen) -> float:
    """Return the milliseconds from a key to the list having moved."""
    before, pressed = screen.views.highlighted, time.perf_counter()
    stage.simulate_key("down")
    await _until(lambda: screen.views.highlighted != before)
    return (time.perf_counter() - pressed) * 1000


async def _until(true: Callable[[], bool]) -> None:
    end = time.perf_counter() + LONGEST
    while not true():
        if time.perf_counter() > end:
            raise TimeoutError("Patterns never came")
        await asyncio.sleep(0.001)


def _drawn(width: int, height: int) -> float:
    """Return the median milliseconds of drawing a year of moods, in a thread of its own where the program does it."""
    first = AS_OF.toordinal() - 364
    days = [(float(first + at), 2.0 + at * 7 % 7) for at in range(365)]
    weeks = Line(runs_of([(float(first + at), 3.0 + at % 5) for at in range(0, 365, 7)]))
    panel = Panel((Dots(tuple(days)), weeks), ticks=((0, "0"), (10, "10")), guide=5)
    picture = Panels(Days(AS_OF.replace(year=AS_OF.year - 1), AS_OF), (panel,))
    times = []
    for _ in range(7):
        began = time.perf_counter()
        draw(picture, width, height)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
