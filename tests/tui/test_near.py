"""What is near: steps, visits and birthdays of those who are there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from builders.doors import steady_journal
from builders.journals import alter, new_journal
from builders.screens import NORMAL, SMALL, Stage, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.journal.ahead import moment_at
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.model import Appointment, Bond, Circle, Intention, Status, StepState
from kinship.tui.context import Context
from kinship.tui.navigation import AppointmentRequested, PersonRequested
from kinship.tui.near import Near, near, next_birthday, rhythms_of, when
from kinship.tui.screens.today import TodayScreen
from kinship.tui.widgets.near_list import NearList
from kinship.tui.widgets.prompt_card import PromptCard

TODAY = dt.date(2026, 11, 22)


def circle(*bonds: Bond) -> Circle:
    return Circle(TODAY, bonds, ())


def step(text: str, due: dt.date | None = None, state: StepState = StepState.OPEN) -> Intention:
    return Intention(id=text, text=text, made=TODAY, due=due, state=state)


def words(found: tuple[Near, ...]) -> list[str]:
    return [one.words for one in found]


def test_the_soonest_comes_first_and_what_has_no_day_last() -> None:
    steps = [step("call Ana"), step("photos", TODAY + dt.timedelta(days=6))]
    bonds = circle(Bond(alter=alter("Bea", birthday="1980-11-24")))
    visit = Appointment(id="v", at=dt.datetime(2026, 11, 23, 10, 30, tzinfo=dt.UTC), with_="Dr Okonkwo")
    assert words(near(TODAY, steps, [visit], bonds)) == ["Dr Okonkwo, 10:30", "Bea's birthday", "photos", "call Ana"]


def test_done_and_far_steps_are_not_near() -> None:
    steps = [step("done", state=StepState.DONE), step("far", TODAY + dt.timedelta(days=40))]
    assert near(TODAY, steps, [], circle()) == ()


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTIVE])
def test_a_birthday_of_somebody_who_is_not_there_now_is_not_mentioned(status: Status) -> None:
    assert near(TODAY, [], [], circle(Bond(alter=alter("Tom", birthday="--11-23"), status=status))) == ()


@pytest.mark.parametrize(
    ("birthday", "day"),
    [
        ("1980-11-24", dt.date(2026, 11, 24)),
        ("--11-22", dt.date(2026, 11, 22)),
        ("--11-21", dt.date(2027, 11, 21)),
        ("2000-02-29", dt.date(2027, 3, 1)),
        ("", None),
        ("soon", None),
        ("--13-40", None),
    ],
)
def test_a_birthday_comes_back_each_year(birthday: str, day: dt.date | None) -> None:
    assert next_birthday(birthday, TODAY) == day


def test_a_day_is_said_the_nearer_the_plainer_and_nobody_is_late() -> None:
    days = [TODAY + dt.timedelta(days=ahead) for ahead in (-3, 0, 1, 4, 9)]
    assert [when(day, TODAY) for day in days] == ["", "today", "tomorrow", "Thursday", "1 December"]
    assert when(None, TODAY) == ""


def test_whom_one_wants_to_be_in_touch_with_is_near_after_as_long_as_that(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, FrozenClock(dt.datetime.combine(TODAY, dt.time(21), dt.UTC)))
    ids = [journal.add_alter(name).made["alters"][0] for name in ("Ana", "Bea", "Tom")]
    for id_ in ids:
        journal.keep_in_touch(id_, 14)
    journal.record_moment(ids[0], "time", day=TODAY - dt.timedelta(days=13))
    journal.record_moment(ids[1], "time", day=TODAY - dt.timedelta(days=14))
    journal.state(ids[2], "status", "remembered")
    found = near(TODAY, [], [], journal.circle.as_of(TODAY), rhythms_of(journal))
    assert words(found) == ["Bea, whom you want to be in touch with"]
    journal.keep_page(PageText(body="Tea with @Bea."))
    assert near(TODAY, [], [], journal.circle.as_of(TODAY), rhythms_of(journal)) == ()


# On Today.


@pytest.fixture
def journal(context: Context) -> Journal:
    return steady_journal(context)


async def keys(pilot: Pilot[Any], *told: str) -> None:
    for one in told:
        await pilot.press(one)
        await settle(pilot)


async def refreshed(stage: Stage, pilot: Pilot[Any]) -> str:
    """Show the journal anew, as the App asks for after every act."""
    assert isinstance(stage.screen, TodayScreen)
    stage.screen.show_day()
    await settle(pilot)
    return painted(stage)


@pytest.mark.parametrize(("key", "state"), [("1", StepState.DONE), ("3", StepState.LET_GO)])
async def test_a_step_is_done_or_let_go_and_undo_brings_it_back(
    context: Context, journal: Journal, key: str, state: StepState
) -> None:
    (id_,) = journal.intend("Ring Ana", if_blocked="write a card").made["intentions"]
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        await keys(pilot, "t", "enter")
        assert "if not: write a card" in painted(stage)
        await keys(pilot, key)
        assert journal.intentions.by_id[id_].state is state
        assert "Ring Ana" not in await refreshed(stage, pilot)
        journal.undo()
        assert "Ring Ana" in await refreshed(stage, pilot)
        assert journal.intentions.by_id[id_].state is StepState.OPEN


async def test_a_step_goes_to_another_day_in_plain_words(context: Context, journal: Journal) -> None:
    (id_,) = journal.intend("Ring Ana").made["intentions"]
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        await keys(pilot, "t", "enter", "2", *"soon", "enter")
        assert journal.intentions.by_id[id_].due is None
        for _ in "soon":
            await pilot.press("backspace")
        await keys(pilot, *"Thursday", "enter")
        assert journal.intentions.by_id[id_].due == dt.date(2026, 11, 26)
        assert "Ring Ana · Thursday" in await refreshed(stage, pilot)


async def test_a_step_may_stay_as_it_is(context: Context, journal: Journal) -> None:
    journal.intend("Ring Ana")
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        await keys(pilot, "t", "enter", "4", "enter", "escape")
        assert [one.state for one in journal.intentions] == [StepState.OPEN]
        assert isinstance(stage.focused, NearList)


async def test_enter_opens_a_visit_and_somebody(context: Context, journal: Journal) -> None:
    (visit,) = journal.appoint(context.clock.now() + dt.timedelta(days=1), with_="Dr Okonkwo").made["appointments"]
    (bea,) = journal.add_alter("Bea").made["alters"]
    journal.edit_alter(msgspec.structs.replace(journal.alters.by_id[bea], birthday="--11-25"))
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        await keys(pilot, "t", "enter", "down", "enter")
        assert stage.asked == [AppointmentRequested(visit), PersonRequested(bea)]


async def test_more_than_three_are_reached_by_scrolling(context: Context, journal: Journal) -> None:
    for number in range(6):
        journal.intend(f"Step {number}", due=TODAY + dt.timedelta(days=number))
    async with staged(TodayScreen(context, journal)) as (stage, pilot):
        assert "Step 2" in painted(stage)
        assert "Step 5" not in painted(stage)
        await keys(pilot, "t", "end")
        assert "Step 5" in painted(stage)


def test_a_visit_without_a_time_names_none_and_lasts_its_whole_day(context: Context, journal: Journal) -> None:
    journal.appoint(moment_at(TODAY, None, context.clock), with_="Dr Okonkwo")
    assert words(near(TODAY, [], journal.appointments, circle())) == ["Dr Okonkwo"]
    assert journal.appointments.ahead(context.clock.now())


def test_a_visit_has_the_offset_that_holds_there_then() -> None:
    winter = FrozenClock(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), zone="Europe/Berlin")
    assert moment_at(dt.date(2027, 7, 1), dt.time(16, 30), winter).isoformat() == "2027-07-01T16:30:00+02:00"
    nowhere = FrozenClock(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), zone="+02:00")
    assert moment_at(dt.date(2027, 7, 1), None, nowhere).isoformat() == "2027-07-01T00:00:00+00:00"


def test_a_line_keeps_its_words_to_itself() -> None:
    assert "Ana" not in repr(near(TODAY, [step("Ring Ana")], [], circle()))


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    journal.intend("Send Tomás the photos", when_where="after lunch, at the desk", if_blocked="ask Bea")
    journal.appoint(context.clock.now() + dt.timedelta(days=2), with_="Dr Okonkwo")
    for size in (SMALL, NORMAL):
        async with staged(TodayScreen(context, journal), size=size) as (stage, pilot):
            stage.screen.query_one(PromptCard).shown = None
            await keys(pilot, "t", "end", "enter")
            hold(stage, "near-acts")
