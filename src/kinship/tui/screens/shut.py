"""Shut: a lock that may not forget, because words could not be kept; the passphrase leads back to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from kinship.ground.errors import KinshipError
from kinship.tui.context import Context
from kinship.tui.screens.unlock import UnlockScreen

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


class ShutScreen(UnlockScreen):
    """The lock screen over a journal that is still open: it proves the passphrase and opens nothing."""

    CSS_PATH = "unlock.tcss"
    DEFAULT_CLASSES = "-shut"

    @dataclass
    class Proved(Message):
        """Whoever is here knows the passphrase."""

    def __init__(self, context: Context, journal: Journal, reason: str) -> None:
        super().__init__(context, journal.vault.path, keyring=False)
        self.journal = journal
        self.reason = reason

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "vaults":
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        self._say(f"Locked. {self.reason} What you wrote is still here, and enter goes back to it.")
        self.field.focus()

    @property
    def untouched(self) -> bool:
        """Whether nobody is typing a passphrase or waiting for it to be proved."""
        return not self.busy and not self.field.value

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=True, description="unlock")
    def open_vault(self, way: str) -> None:
        """Derive the key and compare; ends in Proved or Failed."""
        from kinship.tui.opening import prove
        from kinship.tui.screens.unlock import BY_RECOVERY

        try:
            prove(self.journal, self.take_secret(), self.answered, by_recovery=way == BY_RECOVERY)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Proved())
