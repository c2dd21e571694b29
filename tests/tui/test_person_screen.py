"""A person's page: every key is one act, every claim has its pages, and nobody is pressed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.journals import EVENING, TODAY, entry, fact, moment, new_journal
from builders.journals import alter as an_alter
from builders.screens import NORMAL, SMALL, WIDE, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.settings import Settings
from kinship.journal.acts import Event
from kinship.journal.journal import Journal
from kinship.journal.model import Bond, Ring, Status
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, JournalChanged, PageRequested
from kinship.tui.screens.person import PersonScreen
from kinship.tui.widgets.key_line import MOST

CONTEXT = Context(clock=FrozenClock(EVENING))


def journal_of(folder: Path) -> Journal:
    """Return a journal with Bea: what was said of her, three moments, the page behind one, and one that names her."""
    journal = new_journal(folder)
    week, month = TODAY - dt.timedelta(days=7), TODAY - dt.timedelta(days=40)
    journal.take_in(
        "People",
        [
            an_alter("Bea", aliases=("Beatrice",)),
            an_alter("Ana"),
            fact("bea", "ring", "inner", month),
            fact("bea", "sector", "friends", month),
            fact("bea", "gives.listening", 2, month),
            entry("Dinner at @Bea's, she saw it before I said a word.", day=week, id_="p1", names={"Bea": "bea"}),
            entry("Passed @Bea on the stairs.", day=TODAY, id_="p2", names={"Bea": "bea"}),
            moment("bea", "listening", week, entry="p1"),
            moment("bea", "advice", month),
            moment("bea", "time", month - dt.timedelta(days=1), to_them=True),
        ],
    )
    return journal


def bea(journal: Journal) -> Bond:
    found = journal.circle.bond("bea", TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_page_looks_like_its_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    async with staged(PersonScreen(CONTEXT, journal_of(tmp_path), "bea"), size=size) as (stage, pilot):
        await stage.workers.wait_for_complete()
        await pilot.pause()
        hold(stage, "person")


async def test_two_digits_say_a_way_and_the_same_two_take_it_back(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("1", "3")
        await settle(pilot)
        assert set(bea(journal).gives) == {"listening", "comfort"}
        assert "● comfort" in painted(stage)
        await pilot.press("1", "3")
        await settle(pilot)
        assert set(bea(journal).gives) == {"listening"}


async def test_a_digit_and_enter_say_the_kind_without_more(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("3", "enter")
        await settle(pilot)
        assert set(bea(journal).gives) == {"listening", "identity"}


async def test_strain_is_said_beside_support(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("4", "2")
        await settle(pilot)
        assert (set(bea(journal).gives), set(bea(journal).strain)) == ({"listening"}, {"drains"})


async def test_the_other_direction_is_what_i_give(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("d", "2", "4")
        await settle(pilot)
        assert set(bea(journal).receives) == {"time"}
        assert "They could turn to me for" in painted(stage)
        assert "4 " not in painted(stage).splitlines()[8]


async def test_escape_leaves_a_chosen_row_before_it_leaves_the_page(tmp_path: Path) -> None:
    screen = PersonScreen(CONTEXT, journal_of(tmp_path), "bea")
    async with staged(screen) as (stage, pilot):
        await pilot.press("1", "escape")
        await settle(pilot)
        assert stage.asked == []
        assert not screen.table.armed
        await pilot.press("escape")
        await settle(pilot)
        assert stage.asked == [BackRequested()]


async def test_arrows_and_space_mark_too(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("down", "right", "right", "space")
        await settle(pilot)
        assert set(bea(journal).gives) == {"listening", "advice"}


async def test_ring_status_and_circle_are_asked_on_one_line(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("r", "3", "s", "right", "right", "enter", "c", *(["backspace"] * 7), *"choir", "enter")
        await settle(pilot)
        assert (bea(journal).ring, bea(journal).status, bea(journal).sector) == (Ring.OUTER, Status.PAUSED, "choir")
        assert "choir · outer ring · paused" in painted(stage)


async def test_leaving_a_question_changes_nothing_and_stays_on_the_page(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("n", *"xyz", "escape")
        await settle(pilot)
        assert bea(journal).alter.name == "Bea"
        assert stage.asked == []


async def test_a_new_name_keeps_the_old_one_as_another(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("n", *(["backspace"] * 3), *"Trix", "enter")
        await settle(pilot)
        assert bea(journal).alter.name == "Trix"
        assert bea(journal).alter.aliases == ("Beatrice", "Bea")
        assert "also called Beatrice, Bea" in painted(stage)


async def test_other_names_are_typed_with_commas(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("o", *", B", "enter")
        await settle(pilot)
        assert bea(journal).alter.aliases == ("Beatrice", "B")


async def test_whom_they_know_is_said_by_name_and_ended_by_the_same(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("w", *"ana", "enter")
        await settle(pilot)
        assert [(tie.a, tie.b) for tie in journal.circle.as_of(TODAY).ties] == [("ana", "bea")]
        assert "knows Ana" in painted(stage)
        await pilot.press("w", *"ana", "enter")
        await settle(pilot)
        assert journal.circle.as_of(TODAY).ties == ()


async def test_one_undo_takes_the_last_key_back(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("2", "1")
        await settle(pilot)
        assert "tangible" in bea(journal).gives
        journal.undo()
        assert set(bea(journal).gives) == {"listening"}


async def test_every_moment_opens_the_page_behind_it(tmp_path: Path) -> None:
    screen = PersonScreen(CONTEXT, journal_of(tmp_path), "bea")
    async with staged(screen) as (stage, pilot):
        assert "Dinner at" in painted(stage)
        screen.moments.focus()
        await pilot.press("down", "enter")
        await settle(pilot)
        assert stage.asked == [PageRequested("p1")]


async def test_a_mark_is_taken_back_and_its_page_stays(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    screen = PersonScreen(CONTEXT, journal, "bea")
    async with staged(screen) as (_, pilot):
        screen.moments.focus()
        await pilot.press("down", "x")
        await settle(pilot)
        assert {one.subkind for one in journal.moments.of("bea")} == {"advice", "time"}
        assert journal.pages.get("p1") is not None


async def test_taking_somebody_off_the_map_steps_back_and_can_be_undone(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("delete")
        stage.screen.post_message(JournalChanged(Event("", (("alters", "bea"),))))
        await settle(pilot)
        assert journal.alters.get("bea") is None
        assert stage.asked == [BackRequested()]
        journal.undo()
        assert bea(journal).gives == {"listening": 2}


async def test_somebody_of_whom_nothing_is_known_is_no_reproach(tmp_path: Path) -> None:
    async with staged(PersonScreen(CONTEXT, journal_of(tmp_path), "ana")) as (stage, _):
        assert "Nothing is marked yet" in painted(stage)


async def test_who_is_not_in_contact_is_not_counted_against_anybody(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.state("bea", "status", "no_contact")
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, _):
        assert "no contact" in painted(stage)
        assert "since" not in painted(stage)


async def test_names_with_markup_are_only_text(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [an_alter("[b]Bo[/b] \x1b[2J", id_="bo", aliases=("[i]x",))])
    async with staged(PersonScreen(CONTEXT, journal, "bo")) as (stage, _):
        assert "[b]Bo[/b]" in painted(stage)
        assert "[i]x" in painted(stage)
        assert "\x1b" not in painted(stage)


async def test_plain_signs_are_used_where_the_settings_ask_for_them(tmp_path: Path) -> None:
    plain = Context(clock=FrozenClock(EVENING), settings=Settings(glyphs="ascii"))
    async with staged(PersonScreen(plain, journal_of(tmp_path), "bea")) as (stage, _):
        assert "x listening" in painted(stage)
        assert "●" not in painted(stage)


async def test_the_key_line_holds_six_keys_at_most(tmp_path: Path) -> None:
    screen = PersonScreen(CONTEXT, journal_of(tmp_path), "bea")
    async with staged(screen):
        shown = {one.binding.id for one in screen.active_bindings.values() if one.binding.show and one.enabled}
        assert len(shown) <= MOST
