"""A shared laptop and somebody who looks over the shoulder: veil, lock, disk, and a name that is never brought up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from builders.console import console
from builders.doors import steady_journal
from builders.journals import new_journal
from builders.screens import EVENING, NORMAL, Stage, context_in, kinship_app, painted, running, settle
from builders.sweep import sweep
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused
from kinship.ground.settings import Settings
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.model import Ring, Status
from kinship.reflect.answers import Number, People, Picked, Words
from kinship.reflect.book import load_book
from kinship.reflect.engine import answer, begin
from kinship.reflect.keeping import note
from kinship.reflect.packs import load_pack
from kinship.reflect.picking import named, pickable
from kinship.reflect.selection import choose_today
from kinship.reflect.sessions import StepKind
from kinship.reflect.state import note_shown, seed_of, selection_state
from kinship.tui import navigation as go
from kinship.tui.near import brought_up, near
from kinship.tui.screens.reflect import ReflectScreen

WORDS = {"page": "Marrowfatbench", "name": "Quillonwether", "tag": "thrumblecove", "answer": "Thistlewhisper"}
REX = "Ostrichwhistle"


async def test_one_key_blanks_the_screen_from_everywhere_and_the_words_come_back(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    journal = steady_journal(context)
    journal.keep_page(PageText(body=WORDS["page"]))
    page = journal.pages.latest(1)[0].id
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        for request in (go.PageRequested(page), go.SessionRequested("val-heard"), go.PagesRequested()):
            app.screen.post_message(request)
            await settle(pilot)
            before = painted(app)
            await pilot.press("ctrl+l")
            await settle(pilot)
            veiled = painted(app)
            assert WORDS["page"] not in veiled
            assert "How are you" not in veiled
            assert veiled != before
            await pilot.press("enter")
            await settle(pilot)
            assert painted(app) != veiled
    app.close_journal()


def test_it_locks_by_itself_after_some_minutes_unless_one_says_otherwise() -> None:
    assert 0 < Settings().lock_after <= 10


def test_no_word_can_be_read_on_the_disk(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", WORDS["name"])
    machine.fine("write", f"{WORDS['page']} with @{WORDS['name']}", "--tag", WORDS["tag"])
    machine.fine("reflect", "val-heard", piped=f"6\n{WORDS['answer']}\n/stop\n")
    assert sweep([tmp_path], WORDS) == []


def test_a_word_on_the_disk_would_be_noticed(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("write", WORDS["page"])
    machine.fine("export", "text", str(tmp_path / "left.txt"))
    assert sweep([tmp_path], WORDS)


# Somebody with whom there is no contact.


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Give a journal in which he was close, wrote of often, and to be kept in touch with, until a month ago."""
    made = new_journal(tmp_path, FrozenClock(EVENING))
    since = made.today() - dt.timedelta(days=400)
    rex, *_ = (made.add_alter(name, ring=Ring.INNER, since=since).made["alters"][0] for name in (REX, "Ana", "Bea"))
    made.keep_in_touch(rex, 7)
    made.keep_page(PageText(body=f"Waited for @{REX}."))
    made.state(rex, "status", Status.NO_CONTACT.value, from_=made.today() - dt.timedelta(days=30))
    return made


def brought(journal: Journal, days: int) -> list[str]:
    """Return every line that Today shows about people and every prompt, over so many days."""
    pack, told = load_pack(), []
    for day in (journal.today() + dt.timedelta(days=n) for n in range(0, days, 3)):
        choice = choose_today(pack, selection_state(journal, day), day, seed_of(journal))
        assert choice is not None
        note_shown(journal, day, choice)
        circle = journal.circle.as_of(day)
        told += [choice.text, *choice.follow_ups, *(one.text for one in choice.alternatives)]
        told += [one.words for one in near(day, (), (), circle, brought_up(journal, day, circle))]
    return told


def test_no_prompt_and_no_line_brings_him_up(journal: Journal) -> None:
    told = brought(journal, 90)
    assert any("Ana" in one or "Bea" in one for one in told)
    assert not any(REX in one for one in told)


def test_he_would_be_brought_up_without_the_mark(journal: Journal) -> None:
    (rex,) = journal.alters.by_name(REX)
    journal.state(rex.id, "status", Status.ACTIVE.value)
    assert any(REX in one for one in brought(journal, 90))


def test_no_picker_of_any_session_offers_him(journal: Journal) -> None:
    circle = journal.circle.as_of(journal.today())
    steps = [one for one in load_book().steps.values() if one.type is StepKind.PEOPLE]
    assert len(steps) > 10
    assert not any(one.name == REX for step in steps for one in pickable(circle, step))


LEFT_OUT = f"{REX} is marked no contact and left out here."


async def named_in_a_session(tmp_path: Path, journal: Journal) -> tuple[str, tuple[str, ...]]:
    """Return what the screen shows once his whole name was typed and taken, and the names on the page that is kept."""
    before = {one.id for one in journal.pages.all()}
    app = Stage(ReflectScreen(context_in(tmp_path), journal, load_book(), "val-heard"))
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await pilot.press("6", "enter", "x", "ctrl+j", *REX, "enter")
        await pilot.pause()
        shown = painted(app)
        await pilot.press("enter", *"she listened", "escape")
        await pilot.pause()
    (kept,) = (one for one in journal.pages.all() if one.id not in before)
    return shown, tuple(kept.names)


async def test_his_whole_name_picks_nobody_in_a_session(tmp_path: Path, journal: Journal) -> None:
    shown, names = await named_in_a_session(tmp_path, journal)
    assert LEFT_OUT in shown
    assert names == ()
    assert len(journal.alters.by_name(REX)) == 1


async def test_his_name_in_a_session_would_be_noticed(tmp_path: Path, journal: Journal) -> None:
    (rex,) = journal.alters.by_name(REX)
    journal.state(rex.id, "status", Status.ENDED.value)
    shown, names = await named_in_a_session(tmp_path, journal)
    assert LEFT_OUT not in shown
    assert names == (REX,)


def test_his_whole_name_picks_nobody_on_a_plain_terminal(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", REX)
    machine.fine("people", "status", REX, "no_contact")
    told = machine.fine("reflect", "val-heard", piped=f"6\nx\n{REX}\n+{REX}\n\n/stop\n")
    assert told.err.splitlines().count(LEFT_OUT) == 2
    assert machine.fine("list", "--json").json[0]["people"] == []
    assert [one["name"] for one in machine.fine("people", "--json").json] == [REX]


async def test_a_session_that_goes_on_asks_no_more_about_him(tmp_path: Path, journal: Journal) -> None:
    (rex,), (ana,) = journal.alters.by_name(REX), journal.alters.by_name("Ana")
    book = load_book()
    picks = People((Picked(rex.id, REX), Picked(ana.id, "Ana")))
    walk = answer(book, answer(book, answer(book, begin(book, "val-heard"), Number(6)), Words("x")), picks)
    walk = answer(book, walk, Words("she listened"))
    app = Stage(ReflectScreen(context_in(tmp_path), journal, book, "val-heard", note(journal, book, walk)))
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        assert "Ana" in painted(app)
        assert REX not in painted(app)
        await pilot.press("f3")
        await pilot.pause()
        assert "about you and Ana" in painted(app)
        await pilot.press("f4", "f4", "f4")
        await pilot.pause()
        assert "Ana" in painted(app)
        assert REX not in painted(app)


def test_a_step_that_lists_the_status_takes_a_whole_name(journal: Journal) -> None:
    step = next(one for one in load_book().steps.values() if one.type is StepKind.PEOPLE)
    own = msgspec.structs.replace(step, statuses=(*step.statuses, Status.NO_CONTACT))
    circle, bearers = journal.circle.as_of(journal.today()), journal.alters.by_name(REX)
    assert named(circle, own, REX, bearers) is not None
    with pytest.raises(Misused, match="left out"):
        named(circle, step, REX, bearers)


def test_he_is_in_no_map_that_leaves(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", REX, "--ring", "inner")
    machine.fine("people", "add", "Ana", "--ring", "inner")
    machine.fine("people", "status", REX, "no_contact")
    for form in ("text", "list", "svg", "json"):
        assert REX not in machine.fine("map", "--format", form, "--names", "full").out
    assert machine.fine("measures", "--json").json["size"] == 1
