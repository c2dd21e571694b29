"""The list of pages: searching while typing, walking, saved searches, and coming back to where one was."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.widgets import Input

from builders.doors import a_few_pages, steady_journal
from builders.journals import entry
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle, staged
from kinship.journal.journal import Journal, PageText
from kinship.journal.on_this_day import brought_up
from kinship.journal.saved import save_search, saved_searches
from kinship.tui.context import Context
from kinship.tui.navigation import PageRequested, PagesRequested, PersonRequested, Sheaf, YearRequested
from kinship.tui.screens.choices import ChoicesScreen
from kinship.tui.screens.pages import PagesScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.widgets.page_list import PageList
from kinship.tui.widgets.page_table import PageTable


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


def table(stage: object) -> PageTable:
    return stage.screen.query_one(PageTable)  # type: ignore[attr-defined,no-any-return]


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    for size in (SMALL, NORMAL, WIDE):
        async with staged(PagesScreen(context, journal), size=size) as (stage, _):
            hold(stage, "pages")


async def test_a_search_narrows_the_list_as_it_is_typed_and_opens_with_its_words(
    context: Context, journal: Journal
) -> None:
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        assert "4 pages" in painted(stage)
        await pilot.press("slash", *"photos or stairs")
        await settle(pilot)
        assert "2 pages" in painted(stage)
        hold(stage, "pages-searched")
        await pilot.press("enter", "n", "enter")
        await pilot.pause()
        found = tuple(one.id for one in journal.search("photos or stairs"))
        assert stage.asked == [PageRequested(found[1], Sheaf(found, ("photos", "stairs"), found[1]))]


async def test_esc_leaves_the_search_line_before_it_leaves_the_list(context: Context, journal: Journal) -> None:
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        await pilot.press("slash", "x", "escape")
        await pilot.pause()
        assert stage.asked == []
        assert not stage.screen.query_one("#search-line", Input).has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert len(stage.asked) == 1


async def test_what_means_nothing_is_one_sentence_and_the_list_stays(context: Context, journal: Journal) -> None:
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        line = stage.screen.query_one("#search-line", Input)
        for told, said in (("moods:3", "did you mean mood:"), ("tag:", "tag:garden"), ("person:Xxqq", "Nobody")):
            line.value = told
            await settle(pilot)
            assert said in painted(stage)
            assert len(table(stage).pages) == 4
        line.value = "xylophone"
        await settle(pilot)
        assert "No page holds that." in painted(stage)
        assert table(stage).pages == []


async def test_the_last_word_is_completed_and_the_arrow_takes_it(context: Context, journal: Journal) -> None:
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        await pilot.press("slash", *"pers", "right", *"gr", "right")
        await settle(pilot)
        assert stage.screen.query_one("#search-line", Input).value == "person:grace"
        assert len(table(stage).pages) == 1


async def test_reading_goes_on_in_what_was_found_and_comes_back_to_the_page_read_last(
    context: Context, journal: Journal
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(PagesRequested("listened or stairs or short"))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "1 of 1" in painted(app)
        await pilot.press("j", "j")
        await settle(pilot)
        assert "Short one." in painted(app)
        await pilot.press("j")
        await settle(pilot)
        assert "the oldest of these pages" in painted(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen.query_one(PageTable).highlighted == 2
    app.close_journal()


async def test_the_matches_of_a_long_page_are_walked_and_brought_into_sight(context: Context, journal: Journal) -> None:
    body = "\n\n".join(f"line {number}" + (" with the heron" if number % 20 == 7 else "") for number in range(90))
    journal.take_in("Pages", [entry(body, id_="long", title="The Heron")])
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(PageRequested("long", Sheaf(("long",), ("heron",))))
        await settle(pilot)
        for key, said in (("n", "2 of 5"), ("n", "3 of 5"), ("N", "2 of 5"), ("N", "1 of 5"), ("N", "5 of 5")):
            await pilot.press(key)
            await settle(pilot)
            assert said in painted(app)
        assert "line 87 with the heron" in painted(app)
    app.close_journal()


async def test_a_search_is_saved_used_named_anew_deleted_and_brought_back(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(PagesRequested())
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "Search for something first" in painted(app)
        await pilot.press("slash", *"photos", "enter", "s", *"Move", "enter")
        await settle(pilot)
        assert "saved as Move" in painted(app)
        assert [(one.name, one.line) for one in saved_searches(journal)] == [("Move", "photos")]
        await pilot.press("slash", "ctrl+u", "escape", "o", "enter")
        await settle(pilot)
        assert "1 page · saved as Move" in painted(app)
        await pilot.press("o", "r", *"d", "enter")
        await settle(pilot)
        assert saved_searches(journal)[0].name == "Moved"
        await pilot.press("d")
        await settle(pilot)
        assert "No search is saved yet" in painted(app)
        await pilot.press("u")
        await settle(pilot)
        assert "Moved" in painted(app)
        await pilot.press("ctrl+p", *"moved")
        await pilot.pause(0.2)
        await settle(pilot)
        assert "Search: Moved" in painted(app)
    app.close_journal()


async def test_ten_years_are_one_list_that_ends_at_the_first_page(context: Context, journal: Journal) -> None:
    first = journal.today() - dt.timedelta(days=3650)
    pages = [entry(f"Page {n}", id_=f"p{n:04}", day=first + dt.timedelta(days=n)) for n in range(3600)]
    journal.take_in("Pages", [*pages, entry("a star #x", day=journal.today(), starred=True, mood=6)])
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        assert "3,605 pages" in painted(stage)
        assert "★ a star" in painted(stage)
        assert "mood 6" in painted(stage)
        await pilot.press("G")
        assert "Page 0" in painted(stage)
        assert f"{first:%B %Y}" in painted(stage)
        await pilot.press("right_square_bracket", "left_square_bracket", "left_square_bracket", "pageup", "k")
        assert table(stage).highlighted is not None
        await pilot.press("g")
        assert "today" in painted(stage)
        await pilot.click(PageTable, offset=(12, 3))
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert [type(one) for one in stage.asked] == [PageRequested, YearRequested]


async def test_markup_wide_and_right_to_left_words_are_only_text(context: Context, journal: Journal) -> None:
    journal.take_in(
        "Pages", [entry("[b]x[/] 小林さんと会う [link=x]"), entry("שלום עולם"), entry("e\u0301te\u0301 ÉTÉ \x1b[2J")]
    )
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        for line, seen in (("小林", "小林さん"), ("עולם", "עולם"), ("été", "ÉTÉ"), ('"[b]x"', "[b]x[/]")):
            stage.screen.query_one("#search-line", Input).value = line
            await settle(pilot)
            assert seen in painted(stage)
            assert len(table(stage).pages) == 1


async def test_an_empty_journal_says_how_it_begins(context: Context) -> None:
    journal = steady_journal(context)
    async with staged(PagesScreen(context, journal)) as (stage, pilot):
        assert "w starts your first page" in painted(stage)
        await pilot.press("j", "G", "g", "enter", "pagedown", "right_square_bracket", "n")
        assert stage.asked == []


def test_a_saved_search_of_the_same_name_gives_way(journal: Journal) -> None:
    save_search(journal, "Rain", "rain")
    save_search(journal, " rain ", "rain since:May")
    assert [(one.name, one.line) for one in saved_searches(journal)] == [("rain", "rain since:May")]


async def test_on_this_day_is_shown_on_today_once_it_is_chosen_and_never_whom_one_parted_from(
    context: Context, journal: Journal
) -> None:
    year = dt.timedelta(days=365)
    rex = journal.add_alter("Rex").made["alters"][0]
    for number, body in enumerate(("the first heron", "with @Rex at the sea")):
        journal.keep_page(PageText(body=body, day=journal.today() - (number + 1) * year))
    async with staged(TodayScreen(context, journal)) as (stage, _):
        assert "On this day" not in painted(stage)
    async with staged(ChoicesScreen(context, journal)) as (_, pilot):
        await pilot.press("home", *["down"] * 5, "enter")
        await settle(pilot)
    assert [one.body for one in brought_up(journal, journal.today())] == ["the first heron", "with @Rex at the sea"]
    journal.state(rex, "status", "no_contact")
    async with staged(TodayScreen(context, journal)) as (stage, _):
        assert "On this day · a year ago" in painted(stage)
        assert "the first heron" in painted(stage)
        assert [one.title for one in stage.screen.query_one("#before", PageList).lines] == ["the first heron"]
    journal.choose("recent_loss", journal.today().isoformat())
    async with staged(TodayScreen(context, journal)) as (stage, _):
        assert not stage.screen.query_one("#before", PageList).display


async def test_a_persons_page_leads_to_the_pages_that_name_them(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.screen.post_message(PersonRequested(journal.alters.by_name("Bea")[0].id))
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "person:Bea" in painted(app)
        assert "1 page ·" in painted(app)
        await pilot.press("escape", "escape")
        await settle(pilot)
    app.close_journal()
