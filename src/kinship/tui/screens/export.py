"""Taking the map away: what as, under which names, where to; line by line what leaves; then the file."""

from __future__ import annotations

import os
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
from textual.widgets import Button, Input, Static

from kinship.ground.errors import KinshipError, Refused
from kinship.privacy.text import clean_line
from kinship.snapshot.export import Format, file_name, preview, render, write_export
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.share import NamesMode, Share
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.pick_one import PickOne

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

FORMATS = (
    (Format.SVG.value, "picture (SVG)"),
    (Format.TEXT.value, "text"),
    (Format.LIST.value, "list"),
    (Format.JSON.value, "data (JSON)"),
)
NAMES = (
    (NamesMode.NONE.value, "codes"),
    (NamesMode.ROLES.value, "roles"),
    (NamesMode.INITIALS.value, "initials"),
    (NamesMode.FULL.value, "full names"),
)
DATES = (("", "the month"), ("exact", "the day"))
STRAIN = (("", "stays here"), ("leaves", "leaves"))

ASKED = "Whole names leave with this file, and whoever has it can read them. Write it with names?"
HINT = "w, or enter in the place, writes the file · tab goes on"
SHOWN = ("alters", "facts", "moments")
"""The tables that the map is drawn from."""


class ExportScreen(Screen[None]):
    """Nothing is written before it was shown; whole names are asked about a second time."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("w,enter", "write", "write the file", tooltip="Write the file; whole names are asked about first"),
        act("j,down", "further", "read on", tooltip="Further down in what leaves"),
        act("k,up", "nearer", "back up", tooltip="Further up in what leaves", show=False),
        act("escape,q", "back", "back", tooltip="One step back; nothing is written"),
    ]

    @dataclass
    class Written(Message):
        """The file is on disk."""

        path: Path

    @dataclass
    class Failed(Message):
        """No file was written; why."""

        error: KinshipError

    asking: var[bool] = var(default=False, init=False, toggle_class="-asking")
    writing: var[bool] = var(default=False, init=False, toggle_class="-writing")
    form = getters.query_one("#form", PickOne)
    names = getters.query_one("#names", PickOne)
    dates = getters.query_one("#dates", PickOne)
    strain = getters.query_one("#strain", PickOne)
    place = getters.query_one("#place", Input)
    leaves = getters.query_one("#leaves", Static)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal, snapshot: str = "") -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._snapshot = snapshot
        self._offered = ""

    def compose(self) -> ComposeResult:
        yield Static("Take the map away", id="title", markup=False)
        with Vertical(id="choices"):
            for about, choice in (
                ("as", PickOne(FORMATS, id="form")),
                ("names", PickOne(NAMES, id="names")),
                ("dates", PickOne(DATES, id="dates")),
                ("strain", PickOne(STRAIN, id="strain")),
                ("to", Input(id="place")),
            ):
                with Horizontal():
                    yield Static(about, classes="about", markup=False)
                    yield choice
        yield Static("What leaves, line by line", id="heading", markup=False)
        with VerticalScroll(id="preview", can_focus=True):
            yield Static("", id="leaves", markup=False)
        with Vertical(id="foot"):
            yield Static(HINT, id="state", markup=False)
            with Horizontal(id="answers"):
                yield Button("no, go back", id="no", compact=True)
                yield Button("yes, with names", id="yes", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        for choice in (self.form, self.names, self.dates, self.strain):
            self.watch(choice, "picked", self.show_choice, init=False)
        self._offered = self.place.value = self._offer()
        self._show()
        self.form.focus()

    # What is chosen.

    @property
    def format(self) -> Format:
        return Format(self.form.value)

    @property
    def share(self) -> Share:
        """What leaves, as chosen now."""
        return Share(
            names=NamesMode(self.names.value),
            strain=bool(self.strain.value),
            exact_dates=bool(self.dates.value),
        )

    def show_choice(self) -> None:
        """Show what leaves now, and carry the file's name along."""
        self.asking = False
        if self.place.value == self._offered:
            self._offered = self.place.value = self._offer()
        else:
            self.place.value = with_ending(self.place.value, self.format)
        self._say(HINT)
        self._show()

    @on(JournalChanged)
    def show_again(self, event: JournalChanged) -> None:
        if event.event.touches(*SHOWN):
            self._show()

    def _circle(self) -> Circle:
        return self.journal.circle.as_of(self.journal.today())

    def _order(self) -> tuple[AlterId, ...]:
        return order_of_coming(self.journal.facts)

    def _show(self) -> None:
        seed, order = self.journal.vault.id, self._order()
        lines = preview(self._circle(), self.share, seed=seed, order=order, format_=self.format)
        rules = lines.index("")
        shown = [*(Content.styled(line, "$dim") for line in lines[:rules]), *map(with_bold_name, lines[rules:])]
        self.leaves.update(Content("\n").join(shown))

    def _offer(self) -> str:
        """Return a free place for the file in the person's folder, as they would type it."""
        folder = self.context.exports
        if not os.access(folder, os.W_OK):
            folder = self._home()
        return self._told(free_place(folder / file_name(self.journal.today(), self.format, self.share)))

    # Writing.

    def action_write(self) -> None:
        """Write the file, after a second yes where whole names leave."""
        if self.writing or self.asking:
            return
        if self.share.names is NamesMode.FULL:
            self.asking = True
            self._say(ASKED)
            self.query_one("#no", Button).focus()
        else:
            self._write()

    @on(Input.Submitted, "#place")
    def write_there(self) -> None:
        self.action_write()

    @on(PickOne.Taken)
    def go_on(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#yes")
    def write_with_names(self) -> None:
        self.asking = False
        self._write()

    @on(Button.Pressed, "#no")
    def leave_names(self) -> None:
        self.asking = False
        self._say(HINT)
        self.names.focus()

    def _write(self) -> None:
        typed = clean_line(self.place.value)
        if not typed:
            self._say("Say where the file goes.", wrong=True)
            self.place.focus()
            return
        path = self._path(typed)
        if path.is_dir():
            path = free_place(path / file_name(self.journal.today(), self.format, self.share))
        self.writing = True
        self._say("Writing …")
        self.write_file(path, self._circle(), self.format, self.share, self._order())

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def write_file(self, path: Path, circle: Circle, form: Format, share: Share, order: tuple[AlterId, ...]) -> None:
        """Draw the map and write it; ends in Written or Failed."""
        try:
            data = render(circle, form, share=share, seed=self.journal.vault.id, order=order)
            write_export(path, data)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Written(path))

    @on(Written)
    def say_where(self, event: Written) -> None:
        self.writing = False
        if self.place.value == self._offered:
            self._offered = self.place.value = self._offer()
        self._say(f"It is in {self._told(event.path)}. On this computer only you can read it.", good=True)

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.writing = False
        remedy = "Choose another name." if isinstance(event.error, Refused) else event.error.remedy
        self._say(f"{event.error.message} {remedy}".rstrip(), wrong=True)
        self.place.focus()

    # Small acts.

    def action_further(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_nearer(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Take the question back, else leave."""
        if self.asking:
            self.leave_names()
        else:
            self.post_message(BackRequested())

    def _say(self, text: str, *, wrong: bool = False, good: bool = False) -> None:
        self.state.set_class(wrong, "-wrong")
        self.state.set_class(good, "-good")
        self.state.update(Content(text))

    def _home(self) -> Path:
        return Path(self.context.environment.get("HOME") or Path.home())

    def _path(self, typed: str) -> Path:
        if typed == "~" or typed.startswith("~/"):
            return self._home() / typed[2:]
        return self.context.exports / typed

    def _told(self, path: Path) -> str:
        home = self._home()
        return f"~/{path.relative_to(home)}" if path.is_relative_to(home) and path != home else str(path)


def with_bold_name(line: str) -> Content:
    """Return a line of the preview with what stands before its colon set off."""
    name, colon, rest = line.partition(": ")
    return Content.assemble((name, "bold"), colon, rest) if colon else Content(line)


def with_ending(typed: str, form: Format) -> str:
    """Return a typed path with the ending of a format in place of another format's; any other ending stays."""
    stem, dot, ending = typed.rpartition(".")
    known = {one.ending for one in Format}
    return f"{stem}{form.ending}" if dot and stem and f".{ending}" in known else typed


def free_place(path: Path) -> Path:
    """Return `path`, or the first of path-2, path-3, … where nothing is yet."""
    free, number = path, 1
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
