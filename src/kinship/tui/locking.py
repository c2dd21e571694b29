"""The lock: a veil at once, what is unsaved put away, and a fresh program with an empty memory in this one's place."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.message import Message

from kinship.ground.errors import KinshipError, NotSaved
from kinship.tui import navigation as go
from kinship.tui.again import Locked, environment_for, lock_anew
from kinship.tui.context import Context
from kinship.tui.gone import Terminal
from kinship.tui.guard import GuardedApp
from kinship.tui.left_alone import BEAT, NOTICE, LeftAlone, Why
from kinship.tui.screens.veil import VeilScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from kinship.journal.bookmarks import Bookmark
    from kinship.journal.journal import Journal
    from kinship.tui.resuming import Trail

PATIENCE = 10.0
"""Seconds that what is under way in threads has to come to its end."""
SHORTLY = 0.02
"""Seconds between two looks at what is under way."""
STOPS = {signal.SIGTSTP: Why.STOPPED, signal.SIGCONT: Why.SLEPT}
"""A stop that is announced, and the end of one that was not."""
_GROUP = "lock"
_BEHIND = frozenset({"command_palette", "undo", "redo", "keys", "suspend"})
"""Acts that would show or change what lies behind a veil."""
READING_TIME = 30.0
"""Seconds that a line stays which has no field any more."""
TYPED = "You were typing"
WHERE = "You are back where you were."
COMING = "Nobody seems to be here: kinship locks in half a minute. Any key keeps it open."
NO_LOCK = "The demo holds nobody's secrets, so it has no lock."
CANNOT = "kinship could not lock and left instead. What you wrote is safe."


class LockingApp(GuardedApp):
    """An App that locks: when asked, when nobody is here, when the machine slept, and before it is stopped."""

    @dataclass
    class Back(Message):
        """What was open when it locked is open again."""

        bookmark: Bookmark

    context: Context
    path: Path
    journal: Journal | None = None

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._terminal: Terminal | None = None
        self._alone: LeftAlone | None = None
        self._trail: Trail | None = None
        self._announced = False
        self._done_behind = 0
        self._why: Why | None = None
        """Why a lock is under way or holds; None while the journal is open to whoever is here."""
        self.elsewhere: Path | None = None
        """The vault whose lock is gone to, where that is another one."""
        self.leaving = False
        """Whether the program is about to end, after which nothing needs a lock."""
        self.lock_failed = False
        """Whether it ends because no fresh program could take its place."""

    def look_after_journal(self) -> None:
        """Do what is due for the files of the journal before it is closed."""

    def close_journal(self) -> None:
        """Write the last frame of this session; safe to call twice."""

    @property
    def lockable(self) -> bool:
        """Whether there is a journal that a passphrase opens again."""
        return self.journal is not None and not self.context.demo

    @property
    def has_shell(self) -> bool:
        """Whether somebody would bring it back once it is stopped; a program that leads its session has no shell."""
        return os.getsid(0) != os.getpid()

    # Watching.

    @on(events.Mount)
    def begin_to_beat(self) -> None:
        """Look at the clocks and at the terminal every few seconds."""
        self._terminal = Terminal()
        self.set_interval(BEAT, self.beat)

    def keep_watch(self) -> None:
        """From now on a journal is open: notice whether somebody is here."""
        if not self.lockable:
            return
        from kinship.tui.resuming import Trail

        self._trail = Trail()
        self._alone = LeftAlone(self.context.clock, self.context.settings.lock_after)
        self.app_suspend_signal.subscribe(self, self._step_aside, immediate=True)
        self.app_resume_signal.subscribe(self, self._come_back, immediate=True)
        self._heed_stops()

    def keep_waiting(self, minutes: float) -> None:
        """From now on lock after so many minutes without a use."""
        if self._alone is not None:
            self._alone = LeftAlone(self.context.clock, minutes)

    def _heed_stops(self) -> None:
        loop = asyncio.get_running_loop()
        for one, why in STOPS.items():
            loop.add_signal_handler(one, self.lock, why)

    def _step_aside(self, _app: object) -> None:
        """Another program gets the terminal: a stop is one for both of them."""
        for one in STOPS:
            asyncio.get_running_loop().remove_signal_handler(one)

    def _come_back(self, _app: object) -> None:
        self._heed_stops()
        self._go_on()

    def _go_on(self) -> None:
        if self._alone is not None:
            self._alone.go_on()

    def beat(self) -> None:
        """Lock where it is time to, or try again where it could not be had yet; leave where the terminal is gone."""
        if self._terminal is not None and self._terminal.is_gone:
            self.leave_at_once()
        if self._alone is None:
            return
        why = self._alone.beat()
        if self._why is not None:
            self._try_again()
        elif why is not None:
            self.lock(why)
        elif self._alone.soon and not self._announced:
            self._announced = True
            self.notify(COMING, timeout=NOTICE)

    async def on_event(self, event: events.Event) -> None:
        if self._alone is not None and isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded:
            if self._why is None and self._alone.stood_still:
                self.lock(Why.SLEPT)
                return
            self._use()
        await super().on_event(event)

    def _use(self) -> None:
        if self._alone is not None:
            self._alone.use()
        if self._announced:
            self._announced = False
            self.clear_notifications()

    @on(go.Navigation)
    def note_request(self, request: go.Navigation) -> None:
        """Remember what opened the screen that is on top now."""
        if self._trail is not None:
            self._trail.note(self.screen, request)

    # The veil.

    def action_veil(self) -> None:
        """Blank the screen at once."""
        self.clear_notifications()
        if not self.veiled:
            self.push_screen(VeilScreen(lockable=self.lockable))

    @property
    def veiled(self) -> bool:
        """Whether a veil lies over what is open."""
        return any(isinstance(screen, VeilScreen) for screen in self.screen_stack)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _BEHIND and self.veiled:
            return False
        return super().check_action(action, parameters)

    def step_back_later(self) -> None:
        """A screen over the veil goes at once; one behind it goes once the veil does."""
        if isinstance(self.screen, VeilScreen):
            self._done_behind += 1
        else:
            self.pop_screen()

    @on(VeilScreen.Lifted)
    def lift(self) -> None:
        """Show what is open again; what was put over the veil goes with it."""
        while self.veiled:
            self.pop_screen()
        done, self._done_behind = self._done_behind, 0
        for _ in range(done):
            self.post_message(go.BackRequested())

    def go_back_to(self, bookmark: Bookmark, *, here: bool) -> None:
        """Open what was open when it locked; without `here` only tell of the line that was being typed."""
        from kinship.tui.resuming import request_of

        for place in bookmark.places if here else ():
            request = request_of(place)
            if request is None:
                break
            self.post_message(request)
        self.post_message(self.Back(bookmark))

    @on(Back)
    def give_back(self, event: Back) -> None:
        """Everything is open again: put the line in hand where it was, and say so where the screen does not."""
        self.screen.call_after_refresh(self._give_line_back, event.bookmark)

    def _give_line_back(self, bookmark: Bookmark) -> None:
        from kinship.tui.resuming import give_line_back

        if bookmark.line and not give_line_back(self.screen, bookmark.field, bookmark.line):
            self.notify(bookmark.line, title=TYPED, timeout=READING_TIME)
        elif not isinstance(self.screen, go.HoldsWords):
            self.notify(WHERE)

    # The lock.

    def action_lock(self) -> None:
        """Lock the journal: only the passphrase opens it again."""
        if self.context.demo:
            self.notify(NO_LOCK)
        self.lock(Why.ASKED)

    def action_suspend(self) -> None:
        """Lock, and give the terminal to the shell until it says fg."""
        if self.has_shell:
            self.lock(Why.STOPPED)

    def lock(self, why: Why) -> None:
        """Veil the screen and begin to lock; nothing happens where nothing is open or a lock is under way."""
        if self.lockable and self._why is None and not self.leaving:
            self._why = why
            self._lock()

    @work(group=_GROUP, description=_GROUP)
    async def _lock(self) -> None:
        await self._veil_at_once()
        if self._why is Why.SLEPT and self.journal is not None:
            with suppress(NotSaved):
                await asyncio.to_thread(self.journal.vault.begin_anew)
        try:
            locked = await self._put_away()
        except NotSaved as error:
            self._shut(error)
        else:
            await self._be_gone(locked)

    async def _veil_at_once(self) -> None:
        self.clear_notifications()
        veil = VeilScreen(locking=True)
        await self.push_screen(veil)
        painted = asyncio.Event()
        veil.call_after_refresh(painted.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(painted.wait(), 1)

    async def _put_away(self) -> Locked:
        """Keep what is unsaved and wait for who writes. Raises NotSaved, after which everything is as before."""
        journal, why = self.journal, self._why
        if journal is None or why is None:
            raise RuntimeError("nothing is open that could be locked")
        self._keep_drafts()
        await self._let_workers_end()
        self._keep_drafts()
        bookmark = self._keep_bookmark(journal)
        await asyncio.to_thread(journal.vault.begin_anew)
        return Locked(why, bookmark)

    def leave_at_once(self) -> None:
        """Keep what can be kept and end: the terminal is being closed."""
        self.leaving = True
        self.keep_what_can_be()
        self.exit(0)

    def keep_what_can_be(self) -> None:
        """Keep drafts and the line in hand as far as that goes: the program ends now, whatever happens."""
        for screen in self.screen_stack:
            if isinstance(screen, go.HoldsWords):
                with suppress(Exception):
                    screen.keep_draft()
        if self.lockable and self._bookmark().line and self.journal is not None:
            with suppress(Exception):
                self._keep_bookmark(self.journal)

    def _leave_crashed(self, report: str) -> None:
        """Leave with a report, and with what was typed kept."""
        if not self.leaving:
            self.leaving = True
            self.keep_what_can_be()
        super()._leave_crashed(report)

    def _keep_drafts(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, go.HoldsWords):
                screen.keep_draft()

    def _keep_bookmark(self, journal: Journal) -> str:
        from kinship.journal.bookmarks import keep_bookmark

        bookmark = self._bookmark()
        if not bookmark:
            return ""
        try:
            return keep_bookmark(journal.vault, self.context.clock, bookmark)
        except KinshipError:
            if bookmark.line and not journal.vault.read_only:
                raise
            return ""

    def _bookmark(self) -> Bookmark:
        from kinship.journal.bookmarks import Bookmark

        behind: list[Screen[Any]] = []
        for screen in self.screen_stack:
            if isinstance(screen, VeilScreen):
                break
            behind.append(screen)
        return self._trail.bookmark(behind) if self._trail is not None else Bookmark()

    async def _let_workers_end(self) -> None:
        """Wait for saves, exports and whatever else is under way, as long as that is not for ever."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while any(not one.is_finished and one.group != _GROUP for one in self.workers):
            if asyncio.get_running_loop().time() > end:
                return
            await asyncio.sleep(SHORTLY)

    async def _be_gone(self, locked: Locked) -> None:
        await asyncio.to_thread(self.look_after_journal)
        self.close_journal()
        if self._driver is None or self.leaving:
            return
        environment = environment_for(self.context.environment, locked)
        try:
            lock_anew(self._driver, self.elsewhere or self.path, environment)
        except OSError:
            self.lock_failed = True
            self.exit(1)

    # Where it cannot be forgotten yet.

    def _shut(self, error: NotSaved) -> None:
        from kinship.tui.screens.shut import ShutScreen

        if self.journal is not None:
            self.push_screen(ShutScreen(self.context, self.journal, error.message))

    def on_shut_screen_proved(self) -> None:
        """Open to whoever knows the passphrase again."""
        self._why = self.elsewhere = None
        self._go_on()
        self.lift()

    def _try_again(self) -> None:
        from kinship.tui.screens.shut import ShutScreen

        if isinstance(self.screen, ShutScreen) and self.screen.untouched:
            self._lock_at_last()

    @work(group=_GROUP, description=_GROUP)
    async def _lock_at_last(self) -> None:
        with suppress(NotSaved):
            await self._be_gone(await self._put_away())
