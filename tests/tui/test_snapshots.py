"""Kept maps on the screen: keep, look, name, compare, delete and undo, each with one key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.journals import circle_of, new_journal
from builders.screens import NORMAL, SMALL, Stage, context_in, hold, painted, settle, wait_for
from kinship.journal.journal import Journal
from kinship.snapshot.keeping import keep_map
from kinship.snapshot.share import NamesMode
from kinship.tui.navigation import TODAYS, BackRequested, ExportRequested, PersonRequested, SnapshotRequested
from kinship.tui.screens.snapshot import SnapshotScreen
from kinship.tui.screens.snapshots import SnapshotsScreen

AUTUMN = dt.date(2023, 9, 1)


def lived(tmp_path: Path, count: int = 14) -> Journal:
    journal = new_journal(tmp_path)
    alters, facts, moments = circle_of(count)
    journal.take_in("people", [*alters, *facts, *moments])
    return journal


async def test_a_map_is_kept_named_put_beside_today_and_deleted(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    stage = Stage(SnapshotsScreen(context_in(tmp_path), journal))
    journal.subscribe(lambda _event: stage.screen.show_maps() if isinstance(stage.screen, SnapshotsScreen) else None)
    async with stage.run_test(size=NORMAL) as pilot:
        assert "n keeps the map of today" in painted(stage)
        await pilot.press("n", "ctrl+a", "ctrl+k", *"June", "enter")
        await wait_for(pilot, "June")
        (kept,) = journal.snapshots.all()
        assert (kept.title, kept.names) == ("June", "full")
        await pilot.press("r", *" again", "enter")
        await wait_for(pilot, "June again")
        await pilot.press("enter", "e", "c")
        await wait_for(pilot, "Point at another map")
        await pilot.press("c", "c", "escape", "d")
        await wait_for(pilot, "n keeps the map of today")
        journal.undo()
        await wait_for(pilot, "June again")
        await pilot.press("escape")
        await pilot.pause()
    asked = [(one.snapshot, one.beside) for one in stage.asked if isinstance(one, SnapshotRequested)]
    assert asked == [(kept.id, ""), (kept.id, TODAYS)]
    assert [one.snapshot for one in stage.asked if isinstance(one, ExportRequested)] == [kept.id]
    assert isinstance(stage.asked[-1], BackRequested)


async def test_nothing_is_kept_of_an_empty_map(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    stage = Stage(SnapshotsScreen(context_in(tmp_path), journal))
    async with stage.run_test(size=NORMAL) as pilot:
        await pilot.press("n", "enter")
        await settle(pilot)
    assert len(journal.snapshots) == 0


async def test_a_kept_map_is_shown_as_it_was_and_not_as_facts_say_now(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    kept = keep_map(journal, journal.circle.as_of(journal.today()), title="Before the move")
    gone = journal.alters.by_name("Hana")[0]
    journal.delete_alter(gone.id)
    stage = Stage(SnapshotScreen(context_in(tmp_path), journal, kept.id))
    async with stage.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        hold(stage, "kept_map")
        assert "Hana" in painted(stage)
        stage.screen.map.current = gone.id  # type: ignore[attr-defined]
        await pilot.press("v", "enter")
        await settle(pilot)
        assert "Hana" in painted(stage)
        await pilot.press("v", "e", "escape")
        await settle(pilot)
    assert [type(one) for one in stage.asked] == [ExportRequested, BackRequested]


async def test_two_kept_maps_stand_in_one_picture(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    one = keep_map(journal, journal.circle.as_of(AUTUMN), title="Autumn", names=NamesMode.NONE)
    other = keep_map(journal, journal.circle.as_of(journal.today()))
    stage = Stage(SnapshotScreen(context_in(tmp_path), journal, other.id, one.id))
    async with stage.run_test(size=SMALL) as pilot:
        await settle(pilot)
        shown = painted(stage)
        assert "Autumn beside" in shown
        assert "Hana" not in shown
        await pilot.press("tab", "enter")
        await settle(pilot)
    assert not [request for request in stage.asked if isinstance(request, PersonRequested)]


@pytest.mark.parametrize("told", ["nothing", "broken"])
async def test_a_map_that_cannot_be_shown_is_one_sentence(tmp_path: Path, told: str) -> None:
    journal = lived(tmp_path, 2)
    made = journal.keep_snapshot("{", as_of=AUTUMN, title="", names="full").made["snapshots"]
    stage = Stage(SnapshotScreen(context_in(tmp_path), journal, told if told == "nothing" else made[0]))
    async with stage.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        assert {"nothing": "not kept any more", "broken": "cannot be read"}[told] in painted(stage)
