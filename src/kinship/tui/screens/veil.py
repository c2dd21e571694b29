"""The veil: a blank sheet over whatever is open, at one key."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kinship.tui.keymap import act


class VeilScreen(Screen[None]):
    """Nothing to read here; enter or esc lifts it, and where something can be locked, l does that."""

    DEFAULT_CSS = """
    VeilScreen { align: center middle; }
    VeilScreen Static { width: auto; color: $dim; text-align: center; }
    """
    BINDINGS = [
        act("escape,enter", "lift", "back", show=False),
        act("l", "lock_now", "lock", tooltip="Lock the journal", show=False),
    ]

    @dataclass
    class Lifted(Message):
        """Somebody is here again."""

    locking: var[bool] = var(default=False, init=False)
    """Whether it stays until the lock screen comes."""

    def __init__(self, *, lockable: bool = False, locking: bool = False) -> None:
        super().__init__()
        self.lockable = lockable
        self.set_reactive(VeilScreen.locking, locking)

    @property
    def words(self) -> str:
        """What stands on it."""
        if self.locking:
            return "Locking …"
        return "enter comes back · l locks" if self.lockable else "enter comes back"

    def compose(self) -> ComposeResult:
        yield Static(self.words, markup=False)

    def watch_locking(self) -> None:
        self.query_one(Static).update(self.words)

    async def action_lock_now(self) -> None:
        await self.run_action("app.lock")

    def action_lift(self) -> None:
        if not self.locking:
            self.post_message(self.Lifted())
