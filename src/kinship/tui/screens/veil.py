"""The veil: a blank sheet over whatever is open, at one key."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested


class VeilScreen(Screen[None]):
    """Nothing to read here; the same key, enter or esc lifts it."""

    DEFAULT_CSS = """
    VeilScreen { align: center middle; }
    VeilScreen Static { width: auto; color: $dim; }
    """
    BINDINGS = [act("escape,enter", "lift", "back", show=False)]

    def compose(self) -> ComposeResult:
        yield Static("enter comes back")

    def action_lift(self) -> None:
        self.post_message(BackRequested())
