"""Another vault: those this computer knows, or one that is named; choosing one leads to its lock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, VaultChosen
from kinship.tui.paths import home_of, told_path
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.path_field import PathField
from kinship.vault.known import KnownVault, known_vaults
from kinship.vault.place import exists, remains

HINT = "enter goes to its lock · tab goes on to another place"
WHAT_FOLLOWS = "The one that is open now is locked first."
ONLY_THIS = "This computer knows no other vault. Name the folder of one below."
AWAY = "It is not there now. Is its drive connected?"
NO_VAULT = "No vault lies there. To make one: kinship --vault PATH new"
HERE = "That one is open here already."


class VaultsScreen(Screen[None]):
    """A list, and a line for a place that is not in it."""

    CSS_PATH = "vaults.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "back", "back", tooltip="Back; nothing is closed or opened"),
    ]

    @dataclass
    class Looked(Message):
        """Which vaults there are is known."""

        vaults: tuple[KnownVault, ...]

    vaults = getters.query_one("#vaults", OptionList)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, path: Path, *, is_open: bool) -> None:
        super().__init__()
        self.context = context
        self.path = path
        self.is_open = is_open
        self._home = home_of(context.environment)
        self._known: tuple[KnownVault, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static("Vaults", id="title", markup=False)
        with Vertical(id="middle"):
            yield OptionList(id="vaults", markup=False, compact=True)
            yield Static("Another place", id="about", markup=False)
            yield PathField(self._home, self.context.exports)
        yield Static(WHAT_FOLLOWS if self.is_open else HINT, id="state", markup=False)
        yield KeyLine("help")

    def on_mount(self) -> None:
        self.look()

    @work(thread=True, exclusive=True, group="vaults", exit_on_error=False, description="vaults")
    def look(self) -> None:
        """Look where vaults lie, which may be on a drive that is slow; ends in Looked."""
        places = self.context.places
        self.post_message(self.Looked(known_vaults(places.state, places.default_vault, [self.path])))

    @on(Looked)
    def show_known(self, event: Looked) -> None:
        own = self.path.resolve()
        self._known = tuple(one for one in event.vaults if one.path != own)
        self.vaults.clear_options()
        self.vaults.add_options([Option(self._line(one)) for one in self._known])
        self.vaults.display = bool(self._known)
        if self._known:
            self.vaults.focus()
            self.vaults.highlighted = 0
        else:
            self._say(ONLY_THIS)
            self.query_one(PathField).line.focus()

    def _line(self, one: KnownVault) -> Content:
        day = dt.datetime.fromtimestamp(one.opened, self.context.clock.now().tzinfo).date() if one.opened else None
        aside = "away" if not one.there else str(day) if day else "never here"
        place = visible(told_path(one.path, self._home))
        return Content.assemble((f"{aside:12}", "$dim"), (place, "$ink" if one.there else "$dim"))

    @on(OptionList.OptionSelected, "#vaults")
    def choose(self, event: OptionList.OptionSelected) -> None:
        self._go(self._known[event.option_index].path, AWAY)

    @on(PathField.Chosen)
    def choose_place(self, event: PathField.Chosen) -> None:
        self._go(event.path, NO_VAULT)

    def _go(self, path: Path, otherwise: str) -> None:
        if path.resolve() == self.path.resolve():
            self._say(HERE if self.is_open else HINT)
        elif exists(path) or remains(path):
            self.post_message(VaultChosen(path.resolve()))
        else:
            self._say(otherwise, wrong=True)

    def action_back(self) -> None:
        self.post_message(BackRequested())

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.state.set_class(wrong, "-wrong")
        self.state.update(Content(sentence))
