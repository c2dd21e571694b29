"""The App: opens the vault, answers what screens ask for, and leaves without losing a word."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.screen import Screen

from kinship.ground.clock import Clock, SystemClock
from kinship.ground.errors import KinshipError, NeedsTerminal, NotSaved
from kinship.ground.places import Places
from kinship.ground.settings import Settings
from kinship.privacy.process import harden
from kinship.privacy.reports import install_hooks
from kinship.tui import navigation as go
from kinship.tui.again import Locked, leave_terminal
from kinship.tui.context import Context
from kinship.tui.doors import screen_for
from kinship.tui.gone import outlive_terminals
from kinship.tui.guard import NAMED_IN, SAFE_SCREEN, GuardedApp
from kinship.tui.keymap import EVERYWHERE
from kinship.tui.left_alone import Why
from kinship.tui.list_moves import MovesInLists
from kinship.tui.locking import CANNOT
from kinship.tui.palette import CommandPalette, KinshipCommands
from kinship.tui.paste import keep_pastes_whole
from kinship.tui.settled import SettledApp
from kinship.tui.theming import BREAKPOINTS, Look, Palette, look_for, theme_of
from kinship.tui.tone import tone_of

if TYPE_CHECKING:
    from kinship.journal.journal import Event, Journal

HERE = Path(__file__).parent
COUNTRY = "country"
"""The choice that holds it."""
LOOK_AGAIN = 10.0
"""Seconds between two looks for what another program wrote."""
MOST_NOTICES = 3
READING_TIME = 15.0
"""Seconds that a toast stays when it matters."""
LOAD_AFTER = 0.2
"""Seconds after the first paint until the rest is imported."""


class KinshipApp(MovesInLists, SettledApp, inherit_bindings=False):
    """kinship on the whole screen: the lock or the first start, then Today, then what is asked for."""

    TITLE = "kinship"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    COMMANDS = {KinshipCommands}
    BINDINGS: ClassVar[list[BindingType]] = [*EVERYWHERE]

    def __init__(self, context: Context, path: Path, look: Look, *, journal: Journal | None = None) -> None:
        known = context.locked is not None or _is_vault(path)
        self._door = "today" if journal is not None else "unlock" if known else "first_start"
        super().__init__(
            no_color="NO_COLOR" in context.environment,
            css_path=[HERE / "app.tcss", HERE / "screens" / f"{self._door}.tcss"],
        )
        self.context = context
        self.move_or_not()
        self.path = path
        self.look = look
        self.journal: Journal | None = journal
        self.safe_screen = context.settings.safe_screen or SAFE_SCREEN in context.environment
        self.hide_names(journal)
        self._stop_listening: Callable[[], None] | None = None
        self._floor = 1
        """How high the stack is where Today, or before it the door, is on top."""
        for palette in look.palettes.values():
            self.register_theme(theme_of(palette))
        self._wear(look.palettes[look.name])

    def _wear(self, palette: Palette) -> None:
        """Put on the first theme before any style is computed, so that nothing is computed twice."""
        if palette.ansi:
            self.theme = palette.name
            return
        self.set_reactive(GuardedApp.theme, palette.name)
        self.set_class(palette.dark, "-dark-mode")
        self.set_class(not palette.dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Return the lock, the first start, or Today where the journal is open already."""
        if self.journal is not None:
            from kinship.tui.screens.today import TodayScreen

            return TodayScreen(self.context, self.journal)
        if self._door == "unlock":
            from kinship.tui.screens.unlock import UnlockScreen

            return UnlockScreen(self.context, self.path)
        from kinship.tui.screens.first_start import FirstStartScreen

        return FirstStartScreen(self.context, self.path)

    def on_mount(self) -> None:
        self._heed_signals()
        if self.look.broken:
            self.notify(self.look.broken[0], title="A theme is left out", severity="warning")
        if self.journal is not None:
            self._live_with(self.journal)
        else:
            self.call_after_refresh(self.set_timer, LOAD_AFTER, self.load_the_rest)

    @work(thread=True, group="load")
    def load_the_rest(self) -> None:
        """Import what comes after the lock, and wipe what killed runs left in memory, while the person types."""
        from kinship.privacy.throw_away import sweep_leftovers
        from kinship.tui.opening import load_the_rest

        load_the_rest()
        sweep_leftovers(self.context.environment)

    @on(go.JournalOpened)
    def let_in(self, event: go.JournalOpened) -> None:
        """Enter, as soon as nothing lies over the door: somebody may be reading the help."""
        self.journal = event.journal
        self._enter_from_door()

    def _enter_from_door(self) -> None:
        if self.journal is not None and self._stop_listening is None and len(self.screen_stack) == self._floor:
            from kinship.tui.screens.today import TodayScreen

            self.push_screen(TodayScreen(self.context, self.journal))
            self._floor += 1
            self._live_with(self.journal)

    def _live_with(self, journal: Journal) -> None:
        """Tell every screen of changes, and look again now and then for what others wrote."""
        self.hide_names(journal)
        self._stop_listening = journal.subscribe(self._tell)
        self.apply_keys()
        for told in journal.vault.notices[:MOST_NOTICES]:
            self.notify(told.sentence, title="About your journal's files", severity="warning", timeout=READING_TIME)
        self.set_interval(LOOK_AGAIN, self.look_again)
        self.keep_watch()
        self._resume(journal)

    def _resume(self, journal: Journal) -> None:
        """Go back to where it was locked, or say what was being typed where that cannot be."""
        if not self.lockable:
            return
        from kinship.journal.bookmarks import take_bookmark

        locked = self.context.locked
        found = take_bookmark(journal.vault, self.context.clock, locked.bookmark if locked else "")
        if found is not None:
            self.go_back_to(found, here=locked is not None)

    # Staying fresh.

    def _tell(self, event: Event) -> None:
        if event.touches(*NAMED_IN):
            self.hide_names(self.journal)
        for screen in self.screen_stack:
            screen.post_message(go.JournalChanged(event))

    @on(events.AppFocus)
    @work(thread=True, exclusive=True, group="refresh")
    def look_again(self) -> None:
        """Read what another program added to the vault."""
        if self.journal is not None:
            self.journal.refresh()

    # What screens ask for.

    @on(go.HomeRequested)
    def go_home(self) -> None:
        """Back to Today, which lies at the bottom of the stack, or on the door that was passed."""
        while len(self.screen_stack) > self._floor:
            self.pop_screen()

    @on(go.BackRequested)
    def go_back(self) -> None:
        if self.veiled:
            self.step_back_later()
        elif len(self.screen_stack) > self._floor:
            self.pop_screen()
        self._enter_from_door()

    @on(go.Navigation)
    def open_asked_for(self, event: go.Navigation) -> None:
        """Show the screen that answers the request; those that have a handler of their own are none of these."""
        screen = screen_for(event, self.context, self.journal) if self.journal is not None else None
        if screen is not None:
            self.push_screen(screen)

    @on(go.PrivacyRequested)
    def open_privacy(self) -> None:
        from kinship.tui.screens.privacy import PrivacyScreen

        own = self.context.places.default_vault if self.context.demo else self.path
        self.push_screen(PrivacyScreen(self.context, own))

    @on(go.VaultsRequested)
    def open_vaults(self) -> None:
        from kinship.tui.screens.vaults import VaultsScreen

        self.push_screen(VaultsScreen(self.context, self.path, is_open=self.journal is not None))

    @on(go.VaultChosen)
    async def turn_to(self, event: go.VaultChosen) -> None:
        """Go to the lock of another vault; one that is open is locked first."""
        self.pop_screen()
        if self.journal is not None:
            self.elsewhere = event.path
            self.lock(Why.ASKED)
            return
        from kinship.tui.screens.unlock import UnlockScreen

        self.path = event.path
        if isinstance(self.screen, UnlockScreen):
            await self.screen.turn_to(event.path)
        else:
            door = UnlockScreen(self.context, event.path)
            door.css_path = [HERE / "screens" / "unlock.tcss"]
            await self.push_screen(door)
            self._floor += 1

    # Acts behind keys that work everywhere.

    @on(go.HelpRequested)
    def action_help(self) -> None:
        """Somebody to talk to; the same key goes back."""
        self._show_help("people")

    def action_keys(self) -> None:
        """Every key that works where the person is."""
        self._show_help("keys")

    def _show_help(self, part: str) -> None:
        from kinship.tui.screens.help import HelpScreen, keys_here

        if isinstance(self.screen, HelpScreen):
            self.screen.part = part
        else:
            country = self.journal.choices.country if self.journal is not None else ""
            keys, own = keys_here(self.screen), None if self.veiled else self.journal
            self.push_screen(HelpScreen(self.context, keys, part=part, country=country, journal=own))

    @on(go.CountryChosen)
    def keep_country(self, event: go.CountryChosen) -> None:
        """Remember it in the vault; on the lock screen there is nowhere to."""
        if self.journal is not None:
            with contextlib.suppress(NotSaved):
                self.journal.choose(COUNTRY, event.country)

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(CommandPalette())

    def action_undo(self) -> None:
        """Take the last act on pages, people or ties back."""
        self._step_through("undo")

    def action_redo(self) -> None:
        self._step_through("redo")

    def _step_through(self, way: str) -> None:
        if self.journal is None:
            return
        try:
            act_done = getattr(self.journal, way)()
        except KinshipError as error:
            self.notify(str(error), severity="warning")
        else:
            done = "taken back" if way == "undo" else "done again"
            told = f"“{act_done.label}” is {done}." if act_done else f"There is nothing to {way}."
            self.notify(told, markup=False)

    async def action_quit(self) -> None:
        """Leave; an open page is kept first, and where that fails kinship stays."""
        try:
            for screen in self.screen_stack:
                if isinstance(screen, go.HoldsWords):
                    screen.keep_words()
        except NotSaved as error:
            self.notify(str(error), title="Not left yet", severity="error", timeout=READING_TIME)
        else:
            self.leaving = True
            self.exit(0)

    # Leaving.

    def _heed_signals(self) -> None:
        """Closing the terminal keeps a draft and ends as calmly as the key does."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(one, self.leave_at_once)

    def look_after_journal(self) -> None:
        """Do what is due for the files of the journal, once the screen is gone; the demo's are thrown away."""
        journal = self.journal
        if journal is None or self.context.demo:
            return
        from kinship.journal.leftovers import leftovers
        from kinship.vault.upkeep import look_after

        look_after(journal.vault, lambda: leftovers(journal))

    def close_journal(self) -> None:
        """Write the last frame of this session; safe to call twice."""
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None
        if self.journal is not None:
            self.journal.vault.close()


def _is_vault(path: Path) -> bool:
    """Whether something lies at `path`; unlocking it says what is wrong with it."""
    return path.exists() and not (path.is_dir() and not any(path.iterdir()))


def run_vault(
    path: Path,
    places: Places,
    settings: Settings,
    *,
    environment: Mapping[str, str] = os.environ,
    locked: Locked | None = None,
) -> int:
    """Show the vault at `path`, or make one there unless it comes from a lock; return the exit code.

    Raises Misused for a theme that does not exist and NeedsTerminal where nothing can be drawn.
    """
    context = Context(places=places, settings=settings, environment=dict(environment), locked=locked)
    return _run(context, path)


def run_demo(
    journal: Journal,
    places: Places,
    settings: Settings,
    *,
    clock: Clock | None = None,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Show a synthetic journal, whose folder the caller removes; return the exit code."""
    told = dict(environment)
    context = Context(clock=clock or SystemClock(), places=places, settings=settings, environment=told, demo=True)
    return _run(context, journal.vault.path, journal)


def _run(context: Context, path: Path, journal: Journal | None = None) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal("The full screen needs a terminal.", "The plain commands work without: kinship --help.")
    harden(["demo"] if context.demo else [])
    install_hooks()
    keep_pastes_whole()
    outlive_terminals()
    look = look_for(context.settings.theme, context.places.own_themes, lambda: tone_of(context.environment))
    app = KinshipApp(context, path, look, journal=journal)
    try:
        app.run()
        app.look_after_journal()
    finally:
        app.close_journal()
        leave_terminal(from_lock=context.locked is not None)
    if app.lock_failed:
        raise KinshipError(CANNOT)
    return app.return_code or 0
