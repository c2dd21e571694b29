"""What is near: steps, visits and birthdays of those who are there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.journals import alter, new_journal
from kinship.ground.clock import FrozenClock
from kinship.journal.drafts import PageText
from kinship.journal.model import Appointment, Bond, Circle, Intention, Status, StepState
from kinship.tui.near import Near, near, next_birthday, rhythms_of, when

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
