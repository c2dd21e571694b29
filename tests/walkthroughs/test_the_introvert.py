"""Somebody quiet: two people to keep in touch with, brought up seldom, and each of them never again if so wished."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.journals import new_journal
from builders.screens import EVENING
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.journal.model import Ring
from kinship.tui.near import APART, TOUCH, Rhythm, brought_up, near, rhythms_of

MONTH, YEAR = 30, 365
TODAY = EVENING.date()


def the_quiet_one(tmp_path: Path) -> tuple[Journal, str, str]:
    """Return the journal of somebody who wants to keep in touch with two of three, and the ids of those two."""
    journal = new_journal(tmp_path, FrozenClock(EVENING))
    noor, lee, _ = (journal.add_alter(name, ring=Ring.INNER).made["alters"][0] for name in ("Noor", "Lee", "Mei"))
    journal.keep_in_touch(noor, 14)
    journal.keep_in_touch(lee, 30)
    return journal, noor, lee


def lines(journal: Journal, touch: dict[str, Rhythm], day: dt.date) -> list[str]:
    found = near(day, (), (), journal.circle.as_of(day), touch)
    return [one.alter or "" for one in found if one.sign == TOUCH]


def shown(journal: Journal, day: dt.date) -> list[str]:
    return lines(journal, brought_up(journal, day, journal.circle.as_of(day)), day)


def lived(journal: Journal, days: int) -> list[list[str]]:
    """Return whom Today brings up on each of the days, looked at twice a day."""
    found = []
    for day in (TODAY + dt.timedelta(days=n) for n in range(days)):
        found.append(shown(journal, day))
        assert shown(journal, day) == found[-1], "the evening says what the morning said"
    return found


def most_in_a_month(days: list[list[str]]) -> int:
    return max(sum(map(len, days[at : at + MONTH])) for at in range(len(days)))


def test_at_most_four_lines_of_contact_stand_there_in_thirty_days_and_both_have_their_turn(tmp_path: Path) -> None:
    journal, noor, lee = the_quiet_one(tmp_path)
    days = lived(journal, YEAR)
    assert most_in_a_month(days) <= 4
    told = [one for day in days for one in day]
    assert set(told) == {noor, lee}
    assert abs(told.count(noor) - told.count(lee)) <= 1
    assert max(map(len, days)) == 1


def test_lines_for_each_due_day_would_be_noticed(tmp_path: Path) -> None:
    journal, _, _ = the_quiet_one(tmp_path)
    days = [lines(journal, rhythms_of(journal), TODAY + dt.timedelta(days=n)) for n in range(MONTH)]
    assert most_in_a_month(days) > 4


def test_each_is_put_away_for_good_and_the_other_stays(tmp_path: Path) -> None:
    journal, noor, lee = the_quiet_one(tmp_path)
    journal.keep_in_touch(noor, None)
    assert {one for day in lived(journal, YEAR) for one in day} == {lee}
    journal.keep_in_touch(lee, None)
    assert not any(lived(journal, YEAR))


def test_nobody_is_brought_up_unasked(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, FrozenClock(EVENING))
    journal.add_alter("Noor", ring=Ring.INNER)
    assert not any(lived(journal, MONTH))
    assert not journal.choices.by_id


def test_somebody_who_weighs_much_is_not_brought_up_and_the_other_is(tmp_path: Path) -> None:
    journal, noor, lee = the_quiet_one(tmp_path)
    journal.state(noor, "strain.conflict", 3)
    assert {one for day in lived(journal, MONTH) for one in day} == {lee}


def test_a_line_goes_when_they_were_in_touch_and_the_next_one_waits_its_days(tmp_path: Path) -> None:
    journal, noor, _ = the_quiet_one(tmp_path)
    first = shown(journal, TODAY)
    journal.record_moment(first[0], "time", day=TODAY)
    assert shown(journal, TODAY) == []
    assert [n for n, one in enumerate(lived(journal, APART + 1)) if one] == [APART]
    assert noor in rhythms_of(journal)
