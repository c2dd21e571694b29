"""Sharing documents: a sheet for a visit, pages as a book, one person's page; every line is seen before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from textual import getters, on, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError
from kinship.privacy.text import clean_line
from kinship.snapshot.documents import Written, written
from kinship.snapshot.export import Paper, Style
from kinship.snapshot.share import NamesMode, Share
from kinship.tui import document_sharing, sharing
from kinship.tui.context import Context
from kinship.tui.document_sharing import MOODS, NO_DATE, Part, Wanted
from kinship.tui.navigation import DocumentRequested, JournalChanged, SharedAs
from kinship.tui.screens.file_screen import LOOKING, FileScreen
from kinship.tui.search_words import SearchWords
from kinship.tui.widgets.pick_many import PickMany
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.seal_fields import SealFields

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Appointment, Entry

ABOUT = "What leaves, line by line"
WHOSE = "Say whose page: a name, and the arrow to the right takes what is offered."
FIND = {
    SharedAs.VISIT: "other pages: words, tag:garden, since:2026-01",
    SharedAs.BOOK: "all pages, or as in a search: tag:garden since:2026-01",
}
ROWS = {
    SharedAs.VISIT: ("dates", "since", "talk", "pages", "words"),
    SharedAs.BOOK: ("words",),
    SharedAs.PERSON: ("who",),
}
"""The rows that stand on the screen for one sort of document alone."""


class DocumentScreen(FileScreen):
    """Nothing is written before it was shown; whole names, and what is there already, are asked about once more."""

    CSS_PATH = ["file_screen.tcss", "document.tcss"]
    TITLE_WORDS = "To take along"
    MAKING = "Making it …"
    ENDINGS = frozenset(one.ending for one in Written)

    @dataclass
    class Shown(Message):
        """What would leave is known, or why nothing can; and the pages that may be ticked for a visit."""

        wanted: Wanted
        part: Part | None
        offered: tuple[Entry, ...] | None = field(default=None, repr=False)
        error: KinshipError | None = None

    what = getters.query_one("#what-it-is", PickOne)
    dates = getters.query_one("#dates", PickOne)
    since = getters.query_one("#since", Input)
    talk = getters.query_one("#talk", PickMany)
    pages = getters.query_one("#pages", PickMany)
    words = getters.query_one("#words", Input)
    who = getters.query_one("#who", Input)
    form = getters.query_one("#form", PickOne)
    ticks = getters.query_one("#ticks", PickMany)
    style = getters.query_one("#style", PickOne)
    paper = getters.query_one("#paper", PickOne)

    def __init__(self, context: Context, journal: Journal, asked: DocumentRequested | None = None) -> None:
        super().__init__(context, journal)
        self._asked = asked or DocumentRequested()
        alter = journal.alters.get(self._asked.alter) if self._asked.alter is not None else None
        self._at_hand = clean_line(alter.name) if alter is not None else ""
        self._since_offered = ""
        self._listed: tuple[str, ...] = ()
        """The list that is offered to be ticked."""
        self._part: Part | None = None
        self._starts = [0]
        """The first page of every part of a book that was looked at, down to the one that is."""
        self._remarks: list[str] = []

    def choices(self) -> Iterator[tuple[str, Widget]]:
        names = [clean_line(one.name) for one in self.journal.alters.all()]
        yield "what", PickOne(document_sharing.WHAT, self._asked.what.value, id="what-it-is")
        yield "visit", PickOne(self._dates(), self._asked.appointment or "", id="dates")
        yield (
            "who",
            Input(
                self._at_hand, id="who", placeholder="a name", suggester=SuggestFromList(names, case_sensitive=False)
            ),
        )
        yield "as", PickOne(document_sharing.FORMS, id="form")
        mode = NamesMode.FULL if self._asked.full else NamesMode.NONE
        yield "names", PickOne(sharing.NAMES, mode.value, id="names")
        yield "with", PickMany((), id="ticks")
        yield "since", Input(id="since", placeholder="nothing, or a day: last May, 3 weeks ago")
        yield "to say", PickMany((), id="talk")
        yield "pages", PickMany((), id="pages")
        yield "find", Input(self._asked.words, id="words", suggester=SearchWords(self.journal))
        yield "look", PickOne(sharing.STYLES, id="style")
        yield "paper", PickOne(sharing.PAPERS, id="paper")

    def on_mount(self) -> None:
        self._offer_ticks()
        self._offer_date()
        self.watch(self.what, "picked", self.change_what, init=False)
        self.watch(self.dates, "picked", self.change_date, init=False)
        for choice in (self.form, self.names, self.style, self.paper, self.talk, self.pages, self.ticks):
            self.watch(choice, "picked", self.show_choice, init=False)
        self.show_choice()
        (self.what if self.sort is not SharedAs.PERSON or self._at_hand else self.who).focus()

    # What can be chosen.

    def _dates(self) -> list[tuple[str, str]]:
        found = document_sharing.dates_of(self.journal, self._asked.appointment)
        return [*((one.id, document_sharing.said_date(self.journal, one)) for one in found), (NO_DATE, "none")]

    def _offer_ticks(self) -> None:
        """Offer what may leave besides on such a document; what was ticked and is offered stays."""
        offered = document_sharing.TICKS[self.sort]
        there = {value for value, _ in offered}
        self.ticks.offer(offered, [one for one in self.ticks.picked if one in there])
        self.words.placeholder = FIND.get(self.sort, "")

    def _offer_date(self) -> None:
        """Offer the list of the date in hand, all of it ticked, and the day of the last visit."""
        date, lines = self.date, self._lines
        self._listed = lines
        self.talk.offer(
            [(str(at), document_sharing.line_words(line)) for at, line in enumerate(lines)],
            [str(at) for at in range(len(lines))],
        )
        if self.since.value == self._since_offered:
            self._since_offered = self.since.value = document_sharing.since_words(self.journal, date)

    def change_what(self) -> None:
        self._offer_ticks()
        self.show_choice()

    def change_date(self) -> None:
        self._offer_date()
        self.show_choice()

    # What is chosen.

    @property
    def sort(self) -> SharedAs:
        return SharedAs(self.what.value)

    @property
    def date(self) -> Appointment | None:
        """The date that a sheet is for."""
        return self.journal.appointments.get(self.dates.value)

    @property
    def _lines(self) -> tuple[str, ...]:
        """The list of the date in hand, as it is now."""
        date = self.date
        return tuple(line for line in (date.bring if date is not None else ()) if clean_line(line))

    @property
    def share(self) -> Share:
        """What leaves, as chosen now."""
        ticked = {one: True for one in self.ticks.picked if one != MOODS}
        return document_sharing.with_full_names_alone(
            msgspec.structs.replace(Share(names=NamesMode(self.names.value)), **ticked)
        )

    @property
    def wanted(self) -> Wanted:
        """Everything about the document, as chosen now."""
        sort = self.sort
        return Wanted(
            what=sort,
            form=Written(self.form.value),
            share=self.share,
            moods=MOODS in self.ticks.picked,
            style=Style(self.style.value) if self.style.value else None,
            paper=Paper(self.paper.value),
            since=self.since.value if sort is SharedAs.VISIT else "",
            talk=tuple(line for at, line in enumerate(self._listed) if str(at) in self.talk.picked),
            pages=self.pages.picked,
            words=self.words.value if sort is not SharedAs.PERSON else "",
            who=self.who.value,
            alter=self._asked.alter if self._at_hand and self.who.value == self._at_hand else None,
        )

    @property
    def ready(self) -> bool:
        return self._part is not None

    @property
    def names_leave(self) -> bool:
        return self.share.names is NamesMode.FULL

    @property
    def file_name(self) -> str:
        return document_sharing.name_of(self.journal, self.wanted)

    def maker(self) -> Callable[[], bytes]:
        journal, wanted = self.journal, self.wanted
        remarks = self._remarks = []

        def make() -> bytes:
            document = document_sharing.document_of(journal, wanted)
            return written(document, wanted.form, style=wanted.style, paper=wanted.paper, remark=remarks.append)

        return make

    def said_besides(self) -> str:
        return "".join(f" {remark}" for remark in self._remarks)

    @on(SealFields.Changed)
    @on(Input.Changed, "#since, #words, #who")
    def show_choice(self) -> None:
        """Show what leaves now, and carry the file's name along."""
        self._take_back_question()
        self._starts = [0]
        sort, form = self.sort, Written(self.form.value)
        for row in {row for rows in ROWS.values() for row in rows}:
            self.query_one(f"#row-{row}").display = row in ROWS[sort]
        for row, ticked in (("talk", self.talk), ("pages", self.pages)):
            self.query_one(f"#row-{row}").display = row in ROWS[sort] and bool(ticked.options)
        self.query_one("#row-style").display = form is not Written.TEXT
        self.query_one("#row-paper").display = form is Written.PDF
        self.carry_name()
        self._look()

    @on(JournalChanged)
    def show_again(self) -> None:
        if not self.asking and not self.writing:
            self.dates.offer(self._dates(), self.dates.value)
            if self._lines != self._listed:
                self._offer_date()
            self.show_choice()

    def _look(self) -> None:
        self._part = None
        self._say(LOOKING)
        self.look_at_it()

    @work(thread=True, exclusive=True, group="leaves", exit_on_error=False, description="leaves")
    def look_at_it(self) -> None:
        """Find out what would leave, of a book a part; ends in Shown."""
        wanted, first = self.wanted, self._starts[-1]
        offered: tuple[Entry, ...] | None = None
        try:
            if wanted.what is SharedAs.VISIT:
                offered = document_sharing.pages_for_visit(self.journal, wanted.words)
            part = document_sharing.part_of(self.journal, wanted, first)
        except KinshipError as error:
            self.post_message(self.Shown(wanted, None, offered, error))
        else:
            self.post_message(self.Shown(wanted, part, offered))

    @on(Shown)
    def show_leaves(self, event: Shown) -> None:
        if event.wanted != self.wanted:
            return
        if event.offered is not None:
            self._offer_pages(event.offered)
        if event.part is None:
            self.query_one("#heading", Static).update(ABOUT)
            if event.wanted.what is SharedAs.PERSON and not event.wanted.who.strip():
                self.show_nothing("")
                self._say(WHOSE)
            else:
                self.show_nothing(sharing.trouble_of(event.error) if event.error is not None else "")
            return
        part = self._part = event.part
        self.query_one("#heading", Static).update(f"{ABOUT} · {part.told}, j reads on" if part.told else ABOUT)
        self.show_rules(part.missing, part.rules if not part.first else ())
        self.leaves.update(Content("\n").join(map(_line, part.lines)))
        self._count(event.wanted, part)
        if not self.asking and not self.writing:
            self._hint()

    def _count(self, wanted: Wanted, part: Part) -> None:
        """Say above all what is in it: how many pages."""
        count = part.total if wanted.what is SharedAs.BOOK else len(wanted.pages)
        told = f"{count:,} page{'' if count == 1 else 's'}" if count else ""
        self.query_one("#what", Static).update(told if wanted.what is not SharedAs.PERSON else "")

    def _offer_pages(self, found: tuple[Entry, ...]) -> None:
        """Offer these pages to be ticked; those that are ticked stay, before them."""
        ticked = [page for id_ in self.pages.picked if (page := self.journal.pages.get(id_)) is not None]
        known = {one.id for one in ticked}
        there = [*ticked, *(one for one in found if one.id not in known)]
        options = tuple((one.id, document_sharing.page_words(one)) for one in there)
        if set(options) != set(self.pages.options):
            self.pages.offer(options, [one.id for one in ticked])
            self.query_one("#row-pages").display = bool(options)

    # Reading.

    @on(DescendantFocus)
    def make_room(self) -> None:
        """Leave the lines more room while they are read."""
        self.set_class(self.query_one("#preview").has_focus, "-reading")

    def action_further(self) -> None:
        part, preview = self._part, self.query_one("#preview", VerticalScroll)
        if part is not None and part.last < part.total and preview.scroll_y >= preview.max_scroll_y:
            self._starts.append(part.last)
            preview.scroll_home(animate=False)
            self._look()
        else:
            super().action_further()

    def action_nearer(self) -> None:
        preview = self.query_one("#preview", VerticalScroll)
        if len(self._starts) > 1 and preview.scroll_y <= 0:
            self._starts.pop()
            self._look()
        else:
            super().action_nearer()


def _line(text: str) -> Content:
    return Content.styled(text, "bold") if text.startswith("#") else Content(text)
