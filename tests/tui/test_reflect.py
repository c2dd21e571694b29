"""A guided session on the screen: every step by keyboard, passing and going back, and not a word lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from builders.journals import new_journal
from builders.screens import EVENING, NORMAL, SMALL, Stage, context_in, hold, painted, settle
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal
from kinship.journal.kinds import Kind
from kinship.journal.model import Ring
from kinship.reflect.book import load_book
from kinship.reflect.engine import begin
from kinship.reflect.keeping import Begun, waiting
from kinship.reflect.outcome import Outcome, outcome
from kinship.tui.navigation import BackRequested, DocumentRequested, PersonRequested, SessionRequested
from kinship.tui.screens.reflect import ReflectScreen
from kinship.tui.screens.reflections import ReflectionsScreen
from kinship.tui.session_offers import offers_of
from kinship.tui.widgets.pick_many import PickMany

BOOK = load_book()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = new_journal(tmp_path, FrozenClock(EVENING))
    made.add_alter("Bea Novak", ring=Ring.INNER)
    made.add_alter("Ana", ring=Ring.MIDDLE)
    return made


def stage(tmp_path: Path, journal: Journal, session: str = "val-heard", begun: Begun | None = None) -> Stage:
    return Stage(ReflectScreen(context_in(tmp_path), journal, BOOK, session, begun))


async def keys(pilot: Pilot[Any], *told: str) -> None:
    for one in told:
        await pilot.press(one)
        await pilot.pause()


async def typed(pilot: Pilot[Any], words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await pilot.pause()


async def test_a_whole_session_by_keyboard_leaves_page_moments_step_and_mood(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "on the stairs")
        await keys(pilot, "ctrl+j")
        await typed(pilot, "bea")
        await keys(pilot, "enter", "enter")
        await typed(pilot, "she listened")
        await keys(pilot, "ctrl+j", "1", "d", "enter", "3")
        assert "about you and Bea Novak" in painted(app)
        await keys(pilot, "f3", "4", "enter", "enter")
        await typed(pilot, "a line")
        await keys(pilot, "ctrl+j", "8", "enter")
        assert "10 of 10" in painted(app)
        await keys(pilot, "enter")
        assert [type(one) for one in app.asked] == [BackRequested]
    (page,) = journal.pages.all()
    assert (page.title, page.mood) == ("A time you felt heard", 6)
    assert "on the stairs" in page.body
    assert list(page.names) == ["Bea Novak"]
    assert sorted((one.kind, one.subkind) for one in journal.moments) == [
        (Kind.EMOTIONAL, "listening"),
        (Kind.STRAIN, "dismisses"),
    ]
    assert [one.text for one in journal.intentions] == ["say thank you"]
    assert [one.mood for one in journal.checkins] == [8]
    assert list(waiting(journal, BOOK)) == []


async def test_how_much_it_meant_is_said_with_one_key_more_and_never_has_to_be(
    tmp_path: Path, journal: Journal
) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter", "f3")
        await typed(pilot, "bea")
        await keys(pilot, "ctrl+j", "f3", "1", "+", "2", "3", "-", "+", "d", "-")
        assert "+ behind a mark for a lot" in painted(app)
        assert app.screen.query_one(PickMany).weights == {"listening": 3, "dismisses": 1}
        await keys(pilot, "enter", "2", "escape")
    kept = {one.subkind: one.strength for one in journal.moments}
    assert kept == {"listening": 3, "understanding": None, "comfort": None, "dismisses": 1}
    (page,) = journal.pages.all()
    assert "listening (a lot)" in page.body


async def test_stopping_keeps_what_was_written_and_it_can_be_taken_up(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "half a thought")
        await keys(pilot, "escape")
        assert [type(one) for one in app.asked] == [BackRequested]
    (page,) = journal.pages.all()
    assert "half a thought" in page.body
    (begun,) = waiting(journal, BOOK)
    again = stage(tmp_path, journal, begun=begun)
    async with again.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        assert "2 of 10" in painted(again)
        assert again.screen.query_one(TextArea).text == "half a thought"


async def test_only_opening_and_leaving_leaves_nothing(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "escape")
    assert journal.pages.all() == []
    assert list(waiting(journal, BOOK)) == []


async def test_words_are_kept_as_a_draft_before_the_step_is_left(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "not lost")
        screen = app.screen
        assert isinstance(screen, ReflectScreen)
        screen.keep_draft()
        (begun,) = waiting(journal, BOOK)
        assert "not lost" in journal.drafts.walks()[0].page.body
        assert begun.walk.ahead
    assert journal.pages.all() == []


async def test_a_disk_that_refuses_keeps_the_words_on_the_screen(
    tmp_path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = stage(tmp_path, journal)

    def refuse(*_: object, **__: object) -> None:
        raise NotSaved("The disk is full.")

    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "still here")
        monkeypatch.setattr(journal, "keep_session", refuse)
        monkeypatch.setattr(journal.drafts, "keep", refuse)
        await keys(pilot, "escape")
        assert "The disk is full." in painted(app)
        assert "still here" in painted(app)
        assert app.asked == []


async def test_going_back_shows_what_was_answered_and_passing_asks_nothing_twice(
    tmp_path: Path, journal: Journal
) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "first words")
        await keys(pilot, "ctrl+j", "f4")
        assert "first words" in painted(app)
        await keys(pilot, "f4")
        assert "How are you, right now?" in painted(app)
        await keys(pilot, "enter", "ctrl+j", "f3")
        assert "What did they do or say?" in painted(app)


async def test_somebody_new_is_added_in_place(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter", "f3")
        await typed(pilot, "Zed")
        assert "+ new: Zed" in painted(app)
        await keys(pilot, "enter", "enter")
        assert "What did they do or say?" in painted(app)
    assert [one.name for one in journal.alters.by_name("Zed")] == ["Zed"]


async def test_nobody_and_a_low_mood_have_softer_paths(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "2", "enter")
        assert "We can go slowly" in painted(app)
        await keys(pilot, "enter", "4", "f3")
        await typed(pilot, "nobody")
        await keys(pilot, "enter", "enter")
        assert "No name is an honest answer." in painted(app)


async def test_a_day_that_is_none_is_said_and_nothing_moves(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter", "f3")
        await typed(pilot, "ana")
        await keys(pilot, "enter", "enter", "f3", "1", "enter", "4")
        await typed(pilot, "the moon")
        await keys(pilot, "enter")
        assert "Write a day that has been" in painted(app)
        app.screen.query_one("#day", Input).value = "yesterday"
        await keys(pilot, "enter")
        assert "What did that moment say" in painted(app)


async def test_hostile_words_are_only_words(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter", "f3")
        line = app.screen.query_one(Input)
        line.value = "[/x][@click=app.quit]\x1b]52;c;AA\x07 {person}"
        await keys(pilot, "enter", "enter")
        assert "\x1b" not in painted(app)
        assert "[/x][@click=app.quit]" in journal.alters.all()[-1].name or any(
            "[/x]" in one.name for one in journal.alters.all()
        )


@pytest.mark.parametrize("size", [SMALL, NORMAL])
@pytest.mark.parametrize(
    ("session", "name", "told"),
    [
        ("val-heard", "reflect_words", ("6", "enter")),
        ("val-heard", "reflect_people", ("6", "enter", "f3")),
        ("val-needs", "reflect_feelings", ("7", "enter", "f3", "1", "a")),
        ("val-heard", "reflect_plan", ("6", "enter", *["f3"] * 4)),
    ],
)
async def test_steps_look_as_they_should(
    tmp_path: Path, journal: Journal, size: tuple[int, int], session: str, name: str, told: tuple[str, ...]
) -> None:
    app = stage(tmp_path, journal, session)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await keys(pilot, *told)
        await settle(pilot)
        hold(app, name)


async def test_the_list_begins_sessions_and_goes_on_with_what_was_left(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter")
        await typed(pilot, "half a thought")
        await keys(pilot, "escape")
    chooser = Stage(ReflectionsScreen(context_in(tmp_path), journal))
    async with chooser.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        assert "go on  A time you felt heard  step 2 of 10 · since 22 Nov 21:04" in painted(chooser)
        await keys(pilot, "enter")
        (request,) = chooser.asked
        assert isinstance(request, SessionRequested)
        assert request.begun is not None
        await keys(pilot, "d")
        await settle(pilot)
        assert "go on  A time" not in painted(chooser)
        await keys(pilot, "s")
        short = chooser.asked[-1]
        assert isinstance(short, SessionRequested)
        assert short.short
        assert chooser.screen.query_one(OptionList).option_count == len(BOOK.sessions)


async def test_many_words_keep_their_marks_within_the_most(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal, "val-needs")
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "7", "enter", "f3", "1", "2", "3", "4")
        picker = app.screen.query_one(PickMany)
        assert picker.picked == ("proud", "grateful", "hopeful")
        await keys(pilot, "right", "space", "down", "up", "left", "space")
        assert len(picker.picked) <= 3


async def test_a_draft_is_copied_when_it_is_asked_for_and_nothing_else_is(
    tmp_path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(Stage, "copy_to_clipboard", lambda _, text: taken.append(text))
    app = stage(tmp_path, journal, "cop-load")
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await keys(pilot, "6", "enter", "f5", "f3")
        await typed(pilot, "the boxes")
        await keys(pilot, "f5", "ctrl+j", "f3")
        await typed(pilot, "bea")
        await keys(pilot, "ctrl+j", "f3")
        assert "Put the request in one plain line" in painted(app)
        await keys(pilot, "f5")
        assert taken == []
        await typed(pilot, "Could you take the boxes?")
        assert "F5 copies your words" in painted(app)
        await keys(pilot, "f5")
        assert taken == ["Could you take the boxes?"]


async def test_what_an_answer_asked_for_is_offered_at_the_close(tmp_path: Path, journal: Journal) -> None:
    app = stage(tmp_path, journal, "trt-visit")
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ReflectScreen)
        await keys(pilot, "6", "enter")
        while "Make a page to take with you?" not in painted(app):
            await keys(pilot, "f3")
        await keys(pilot, "1")
        while not screen.over:
            await keys(pilot, "f3")
        assert "1 make the page to take with you, line by line" in painted(app)
        assert "f3 pass" not in painted(app)
        await keys(pilot, "1")
        assert [type(one) for one in app.asked] == [BackRequested, DocumentRequested]


def test_nothing_is_offered_that_no_answer_asked_for() -> None:
    assert offers_of(outcome(BOOK, begin(BOOK, "trt-visit"))) == ()


def test_who_would_be_good_to_hear_from_is_led_to() -> None:
    left = Outcome(
        title="", topic="", session="x", body="", names={"Bea": "a"}, near=("a",), offers=("offer_reachout:check_in",)
    )
    assert offers_of(left) == (("to the page of Bea, to be in touch", PersonRequested("a")),)
