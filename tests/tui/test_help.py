"""Help is one key away, says whom to call, and names every key."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.widgets import Select

from builders.doors import steady_journal
from builders.screens import NORMAL, context_in, hold, kinship_app, painted, running, settle
from kinship.reflect.helplines import load_helplines
from kinship.tui.context import Context
from kinship.tui.countries import COUNTRIES
from kinship.tui.screens.help import OUT_OF_DATE, HelpScreen, lines_shown
from kinship.tui.screens.today import TodayScreen


async def test_f1_shows_whom_to_call_and_the_number_for_danger(context: Context) -> None:
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app) as pilot:
        await pilot.press("f1")
        await settle(pilot)
        assert "findahelpline.com" in painted(app)
        app.screen.query_one(Select).value = "GB"
        await settle(pilot)
        assert "call 999 or 112" in painted(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("f1")
        await settle(pilot)
        assert "call 999 or 112" in painted(app)
    app.close_journal()


async def test_the_locale_only_says_which_country_comes_first(context: Context) -> None:
    told = {**context.environment, "LANG": "de_DE.UTF-8"}
    app = kinship_app(context_in(context.places.config.parent, environment=told))
    async with running(app) as pilot:
        await pilot.press("f1")
        await settle(pilot)
        assert app.screen.query_one(Select).value == "DE"


def test_past_its_date_the_list_says_so() -> None:
    lines = load_helplines()
    before, after = lines.recheck_after, lines.recheck_after + dt.timedelta(days=1)
    assert OUT_OF_DATE not in lines_shown(lines, None, before).plain
    assert OUT_OF_DATE in lines_shown(lines, None, after).plain


@pytest.mark.parametrize("country", [one.country for one in load_helplines().countries if len(one.country) == 2])
def test_every_country_has_a_name_and_its_lines_are_shown(country: str) -> None:
    lines = load_helplines()
    found = lines.of(country)
    assert found is not None
    shown = lines_shown(lines, found, lines.compiled).plain
    assert country in COUNTRIES
    assert all(line.name in shown and line.contact in shown for line in found.lines)


async def test_the_key_list_names_the_keys_of_where_the_person_is(context: Context) -> None:
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app, (100, 60)) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        shown = painted(app)
        for words in ("Another question", "Say how you are", "Somebody to talk to", "ctrl+l", "Blank the screen"):
            assert words in shown
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        assert app.screen.part == "people"
    app.close_journal()


async def test_it_looks_as_it_should(context: Context) -> None:
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app, NORMAL) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        hold(app, "keys-of-today")
    app.close_journal()
