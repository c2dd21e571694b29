"""The lock: when it comes, what it waits for, what stays behind the veil, and the way back."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from textual import events, work
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from builders.doors import FLOOR, a_few_pages, locked_vault, steady_journal
from builders.screens import context_in, kinship_app, painted, running, settle, wait_for
from builders.vaults import PASSPHRASE
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError, NotSaved, WrongPassphrase
from kinship.ground.settings import Settings
from kinship.journal.journal import Journal, PageText
from kinship.tui import locking, opening
from kinship.tui import navigation as go
from kinship.tui.again import BOOKMARK, WHY, Locked
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.left_alone import BEAT, Why
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.screens.pages import PagesScreen
from kinship.tui.screens.shut import ShutScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.screens.veil import VeilScreen
from kinship.tui.screens.write import WriteScreen
from kinship.vault import Vault, create_vault, open_vault


class Gone(Exception):
    """Stands for the fresh program: nothing of this one goes on."""


@dataclass
class Places:
    """Where the lock led."""

    went: list[tuple[Path, dict[str, str]]] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)

    @property
    def why(self) -> list[str]:
        return [environment[WHY] for _, environment in self.went]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    """Note where the lock leads; the program ends there, as it would without a word."""
    found = Places()

    def go_away(_driver: object, path: Path, environment: Mapping[str, str]) -> NoReturn:
        found.went.append((path, dict(environment)))
        raise Gone

    monkeypatch.setattr(locking, "lock_anew", go_away)
    be_gone = KinshipApp._be_gone

    async def quietly(self: KinshipApp, locked: Locked) -> None:
        found.screens = [type(screen).__name__ for screen in self.screen_stack]
        try:
            await be_gone(self, locked)
        except Gone:
            self.exit(0)

    monkeypatch.setattr(KinshipApp, "_be_gone", quietly)
    return found


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


def clock_of(context: Context) -> FrozenClock:
    assert isinstance(context.clock, FrozenClock)
    return context.clock


async def until_gone(app: KinshipApp, pilot: Pilot[int], places: Places) -> None:
    while not places.went:
        await pilot.pause(0.01)
    await app.workers.wait_for_complete()


class Holding(Screen[None]):
    """A screen with words in it and a worker that can be held up."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts = 0
        self.refused = False
        self.may_end = threading.Event()
        self.ended = False

    def compose(self) -> ComposeResult:
        yield Static("a half-written page")

    def keep_words(self) -> None:
        """Nothing more."""

    def keep_draft(self) -> None:
        if self.refused:
            raise NotSaved("The draft could not be kept.")
        self.drafts += 1

    @work(thread=True, group="keep")
    def save(self) -> None:
        self.may_end.wait(20)
        self.ended = True


# When.


async def test_the_key_veils_at_once_keeps_the_draft_and_goes(
    context: Context, journal: Journal, places: Places
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        holding = Holding()
        await app.push_screen(holding)
        await pilot.press("f8")
        await until_gone(app, pilot, places)
    assert holding.drafts >= 1
    assert places.screens[-1] == "VeilScreen"
    assert places.went[0][0] == app.path
    assert places.why == ["asked"]


async def test_the_veil_offers_the_lock(context: Context, journal: Journal, places: Places) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("ctrl+l", "l")
        await until_gone(app, pilot, places)
    assert places.why == ["asked"]


async def test_nobody_here_for_five_minutes_locks_and_a_notice_comes_before(
    context: Context, journal: Journal, places: Places
) -> None:
    app, clock = kinship_app(context, journal=journal), clock_of(context)
    async with running(app) as pilot:
        for _ in range(54):
            clock.advance(BEAT)
            app.beat()
        await pilot.pause()
        assert "half a minute" in painted(app)
        assert not places.went
        await pilot.press("right")
        await pilot.pause()
        assert "half a minute" not in painted(app)
        for _ in range(59):
            clock.advance(BEAT)
            app.beat()
        assert not places.went
        clock.advance(BEAT)
        app.beat()
        await until_gone(app, pilot, places)
    assert places.why == ["alone"]


USES: dict[str, Callable[[], events.Event]] = {
    "key": lambda: events.Key("right", None),
    "paste": lambda: events.Paste("words"),
    "move": lambda: events.MouseMove(None, 3, 3, 1, 0, 0, False, False, False),
    "wheel": lambda: events.MouseScrollDown(None, 3, 3, 0, 1, 0, False, False, False),
}


@pytest.mark.parametrize("use", USES)
async def test_keys_the_mouse_and_pastes_are_use(context: Context, journal: Journal, places: Places, use: str) -> None:
    app, clock = kinship_app(context, journal=journal), clock_of(context)
    async with running(app) as pilot:
        for _ in range(3):
            for _ in range(50):
                clock.advance(BEAT)
                app.beat()
            app.post_message(USES[use]())
            await pilot.pause()
        assert not places.went


async def test_a_person_who_wants_no_lock_by_itself_gets_none(tmp_path: Path, places: Places) -> None:
    context = context_in(tmp_path, settings=Settings(lock_after=0))
    app, clock = kinship_app(context, journal=steady_journal(context)), clock_of(context)
    async with running(app):
        for _ in range(10_000):
            clock.advance(BEAT)
            app.beat()
        assert not places.went


async def test_after_a_sleep_the_first_key_locks_and_does_nothing_else(
    context: Context, journal: Journal, places: Places
) -> None:
    app, clock = kinship_app(context, journal=journal), clock_of(context)
    async with running(app) as pilot:
        clock.sleep(3600)
        await pilot.press("w")
        await until_gone(app, pilot, places)
    assert places.why == ["slept"]
    assert places.screens == ["TodayScreen", "VeilScreen"]


async def test_a_sleep_ends_the_segment(context: Context, journal: Journal, places: Places) -> None:
    journal.keep_page(PageText(body="before the sleep"))
    before = journal.vault.writing
    app, clock = kinship_app(context, journal=journal), clock_of(context)
    async with running(app) as pilot:
        clock.sleep(3600)
        app.beat()
        await until_gone(app, pilot, places)
    assert journal.vault.writing != before


async def test_a_sleep_ends_the_segment_also_where_the_lock_cannot_be_had(
    shut: tuple[KinshipApp, Holding], journal: Journal, context: Context
) -> None:
    app, holding = shut
    journal.keep_page(PageText(body="before the sleep"))
    before = journal.vault.writing
    async with running(app) as pilot:
        await app.push_screen(holding)
        clock_of(context).sleep(3600)
        app.beat()
        await wait_for(pilot, "still here")
        assert journal.vault.writing != before


@pytest.mark.parametrize(("one", "why"), [(signal.SIGTSTP, "stopped"), (signal.SIGCONT, "slept")])
async def test_a_stop_locks_before_and_what_was_stopped_locks_after(
    context: Context, journal: Journal, places: Places, one: signal.Signals, why: str
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        os.kill(os.getpid(), one)
        await until_gone(app, pilot, places)
    assert places.why == [why]


async def test_the_demo_and_the_door_have_nothing_to_lock(tmp_path: Path, places: Places) -> None:
    for context, journal in (
        (demo := context_in(tmp_path / "demo", demo=True), steady_journal(demo)),
        (context_in(tmp_path / "first"), None),
    ):
        app = kinship_app(context, journal=journal)
        async with running(app) as pilot:
            await pilot.press("f8")
            app.beat()
            app.action_suspend()
            await settle(pilot)
            assert not places.went
            assert not app.veiled


async def test_a_second_lock_while_one_is_under_way_is_none(context: Context, journal: Journal, places: Places) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.lock(Why.ALONE)
        app.lock(Why.ASKED)
        await until_gone(app, pilot, places)
    assert places.why == ["alone"]


# What it waits for.


async def test_it_waits_for_a_save_that_is_under_way(context: Context, journal: Journal, places: Places) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        holding = Holding()
        await app.push_screen(holding)
        holding.save()
        await pilot.press("f8")
        for _ in range(20):
            await pilot.pause(0.01)
        assert app.veiled
        assert "a half-written page" not in painted(app)
        assert not places.went
        holding.may_end.set()
        await until_gone(app, pilot, places)
        assert holding.ended


async def test_it_does_not_wait_for_ever(
    context: Context, journal: Journal, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.05)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        holding = Holding()
        await app.push_screen(holding)
        holding.save()
        await pilot.press("f8")
        while not places.went:
            await pilot.pause(0.01)
        assert not holding.ended
        holding.may_end.set()


async def test_a_lock_that_does_not_wait_would_be_noticed(
    context: Context, journal: Journal, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "PATIENCE", -1)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        holding = Holding()
        await app.push_screen(holding)
        holding.save()
        await pilot.press("f8")
        while not places.went:
            await pilot.pause(0.01)
        assert not holding.ended
        holding.may_end.set()


async def test_a_page_that_is_being_kept_is_kept_and_the_veil_stays(
    context: Context, journal: Journal, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, commit = threading.Event(), Vault.commit

    def slowly(self: Vault, changes: Any) -> Any:
        may_go_on.wait(20)
        return commit(self, changes)

    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("w")
        await settle(pilot)
        await pilot.press(*"Hello")
        monkeypatch.setattr(Vault, "commit", slowly)
        await pilot.press("escape", "f8")
        for _ in range(10):
            await pilot.pause(0.01)
        assert app.veiled
        may_go_on.set()
        await until_gone(app, pilot, places)
    assert places.screens[-1] == "VeilScreen"
    assert journal.pages.latest(1)[0].body == "Hello"
    assert journal.drafts.all() == []


# Where nothing may be forgotten.


@pytest.fixture
def shut(context: Context, journal: Journal) -> Iterator[tuple[KinshipApp, Holding]]:
    holding = Holding()
    holding.refused = True
    app = kinship_app(context, journal=journal)
    yield app, holding
    app.close_journal()


async def shut_it(app: KinshipApp, holding: Holding, pilot: Pilot[int]) -> ShutScreen:
    await app.push_screen(holding)
    await pilot.press("f8")
    await wait_for(pilot, "still here")
    assert isinstance(app.screen, ShutScreen)
    return app.screen


def proving(monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(_journal: Journal, secret: str, *_: object, **__: object) -> None:
        if secret != PASSPHRASE:
            raise WrongPassphrase("This is not the passphrase.")

    monkeypatch.setattr(opening, "prove", prove)


async def test_without_a_draft_it_stays_and_asks_for_the_passphrase(
    shut: tuple[KinshipApp, Holding], places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, holding = shut
    proving(monkeypatch)
    async with running(app) as pilot:
        screen = await shut_it(app, holding, pilot)
        assert "a half-written page" not in painted(app)
        screen.field.value = "something else"
        await pilot.press("enter")
        await settle(pilot)
        assert "not the passphrase" in painted(app)
        for key in ("escape", "ctrl+p", "ctrl+o", "question_mark", "u", "ctrl+l", "f8"):
            await pilot.press(key)
            await settle(pilot)
            assert app.screen is screen, key
        screen.field.value = PASSPHRASE
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is holding
        assert not places.went


async def test_it_locks_by_itself_once_the_draft_can_be_kept_unless_somebody_types(
    shut: tuple[KinshipApp, Holding], places: Places
) -> None:
    app, holding = shut
    async with running(app) as pilot:
        screen = await shut_it(app, holding, pilot)
        app.beat()
        await settle(pilot)
        assert app.screen is screen
        holding.refused = False
        screen.field.value = "corr"
        app.beat()
        await settle(pilot)
        assert not places.went
        screen.field.value = ""
        app.beat()
        await until_gone(app, pilot, places)


async def test_a_save_that_finds_no_place_any_more_is_not_forgotten(
    context: Context, journal: Journal, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Vault) -> None:
        raise NotSaved("The save was refused: the folder changed under us.")

    monkeypatch.setattr(Vault, "begin_anew", refuse)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("f8")
        await wait_for(pilot, "still here")
        assert not places.went


def test_the_passphrase_is_proved_and_another_one_or_another_vault_is_refused(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    path, recovery = locked_vault(context)
    journal = opening.open_journal(path, PASSPHRASE, context)
    with journal.vault:
        opening.prove(journal, PASSPHRASE, context)
        opening.prove(journal, recovery, context, by_recovery=True)
        with pytest.raises(WrongPassphrase):
            opening.prove(journal, "something else", context)
        path.rename(tmp_path / "away")
        locked_vault(context, path)
        with pytest.raises(KinshipError, match="Another vault"):
            opening.prove(journal, PASSPHRASE, context)


# Where the program ends anyhow.


async def test_a_crash_keeps_what_was_typed(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    holding = Holding()

    async def crash(pilot: Pilot[Any]) -> None:
        await app.push_screen(holding)
        await pilot.pause()
        app.panic()

    await app.run_async(headless=True, size=(80, 24), auto_pilot=crash)
    assert app.return_code == 1
    assert holding.drafts == 1
    app.close_journal()


async def test_a_signal_keeps_the_line_in_hand(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("slash", *"Wobblesnipe")
        os.kill(os.getpid(), signal.SIGHUP)
        await pilot.pause()
    app.close_journal()
    app = kinship_app(context, journal=reopened(context, journal))
    async with running(app) as pilot:
        assert "You were typing" in await wait_for(pilot, "Wobblesnipe")


async def test_while_another_program_has_the_terminal_a_stop_is_one_for_both(
    context: Context, journal: Journal, places: Places
) -> None:
    app, clock = kinship_app(context, journal=journal), clock_of(context)
    async with running(app):
        app.app_suspend_signal.publish(app)
        assert signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGCONT) is signal.SIG_DFL
        clock.advance(3600)
        app.app_resume_signal.publish(app)
        assert signal.getsignal(signal.SIGTSTP) is not signal.SIG_DFL
        app.beat()
        assert not places.went


# Behind the veil.


async def test_behind_the_veil_no_key_shows_or_changes_anything(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        pages = len(journal.pages.all())
        await pilot.press("ctrl+l")
        for key in ("ctrl+p", "ctrl+o", "question_mark", "u", "U"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, VeilScreen), key
        assert len(journal.pages.all()) == pages
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_a_screen_that_is_done_behind_the_veil_is_gone_when_it_lifts(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("c")
        await settle(pilot)
        circle = app.screen
        assert isinstance(circle, CircleScreen)
        await pilot.press("ctrl+l")
        circle.post_message(go.BackRequested())
        await settle(pilot)
        assert isinstance(app.screen, VeilScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


# The way back.


def again(context: Context, journal: Journal, went: tuple[Path, dict[str, str]]) -> KinshipApp:
    """Return the App as a fresh program has it once the passphrase was right."""
    locked = replace(context, locked=Locked(Why(went[1][WHY]), went[1][BOOKMARK]))
    return kinship_app(locked, journal=journal)


def reopened(context: Context, journal: Journal) -> Journal:
    vault = journal.vault
    return Journal(open_vault(vault.path, vault._key, state=context.places.state, clock=context.clock), context.clock)


async def test_a_page_half_written_is_open_again_with_its_words(
    context: Context, journal: Journal, places: Places
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("w")
        await settle(pilot)
        await pilot.press(*"Hello", "f8")
        await until_gone(app, pilot, places)
    journal = reopened(context, journal)
    app = again(context, journal, places.went[0])
    async with running(app) as pilot:
        await wait_for(pilot, "Brought back")
        assert isinstance(app.screen, WriteScreen)
        assert app.screen.editor.text == "Hello"


async def test_screens_and_the_line_in_hand_are_there_again(context: Context, journal: Journal, places: Places) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("c")
        await settle(pilot)
        app.screen.post_message(go.PagesRequested())
        await settle(pilot)
        await pilot.press("slash", *"rain", "f8")
        await until_gone(app, pilot, places)
    journal = reopened(context, journal)
    app = again(context, journal, places.went[0])
    async with running(app) as pilot:
        await wait_for(pilot, "You are back where you were")
        assert isinstance(app.screen, PagesScreen)
        assert app.screen.query_one(Input).value == "rain"
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, CircleScreen)


async def test_locked_on_today_there_is_nothing_to_say(context: Context, journal: Journal, places: Places) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("f8")
        await until_gone(app, pilot, places)
    assert places.went[0][1][BOOKMARK] == ""
    journal = reopened(context, journal)
    app = again(context, journal, places.went[0])
    async with running(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert "back where" not in painted(app)


async def test_a_start_that_was_not_locked_still_tells_of_the_line(
    context: Context, journal: Journal, places: Places
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("slash", *"Wobblesnipe", "f8")
        await until_gone(app, pilot, places)
    journal = reopened(context, journal)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        seen = await wait_for(pilot, "Wobblesnipe")
        assert "You were typing" in seen
        assert isinstance(app.screen, TodayScreen)


async def test_a_locked_program_never_offers_to_make_a_vault(tmp_path: Path) -> None:
    context = context_in(tmp_path, locked=Locked(Why.ALONE))
    app = kinship_app(context, tmp_path / "gone.kinship")
    async with running(app) as pilot:
        await settle(pilot)
        assert "Locked, because nobody was here" in painted(app)
        assert "Passphrase" in painted(app)


def secret() -> str:
    """Return a passphrase that stands nowhere as one piece."""
    return " ".join(reversed(["eleven", "quayside", "thimble", "umber"]))


def holders() -> list[str]:
    """Return the kinds of everything alive that refers to the passphrase, on its own or inside another text."""
    gc.collect()
    wanted = secret()
    return [
        type(one).__name__
        for one in gc.get_objects()
        for held in gc.get_referents(one)
        if type(held) is str and held is not wanted and wanted in held
    ]


async def test_nothing_keeps_the_passphrase_once_the_journal_is_open(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    path = context.places.default_vault
    path.parent.mkdir(parents=True)
    create_vault(path, secret(), state=context.places.state, clock=context.clock, cost=FLOOR)[0].close()
    app = kinship_app(context)
    async with running(app) as pilot:
        for letter in secret():
            await pilot.press("space" if letter == " " else letter)
        assert holders() != []
        await pilot.press("enter")
        await wait_for(pilot, "Lately")
        await settle(pilot)
        assert all(field.value == "" for screen in app.screen_stack for field in screen.query(Input))
        assert holders() == []
        app.close_journal()


async def test_a_passphrase_that_does_not_open_it_is_kept_nowhere_either(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    locked_vault(context)
    app = kinship_app(context)
    async with running(app) as pilot:
        app.screen.query_one(Input).value = secret()
        await pilot.press("enter")
        await wait_for(pilot, "That is not the passphrase")
        await settle(pilot)
        assert holders() == []


async def test_making_a_vault_keeps_the_passphrase_nowhere(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context)
    async with running(app) as pilot:
        await pilot.press("enter")
        for field in ("#first", "#again"):
            app.screen.query_one(field, Input).value = secret()
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await wait_for(pilot, "recovery sheet")
        await settle(pilot)
        assert holders() == []
