"""Taking the journal out: as what, which pages, under which names, where to; what leaves is shown; then the files."""

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
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError, Misused, NotFound, Refused
from kinship.journal.query import parse
from kinship.transfer.leaving import Naming
from kinship.transfer.taking_out import Form, Leaving, check_place, file_name, sample, write
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.paths import free_place, home_of, told_path
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.path_field import PathField
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

FORMS = (
    (Form.FOLDER.value, "Markdown, a file a page"),
    (Form.FILE.value, "one Markdown file"),
    (Form.TEXT.value, "text"),
    (Form.JSON.value, "everything (JSON)"),
)
NAMES = ((Naming.INITIALS.value, "initials"), (Naming.FULL.value, "as written"))
HINT = "w, or enter in the place, writes it · tab goes on"
NO_PAGES = "No page fits that, so nothing leaves."
LOOKING = "Looking …"
MOST_SHOWN = 6_000
"""Characters of a preview."""
WRITING = "Writing …"


class TakeOutScreen(Screen[None]):
    """Nothing is written before it was shown; names, and what is there already, are asked about a second time."""

    CSS_PATH = "taking_out.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("w,enter", "write", "write it", tooltip="Write it; whole names are asked about first"),
        act("j,down", "further", "read on", tooltip="Further down in what leaves"),
        act("k,up", "nearer", "back up", tooltip="Further up in what leaves", show=False),
        act("escape,q", "back", "back", tooltip="One step back; nothing is written"),
    ]

    @dataclass
    class Shown(Message):
        """What would leave is known."""

        leaving: Leaving
        words: str

    @dataclass
    class Written(Message):
        """It is on disk."""

        path: Path
        leaving: Leaving

    @dataclass
    class Failed(Message):
        """Nothing was written, or nothing can be shown; why."""

        error: KinshipError
        in_words: bool = False

    asking: var[str] = var("", init=False)
    """What is asked about: `names`, or `over`; empty where nothing is."""
    writing: var[bool] = var(default=False, init=False)
    form = getters.query_one("#form", PickOne)
    names = getters.query_one("#names", PickOne)
    pages = getters.query_one("#pages", Input)
    place = getters.query_one(PathField)
    state = getters.query_one("#state", Static)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._leaving: Leaving | None = None
        self._offered = ""
        self._force = False
        self._home = home_of(context.environment)

    def compose(self) -> ComposeResult:
        yield Static("Take your journal out", id="title", markup=False)
        with Vertical(id="choices"):
            for about, choice in (
                ("as", PickOne(FORMS, id="form")),
                ("pages", Input(id="pages", placeholder="all, or as in a search: tag:garden since:2026-01")),
                ("names", PickOne(NAMES, id="names")),
                ("to", PathField(self._home, self.context.exports, begun="")),
            ):
                with Horizontal(id=f"row-{about}"):
                    yield Static(about, classes="about", markup=False)
                    yield choice
        with VerticalScroll(id="preview", can_focus=True):
            yield Static("", id="leaves", markup=False)
        with Vertical(id="foot"):
            yield Static(LOOKING, id="state", markup=False)
            with Horizontal(id="answers"):
                yield WordButton("no, go back", id="no")
                yield WordButton("yes, write it", id="yes")
        yield KeyLine()

    def on_mount(self) -> None:
        for choice in (self.form, self.names):
            self.watch(choice, "picked", self.show_choice, init=False)
        self.form.focus()
        self.show_choice()

    # What is chosen.

    @on(Input.Changed, "#pages")
    def show_choice(self) -> None:
        """Show what would leave now."""
        self._take_back_question()
        self._leaving = None
        self.query_one("#row-names").display = self.form.value != Form.JSON
        self.look_at_it()

    @on(JournalChanged)
    def show_again(self) -> None:
        if not self.asking and not self.writing:
            self.look_at_it()

    @work(thread=True, exclusive=True, group="leaving", exit_on_error=False, description="leaving")
    def look_at_it(self) -> None:
        """Find the pages and make the first of them as they would leave; ends in Shown or Failed."""
        form, naming = Form(self.form.value), Naming(self.names.value)
        try:
            query = parse(self.pages.value, self.journal.today())
            entries = self.journal.find(query)
            if not entries and (query or form is not Form.JSON):
                raise NotFound(NO_PAGES)
            leaving = Leaving(form=form, entries=tuple(entries), all=not query, naming=naming)
            shown = sample(self.journal, leaving)[:MOST_SHOWN]
        except KinshipError as error:
            self.post_message(self.Failed(error, in_words=True))
        else:
            self.post_message(self.Shown(leaving, shown))

    @on(Shown)
    def show_leaving(self, event: Shown) -> None:
        self._leaving = event.leaving
        told = [Content(sentence) for sentence in event.leaving.sentences(done=False)]
        if event.words:
            told += [Content(""), Content.styled("It begins like this:", "$dim"), Content("")]
            told += [Content(line) for line in event.words.split("\n")]
        self.query_one("#leaves", Static).update(Content("\n").join(told))
        if self.place.typed in ("", self._offered):
            self._offered = self._offer(event.leaving)
            self.place.line.value = self._offered
        elif event.leaving.form is not Form.FOLDER:
            self.place.line.value = _with_ending(self.place.typed, event.leaving.form)
        if not self.asking and not self.writing:
            self._say(HINT)

    def _offer(self, leaving: Leaving) -> str:
        folder = self.context.exports if os.access(self.context.exports, os.W_OK) else self._home
        return told_path(free_place(folder / file_name(self.journal.today(), leaving)), self._home)

    # Writing.

    @on(PathField.Chosen)
    def write_there(self) -> None:
        self.action_write()

    @on(PickOne.Taken)
    @on(Input.Submitted, "#pages")
    def go_on(self) -> None:
        self.focus_next()

    def action_write(self) -> None:
        """Write it, after a second yes where whole names leave or something is there already."""
        leaving = self._leaving
        if leaving is None or self.writing or self.asking:
            return
        if not self.place.typed.strip():
            self._say("Say where it goes.", wrong=True)
            self.place.line.focus()
        elif leaving.names_leave:
            self._ask("names", f"{leaving.question} Whoever has it can read them. Write it?")
        else:
            self._write_unless_there()

    def _write_unless_there(self) -> None:
        leaving = self._leaving
        if leaving is None:
            return
        path = self._target(leaving)
        try:
            check_place(leaving.form, path)
        except Refused as error:
            if not self._may_be_over(leaving, path):
                self.post_message(self.Failed(error))
                return
            self._ask("over", self._over(leaving, path))
            return
        self._write()

    def _target(self, leaving: Leaving) -> Path:
        """Return where it goes: a file that is to lie in a folder gets the offered name there."""
        path = self.place.path
        return path / file_name(self.journal.today(), leaving) if path.is_dir() and leaving.form.ending else path

    def _may_be_over(self, leaving: Leaving, path: Path) -> bool:
        try:
            check_place(leaving.form, path, force=True)
        except Refused:
            return False
        return True

    def _over(self, leaving: Leaving, path: Path) -> str:
        if leaving.form is Form.FOLDER:
            return (
                f"{self._told(path)} has other things in it. They stay, but files of the same name go. Write it there?"
            )
        return f"{self._told(path)} is there already, and would be gone. Write over it?"

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
        self._force = about == "over"
        if about == "names":
            self._write_unless_there()
        else:
            self._write()

    @on(WordButton.Pressed, "#no")
    def leave_it(self) -> None:
        about = self.asking
        self._take_back_question()
        self._say(HINT)
        (self.names if about == "names" and self.query_one("#row-names").display else self.place.line).focus()

    def _write(self) -> None:
        self.writing = True
        self._say(WRITING)
        self.write_it()

    @work(thread=True, exclusive=True, group="export", exit_on_error=False, description="export")
    def write_it(self) -> None:
        """Write what was shown; ends in Written or Failed."""
        leaving = self._leaving
        if leaving is None:
            return
        path = self._target(leaving)
        try:
            write(self.journal, leaving, path, force=self._force)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Written(path, leaving))

    @on(Written)
    def say_where(self, event: Written) -> None:
        self.writing = self._force = False
        if self.place.typed == self._offered:
            self._offered = self.place.line.value = self._offer(event.leaving)
        self._say(f"It is in {self._told(event.path)}. On this computer only you can read it.", good=True)
        self.set_focus(None)

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.writing = self._force = False
        if event.in_words:
            self.query_one("#leaves", Static).update("")
        remedy = "" if "--" in event.error.remedy else event.error.remedy
        self._say(f"{event.error.message} {remedy}".rstrip(), wrong=not isinstance(event.error, Misused))
        if not event.in_words:
            self.place.line.focus()

    # Small acts.

    def action_further(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_nearer(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Take the question back, else leave."""
        if self.asking:
            self.leave_it()
        else:
            self.post_message(BackRequested())

    def _say(self, text: str, *, wrong: bool = False, good: bool = False) -> None:
        self.state.set_class(wrong, "-wrong")
        self.state.set_class(good, "-good")
        self.state.update(Content(text))

    def _told(self, path: Path) -> str:
        return told_path(path, self._home)


def _with_ending(typed: str, form: Form) -> str:
    """Return a typed path with the ending of a form in place of another form's; any other ending stays."""
    stem, dot, ending = typed.rpartition(".")
    known = {one.ending for one in Form if one.ending}
    return f"{stem}{form.ending}" if dot and stem and f".{ending}" in known else typed
