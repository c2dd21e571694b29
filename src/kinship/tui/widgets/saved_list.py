"""The searches that are saved under a name, to be used, named anew or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.ground.width import fill
from kinship.journal.saved import SavedSearch
from kinship.privacy.text import clean_line
from kinship.tui.keymap import act

NAME_WIDTH = 24
NONE = "No search is saved yet. Search for something, then s saves it."


class SavedList(OptionList):
    """A line for each; enter searches, r gives another name, d deletes."""

    DEFAULT_CSS = """
    SavedList { display: none; height: auto; max-height: 9; margin: 1 2 0 2; padding: 0 0 1 0; }
    SavedList { border: none; border-bottom: solid $rule; background: $paper; text-wrap: nowrap; }
    SavedList.-open { display: block; }
    SavedList:focus { border: none; border-bottom: solid $rule; background-tint: $paper 0%; }
    SavedList > .option-list--option { padding: 0; }
    SavedList > .option-list--option-highlighted { background: $paper; color: $ink; text-style: none; }
    SavedList:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: none; }
    SavedList:focus:ansi > .option-list--option-highlighted { text-style: bold underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("enter", "select", "search", tooltip="Search for this"),
        act("r", "rename_saved", "name", tooltip="Give it another name"),
        act("d", "delete_saved", "delete", tooltip="Delete it; the pages stay, and u brings it back"),
        act("escape,o", "close_saved", "back", tooltip="Back to the pages"),
        act("j", "cursor_down", "down", show=False),
        act("k", "cursor_up", "up", show=False),
        act("g", "first", "first", show=False),
        act("G", "last", "last", show=False),
    ]

    @dataclass
    class Used(Message):
        """Somebody searches for this."""

        search: SavedSearch

    @dataclass
    class Renaming(Message):
        """It is to have another name."""

        search: SavedSearch

    @dataclass
    class Deleting(Message):
        """It is to go."""

        search: SavedSearch

    class Closed(Message):
        """Nothing was chosen."""

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._searches: tuple[SavedSearch, ...] = ()

    def show(self, searches: Iterable[SavedSearch]) -> None:
        """Show these, staying where one was."""
        at = self.highlighted or 0
        self._searches = tuple(searches)
        self.set_options([Option(_row(one)) for one in self._searches] or [Option(NONE, disabled=True)])
        self.highlighted = min(at, len(self._searches) - 1) if self._searches else None

    @property
    def _here(self) -> SavedSearch | None:
        at = self.highlighted
        return self._searches[at] if at is not None and at < len(self._searches) else None

    @on(OptionList.OptionSelected)
    def use(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._here is not None:
            self.post_message(self.Used(self._here))

    def action_rename_saved(self) -> None:
        if self._here is not None:
            self.post_message(self.Renaming(self._here))

    def action_delete_saved(self) -> None:
        if self._here is not None:
            self.post_message(self.Deleting(self._here))

    def action_close_saved(self) -> None:
        self.post_message(self.Closed())


def _row(search: SavedSearch) -> Content:
    return Content.assemble(fill(clean_line(search.name), NAME_WIDTH), ("  " + clean_line(search.line), "$dim"))
