"""An App that lives by the settings: at its start, and at once where one is changed while it runs."""

from __future__ import annotations

from dataclasses import replace

from textual import events, on
from textual.widgets import Input

from kinship.tui import navigation as go
from kinship.tui.guard import SAFE_SCREEN
from kinship.tui.keymap import bindings_of, faults_of
from kinship.tui.locking import LockingApp
from kinship.tui.theming import TONES, Look, look_for, theme_of
from kinship.tui.tone import tone_told


class SettledApp(LockingApp):
    """Theme, keys, initials, motion and the time until the lock, as the settings say."""

    look: Look

    @on(go.SettingsChanged)
    def live_by(self, event: go.SettingsChanged) -> None:
        """Take a setting that was changed to heart; what open screens were given stays with them."""
        self.context = replace(self.context, settings=event.settings)
        if event.name == "theme":
            self._wear_again(event.settings.theme)
        elif event.name == "safe_screen" and self.safe_screen != event.settings.safe_screen:
            self.action_safe_screen()
        elif event.name == "keys":
            self.apply_keys()
        elif event.name == "lock_after":
            self.keep_waiting(event.settings.lock_after)
        elif event.name == "motion":
            self.move_or_not()

    def _wear_again(self, wanted: str) -> None:
        """Put another theme on; the terminal cannot be asked for its tone now, so `auto` goes by what is known."""
        known = tone_told(self.context.environment) or (self.look.name if self.look.name in TONES else "dark")
        self.look = look_for(wanted, self.context.places.own_themes, lambda: known)
        for palette in self.look.palettes.values():
            self.register_theme(theme_of(palette))
        self.theme = self.look.name

    def apply_keys(self) -> None:
        """Give acts the keys that the settings ask for, and say once where that cannot be."""
        keys = self.context.settings.keys
        if not keys:
            self.set_keymap({})
            return
        from kinship.tui.screens.every import every_screen

        faults = faults_of(keys, bindings_of((type(self), *every_screen())))
        self.set_keymap({name: told for name, told in keys.items() if name not in faults})
        if faults:
            self.notify(next(iter(faults.values())), title="A key in the settings", severity="warning")

    def move_or_not(self) -> None:
        """Let scrolling glide, or jump, as the settings say."""
        self.animation_level = "full" if self.context.settings.motion else "none"

    @on(events.DescendantFocus)
    def hold_cursor(self, event: events.DescendantFocus) -> None:
        """Let the cursor of a line blink only where motion is wanted."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = self.context.settings.motion

    def action_safe_screen(self) -> None:
        """Show initials for names, or names again; a lock changes nothing about it."""
        self.safe_screen = not self.safe_screen
        others = {name: told for name, told in self.context.environment.items() if name != SAFE_SCREEN}
        now = {SAFE_SCREEN: "1"} if self.safe_screen else {}
        self.context = replace(self.context, environment={**others, **now})
        self.hide_names(self.journal)
        self.notify("Names are shown as initials." if self.safe_screen else "Names are shown again.")
