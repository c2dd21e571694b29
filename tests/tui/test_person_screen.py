"""A person's page: every key is one act, every claim has its pages, and nobody is pressed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.hostile import short_corpus
from builders.journals import EVENING, TODAY, entry, fact, moment, new_journal
from builders.journals import alter as an_alter
from builders.screens import NORMAL, SMALL, WIDE, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.settings import Settings
from kinship.journal.acts import Event
from kinship.journal.journal import Journal
from kinship.journal.model import AlterKind, Bond, Ring, Status
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, JournalChanged, KnowsRequested, PageRequested, PersonRequested
from kinship.tui.screens.page import PageScreen
from kinship.tui.screens.person import PersonScreen
from kinship.tui.tie_words import CARE
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
        assert "◎ comfort" in painted(stage)
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


async def test_whom_they_know_is_asked_on_a_screen_of_its_own_and_shown(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("w")
        await settle(pilot)
        assert stage.asked == [KnowsRequested("bea")]
        journal.say_knows("bea", "ana")
        stage.screen.post_message(JournalChanged(Event("", (("facts", "x"),))))
        await settle(pilot)
        assert "knows Ana" in painted(stage)


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


# What is behind a claim.


async def test_a_claim_without_a_moment_is_drawn_lighter_than_one_that_happened(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.state("bea", "gives.comfort", 2)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, _):
        shown = painted(stage)
        assert "● listening" in shown
        assert "◎ comfort" in shown
        assert "◐ advice" in shown
        assert "○ time" in shown


async def test_enter_on_a_claim_lists_the_moments_behind_it_and_their_pages(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("right", "enter")
        await settle(pilot)
        shown = painted(stage)
        assert "Behind “listening”" in shown
        assert "Dinner at" in shown
        assert "advised" not in shown
        assert "Passed" not in shown
        await pilot.press("enter")
        await settle(pilot)
        assert stage.asked == [PageRequested("p1")]
        await pilot.press("escape")
        await settle(pilot)
        assert "Passed" in painted(stage)
        assert stage.asked == [PageRequested("p1")]


async def test_a_kind_has_the_moments_of_all_its_ways_behind_it(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.record_moment("bea", "comfort")
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("enter")
        await settle(pilot)
        assert "listened" in painted(stage)
        assert "comforted" in painted(stage)


async def test_a_claim_nothing_tells_of_says_so_and_one_key_says_that_it_happened(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("down", "down", "right", "enter")
        await settle(pilot)
        assert "nothing tells of it yet" in painted(stage)
        await pilot.press("v")
        await settle(pilot)
        assert [(one.subkind, one.day) for one in journal.moments.of("bea")][-1] == ("belonging", TODAY)
        assert "made me belong" in painted(stage)
        journal.undo()
        assert len(journal.moments.of("bea")) == 3


async def test_from_a_page_to_the_person_and_back_to_the_page(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PageScreen(CONTEXT, journal, "p1")) as (stage, pilot):
        assert "listened" in painted(stage)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert stage.asked == [PersonRequested("bea")]


async def test_what_happened_and_is_not_said_is_offered_and_one_key_says_it(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        assert "advice happened and is not said yet: y says it" in painted(stage)
        await pilot.press("y")
        await settle(pilot)
        assert set(bea(journal).gives) == {"listening", "advice"}
        assert "y says it" not in painted(stage)
        await pilot.press("d", "y")
        await settle(pilot)
        assert set(bea(journal).receives) == {"time"}


async def test_nothing_is_offered_of_a_tie_that_is_not_active_nor_of_strain(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.record_moment("bea", "drains")
    journal.state("bea", "gives.advice", 2)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        assert "y says it" not in painted(stage)
        journal.retract(journal.circle.history("bea")[-1].id)
        journal.state("bea", "status", "ended")
        stage.screen.post_message(JournalChanged(Event("", (("facts", "x"),))))
        await settle(pilot)
        assert "y says it" not in painted(stage)
        assert "What was stays true" in painted(stage)


# How much, both ways, own words.


async def test_strength_goes_from_a_little_to_much(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("right", "plus")
        await settle(pilot)
        assert bea(journal).gives["listening"] == 3
        assert "● listening+" in painted(stage)
        await pilot.press("minus", "minus", "minus")
        await settle(pilot)
        assert bea(journal).gives["listening"] == 1
        assert "● listening−" in painted(stage)
        await pilot.press("right", "minus")
        await settle(pilot)
        assert "understanding" not in bea(journal).gives


async def test_both_ways_is_one_act(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("down", "right", "b")
        await settle(pilot)
        assert ("tangible" in bea(journal).gives, "tangible" in bea(journal).receives) == (True, True)
        assert "hands-on help ⇄" in painted(stage)
        journal.undo()
        assert ("tangible" in bea(journal).gives, "tangible" in bea(journal).receives) == (False, False)
        journal.redo()
        await pilot.press("b")
        await settle(pilot)
        assert ("tangible" in bea(journal).gives, "tangible" in bea(journal).receives) == (True, False)


async def test_a_way_in_ones_own_word_stands_in_its_row(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("down", "a", *"soup", "enter")
        await settle(pilot)
        assert bea(journal).gives["practical.soup"] == 2
        assert "◎ soup" in painted(stage)
        await pilot.press("2", "5")
        await settle(pilot)
        assert "practical.soup" not in bea(journal).gives


# Days.


async def test_the_page_as_of_a_day_shows_what_held_then_and_marks_from_then_on(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("t", *"since", "space", *"june", "space", *"2023", "enter")
        await settle(pilot)
        assert "As of 1 June 2023" in painted(stage)
        assert "Dinner" not in painted(stage)
        assert "● listening" not in painted(stage)
        await pilot.press("3", "1", "r", "1")
        await settle(pilot)
        then = journal.circle.bond("bea", dt.date(2023, 6, 2))
        assert then is not None
        assert (set(then.gives), then.ring) == ({"belonging"}, Ring.INNER)
        await pilot.press("escape")
        await settle(pilot)
        assert "As of" not in painted(stage)
        assert stage.asked == []
        assert set(bea(journal).gives) == {"listening", "belonging"}


async def test_a_day_that_is_none_is_said_and_asked_again(tmp_path: Path) -> None:
    screen = PersonScreen(CONTEXT, journal_of(tmp_path), "bea")
    async with staged(screen) as (_, pilot):
        await pilot.press("t", *"soon", "enter")
        await settle(pilot)
        assert screen.ask.asking


async def test_the_history_of_the_tie_is_one_key_away(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    journal.state("bea", "ring", "outer")
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("h")
        await settle(pilot)
        assert "How it changed" in painted(stage)
        assert "outer ring" in painted(stage).split("How it changed")[1]
        await pilot.press("escape")
        await settle(pilot)
        assert "What happened" in painted(stage)
        assert stage.asked == []


# Who they are.


async def test_pronouns_and_a_birthday_are_said_in_plain_forms(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("e", "4", *"she/her", "enter", "e", "5", *"3", "space", *"may", "enter")
        await settle(pilot)
        assert (bea(journal).alter.pronouns, bea(journal).alter.birthday) == ("she/her", "--05-03")
        assert "she/her" in painted(stage)
        assert "birthday 3 May" in painted(stage)


async def test_notes_are_kept_when_the_field_is_left(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("e", "6", *"likes", "enter", *"tea", "escape")
        await settle(pilot)
        assert bea(journal).alter.notes == "likes\ntea"
        assert "tea" in painted(stage)
        assert stage.asked == []
        journal.undo()
        assert bea(journal).alter.notes == ""


async def test_notes_are_kept_when_the_program_is_left(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (_, pilot):
        await pilot.press("e", "6", *"tea")
        await pilot.pause()
    assert bea(journal).alter.notes == "tea"


async def test_keeping_in_touch_is_chosen_and_ended(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("e", "7", "3")
        await settle(pilot)
        assert journal.choices.touch("bea") == 30
        assert "in touch every month" in painted(stage)
        await pilot.press("e", "7", "5")
        await settle(pilot)
        assert journal.choices.touch("bea") is None


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
async def test_nobody_else_is_asked_to_be_kept_in_touch_with(tmp_path: Path, status: Status) -> None:
    journal = journal_of(tmp_path)
    journal.keep_in_touch("bea", 7)
    journal.state("bea", "status", status.value)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        assert "in touch every" not in painted(stage)
        await pilot.press("e", "7", "1")
        await settle(pilot)
        assert journal.choices.touch("bea") == 7


async def test_two_that_are_one_are_made_so_and_parted_again(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, pilot):
        await pilot.press("e", "8", *"ana", "enter")
        await settle(pilot)
        assert journal.alters.root("ana") == "bea"
        assert "one with Ana" in painted(stage)
        await pilot.press("e", "9", "enter")
        await settle(pilot)
        assert journal.alters.root("ana") == "ana"
        journal.undo()
        journal.undo()
        assert journal.alters.root("ana") == "ana"
        await pilot.press("e", "9")
        await settle(pilot)
        assert not stage.screen.ask.asking  # type: ignore[attr-defined]


async def test_a_name_that_nobody_bears_is_said_with_the_nearest(tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    screen = PersonScreen(CONTEXT, journal, "bea")
    async with staged(screen) as (stage, pilot):
        await pilot.press("e", "8", *"anna", "enter")
        await settle(pilot)
        assert screen.ask.asking
        assert "Did you mean Ana?" in " ".join(str(one.message) for one in stage._notifications)


@pytest.mark.parametrize("kind", list(AlterKind))
async def test_every_kind_of_alter_has_a_page(tmp_path: Path, kind: AlterKind) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("One", [an_alter("Holm", kind=kind), an_alter("Ana")])
    journal.say_knows("holm", "ana")
    async with staged(PersonScreen(CONTEXT, journal, "holm")) as (stage, _):
        assert "Ana" in painted(stage)
        assert ("members Ana" in painted(stage)) == (kind in (AlterKind.GROUP, AlterKind.ONLINE))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
async def test_what_a_standing_means_is_said_with_care(tmp_path: Path, status: Status) -> None:
    journal = journal_of(tmp_path)
    journal.state("bea", "status", status.value)
    async with staged(PersonScreen(CONTEXT, journal, "bea")) as (stage, _):
        assert CARE[status].split(".")[0] in painted(stage)


@pytest.mark.parametrize("part", range(4))
async def test_hostile_words_stay_text_everywhere_on_the_page(tmp_path: Path, part: int) -> None:
    journal = new_journal(tmp_path)
    words = list(short_corpus().items())[part::4]
    for number, (_, told) in enumerate(words):
        id_ = f"x{number}"
        own = an_alter(f"x{told}", id_=id_, aliases=(told,), notes=told, pronouns=told, birthday=told)
        journal.take_in("One", [own, fact(id_, f"gives.emotional.{told}", 2), fact(id_, "sector", told or "y")])
    async with staged(PersonScreen(CONTEXT, journal, "x0")) as (stage, pilot):
        for number, (name, _) in enumerate(words):
            await stage.push_screen(PersonScreen(CONTEXT, journal, f"x{number}"))
            await settle(pilot)
            assert not [one for one in painted(stage) if ord(one) < 32 and one != "\n"], name
            await pilot.press("h")
            await settle(pilot)
            assert not [one for one in painted(stage) if ord(one) < 32 and one != "\n"], name
            while len(stage.screen_stack) > 2:
                await stage.pop_screen()
