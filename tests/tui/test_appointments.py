"""Dates ahead on the screen: a day in plain words, a list that grows, and lines of one's own by number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from textual.pilot import Pilot

from builders.doors import a_few_pages, steady_journal
from builders.screens import NORMAL, SMALL, hold, painted, settle, staged
from kinship.journal.forms import waiting_form
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.navigation import AppointmentRequested, BackRequested
from kinship.tui.screens.appointment import AppointmentScreen
from kinship.tui.screens.appointments import AppointmentsScreen
from kinship.tui.screens.page import PageScreen
from kinship.tui.widgets.starred_lines import StarredLines


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


async def typed(pilot: Pilot[Any], words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await pilot.pause()


async def test_a_date_is_noted_down_in_plain_words_with_its_list(context: Context, journal: Journal) -> None:
    async with staged(AppointmentScreen(context, journal)) as (stage, pilot):
        await typed(pilot, "next thursday at 4 pm")
        await pilot.press("enter")
        await typed(pilot, "bea")
        await pilot.press("enter")
        await typed(pilot, "the letter")
        await pilot.press("enter")
        await typed(pilot, "how it went")
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]
    (date,) = journal.appointments.all()
    assert date.at.isoformat() == "2026-11-26T16:00:00+00:00"
    assert (date.with_, date.alter) == ("bea", "bea")
    assert date.bring == ("the letter", "how it went")
    journal.undo()
    assert journal.appointments.all() == []


@pytest.mark.parametrize(("when", "said"), [("", "Say the day too"), ("some day", "is no day ahead")])
async def test_without_a_day_it_says_so_and_nothing_is_lost(
    context: Context, journal: Journal, when: str, said: str
) -> None:
    screen = AppointmentScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        await typed(pilot, when)
        await pilot.press("tab")
        await typed(pilot, "Dr Okonkwo")
        await pilot.press("escape")
        await pilot.pause()
        assert said in painted(stage)
        assert stage.asked == []
        screen.keep_words()
    assert journal.appointments.all() == []
    found = waiting_form(journal.vault, "appointment")
    assert found is not None
    assert found.form.values["with"] == "Dr Okonkwo"


async def test_a_new_date_left_empty_leaves_nothing(context: Context, journal: Journal) -> None:
    async with staged(AppointmentScreen(context, journal)) as (stage, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]
    assert journal.appointments.all() == []


async def test_what_is_changed_keeps_its_time_and_its_person(context: Context, journal: Journal) -> None:
    at = context.clock.now().astimezone(dt.timezone(dt.timedelta(hours=2)))
    (id_,) = journal.appoint(at, with_="B.", alter="bea").made["appointments"]
    async with staged(AppointmentScreen(context, journal, id_)) as (stage, pilot):
        assert "22 November 2026 23:04" in painted(stage)
        assert "Bea" in painted(stage)
        await pilot.press("tab", "tab")
        await typed(pilot, "the letter")
        await pilot.press("escape")
        await pilot.pause()
    date = journal.appointments.by_id[id_]
    assert (date.at, date.alter, date.bring) == (at, "bea", ("the letter",))


async def test_a_starred_line_goes_on_the_list_by_its_number(context: Context, journal: Journal) -> None:
    page = journal.pages.latest(1)[0].id
    for line in ("ask about sleep", "the new dose"):
        journal.star_line(page, line)
    async with staged(AppointmentScreen(context, journal)) as (stage, pilot):
        await typed(pilot, "tomorrow")
        stage.screen.query_one(StarredLines).focus()
        await pilot.press("2", "1", "5")
        await pilot.press("escape")
        await pilot.pause()
    (date,) = journal.appointments.all()
    assert set(date.bring) == {"ask about sleep", "the new dose"}


async def test_a_line_of_a_page_is_starred_once_and_undo_takes_it_back(context: Context, journal: Journal) -> None:
    page = journal.pages.latest(1)[0].id
    async with staged(PageScreen(context, journal, page)) as (stage, pilot):
        await pilot.press("s")
        await pilot.pause()
        assert "3 I am here" in painted(stage)
        await pilot.press("3")
        await pilot.pause()
        assert [(one.entry, one.text) for one in journal.lines] == [(page, "I am here")]
        await pilot.press("s")
        await pilot.pause()
        assert "4 tea" in painted(stage)
        await pilot.press("escape")
        assert stage.asked == []
        await pilot.press("escape")
        await pilot.pause()
        assert stage.asked == [BackRequested()]
    journal.undo()
    assert list(journal.lines) == []


async def test_the_next_date_comes_first_and_what_has_been_is_below(context: Context, journal: Journal) -> None:
    now = context.clock.now()
    for days, name in ((9, "Later"), (-3, "Been"), (2, "Sooner")):
        journal.appoint(now + dt.timedelta(days=days), with_=name, bring=("the letter",))
    async with staged(AppointmentsScreen(context, journal)) as (stage, pilot):
        shown = painted(stage)
        assert shown.index("Sooner") < shown.index("Later") < shown.index("Been")
        assert "· the letter" in shown
        await pilot.press("enter", "n")
        await pilot.pause()
        first = journal.appointments.ahead(now)[0].id
        assert stage.asked == [AppointmentRequested(first), AppointmentRequested()]


async def test_deleting_does_not_ask_and_undo_brings_it_back(context: Context, journal: Journal) -> None:
    journal.appoint(context.clock.now(), with_="Dr Okonkwo")
    screen = AppointmentsScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("d")
        screen.show_dates()
        await settle(pilot)
        assert "No dates yet." in painted(stage)
        await pilot.press("enter", "d")
        journal.undo()
        screen.show_dates()
        await settle(pilot)
        assert "Dr Okonkwo" in painted(stage)


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    journal.star_line(journal.pages.latest(1)[0].id, "ask about sleep")
    at = context.clock.now() + dt.timedelta(days=4)
    (id_,) = journal.appoint(at, with_="Dr Okonkwo", bring=("the letter", "tablets")).made["appointments"]
    journal.appoint(at - dt.timedelta(days=30), with_="Dr Okonkwo")
    for size in (SMALL, NORMAL):
        async with staged(AppointmentsScreen(context, journal), size=size) as (stage, _):
            hold(stage, "appointments")
        async with staged(AppointmentScreen(context, journal, id_), size=size) as (stage, _):
            hold(stage, "appointment")
        page = journal.pages.latest(1)[0].id
        async with staged(PageScreen(context, journal, page), size=size) as (stage, pilot):
            await pilot.press("s")
            await pilot.pause()
            hold(stage, "page-starring")
