"""Sharing the map: as what, how people are called, what more, sealed or not, where to; line by line what leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from textual import getters, on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from kinship.ground.errors import KinshipError
from kinship.snapshot.export import Format, Look, Paper, Style, file_name
from kinship.snapshot.preview import Leaves
from kinship.snapshot.share import NamesMode, Share
from kinship.tui import sharing
from kinship.tui.context import Context
from kinship.tui.navigation import ExportRequested, JournalChanged
from kinship.tui.screens.file_screen import FileScreen
from kinship.tui.sharing import Chosen, Subject
from kinship.tui.widgets.pick_many import PickMany
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.seal_fields import SealFields

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

SHOWN = ("alters", "facts", "moments", "snapshots")
"""The tables that the map is drawn from."""


class ExportScreen(FileScreen):
    """Nothing is written before it was shown; whole names, and what is there already, are asked about once more."""

    TITLE_WORDS = "Share the map"
    ENDINGS = frozenset(one.ending for one in Format)

    @dataclass
    class Shown(Message):
        """What would leave is known, or why it cannot."""

        chosen: Chosen
        leaves: Leaves | None
        missing: tuple[str, ...] = ()
        error: KinshipError | None = None

    form = getters.query_one("#form", PickOne)
    ticks = getters.query_one("#ticks", PickMany)
    style = getters.query_one("#style", PickOne)
    paper = getters.query_one("#paper", PickOne)

    def __init__(self, context: Context, journal: Journal, asked: ExportRequested | None = None) -> None:
        super().__init__(context, journal)
        self._asked = asked or ExportRequested()
        self._subject: Subject | None = None
        self._trouble = ""
        self._look_for()

    def _look_for(self) -> None:
        """Take the map as it is now."""
        try:
            self._subject = sharing.subject_of(self.journal, self._asked)
        except KinshipError as error:
            self._subject, self._trouble = None, sharing.trouble_of(error)

    def choices(self) -> Iterator[tuple[str, Widget]]:
        subject = self._subject
        names = [one for one in sharing.NAMES if subject is None or subject.names in (None, one[0])]
        yield (
            "as",
            PickOne(sharing.FORMATS if subject is None or subject.before is None else sharing.PICTURES, id="form"),
        )
        yield "names", PickOne(names, id="names")
        yield "with", PickMany(sharing.TICKS, id="ticks")
        yield "look", PickOne(sharing.STYLES, id="style")
        yield "page", PickOne(sharing.PAPERS, id="paper")

    def on_mount(self) -> None:
        if self._subject is not None:
            self.query_one("#what", Static).update(Content(f"of {self._subject.title}"))
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

    @property
    def ready(self) -> bool:
        return self._subject is not None

    @property
    def names_leave(self) -> bool:
        return self.share.names is NamesMode.FULL

    @property
    def file_name(self) -> str:
        day = self._subject.circle.as_of if self._subject is not None else self.journal.today()
        return file_name(day, self.format, self.share)

    def maker(self) -> Callable[[], bytes]:
        subject, chosen = self._subject, self.chosen
        return lambda: sharing.drawn(subject, chosen) if subject is not None else b""

    @on(SealFields.Changed)
    def show_choice(self) -> None:
        """Show what leaves now, and carry the file's name along."""
        self._take_back_question()
        form = self.format
        self.query_one("#row-style").display = form.drawn
        self.query_one("#row-paper").display = form is Format.PDF
        self.query_one("#heading", Static).update(f"What leaves, line by line · {sharing.ABOUT[form]}")
        self.carry_name()
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
            self.show_nothing(sharing.trouble_of(event.error) if event.error is not None else "")
            return
        self.show_rules(event.missing, event.leaves.rules)
        as_written = event.chosen.form in {Format.TEXT, Format.LIST}
        lines = map(Content, event.leaves.lines) if as_written else map(with_bold_name, event.leaves.lines)
        self.leaves.set_class(as_written, "-as-written")
        self.leaves.update(Content("\n").join(lines))
        if not self.asking and not self.writing:
            self._hint()


def with_bold_name(line: str) -> Content:
    """Return a line of the preview with what stands before its colon set off."""
    name, colon, rest = line.partition(": ")
    return Content.assemble((name, "" if line.startswith(" ") else "bold"), colon, rest) if colon else Content(line)
