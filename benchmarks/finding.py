"""What finding costs on the screen: a key in the search line at fifty thousand pages, and Today at ten thousand."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from builders.screens import WIDE, Stage, context_in, settle
from builders.vaults import Made, new_vault
from kinship.journal.journal import Journal
from kinship.journal.mentions import fold
from kinship.journal.model import Entry
from kinship.journal.titles import title_of
from kinship.tui.screens.pages import PagesScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.widgets.page_table import PageTable
from kinship.vault import Key
from lives import big_life
from store import EVENING
from table import Row
from vault import LARGEST, filled, reopened, some_pages

TYPED = ("the", "quill or", "e -quill", "mood:3..6", "since:2015 th", "on:2020 a", "has:mood or is:starred")
"""Lines that are typed key by key: words on every page and on none, and what is looked at page by page."""
NAIVE = "the"
SHOWN = 30
"""Pages that a screen has room for."""
TODAY_PAGES = 10_000
RUNS = 5


def finding_rows() -> list[Row]:
    """Return the rows for a key in the search line, the slowest of many, and for Today after the key (CPU ms)."""
    with filled(some_pages(LARGEST)) as (made, key, _), Journal(reopened(made, key), EVENING) as journal:
        keys, quiet = asyncio.run(_typed(journal))
        naive = _looking_at_all(journal.pages.all())
    what = f"{LARGEST:,} pages: a key in Pages, painted"
    middle, slowest = statistics.median(keys) - quiet, max(keys) - quiet
    against = "folding and looking at every page"
    return [
        Row(f"{what}, the median of {len(keys)}", middle, "ms", 50),
        Row(f"{what}, the median, beside", middle, "ms", 0.5, naive, against),
        Row(f"{what}, the slowest, beside", slowest, "ms", 1, naive, against),
        *_today_rows(),
    ]


def _looking_at_all(pages: Sequence[Entry]) -> float:
    """Return the milliseconds of the naive way: every page folded and searched, and a title for each that is shown."""
    times = []
    for _ in range(3):
        began = time.process_time()
        found = [page for page in pages if NAIVE in fold(f"{page.title or ''}\n{page.body}")]
        assert len([title_of(page) for page in found[:SHOWN]]) == min(SHOWN, len(found))
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


async def _typed(journal: Journal) -> tuple[list[float], float]:
    """Return the milliseconds of each key until what it finds is painted, and those of waiting for nothing."""
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(PagesScreen(context_in(Path(folder), EVENING.at), journal))
        async with stage.run_test(size=WIDE) as pilot:
            await settle(pilot)
            line = stage.screen.query_one("#search-line", Input)
            quiet = statistics.median([await _timed(pilot) for _ in range(RUNS)])
            for words in TYPED:
                for end in range(len(words) + 1):
                    times.append(await _key(pilot, line, words, end))  # noqa: PERF401 - one after the other
            line.value = ""
            await settle(pilot)
            assert len(stage.screen.query_one(PageTable).pages) == LARGEST
    return times, quiet


async def _key(pilot: Pilot[int], line: Input, words: str, end: int) -> float:
    """Return the milliseconds of the key that makes a line of `end` characters, after the ones before it."""
    line.value = words[: max(end - 1, 0)]
    await settle(pilot)
    line.value = words[:end]
    return await _timed(pilot)


async def _timed(pilot: Pilot[int]) -> float:
    began = time.process_time()
    await settle(pilot)
    return (time.process_time() - began) * 1000


def _today_rows() -> list[Row]:
    what = f"{TODAY_PAGES:,} pages: Today after the key"
    with filled(some_pages(TODAY_PAGES)) as (made, key, folder):
        plain = _today(made, key, folder)
    with tempfile.TemporaryDirectory() as folder_:
        made = new_vault(Path(folder_), EVENING)
        with Journal(made.vault, EVENING) as journal:
            journal.take_in("A life", big_life(TODAY_PAGES))
        lived = _today(made, made.key(), Path(folder_))
    return [Row(what, plain, "ms", 500), Row(f"{what}, with all that ten years of a demo life hold", lived, "ms")]


def _today(made: Made, key: Key, folder: Path) -> float:
    """Return the median CPU milliseconds from the key to Today with everything on it."""
    context = context_in(folder, EVENING.at)

    async def shown() -> float:
        stage = Stage()
        async with stage.run_test(size=WIDE) as pilot:
            await settle(pilot)
            began = time.process_time()
            with Journal(reopened(made, key), EVENING) as journal:
                await stage.push_screen(TodayScreen(context, journal))
                await settle(pilot)
                return (time.process_time() - began) * 1000

    asyncio.run(shown())
    return statistics.median(asyncio.run(shown()) for _ in range(RUNS))
