"""Five months widowed: Tom is remembered, and in half a year nothing suggests to be in touch with him."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.journals import new_journal
from builders.screens import EVENING, NORMAL, Stage, context_in, settle
from builders.walks import by_chance
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.journal.model import Ring, Status
from kinship.reflect.answers import Number, People, Picked
from kinship.reflect.book import load_book
from kinship.reflect.engine import Question, Walk, answer, begin, question
from kinship.reflect.packs import load_pack
from kinship.reflect.picking import offered, pickable
from kinship.reflect.prompts import Condition
from kinship.reflect.selection import choose_today
from kinship.reflect.sessions import StepKind
from kinship.reflect.state import condition_since, note_shown, seed_of, selection_state
from kinship.tui.near import brought_up, near
from kinship.tui.screens.reflect import ReflectScreen

BOOK = load_book()
HALF_A_YEAR = 180
REMEMBERED = "flow:remembered"
TOM = Picked("t" * 32, "Tom", remembered=True)
ANA = Picked("a" * 32, "Ana")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Give the journal of somebody whose husband died five months ago; a rhythm from before still stands there."""
    made = new_journal(tmp_path, FrozenClock(EVENING))
    died = made.today() - dt.timedelta(days=150)
    since = died - dt.timedelta(days=9000)
    tom, *_ = (made.add_alter(name, ring=Ring.INNER, since=since).made["alters"][0] for name in ("Tom", "Ana", "Bea"))
    made.record_moment(tom, "listening", day=died - dt.timedelta(days=3))
    made.keep_in_touch(tom, 7)
    made.state(tom, "status", Status.REMEMBERED.value, from_=died)
    made.choose("recent_loss", made.today().isoformat())
    return made


def half_a_year(journal: Journal) -> Iterator[tuple[dt.date, list[str], list[str]]]:
    """Yield some days of half a year (each fourth), whose words Today and the list of reflections show."""
    pack, first = load_pack(), journal.today()
    for day in (first + dt.timedelta(days=n) for n in range(0, HALF_A_YEAR, 4)):
        state = selection_state(journal, day)
        choice = choose_today(pack, state, day, seed_of(journal))
        assert choice is not None
        note_shown(journal, day, choice)
        circle = journal.circle.as_of(day)
        lines = near(day, journal.intentions, journal.appointments, circle, brought_up(journal, day, circle))
        words = [choice.text, *choice.follow_ups, *(one.text for one in choice.alternatives)]
        yield day, words + [one.words for one in lines], [one.id for one in offered(BOOK, state, (), day, 1)]


def test_in_half_a_year_nothing_on_today_names_him_and_what_a_loss_speaks_against_stays_away(journal: Journal) -> None:
    days = list(half_a_year(journal))
    assert len(days) == HALF_A_YEAR // 4
    for day, words, sessions in days:
        assert not any("Tom" in one for one in words)
        if Condition.RECENT_LOSS in selection_state(journal, day).conditions:
            assert all(Condition.RECENT_LOSS not in BOOK.sessions[one].avoid_when for one in sessions)
    assert condition_since(journal, "recent_loss") == journal.today()


def test_were_he_not_marked_he_would_be_brought_up(journal: Journal) -> None:
    """The rhythm that stands there from before is what would name him."""
    (tom,) = journal.alters.by_name("Tom")
    journal.state(tom.id, "status", Status.ACTIVE.value)
    assert any("Tom" in one for _, words, _ in half_a_year(journal) for one in words)


# In a session.


def walked(session: str, picked: People, dice: random.Random) -> Iterator[tuple[Question, Walk]]:
    """Yield each question of a walk in which these are picked wherever he may be."""
    walk = begin(BOOK, session)
    while (asked := question(BOOK, walk, own_name="Ida")) is not None:
        yield asked, walk
        given = by_chance(asked, dice)
        if asked.step.type is StepKind.PEOPLE and Status.REMEMBERED in asked.step.statuses:
            given = picked
        elif asked.step.type is StepKind.SLIDER:
            given = Number(6)
        walk = answer(BOOK, walk, given)


@pytest.mark.parametrize("picked", [People((TOM,)), People((TOM, ANA)), People((ANA, TOM))], ids=["him", "both", "her"])
def test_no_beginning_of_a_message_is_written_to_him(picked: People) -> None:
    for seed, session in ((seed, one) for one in BOOK.sessions for seed in range(6)):
        for asked, _ in walked(session, picked, random.Random(f"{seed} {session}")):
            assert not any("Tom" in one for one in asked.openers), session
            if asked.step.type is StepKind.DRAFT:
                assert "Tom" not in asked.text + asked.hint


def test_to_draft_to_him_would_be_noticed() -> None:
    living = People((Picked(TOM.alter, "Tom"),))
    dice = random.Random(1)
    found = [one for asked, _ in walked("cop-load", living, dice) for one in asked.openers]
    assert any("Tom" in one for one in found)


def test_where_he_alone_is_picked_the_path_is_one_of_remembering() -> None:
    sessions = [
        where.removeprefix("session:")
        for (where, _), step in BOOK.steps.items()
        if where.startswith("session:") and Status.REMEMBERED in step.statuses
    ]
    assert len(set(sessions)) > 5
    for session in set(sessions):
        places = [asked.place for asked, _ in walked(session, People((TOM,)), random.Random(3))]
        if any(place.where == REMEMBERED for place in places):
            at = next(n for n, place in enumerate(places) if place.where == REMEMBERED)
            assert BOOK.step(places[at]).type is StepKind.TEXT
            assert all(BOOK.step(place).type not in (StepKind.DRAFT, StepKind.INTENTION) for place in places[at:])
    told = {asked.place.where for asked, _ in walked("bel-reconnect", People((TOM,)), random.Random(3))}
    assert REMEMBERED in told


def test_in_that_path_only_the_living_may_be_picked(journal: Journal) -> None:
    step = BOOK.steps[REMEMBERED, "living"]
    circle = journal.circle.as_of(journal.today())
    assert [one.name for one in pickable(circle, step)] == ["Ana", "Bea"]


def test_what_is_written_to_him_is_a_page_and_no_message() -> None:
    steps = [one for (where, _), one in BOOK.steps.items() if where == REMEMBERED]
    assert steps[0].type is StepKind.TEXT
    assert steps[0].hint == "This stays between you and the page."


async def test_his_name_typed_where_he_is_not_offered_makes_no_second_one_who_is_there(
    tmp_path: Path, journal: Journal
) -> None:
    app = Stage(ReflectScreen(context_in(tmp_path), journal, BOOK, "bel-map"))
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await pilot.press("6", "enter", *"Tom", "enter", "enter")
        await settle(pilot)
    (tom,) = journal.alters.by_name("Tom")
    bond = journal.circle.bond(tom, journal.today())
    assert bond is not None
    assert bond.status is Status.REMEMBERED
