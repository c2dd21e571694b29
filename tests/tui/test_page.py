"""Reading a page, and deleting with a way back."""

from __future__ import annotations

import pytest

from builders.doors import a_few_pages, steady_journal
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle, staged
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.tui.navigation import HistoryRequested, PageRequested, PersonRequested, WriteRequested
from kinship.tui.screens.page import PageScreen
from kinship.tui.widgets.reading import body_content


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    newest = journal.pages.latest(1)[0]
    bea = journal.alters.by_name("Bea")[0]
    for kind in ("listening", "strain"):
        journal.record_moment(bea.id, kind, day=newest.day, entry=newest.id)
    return journal


def page(context: Context, journal: Journal, at: int = 0) -> PageScreen:
    return PageScreen(context, journal, journal.pages.all()[at].id)


async def test_a_page_shows_its_words_its_people_and_what_they_gave(context: Context, journal: Journal) -> None:
    async with staged(page(context, journal)) as (stage, _):
        shown = painted(stage)
        assert "Saturday 21 November 2026" in shown
        assert "She listened, really." in shown
        assert "@Bea  listened  weighed on me" in shown


async def test_j_and_k_go_through_the_pages_and_stop_at_the_ends(context: Context, journal: Journal) -> None:
    async with staged(page(context, journal)) as (stage, pilot):
        await pilot.press("j")
        await settle(pilot)
        assert "Boxes, stairs" in painted(stage)
        await pilot.press("k", "k")
        await settle(pilot)
        assert "Dinner at Bea's" in painted(stage)


async def test_e_writes_on_it_and_enter_on_a_name_goes_to_them(context: Context, journal: Journal) -> None:
    async with staged(page(context, journal)) as (stage, pilot):
        await pilot.press("e", "tab", "enter")
        await pilot.pause()
        entry = journal.pages.latest(1)[0].id
        assert stage.asked == [WriteRequested(entry=entry), PersonRequested(journal.alters.by_name("Bea")[0].id)]


async def test_deleting_asks_nothing_and_u_brings_it_back(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        before = journal.pages.all()
        app.screen.post_message(PageRequested(before[0].id))
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert "u brings it back" in painted(app)
        assert len(journal.pages.all()) == len(before) - 1
        await pilot.press("u")
        await settle(pilot)
        assert journal.pages.all() == before
    app.close_journal()


async def test_a_page_changed_meanwhile_is_shown_anew(context: Context, journal: Journal) -> None:
    screen = page(context, journal, 2)
    async with staged(screen) as (stage, pilot):
        journal.keep_page(PageText(id=screen.entry, body="Short, and then longer."))
        await screen.show()
        await settle(pilot)
        assert "and then longer" in painted(stage)


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    for size in (SMALL, NORMAL, WIDE):
        async with staged(page(context, journal), size=size) as (stage, _):
            hold(stage, "page")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("# Head\nplain **bold** *it* ~~no~~", "Head\nplain bold it no"),
        ("> said\n- one\n* two\n1. three", "│ said\n• one\n• two\n1. three"),
        ("```\n*as is*\n```", "*as is*"),
        ("a [label](http://x.org) b", "a label(http://x.org) b"),
        ("---", "─" * 24),
        ("[red]no[/red] \\*star\\*", "[red]no[/red] *star*"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("", ""),
    ],
)
def test_a_body_is_read_without_its_marks(body: str, read: str) -> None:
    assert body_content(body).plain.replace("](", "(") == read


async def test_words_are_found_on_the_page_and_esc_goes_back(context: Context, journal: Journal) -> None:
    id_ = journal.keep_page(PageText(body="\n\n".join(["the river", *["more"] * 40, "The boat"]))).made["entries"][0]
    screen = PageScreen(context, journal, id_)
    async with staged(screen) as (stage, pilot):
        await pilot.press("ctrl+f", *"the")
        await settle(pilot)
        assert "1 of 2" in painted(stage)
        await pilot.press("enter")
        await settle(pilot)
        assert "The boat" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
        assert (screen.body.marks, screen.middle.scroll_y) == ((), 0)
        await pilot.press("slash", "up", "tab", "n")
        await settle(pilot)
        assert len(screen.body.marks) == 2
        await pilot.press("f9", "h")
        await settle(pilot)
        assert stage.asked == [HistoryRequested(id_)]


async def test_a_star_is_given_and_taken_from_a_page_and_from_a_line(context: Context, journal: Journal) -> None:
    screen = page(context, journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("asterisk", "s", "1")
        await screen.show()
        await settle(pilot)
        assert journal.pages.all()[0].starred
        (line,) = journal.lines.all()
        assert painted(stage).count("★") == 2
        await pilot.press("asterisk", "s", "1")
        await settle(pilot)
        assert not journal.pages.all()[0].starred
        assert journal.lines.all() == []
    journal.undo()
    assert journal.lines.all() == [line]
