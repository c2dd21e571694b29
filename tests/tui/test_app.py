"""The App: one stack, nothing lost on the way out, nothing offered that writes a screen to disk."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Static

from builders.doors import FLOOR, a_few_pages, steady_journal
from builders.screens import context_in, kinship_app, painted, running, settle, wait_for
from builders.terminal import Terminal
from builders.vaults import PASSPHRASE
from kinship.ground.errors import NeedsTerminal, NotSaved
from kinship.ground.places import find_places
from kinship.ground.settings import Settings
from kinship.journal.journal import Journal, PageText
from kinship.tui.app import KinshipApp, run_vault
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, CircleRequested, HomeRequested, JournalChanged, PagesRequested
from kinship.tui.palette import KinshipCommands
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.screens.every import every_screen
from kinship.tui.screens.pages import PagesScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.screens.veil import VeilScreen
from kinship.tui.widgets.key_line import KeyLine
from kinship.vault import create_vault


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


class Holding(Screen[None]):
    """A screen with words in it."""

    def __init__(self, *, refused: bool = False) -> None:
        super().__init__()
        self.refused = refused
        self.kept: list[str] = []
        self.changes = 0

    def compose(self) -> ComposeResult:
        yield Static("words")
        yield KeyLine("help", "keys")

    def keep_words(self) -> None:
        if self.refused:
            raise NotSaved("No space is left.", "The words are still here.")
        self.kept.append("words")

    def keep_draft(self) -> None:
        self.kept.append("draft")

    def on_journal_changed(self, _event: JournalChanged) -> None:
        self.changes += 1


async def test_screens_lie_on_today_and_esc_only_steps_back(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(app.screen, CircleScreen)
        app.screen.post_message(PagesRequested())
        await settle(pilot)
        assert isinstance(app.screen, PagesScreen)
        app.screen.post_message(BackRequested())
        await settle(pilot)
        assert isinstance(app.screen, CircleScreen)
        for _ in range(3):
            await pilot.press("escape")
            await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_home_goes_over_everything(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        for request in (CircleRequested(), PagesRequested(), HomeRequested()):
            app.screen.post_message(request)
            await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_leaving_keeps_what_is_open(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    screen = Holding()
    async with running(app) as pilot:
        await app.push_screen(screen)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert screen.kept == ["words"]
    assert app.return_code == 0
    app.close_journal()


async def test_what_cannot_be_kept_keeps_the_program_open(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    screen = Holding(refused=True)
    async with running(app) as pilot:
        await app.push_screen(screen)
        await pilot.press("ctrl+q")
        await settle(pilot)
        assert "No space is left." in painted(app)
        assert app.screen is screen
        screen.refused = False
    app.close_journal()


@pytest.mark.parametrize("one", [signal.SIGTERM, signal.SIGHUP])
async def test_a_closed_terminal_keeps_a_draft_and_ends_calmly(
    one: signal.Signals, context: Context, journal: Journal
) -> None:
    app = kinship_app(context, journal=journal)
    screen = Holding()
    async with running(app) as pilot:
        await app.push_screen(screen)
        os.kill(os.getpid(), one)
        await pilot.pause()
        await pilot.pause()
    assert screen.kept == ["draft"]
    assert app.return_code == 0
    app.close_journal()


async def test_every_screen_is_told_of_every_change(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    screen = Holding()
    async with running(app) as pilot:
        await app.push_screen(screen)
        journal.keep_page(PageText(body="A heron."))
        await settle(pilot)
        assert screen.changes == 1
        await app.push_screen(VeilScreen())
        journal.keep_page(PageText(body="Two herons."))
        await settle(pilot)
        assert screen.changes == 2
    app.close_journal()


async def test_undo_works_everywhere_and_says_what_it_took_back(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    before = len(journal.pages.all())
    journal.keep_page(PageText(body="A heron."))
    async with running(app) as pilot:
        await pilot.press("u")
        await settle(pilot)
        assert len(journal.pages.all()) == before
        await pilot.press("U")
        await settle(pilot)
        assert len(journal.pages.all()) == before + 1
    app.close_journal()


async def test_the_veil_hides_everything_at_once(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        app.notify("Bea wrote to you")
        await pilot.pause()
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert painted(app).strip() == "enter comes back · l locks"
        await pilot.press("ctrl+l")
        assert isinstance(app.screen, VeilScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+o"])
async def test_the_palette_goes_to_people_and_pages(key: str, context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press(key, *"grace")
        await wait_for(pilot, "Called @Grace about the photos")
        assert "Grace" in painted(app)
    app.close_journal()


async def test_the_palette_offers_no_screenshot(context: Context, journal: Journal) -> None:
    assert {KinshipCommands} == KinshipApp.COMMANDS
    assert all(not one.COMMANDS for one in every_screen() if issubclass(one, Screen))
    app = kinship_app(context, journal=journal)
    async with running(app):
        offered = [str(one.text) async for one in KinshipCommands(app.screen).discover()]
        assert "Today" in offered
        assert not [one for one in offered if "shot" in one.lower()]
    app.close_journal()


async def test_before_the_journal_is_open_the_palette_offers_nothing_of_it(context: Context) -> None:
    app = kinship_app(context)
    async with running(app):
        offered = [str(one.text) async for one in KinshipCommands(app.screen).discover()]
        assert "Leave" in offered
        assert "Your circle" not in offered


async def test_a_theme_can_be_tried_from_the_palette(context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("ctrl+p", *"theme light")
        await wait_for(pilot, "Theme: light")
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "light"
        assert not any(isinstance(one, CommandPalette) for one in app.screen_stack)
    app.close_journal()


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24)])
async def test_the_key_line_is_short_everywhere(size: tuple[int, int], context: Context, journal: Journal) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app, size) as pilot:
        for request in (HomeRequested(), CircleRequested(), PagesRequested()):
            app.screen.post_message(request)
            await settle(pilot)
            line = app.screen.query_one(KeyLine)
            assert 0 < len(line.shown) <= 6
            if size[0] >= 80:
                assert line.render().cell_length <= line.size.width
    app.close_journal()


async def test_what_the_vault_has_to_say_is_said(
    context: Context, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kinship.vault import Notice, Vault

    told = (Notice("damaged", "log/x", "One writing session cannot be read."),)
    monkeypatch.setattr(Vault, "notices", property(lambda _self: told))
    app = kinship_app(context, journal=journal)
    async with running(app):
        assert "One writing session cannot be read." in painted(app).replace("\n", " ")
    app.close_journal()


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NeedsTerminal):
        run_vault(tmp_path / "v.kinship", find_places({"HOME": str(tmp_path)}), Settings(), environment={})


RUN = """
import sys
from pathlib import Path
from kinship.privacy.process import harden
harden()
from kinship.ground.places import find_places
from kinship.ground.settings import Settings
from kinship.tui.app import run_vault
sys.exit(run_vault(Path(sys.argv[1]), find_places(), Settings(theme="dark")))
"""


@pytest.mark.terminal
@pytest.mark.parametrize("one", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_real_program_with_its_words_kept(one: signal.Signals, tmp_path: Path) -> None:
    context = context_in(tmp_path)
    home = tmp_path / "person"
    path = context.places.default_vault
    path.parent.mkdir(parents=True)
    state = home / ".local/state/kinship"
    create_vault(path, PASSPHRASE, state=state, clock=context.clock, cost=FLOOR)[0].close()
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    with Terminal([sys.executable, str(script), str(path)], environment) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("How are you")
        terminal.press("w")
        terminal.wait_for("Write")
        terminal.press("A heron on the roof.")
        terminal.wait_for("heron")
        terminal.process.send_signal(one)
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
    with Terminal([sys.executable, str(script), str(path)], environment) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("wait unfinished")
        terminal.press("w")
        terminal.wait_for("A heron on the roof")
        terminal.press("esc")
        terminal.wait_for("How are you")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
