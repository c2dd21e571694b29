"""Patterns on the screen: quick views at once, chance behind them, a sentence and a table for each, calm when empty."""

from __future__ import annotations

import datetime as dt
import stat
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from builders.journals import new_journal
from builders.screens import NORMAL, SMALL, WIDE, Stage, context_in, hold, painted, settle, staged, wait_for
from kinship.demo.life import live
from kinship.demo.vault import demo_vault
from kinship.insight.values import Progress
from kinship.journal.journal import Journal
from kinship.tui import pattern_material
from kinship.tui.chart_cells import rows_needed
from kinship.tui.charts import draw
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, CircleRequested
from kinship.tui.pattern_views import VIEWS, shown_views
from kinship.tui.screens.patterns import EMPTY, PatternsScreen

BREATH = threading.Event()
"""Never set: what waits for it lets others work."""
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Context, Journal]:
    """Return one synthetic year, which these tests only read."""
    folder = tmp_path_factory.mktemp("patterns")
    context = context_in(folder)
    (context.exports).mkdir(parents=True, exist_ok=True)
    return context, demo_vault(folder / "vault", live(7, people=20, pages=200, as_of=TODAY), context.clock)


@asynccontextmanager
async def staged_now(screen: PatternsScreen) -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    """Yield the stage without waiting for the work behind it."""
    stage = Stage(screen)
    async with stage.run_test(size=NORMAL) as pilot:
        yield stage, pilot


def patterns(lived: tuple[Context, Journal]) -> PatternsScreen:
    return PatternsScreen(*lived)


def test_every_view_has_its_sentence_and_its_table(lived: tuple[Context, Journal]) -> None:
    context, journal = lived
    found = pattern_material.written(journal, context.places.config, dt.date(2025, 11, 23), TODAY)
    found |= pattern_material.tested(journal, lambda _: None)
    views = shown_views(found)
    assert [view.id for view, _, _ in views] == [view.id for view in VIEWS if view.fills]
    for view, chart, state in views:
        assert len((chart.sentence or chart.answers[0]).split()) > 5, view.id
        assert state in {"shown", "nothing clear yet", "a pattern"}, view.id
        assert chart.rows, view.id
        if chart.picture is not None:
            assert draw(chart.picture, 72, rows_needed(chart.picture)), view.id
            assert draw(chart.picture, 54, rows_needed(chart.picture), plain=True), view.id


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_list_and_a_view_look_like_their_golden(
    lived: tuple[Context, Journal], size: tuple[int, int]
) -> None:
    screen = patterns(lived)
    async with staged(screen, size=size) as (stage, pilot):
        assert screen.whole
        hold(stage, "patterns")
        await pilot.press("enter")
        await settle(pilot)
        hold(stage, "patterns-mood")


async def test_a_view_leads_to_its_table_the_map_of_then_and_back(lived: tuple[Context, Journal]) -> None:
    screen = patterns(lived)
    async with staged(screen) as (stage, pilot):
        screen.views.highlighted = [view.id for view in VIEWS if view.fills].index("then_and_now")
        await pilot.press("enter", "c", "left", "t")
        await settle(pilot)
        assert [type(one) for one in stage.asked] == [CircleRequested]
        assert stage.asked[0].beside == dt.date(2025, 11, 23)  # type: ignore[attr-defined]
        assert "month    emotional support" in painted(stage)
        await pilot.press("escape", "escape")
        assert isinstance(stage.asked[-1], BackRequested)


async def test_who_came_up_leaves_with_initials_and_by_its_owner_alone(lived: tuple[Context, Journal]) -> None:
    context, _ = lived
    screen = patterns(lived)
    async with staged(screen) as (stage, pilot):
        screen.views.highlighted = 2
        for keys in (("e", "1", "1", "enter"), ("e", "2", "2", "enter")):
            await pilot.press(*keys)
            await settle(pilot)
            assert not screen.ask_line.asking, painted(stage)
        assert screen.chart is not None
        names = [row[0] for row in screen.chart.rows]
    (careful,) = context.exports.glob("who-2026-11.svg")
    (whole,) = context.exports.glob("who-2026-11.txt")
    assert stat.S_IMODE(careful.stat().st_mode) == 0o600
    assert not [name for name in names if f">{name}<" in careful.read_text()]
    assert all(name in whole.read_text() for name in names)


async def test_nothing_written_is_one_sentence_and_the_key_that_fills_it(tmp_path: Path) -> None:
    async with staged(PatternsScreen(context_in(tmp_path), new_journal(tmp_path))) as (stage, pilot):
        assert EMPTY in " ".join(painted(stage).split())
        await pilot.press("enter", "t", "e", "a", "escape")
        await settle(pilot)
        hold(stage, "patterns-empty")


async def test_chance_can_be_left_and_asked_again(
    lived: tuple[Context, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[[float], None]] = []
    counted = pattern_material.tested

    def slow(journal: Journal, progress: Progress) -> pattern_material.Found:
        asked.append(progress)
        while len(asked) < 2:
            progress(0.42)
            BREATH.wait(0.01)
        return counted(journal, progress)

    monkeypatch.setattr(pattern_material, "tested", slow)
    screen = patterns(lived)
    async with staged_now(screen) as (stage, pilot):
        told = await wait_for(pilot, "42%")
        assert "Mood through time" in told
        assert not screen.whole
        await pilot.press("x")
        await settle(pilot)
        assert "stopped" in painted(stage)
        await pilot.press("x")
        await settle(pilot)
        assert screen.whole
        assert len(asked) == 2


async def test_other_years_and_all_of_them_can_be_seen(lived: tuple[Context, Journal]) -> None:
    screen = patterns(lived)
    async with staged(screen) as (stage, pilot):
        await pilot.press("left_square_bracket", "a")
        await settle(pilot)
        assert "all years" in painted(stage)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "23 Nov 2025 to 22 Nov 2026" in painted(stage)
