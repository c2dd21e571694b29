"""Numbers on the screen: every one with its sentence, calm at every size, fresh after every change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from builders.journals import EVENING, TODAY, circle_of, fact, new_journal
from builders.journals import alter as an_alter
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle, staged, wait_for
from kinship.circle.figures import Finding
from kinship.circle.findings import KNOWN, SUPPORTED
from kinship.circle.measures import findings
from kinship.ground.clock import FrozenClock
from kinship.ground.width import cells
from kinship.journal.acts import Event
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, CircleRequested, JournalChanged, NumbersRequested
from kinship.tui.screens.numbers import NumbersScreen, told
from kinship.tui.widgets.key_line import MOST, KeyLine

FOREVER = dt.date(1900, 1, 1)


def context_of_evening() -> Context:
    return Context(clock=FrozenClock(EVENING))


def peopled(folder: Path, count: int = 40) -> Journal:
    journal = new_journal(folder)
    alters, facts, moments = circle_of(count)
    journal.take_in("People", [*alters, *facts, *moments])
    return journal


def numbers(journal: Journal, day: dt.date | None = None) -> NumbersScreen:
    return NumbersScreen(context_of_evening(), journal, day)


async def whole_page(pilot: Pilot[Any], screen: NumbersScreen) -> str:
    """Return all that can be scrolled to."""
    seen = painted(pilot.app)
    while screen.page.scroll_offset.y < screen.page.max_scroll_y:
        await pilot.press("space")
        await settle(pilot)
        seen += painted(pilot.app)
    return seen


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_numbers_of_forty_look_like_their_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    async with staged(numbers(peopled(tmp_path)), size=size) as (stage, _):
        hold(stage, "numbers")


async def test_the_second_page_with_ranges_looks_like_its_golden(tmp_path: Path) -> None:
    async with staged(numbers(peopled(tmp_path))) as (stage, pilot):
        await pilot.press("r", "space")
        await settle(pilot)
        hold(stage, "numbers-ranges")


@pytest.mark.parametrize("count", [0, 1, 2, 150])
@pytest.mark.parametrize("size", [SMALL, NORMAL])
async def test_every_measure_can_be_read_whatever_the_circle(tmp_path: Path, count: int, size: tuple[int, int]) -> None:
    journal = peopled(tmp_path, count)
    screen = numbers(journal)
    async with staged(screen, size=size) as (stage, pilot):
        seen = await whole_page(pilot, screen)
        for one in findings(journal.circle.as_of(TODAY)):
            assert one.name in seen
        assert max(cells(line) for line in painted(stage).splitlines()) <= size[0]


async def test_the_key_line_holds_in_eighty_columns(tmp_path: Path) -> None:
    async with staged(numbers(peopled(tmp_path, 3))) as (stage, _):
        line = stage.screen.query_one(KeyLine)
        assert len(line.shown) <= MOST
        assert "esc back" in painted(stage).splitlines()[-1]


async def test_keys_scroll_and_go_to_the_ends(tmp_path: Path) -> None:
    screen = numbers(peopled(tmp_path))
    async with staged(screen) as (_, pilot):
        last, page = screen.page.max_scroll_y, screen.page.size.height
        for keys, expected in (("j down", 2), ("k", 1), ("G", last), ("g", 0), ("space", page), ("pageup", 0)):
            await pilot.press(*keys.split())
            await settle(pilot)
            assert screen.page.scroll_offset.y == expected


async def test_weights_are_counted_when_asked_for_and_the_heading_says_so(tmp_path: Path) -> None:
    screen = numbers(peopled(tmp_path))
    async with staged(screen) as (stage, pilot):
        before = {one.id: one.value for one in screen.found}
        await pilot.press("w")
        await settle(pilot)
        assert "as of today · with weights" in painted(stage)
        after = {one.id: one.value for one in screen.found}
        changed = {id_ for id_, value in after.items() if before[id_] != value}
        assert changed
        assert changed <= {"effective_size", "efficiency", "constraint", "hierarchy", "communities"}
        await pilot.press("w")
        await settle(pilot)
        assert {one.id: one.value for one in screen.found} == before


async def test_numbers_of_another_day_say_which(tmp_path: Path) -> None:
    async with staged(numbers(peopled(tmp_path), dt.date(2020, 1, 2))) as (stage, _):
        assert "as of 2 January 2020" in painted(stage)
        assert "0 count in your circle." in painted(stage)


async def test_a_change_is_counted_at_once(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    screen = numbers(journal)
    async with staged(screen) as (stage, pilot):
        assert "0 count in your circle." in painted(stage)

        def tell(event: Event) -> None:
            screen.post_message(JournalChanged(event))

        stop = journal.subscribe(tell)
        journal.take_in("Bea", [an_alter("Bea"), fact("bea", "status", "active", FOREVER)])
        await wait_for(pilot, "1 counts in your circle.")
        stop()


async def test_the_circle_and_the_way_back_are_a_key_away(tmp_path: Path) -> None:
    async with staged(numbers(new_journal(tmp_path))) as (stage, pilot):
        await pilot.press("c", "escape")
        await settle(pilot)
        assert stage.asked == [CircleRequested(), BackRequested()]


async def test_the_palette_goes_to_the_numbers(context: Context, tmp_path: Path) -> None:
    app = kinship_app(context, journal=peopled(tmp_path, 3))
    async with running(app) as pilot:
        app.screen.post_message(NumbersRequested())
        await wait_for(pilot, "At a glance")
        assert isinstance(app.screen, NumbersScreen)
        await pilot.press("escape", "ctrl+p", *"numbers")
        await wait_for(pilot, "What can be counted of your circle")
    app.close_journal()


async def test_a_name_is_text_and_never_markup_or_an_order(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    name = "[red]Bea[/] [link='x']"
    journal.take_in(
        "Bea",
        [an_alter(name, id_="bea"), fact("bea", "status", "active", FOREVER), fact("bea", "gives.advice", 2, FOREVER)],
    )
    screen = numbers(journal)
    async with staged(screen) as (_, pilot):
        assert "[red]Bea[/]" in await whole_page(pilot, screen)


def test_groups_follow_each_other_and_a_long_value_stands_above_its_sentence() -> None:
    found = (
        Finding("a", "Depth", "emotional 1, practical 2", "So many.", "0 to n", SUPPORTED),
        Finding("b", "Density", "n/a", "It takes two.", "0 to 1", KNOWN),
    )
    assert [line.plain.rstrip() for line in told(found, 60, ranges=True)] == [
        "What is given",
        "Depth                      emotional 1, practical 2",
        "                           So many.",
        "                           0 to n",
        "",
        "Who knows whom",
        "Density               n/a  It takes two.",
        "                           0 to 1",
    ]
