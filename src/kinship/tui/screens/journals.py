"""The journals in this vault: how many pages each has; one is opened, or called otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.ground.width import fill, shorten
from kinship.journal.journals import UNNAMED, Volume
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, PagesRequested
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

NOTHING = "No page is written yet. w on the first screen writes one."
MORE = (
    "A page goes into a journal where its day and title are said: ctrl+t while you write. "
    "A journal is there as long as a page is in it."
)
WIDEST = 26
"""Cells of a name."""


class JournalsScreen(Screen[None]):
    """A list to choose from, the unnamed one first."""

    CSS_PATH = "journals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("o", "open_journal", "its pages", tooltip="The pages of this journal"), key_display="enter"),
        act("r", "rename", "rename", tooltip="Call this journal otherwise; u takes it back"),
        act("escape,q", "back", "back"),
    ]

    @dataclass
    class Renamed(Message):
        """A journal has another name, or could not get it."""

        sentence: str
        wrong: bool = False

    volumes = getters.query_one(OptionList)
    asking = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._shown: Sequence[Volume] = ()

    def compose(self) -> ComposeResult:
        yield Static("Journals in this vault", id="title")
        yield Static(NOTHING, id="nothing")
        yield OptionList(markup=False)
        yield Static(MORE, id="more")
        yield AskLine()
        yield KeyLine("undo", "keys")

    def on_mount(self) -> None:
        self.show_journals()
        self.volumes.focus()

    @on(JournalChanged)
    def show_journals(self) -> None:
        """Show them as they are now, staying on the line that was pointed at."""
        at = self.volumes.highlighted or 0
        self._shown = self.journal.journals()
        self.volumes.set_options([Option(_row(one)) for one in self._shown])
        self.volumes.display = bool(self._shown)
        self.query_one("#nothing").display = not self._shown
        if self._shown:
            self.volumes.highlighted = min(at, len(self._shown) - 1)
        self.refresh_bindings()

    def _pointed(self) -> Volume | None:
        at = self.volumes.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"open_journal", "rename"}:
            return bool(self._shown)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def action_open_journal(self) -> None:
        one = self._pointed()
        if one is not None:
            name = one.name or UNNAMED
            self.post_message(PagesRequested(f'journal:"{name}"' if '"' not in name else f"journal:{name}"))

    def action_rename(self) -> None:
        one = self._pointed()
        if one is not None:
            names = [other.name for other in self._shown if other.name and other is not one]
            self.asking.ask(one.name, f"{clean_line(one.name) or UNNAMED} is called", one.name, names)

    @on(AskLine.Answered)
    def answered(self, event: AskLine.Answered) -> None:
        self.leave_asking()
        self.rename(event.about, event.answer)

    @on(AskLine.Left)
    def leave_asking(self) -> None:
        self.asking.put_away()
        self.volumes.focus()

    @work(thread=True, exclusive=True, group="rename", exit_on_error=False)
    def rename(self, name: str, to: str) -> None:
        """Give every page of a journal another name; ends in Renamed."""
        try:
            there = any(one.name == self.journal.journal_meant(to) != name for one in self._shown)
            done = self.journal.rename_journal(name, to)
        except KinshipError as error:
            self.post_message(self.Renamed(str(error), wrong=True))
        except Exception as error:  # noqa: BLE001 (the worker's door)
            self.post_message(self.Renamed(f"It was not renamed ({type(error).__name__}).", wrong=True))
        else:
            said = "Its pages went into the one of that name." if there else "Renamed."
            self.post_message(self.Renamed(f"{said} u takes it back." if done else "It is called that."))

    @on(Renamed)
    def say_so(self, event: Renamed) -> None:
        self.notify(event.sentence, severity="error" if event.wrong else "information", markup=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _row(one: Volume) -> Content:
    name = shorten(clean_line(one.name) or UNNAMED, WIDEST)
    count = "1 page" if one.pages == 1 else f"{one.pages} pages"
    last = f"the last of {one.last:%a} {one.last.day} {one.last:%B %Y}"
    return Content.assemble((fill(name, WIDEST), "" if one.name else "$dim"), (f"  {count:>11}  {last}", "$dim"))
