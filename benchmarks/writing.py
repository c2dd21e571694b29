"""What a key costs while a long page is written: from the key to the repainted screen."""

from __future__ import annotations

import asyncio
import statistics
import time

from builders.pages import Desk
from builders.screens import WIDE, Stage
from kinship.tui.widgets.page_editor import PageEditor
from table import Row

CHARACTERS = 65_000
KEYS = "and then she put her bag down".replace(" ", "")
PROSE = "words that a person wrote about their day, with a *little* emphasis and one or two names here and there. "


def writing_rows() -> list[Row]:
    """Return the rows for one key in the middle of a long page, and of a long line (CPU milliseconds)."""
    page = "\n\n".join([PROSE * 8] * (CHARACTERS // len(PROSE * 8) + 1))[:CHARACTERS]
    line = (PROSE * (CHARACTERS // len(PROSE) + 1))[:CHARACTERS]
    return [
        Row(f"a key in a page of {CHARACTERS} characters", asyncio.run(_median_key(page, (20, 100))), "ms", 11),
        Row(f"a key in one line of {CHARACTERS} characters", asyncio.run(_median_key(line, (0, 32_000))), "ms", 11),
    ]


async def _median_key(page: str, where: tuple[int, int]) -> float:
    stage = Stage(Desk(page))
    times = []
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.pause()
        stage.screen.query_one(PageEditor).move_cursor(where)
        for key in KEYS:
            began = time.process_time()
            await pilot.press(key)
            await pilot.pause()
            times.append((time.process_time() - began) * 1000)
    return statistics.median(times)
