"""Privacy: what is protected, what is not, and how this computer stands; nothing needs to be unlocked for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from kinship.privacy.machine import Line, Machine, State, ThisMachine
from kinship.privacy.standing import NOT_PROTECTED, PROTECTED, look_around
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.screens.reading import ReadingScreen
from kinship.tui.widgets.key_line import KeyLine

LOOKING = "Looking around on this computer…"
NOT_SEEN = "Looking around on this computer failed ({kind}). What stands above holds all the same."
_CLASSES = {State.LOOK: "look", State.UNKNOWN: "unknown", State.FINE: "fine"}


class PrivacyScreen(ReadingScreen):
    """One page in three parts to read; how the computer stands comes once it was looked at."""

    CSS_PATH = "privacy.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("n", "part", "next part", tooltip="To the next part"),
    ]

    class Looked(Message):
        """How the computer stands is known."""

        def __init__(self, lines: tuple[Line, ...]) -> None:
            super().__init__()
            self.lines = lines

    class NotLooked(Message):
        """It could not be found out."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, context: Context, vault: Path, machine: Machine | None = None) -> None:
        super().__init__()
        self.context = context
        self.vault = vault
        self.machine = machine or ThisMachine(context.environment)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page"):
            for title, sentences in (("What is protected", PROTECTED), ("What is not", NOT_PROTECTED)):
                yield Static(title, classes="part", markup=False)
                for sentence in sentences:
                    yield Static(sentence, classes="sentence", markup=False)
            yield Static("How this computer stands", classes="part", markup=False)
            yield Static(LOOKING, id="waiting", markup=False)
        yield KeyLine("page", "back", "help")

    def on_mount(self) -> None:
        self.look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look around off the screen: there may be many files and processes. Ends in Looked or NotLooked."""
        from kinship.vault.around import around_vault

        try:
            around = around_vault(self.vault, self.context.places, self.context.settings)
            lines = look_around(self.machine, around)
        except Exception as error:  # noqa: BLE001 - the worker's door
            self.post_message(self.NotLooked(type(error).__name__))
        else:
            self.post_message(self.Looked(lines))

    @on(Looked)
    def show_lines(self, event: Looked) -> None:
        self.query_one("#waiting").remove()
        self.page.mount(*_rows(event.lines))

    @on(NotLooked)
    def show_failure(self, event: NotLooked) -> None:
        self.query_one("#waiting", Static).update(NOT_SEEN.format(kind=event.kind))

    def action_part(self) -> None:
        """Go to the next heading below the top of what is shown, from the last one to the first."""
        parts = list(self.page.query(".part"))
        tops = [part.virtual_region.y for part in parts]
        below = next((top for top in tops if top > self.page.scroll_offset.y + 1), tops[0])
        at_end = self.page.scroll_offset.y >= self.page.max_scroll_y
        self.page.scroll_to(y=tops[0] if at_end else below, animate=False)


def _rows(lines: tuple[Line, ...]) -> Iterator[Widget]:
    """Yield a heading for each state and a row for each line: what it is about, the sentence, the remedy."""
    state = None
    for line in lines:
        if line.state is not state:
            state = line.state
            yield Static(state.value, classes=f"state {_CLASSES[state]}", markup=False)
        told = [Static(visible(line.sentence), classes="told", markup=False)]
        if line.remedy:
            told.append(Static(f"→ {visible(line.remedy)}", classes="remedy", markup=False))
        about = Static(line.about, classes="about", markup=False)
        yield Horizontal(about, Vertical(*told, classes="both"), classes="row")
