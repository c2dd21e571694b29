"""Sharing the map: as what, how people are called, what more, sealed or not, where to; line by line what leaves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError, Refused
from kinship.privacy.files import check_replaceable
from kinship.snapshot.export import Format, Look, Paper, Style, file_name, write_export
from kinship.snapshot.preview import Leaves
from kinship.snapshot.sealing import ENDING as SEALED
from kinship.snapshot.share import NamesMode, Share
from kinship.tui import sharing
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, ExportRequested, JournalChanged
from kinship.tui.paths import free_place, home_of, told_path, typed_path
from kinship.tui.sharing import Chosen, Subject
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
SHOWN = ("alters", "facts", "moments", "snapshots")
"""The tables that the map is drawn from."""


class ExportScreen(Screen[None]):
    """Nothing is written before it was shown; whole names, and what is there already, are asked about once more."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("w,enter", "write", "write the file", tooltip="Write the file; whole names are asked about first"),
        act("j,down", "further", "read on", tooltip="Further down in what leaves"),
        act("k,up", "nearer", "back up", tooltip="Further up in what leaves", show=False),
        act("f3", "offer", "six words", tooltip="Seal with six random words"),
        act("f2", "turn", "show what I type", tooltip="Show or hide the passphrase", show=False),
        act("escape,q", "back", "back", tooltip="One step back; what is being written is called off"),
    ]

    @dataclass
    class Shown(Message):
        """What would leave is known, or why it cannot."""

        chosen: Chosen
        leaves: Leaves | None
        missing: tuple[str, ...] = ()
        error: KinshipError | None = None

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
    form = getters.query_one("#form", PickOne)
    names = getters.query_one("#names", PickOne)
    ticks = getters.query_one("#ticks", PickMany)
    style = getters.query_one("#style", PickOne)
    paper = getters.query_one("#paper", PickOne)
    seal = getters.query_one(SealFields)
    place = getters.query_one("#place", Input)
    leaves = getters.query_one("#leaves", Static)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal, asked: ExportRequested | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._asked = asked or ExportRequested()
        self._home = home_of(context.environment)
        self._offered = ""
        self._subject: Subject | None = None
        self._trouble = ""
        self._words = ""
        """The six words that were offered last."""
        self._force = False
        self._called_off = False
        self._secret: str | None = None
        """Kept here and not given to the worker, whose arguments outlive it."""
        self._look_for()

    def _look_for(self) -> None:
        """Take the map as it is now."""
        try:
            self._subject = sharing.subject_of(self.journal, self._asked)
        except KinshipError as error:
            self._subject, self._trouble = None, sharing.trouble_of(error)

    def compose(self) -> ComposeResult:
        subject = self._subject
        names = [one for one in sharing.NAMES if subject is None or subject.names in (None, one[0])]
        forms = sharing.FORMATS if subject is None or subject.before is None else sharing.PICTURES
        with Horizontal(id="head"):
            yield Static("Share the map", id="title", markup=False)
            yield Static(f"of {subject.title}" if subject is not None else "", id="what", markup=False)
        with Vertical(id="choices"):
            for about, choice in (
                ("as", PickOne(forms, id="form")),
                ("names", PickOne(names, id="names")),
                ("with", PickMany(sharing.TICKS, id="ticks")),
                ("look", PickOne(sharing.STYLES, id="style")),
                ("page", PickOne(sharing.PAPERS, id="paper")),
            ):
                with Horizontal(id=f"row-{about}"):
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

    def on_mount(self) -> None:
        for choice in (self.form, self.names, self.style, self.paper):
            self.watch(choice, "picked", self.show_choice, init=False)
        self.watch(self.ticks, "picked", self.show_choice, init=False)
        self.show_choice()
        self.form.focus()

    # What is chosen.

    @property
    def format(self) -> Format:
        return Format(self.form.value)

    @property
    def share(self) -> Share:
        """What leaves, as chosen now."""
        ticked = dict.fromkeys(self.ticks.picked, True)
        return msgspec.structs.replace(Share(names=NamesMode(self.names.value)), **ticked)

    @property
    def chosen(self) -> Chosen:
        """Everything about the file, as chosen now."""
        style = Style(self.style.value) if self.style.value else None
        return Chosen(self.format, self.share, Look(style=style, paper=Paper(self.paper.value)))

    @on(SealFields.Changed)
    def show_choice(self) -> None:
        """Show what leaves now, and carry the file's name along."""
        self._take_back_question()
        form = self.format
        self.query_one("#row-look").display = form.drawn
        self.query_one("#row-page").display = form is Format.PDF
        self.query_one("#heading", Static).update(f"What leaves, line by line · {sharing.ABOUT[form]}")
        ending = form.ending + (SEALED if self.seal.sealed else "")
        if self.place.value in ("", self._offered):
            self._offered = self.place.value = self._offer()
        else:
            self.place.value = with_ending(self.place.value, ending)
        if self._subject is None:
            self._say(self._trouble, wrong=True)
        else:
            self.look_at_it()

    @on(JournalChanged)
    def show_again(self, event: JournalChanged) -> None:
        if event.event.touches(*SHOWN) and not self.asking and not self.writing:
            self._look_for()
            self.show_choice()

    @work(thread=True, exclusive=True, group="leaves", exit_on_error=False, description="leaves")
    def look_at_it(self) -> None:
        """Find out what would leave; ends in Shown."""
        subject, chosen = self._subject, self.chosen
        if subject is None:
            return
        try:
            leaves, missing = sharing.leaves_of(subject, chosen)
        except KinshipError as error:
            self.post_message(self.Shown(chosen, None, error=error))
        else:
            self.post_message(self.Shown(chosen, leaves, missing))

    @on(Shown)
    def show_leaves(self, event: Shown) -> None:
        if event.chosen != self.chosen:
            return
        if event.leaves is None:
            self.leaves.update("")
            self.query_one("#rules", Static).update("")
            if event.error is not None:
                self._say(sharing.trouble_of(event.error), wrong=True)
            return
        rules = [Content.styled(line, "$warning") for line in event.missing]
        rules += [Content.styled(line, "$dim") for line in event.leaves.rules]
        self.query_one("#rules", Static).update(Content("\n").join([*rules, Content("")]))
        as_written = event.chosen.form in {Format.TEXT, Format.LIST}
        lines = map(Content, event.leaves.lines) if as_written else map(with_bold_name, event.leaves.lines)
        self.leaves.set_class(as_written, "-as-written")
        self.leaves.update(Content("\n").join(lines))
        if not self.asking and not self.writing:
            self._hint()

    def _offer(self) -> str:
        """Return a free place for the file in the person's folder, as they would type it."""
        folder = self.context.exports
        if not os.access(folder, os.W_OK) or is_for_everybody(folder):
            folder = self._home
        return told_path(free_place(folder / self._file_name()), self._home)

    def _file_name(self) -> str:
        day = self._subject.circle.as_of if self._subject is not None else self.journal.today()
        return file_name(day, self.format, self.share) + (SEALED if self.seal.sealed else "")

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
        if self.writing or self.asking or self._subject is None:
            return
        if trouble := self.seal.trouble():
            self._say(trouble, wrong=True)
        elif not self.place.value.strip():
            self._say("Say where the file goes.", wrong=True)
            self.place.focus()
        elif self.share.names is NamesMode.FULL:
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
            return free_place(path / self._file_name())
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
        self._say("Drawing …")
        self.write_file()

    @work(thread=True, exclusive=True, group="export", exit_on_error=False, description="export")
    def write_file(self) -> None:
        """Draw the map, seal it and write it; ends in Written or Failed."""
        subject, path = self._subject, self._target()
        if subject is None:
            return
        try:
            data = sharing.made(
                subject, self.chosen, passphrase=self._secret, recipients=self.seal.recipients,
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
        self._say(f"It is in {self._told(event.path)}. {who}{words}", good=True)
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


def with_bold_name(line: str) -> Content:
    """Return a line of the preview with what stands before its colon set off."""
    name, colon, rest = line.partition(": ")
    return Content.assemble((name, "" if line.startswith(" ") else "bold"), colon, rest) if colon else Content(line)


def with_ending(typed: str, ending: str) -> str:
    """Return a typed path with an ending in place of another format's, sealed or not; any other ending stays."""
    known = {one.ending for one in Format}
    bare = typed.removesuffix(SEALED)
    stem, dot, last = bare.rpartition(".")
    return f"{stem}{ending}" if dot and stem and f".{last}" in known else typed


def is_for_everybody(folder: Path) -> bool:
    """Return whether others may write into a folder, as into /tmp: no place for what was let out of a journal."""
    try:
        return bool(folder.stat().st_mode & 0o002)
    except OSError:
        return False
