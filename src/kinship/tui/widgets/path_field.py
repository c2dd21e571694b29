"""A line for a file or a folder: what may come next stands below, tab goes on with it, enter takes the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kinship.tui.keymap import act
from kinship.tui.paths import further, typed_path, ways_on

SHOWN = 6
"""Lines of what may come next."""


class PathInput(Input):
    """The line itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("tab", "go_on", "complete", tooltip="Go on with the path; to the next field where nothing goes on"),
        act("down", "look_below", "choose", tooltip="Choose among what may come next", show=False),
    ]

    @dataclass
    class GoneOn(Message):
        """Tab was pressed."""

    @dataclass
    class LookedBelow(Message):
        """The list is asked for."""

    def action_go_on(self) -> None:
        self.post_message(self.GoneOn())

    def action_look_below(self) -> None:
        self.post_message(self.LookedBelow())


class PathField(Vertical):
    """`path` is what is meant; `Chosen` says that enter was pressed."""

    DEFAULT_CSS = """
    PathField { height: auto; }
    PathField OptionList { height: auto; max-height: 6; padding: 0 1; display: none; color: $dim; }
    PathField:focus-within OptionList { display: block; }
    PathField:focus-within OptionList.-none { display: none; }
    """

    ways: reactive[tuple[str, ...]] = reactive((), layout=True)

    @dataclass
    class Chosen(Message):
        """The line was taken."""

        path: Path

    @dataclass
    class Looked(Message):
        """What may come next is known."""

        typed: str
        ways: tuple[str, ...]

    line = getters.query_one(PathInput)
    below = getters.query_one(OptionList)

    def __init__(self, home: Path, folder: Path, *, begun: str = "~/", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.home = home
        self.folder = folder
        self._begun = begun
        self._looked: str | None = None
        """The line whose ways are known."""
        self._waits = False
        """Whether tab was pressed before they were."""

    def compose(self) -> ComposeResult:
        yield PathInput(self._begun, select_on_focus=False)
        yield OptionList(classes="-none")

    def on_mount(self) -> None:
        self.look()

    @property
    def typed(self) -> str:
        return self.line.value

    @property
    def path(self) -> Path:
        return typed_path(self.typed, self.home, self.folder)

    @on(Input.Changed)
    def look_again(self, event: Input.Changed) -> None:
        event.stop()
        self.look()

    @work(thread=True, exclusive=True, group="paths", exit_on_error=False, description="paths")
    def look(self) -> None:
        """Look into the folder that is being typed; ends in Looked."""
        typed = self.line.value
        self.post_message(self.Looked(typed, ways_on(typed, self.home, self.folder)))

    @on(Looked)
    def show_ways(self, event: Looked) -> None:
        event.stop()
        if event.typed != self.typed:
            return
        self._looked = event.typed
        self.ways = () if event.ways == (self.typed,) else event.ways
        self.below.clear_options()
        self.below.add_options([Option(Content(f" {_last(way)}")) for way in self.ways])
        self.below.set_class(not self.ways, "-none")
        if self._waits:
            self._complete()

    @on(PathInput.GoneOn)
    def complete(self, event: PathInput.GoneOn) -> None:
        """Go on as far as there is one way; to the next field where there is none."""
        event.stop()
        self._waits = self._looked != self.typed
        if not self._waits:
            self._complete()

    def _complete(self) -> None:
        self._waits = False
        longer = further(self.typed, self.ways)
        if longer == self.typed:
            self.leave()
        else:
            self._take(longer)

    def leave(self) -> None:
        """Go to the field behind this one, past the list."""
        self.below.can_focus = False
        self.screen.focus_next()
        self.below.can_focus = True

    @on(PathInput.LookedBelow)
    def go_below(self, event: PathInput.LookedBelow) -> None:
        event.stop()
        if self.ways:
            self.below.focus()
            self.below.highlighted = self.below.highlighted or 0

    @on(OptionList.OptionSelected)
    def take_way(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        way = self.ways[event.option_index]
        self._take(way)
        self.line.focus()
        if not way.endswith("/"):
            self.post_message(self.Chosen(self.path))

    @on(Input.Submitted)
    def take_line(self, event: Input.Submitted) -> None:
        event.stop()
        if self.typed.strip():
            self.post_message(self.Chosen(self.path))

    def _take(self, typed: str) -> None:
        self.line.value = typed
        self.line.cursor_position = len(typed)


def _last(way: str) -> str:
    """Return the last part of a way: what stands before it is in the line above."""
    return f"{way.rstrip('/').rpartition('/')[2]}{'/' if way.endswith('/') else ''}"
