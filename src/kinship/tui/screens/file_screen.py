"""A screen that writes a file: what leaves is shown line by line; names, and what is there already, are asked about."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError, Refused
from kinship.privacy.files import check_replaceable
from kinship.snapshot.export import write_export
from kinship.snapshot.sealing import ENDING as SEALED
from kinship.tui import sharing
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.paths import free_place, home_of, told_path, typed_path
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.pick_many import PickMany
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.seal_fields import SealFields
from kinship.tui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

ASK_NAMES = "Whole names leave with this file, and whoever has it can read them. Write it with names?"
ASK_SEALED_NAMES = "Whole names are in this file, for whoever opens it. Write it with names?"
HINT = "w, or enter in the place, writes the file · tab goes on"
LOOKING = "Looking …"
NEW_WORDS = "Write these six words down, nobody can find them again: "


class FileScreen(Screen[None]):
    """Its heirs say what may be chosen, how the file is called and made, and show what leaves."""

    CSS_PATH = ["file_screen.tcss"]
    TITLE_WORDS: ClassVar[str] = ""
    MAKING: ClassVar[str] = "Drawing …"
    ENDINGS: ClassVar[Collection[str]] = ()
    """Every ending that a file of this screen may have; another one that was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("w,enter", "write", "write the file", tooltip="Write the file; whole names are asked about first"),
        act("j,down", "further", "read on", tooltip="Further down in what leaves"),
        act("k,up", "nearer", "back up", tooltip="Further up in what leaves", show=False),
        act("f3", "offer", "six words", tooltip="Seal with six random words"),
        act("f2", "turn", "show what I type", tooltip="Show or hide the passphrase", show=False),
        act("escape,q", "back", "back", tooltip="One step back; what is being written is called off"),
    ]

    @dataclass
    class Went(Message):
        """Making the file went on."""

        step: str

    @dataclass
    class Written(Message):
        """The file is on disk; no path where it was called off."""

        path: Path | None

    @dataclass
    class Failed(Message):
        """No file was written; why."""

        error: KinshipError

    asking: var[str] = var("", init=False)
    """What is asked about: `names`, or `over`; empty where nothing is."""
    writing: var[bool] = var(default=False, init=False, toggle_class="-writing")
    names = getters.query_one("#names", PickOne)
    seal = getters.query_one(SealFields)
    place = getters.query_one("#place", Input)
    leaves = getters.query_one("#leaves", Static)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._home = home_of(context.environment)
        self._offered = ""
        self._words = ""
        """The six words that were offered last."""
        self._force = False
        self._called_off = False
        self._secret: str | None = None
        """Kept here and not given to the worker, whose arguments outlive it."""

    # What heirs say.

    @abstractmethod
    def choices(self) -> Iterable[tuple[str, Widget]]:
        """Return what may be chosen: the word before each, and the widget; one of them is the names."""

    @property
    @abstractmethod
    def ready(self) -> bool:
        """Whether there is something to write."""

    @property
    @abstractmethod
    def names_leave(self) -> bool:
        """Whether whole names leave, which is asked about."""

    @property
    @abstractmethod
    def file_name(self) -> str:
        """How the file is called before it is sealed."""

    @abstractmethod
    def maker(self) -> Callable[[], bytes]:
        """Return what makes the file as it is chosen now; it is called beside the screen and may raise KinshipError."""

    def said_besides(self) -> str:
        """Return what is to be said of a file that was written, besides where it is."""
        return ""

    # The screen.

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(self.TITLE_WORDS, id="title", markup=False)
            yield Static("", id="what", markup=False)
        with VerticalScroll(id="choices", can_focus=False):
            for about, choice in self.choices():
                with Horizontal(id=f"row-{choice.id}"):
                    yield Static(about, classes="about", markup=False)
                    yield choice
            yield SealFields()
            with Horizontal():
                yield Static("to", classes="about", markup=False)
                yield Input(id="place")
        yield Static("", id="heading", markup=False)
        with VerticalScroll(id="preview", can_focus=True):
            yield Static("", id="rules", markup=False)
            yield Static("", id="leaves", markup=False)
        with Vertical(id="foot"):
            yield Static(LOOKING, id="state", markup=False)
            with Horizontal(id="answers"):
                yield WordButton("no, go back", id="no")
                yield WordButton("yes, write it", id="yes")
        yield KeyLine()

    def carry_name(self) -> None:
        """Have the place follow what is chosen, as far as it was not typed."""
        if self.place.value in ("", self._offered):
            self._offered = self.place.value = self._offer()
        else:
            name = self._sealed_name()
            ending = name[len(name.split(".", 1)[0]) :]
            self.place.value = with_ending(self.place.value, ending, self.ENDINGS)

    def show_rules(self, missing: Iterable[str], rules: Iterable[str]) -> None:
        """Show what was chosen in sentences; before them, what the file could not show."""
        told = [Content.styled(line, "$warning") for line in missing]
        told += [Content.styled(line, "$dim") for line in rules]
        self.query_one("#rules", Static).update(Content("\n").join([*told, Content("")]) if told else "")

    def show_nothing(self, why: str) -> None:
        """Say why nothing can leave."""
        self.leaves.update("")
        self.query_one("#rules", Static).update("")
        self._say(why, wrong=True)

    def _offer(self) -> str:
        """Return a free place for the file in the person's folder, as they would type it."""
        folder = self.context.exports
        if not os.access(folder, os.W_OK) or is_for_everybody(folder):
            folder = self._home
        return told_path(free_place(folder / self._sealed_name()), self._home)

    def _sealed_name(self) -> str:
        return self.file_name + (SEALED if self.seal.sealed else "")

    # The seal.

    def action_offer(self) -> None:
        """Seal with six random words, and show them."""
        self._words = self.seal.offer()
        self._hint()

    def action_turn(self) -> None:
        self.seal.turn()

    @on(SealFields.Weighed)
    def say_strength(self, event: SealFields.Weighed) -> None:
        self._say(event.sentence)

    # Writing.

    @on(Input.Submitted)
    def write_there(self, event: Input.Submitted) -> None:
        if event.input is self.place:
            self.action_write()
        else:
            self.focus_next()

    @on(PickOne.Taken)
    @on(PickMany.Done)
    def go_on(self) -> None:
        self.focus_next()

    def action_write(self) -> None:
        """Write the file, after a second yes where whole names leave or something is there already."""
        if self.writing or self.asking or not self.ready:
            return
        if trouble := self.seal.trouble():
            self._say(trouble, wrong=True)
        elif not self.place.value.strip():
            self._say("Say where the file goes.", wrong=True)
            self.place.focus()
        elif self.names_leave:
            self._ask("names", ASK_SEALED_NAMES if self.seal.sealed else ASK_NAMES)
        else:
            self._write_unless_there()

    def _write_unless_there(self) -> None:
        path = self._target()
        try:
            check_replaceable(path)
        except Refused as error:
            try:
                check_replaceable(path, force=True)
            except Refused:
                self.post_message(self.Failed(error))
            else:
                self._ask("over", f"{self._told(path)} is there already, and would be gone. Write over it?")
        else:
            self._write()

    def _target(self) -> Path:
        path = typed_path(self.place.value, self._home, self.context.exports)
        if path.is_dir():
            return free_place(path / self._sealed_name())
        return path.with_name(path.name + SEALED) if self.seal.sealed and path.suffix != SEALED else path

    def _ask(self, about: str, question: str) -> None:
        self.asking = about
        self.set_class(True, "-asking")
        self._say(question)
        self.query_one("#no", WordButton).focus()

    def _take_back_question(self) -> None:
        self.asking, self._force = "", False
        self.set_class(False, "-asking")

    @on(WordButton.Pressed, "#yes")
    def go_ahead(self) -> None:
        about = self.asking
        self._take_back_question()
        if about == "names":
            self._write_unless_there()
        elif about == "over":
            self._force = True
            self._write()

    @on(WordButton.Pressed, "#no")
    def leave_it(self) -> None:
        about = self.asking
        self._take_back_question()
        self._hint()
        (self.names if about == "names" else self.place).focus()

    def _write(self) -> None:
        self._secret = self.seal.passphrase
        self._called_off = False
        self.writing = True
        self._say(self.MAKING)
        self.write_file()

    @work(thread=True, exclusive=True, group="export", exit_on_error=False, description="export")
    def write_file(self) -> None:
        """Make the file, seal it and write it; ends in Written or Failed."""
        path = self._target()
        try:
            data = sharing.made(
                self.maker(), self.MAKING, passphrase=self._secret, recipients=self.seal.recipients,
                called_off=lambda: self._called_off, step=lambda told: self.post_message(self.Went(told)),
            )  # fmt: skip
            if data is not None and not self._called_off:
                write_export(path, data, force=self._force)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Written(None if data is None or self._called_off else path))

    @on(Went)
    def say_step(self, event: Went) -> None:
        if self.writing:
            self._say(f"{event.step}  esc calls it off")

    @on(Written)
    def say_where(self, event: Written) -> None:
        self._end_writing()
        if event.path is None:
            self._say("Called off. Nothing was written.")
            return
        if self.place.value == self._offered:
            self._offered = self.place.value = self._offer()
        who = "Whoever has the passphrase or the key opens it: age -d" if self.seal.sealed else "It is not encrypted."
        words = f" Its words: {self._words}" if self._words and self.seal.passphrase == self._words else ""
        self._say(f"It is in {self._told(event.path)}. {who}{words}{self.said_besides()}", good=True)
        self.query_one("#preview").focus()

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self._end_writing()
        self._say(sharing.trouble_of(event.error), wrong=True)
        self.place.focus()

    def _end_writing(self) -> None:
        self.writing = self._force = False
        self._secret = None

    # Small acts.

    def action_further(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_nearer(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Call off what is being written, or take the question back, else leave."""
        if self.writing:
            self._called_off = True
            self._say("Calling it off …")
        elif self.asking:
            self.leave_it()
        else:
            self.post_message(BackRequested())

    def _hint(self) -> None:
        """Say what is next; the offered words for as long as they seal."""
        offered = self._words != "" and self.seal.passphrase == self._words
        self._say(f"{NEW_WORDS}{self._words}" if offered else HINT, good=offered)

    def _say(self, text: str, *, wrong: bool = False, good: bool = False) -> None:
        self.state.set_class(wrong, "-wrong")
        self.state.set_class(good, "-good")
        self.state.update(Content(text))

    def _told(self, path: Path) -> str:
        return told_path(path, self._home)


def with_ending(typed: str, ending: str, known: Collection[str]) -> str:
    """Return a typed path with an ending in place of another `known` one, sealed or not; any other ending stays."""
    bare = typed.removesuffix(SEALED)
    stem, dot, last = bare.rpartition(".")
    return f"{stem}{ending}" if dot and stem and f".{last}" in known else typed


def is_for_everybody(folder: Path) -> bool:
    """Return whether others may write into a folder, as into /tmp: no place for what was let out of a journal."""
    try:
        return bool(folder.stat().st_mode & 0o002)
    except OSError:
        return False
