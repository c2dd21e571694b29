"""A month as one page: made of one's own words, gentle about who is out of sight, kept as one act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.journals import alter, fact, moment, new_journal
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused
from kinship.insight.month import keep, leave, look_back, month_before, offered_on
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import StepState
from kinship.snapshot.month import month_looked_back

OCTOBER = dt.date(2026, 10, 1)
THIRD = dt.date(2026, 11, 3)
BEFORE = dt.date(2026, 9, 1)


def october(folder: Path) -> Journal:
    """Return a journal with an October in it, read on 3 November."""
    journal = new_journal(folder, FrozenClock(dt.datetime(2026, 11, 3, 21, 0, tzinfo=dt.UTC)))
    people = [alter("Bea"), alter("Rolf"), alter("Ana")]
    facts = [fact("bea", "status", "active", BEFORE), fact("bea", "ring", "middle", BEFORE)]
    facts += [fact("rolf", "status", "active", BEFORE), fact("rolf", "status", "no_contact", dt.date(2026, 10, 9))]
    facts += [
        fact("ana", "status", "active", dt.date(2026, 10, 4)),
        fact("bea", "ring", "inner", dt.date(2026, 10, 20)),
    ]
    helped = [moment("bea", "listening", dt.date(2026, 10, day)) for day in (2, 2, 7)]
    gave = [moment("ana", "time", dt.date(2026, 10, 8), to_them=True)]
    journal.take_in("October", [*people, *facts, *helped, *gave])
    for day, body in ((2, "Tea with @Bea.\nShe put her bag down."), (9, "@Rolf rang.\nRolf again."), (12, "Rain.")):
        page = journal.keep_page(PageText(body=body, day=dt.date(2026, 10, day))).made["entries"][0]
        journal.star_line(page, body.splitlines()[-1])
    return journal


def test_a_month_is_its_lines_people_kinds_and_changes(tmp_path: Path) -> None:
    looked = month_looked_back(october(tmp_path), OCTOBER)
    told = {one.id: one.lines for one in looked.sections}
    assert told["lines"] == ("She put her bag down. (2 October)", "Rain. (12 October)")
    assert told["people"] == ("Ana and Bea.",)
    assert told["kinds"] == ("There was emotional support on 2 days.", "You gave practical support on 1 day.")
    assert told["changes"][0] == "New on the map: Ana."
    assert "Closer, from middle to inner: Bea." in told["changes"]
    assert "Rolf" not in looked.body()


def test_a_part_can_be_left_out_and_nothing_at_all_is_no_page(tmp_path: Path) -> None:
    journal = october(tmp_path)
    looked = look_back(journal, OCTOBER)
    assert "Lines you starred" in looked.body()
    assert "Lines you starred" not in looked.body({"lines"})
    everything = {one.id for one in looked.sections}
    assert looked.body(everything) == ""
    with pytest.raises(Misused):
        keep(journal, looked, everything)


def test_what_is_put_away_stays_away(tmp_path: Path) -> None:
    journal = october(tmp_path)
    page = next(one for one in journal.pages.all() if "bag" in one.body)
    journal.hide_page(page.id, dt.date(2027, 1, 1))
    looked = look_back(journal, OCTOBER)
    assert "bag" not in looked.body()


def test_keeping_is_one_act_that_makes_a_page_links_nobody_and_can_be_taken_back(tmp_path: Path) -> None:
    journal = october(tmp_path)
    journal.star_line(journal.pages.latest(1)[0].id, "With @Bea and #choir")
    assert offered_on(journal, THIRD) == OCTOBER
    act = keep(journal, look_back(journal, OCTOBER))
    page = journal.pages.get(act.made["entries"][0])
    assert page is not None
    assert (page.title, page.day, page.names, page.tags) == ("Looking back at October 2026", THIRD, {}, ())
    assert offered_on(journal, THIRD) is None
    journal.undo()
    assert journal.pages.get(page.id) is None
    assert offered_on(journal, THIRD) == OCTOBER


def test_a_month_is_offered_kindly_for_a_week_and_not_again_where_it_was_left(tmp_path: Path) -> None:
    journal = october(tmp_path)
    assert offered_on(journal, dt.date(2026, 11, 8)) is None
    leave(journal, OCTOBER)
    assert offered_on(journal, THIRD) is None


def test_a_month_with_next_to_nothing_in_it_is_not_offered(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    assert offered_on(journal, dt.date(2024, 5, 1)) is None
    assert look_back(journal, month_before(dt.date(2024, 1, 31))).sections == ()


def test_a_step_that_was_taken_is_told(tmp_path: Path) -> None:
    journal = october(tmp_path)
    step = journal.intend("Send @Bea the photos", due=dt.date(2026, 10, 5)).made["intentions"][0]
    assert "steps" not in {one.id for one in look_back(journal, OCTOBER).sections}
    journal.finish_intention(step, StepState.DONE)
    told = {one.id: one.lines for one in look_back(journal, OCTOBER).sections}
    assert told["steps"] == ("Send Bea the photos",)
