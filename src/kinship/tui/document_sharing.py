"""What the screen for documents shares: what was chosen, the document made of it, and the part that is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from kinship.ground.days import day_in
from kinship.ground.errors import Misused, NotFound
from kinship.ground.width import fill, shorten
from kinship.journal.query import parse
from kinship.journal.titles import title_of
from kinship.journal.visits import whom_of
from kinship.privacy.text import clean_line
from kinship.snapshot.book import book, in_order
from kinship.snapshot.document import Document
from kinship.snapshot.document_text import lines_of_document
from kinship.snapshot.documents import Written, missing_letters, rules_for
from kinship.snapshot.export import Paper, Style
from kinship.snapshot.hiding import hiding
from kinship.snapshot.person_page import person_page
from kinship.snapshot.share import STRUCTURE_WARNING, NamesMode, Share, machine_date
from kinship.snapshot.sheet import Visit, last_time, visit_sheet
from kinship.tui.circle_modes import told
from kinship.tui.navigation import SharedAs

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Appointment, Entry, EntryId

WHAT = (
    (SharedAs.VISIT.value, "a sheet for a visit"),
    (SharedAs.BOOK.value, "pages as a book"),
    (SharedAs.PERSON.value, "one person's page"),
)
FORMS = ((Written.PDF.value, "PDF"), (Written.HTML.value, "web page"), (Written.TEXT.value, "text"))
MOODS = "moods"
_DAY, _STRAIN, _NO_CONTACT, _MOODS = (
    ("exact_dates", "the day"), ("strain", "strain"), ("no_contact", "no contact"), (MOODS, "moods"),
)  # fmt: skip
TICKS = {
    SharedAs.VISIT: (_DAY, _STRAIN, _NO_CONTACT, _MOODS),
    SharedAs.BOOK: (_DAY, _NO_CONTACT, _MOODS),
    SharedAs.PERSON: (_DAY, _STRAIN, ("notes", "notes"), ("moments", "moments"), _NO_CONTACT),
}
"""What may leave besides, where it stands on such a document."""
NO_DATE = "none"
MOST_DATES = 6
RECENT = dt.timedelta(weeks=4)
"""How far back pages are offered for a visit, besides starred ones."""
MOST_PAGES = 20
"""How many pages are offered for a visit; a search finds the others."""
WIDEST = 34
"""Cells of a line that can be ticked."""
PAGE_WIDE = 27
"""Cells of a page that can be ticked: two stand side by side in 80 columns, three in 120."""
PART_PAGES, PART_SIGNS = 50, 20_000
"""How much of a book is looked at at once."""
MOST_SHOWN = 200_000
"""Characters of a part that are shown; only a page as long as a novel has more."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Everything that was chosen about a document, secrets and its place left out."""

    what: SharedAs
    form: Written
    share: Share
    moods: bool
    style: Style | None
    paper: Paper
    since: str = ""
    talk: tuple[str, ...] = ()
    pages: tuple[EntryId, ...] = ()
    words: str = ""
    """What is searched for: the pages of a book, or those that are offered for a visit."""
    who: str = ""
    alter: AlterId | None = None
    """Who was at hand, where `who` is still their name."""

    def __repr__(self) -> str:
        return f"Wanted({self.what})"


class Part(Struct, frozen=True):
    """What would leave, as much of it as is looked at: pages `first` to `last` of `total` where it is a book."""

    rules: tuple[str, ...]
    missing: tuple[str, ...]
    lines: tuple[str, ...]
    first: int = 0
    last: int = 0
    total: int = 0

    def __repr__(self) -> str:
        return f"Part({len(self.lines)})"

    @property
    def told(self) -> str:
        """Which part of the whole it is, empty where it is the whole."""
        if self.last - self.first >= self.total:
            return ""
        return f"pages {self.first + 1:,} to {self.last:,} of {self.total:,}"


# What can be chosen.


def dates_of(journal: Journal, at_hand: str | None) -> tuple[Appointment, ...]:
    """Return the dates a sheet may be for: the one at hand, then those ahead."""
    ahead = journal.appointments.ahead(journal.clock.now())
    mine = journal.appointments.get(at_hand) if at_hand is not None else None
    rest = [one for one in ahead if one != mine]
    return (*([mine] if mine is not None else []), *rest)[:MOST_DATES]


def said_date(journal: Journal, date: Appointment) -> str:
    """Return a date as a word to choose: "Dr Okonkwo, Thu 26 November"."""
    whom = clean_line(whom_of(journal, date)) or "a visit"
    return f"{shorten(whom, WIDEST)}, {date.at:%a} {date.at.day} {date.at:%B}"


def since_words(journal: Journal, date: Appointment | None) -> str:
    """Return the day that the map is set beside unless another is typed; empty where there is none."""
    day = last_time(journal, date)
    return told(day) if day is not None and day < journal.today() else ""


def line_words(text: str) -> str:
    """Return a line of a list as a word to tick."""
    return shorten(clean_line(text), WIDEST)


def page_words(entry: Entry) -> str:
    """Return a page as a word to tick: "18 Nov Slept badly"."""
    return fill(f"{entry.day.day:2} {entry.day:%b} {shorten(clean_line(title_of(entry)), PAGE_WIDE - 7)}", PAGE_WIDE)


def pages_for_visit(journal: Journal, words: str) -> tuple[Entry, ...]:
    """Return the pages that are offered for a visit, the newest first: starred or of the last weeks, or what is found.

    Raises Misused or NotFound for words that ask for nothing there is.
    """
    found = journal.find(parse(words, journal.today()))
    if not words.strip():
        first = journal.today() - RECENT
        found = [one for one in found if one.starred or one.day >= first]
    return tuple(found[:MOST_PAGES])


# What is made of it.


def document_of(journal: Journal, wanted: Wanted) -> Document:
    """Return the whole document. Raises Misused or NotFound where there is nothing to make it of."""
    match wanted.what:
        case SharedAs.VISIT:
            return _sheet(journal, wanted)
        case SharedAs.BOOK:
            hide = hiding(journal, wanted.share)
            return book(book_pages(journal, wanted.words), wanted.share, hide, moods=wanted.moods)
        case SharedAs.PERSON:
            return person_page(journal, _alter(journal, wanted), wanted.share)


def _sheet(journal: Journal, wanted: Wanted) -> Document:
    day = journal.today()
    since = day_in(wanted.since, day) if wanted.since.strip() else None
    if since is not None and since >= day:
        raise Misused("The map is set beside an earlier day.", "Or leave since empty.")
    pages = tuple(page for id_ in wanted.pages if (page := journal.pages.get(id_)) is not None)
    visit = Visit(day=day, since=since, talk=wanted.talk, pages=pages, moods=wanted.moods)
    return visit_sheet(journal, visit, wanted.share)


def book_pages(journal: Journal, words: str) -> Sequence[Entry]:
    """Return the pages of a book, the oldest first. Raises NotFound where there are none, Misused for wrong words."""
    found = journal.find(parse(words, journal.today()))
    if not found:
        raise NotFound("No page fits that, so nothing leaves.")
    return in_order(found)


def _alter(journal: Journal, wanted: Wanted) -> AlterId:
    if wanted.alter is not None:
        return wanted.alter
    name = clean_line(wanted.who)
    bearers = journal.alters.by_name(name) if name else ()
    if not bearers:
        raise NotFound("Nobody on your map is called so." if name else "Say whose page.")
    if len(bearers) > 1:
        raise Misused("Several people are called so.", "Take a name that one of them alone has.")
    return bearers[0].id


def part_of(journal: Journal, wanted: Wanted, first: int) -> Part:
    """Return what would leave, of a book the pages from `first` on. Raises as `document_of` does."""
    rules = _rules(wanted)
    if wanted.what is not SharedAs.BOOK:
        document, last, total = document_of(journal, wanted), 0, 0
    else:
        every = book_pages(journal, wanted.words)
        first = min(first, len(every) - 1)
        last, total = _end(every, first), len(every)
        hide = hiding(journal, wanted.share)
        document = book(every[first:last], wanted.share, hide, moods=wanted.moods, of=every)
        if first:
            document = msgspec.structs.replace(document, contents=False)
    missing = missing_letters(document) if wanted.form is Written.PDF else ()
    return Part(rules, missing, _bounded(lines_of_document(document)), first, last, total)


def _rules(wanted: Wanted) -> tuple[str, ...]:
    if wanted.what is SharedAs.BOOK:
        # There is no map in a book, of which the last two rules speak.
        told = rules_for(msgspec.structs.replace(wanted.share, strain=True))
        return tuple(rule for rule in told if rule != STRUCTURE_WARNING)
    return tuple(rules_for(wanted.share))


def _end(pages: Sequence[Entry], first: int) -> int:
    """Return where the part that begins at `first` ends: a few pages, one at least."""
    last, signs = first, 0
    while last < len(pages) and last - first < PART_PAGES and signs < PART_SIGNS:
        signs += len(pages[last].body)
        last += 1
    return last


def _bounded(lines: tuple[str, ...]) -> tuple[str, ...]:
    signs = 0
    for number, line in enumerate(lines):
        signs += len(line)
        if signs > MOST_SHOWN:
            return (*lines[:number], f"… and {len(lines) - number:,} lines more, which leave too")
    return lines


def name_of(journal: Journal, wanted: Wanted) -> str:
    """Return the name a document is offered under, which says nobody's: for-a-visit-2026-11.pdf."""
    stem = {SharedAs.VISIT: "for-a-visit", SharedAs.BOOK: "pages", SharedAs.PERSON: "one-person"}[wanted.what]
    return f"{stem}-{machine_date(journal.today(), wanted.share)}{wanted.form.ending}"


def with_full_names_alone(share: Share) -> Share:
    """Return what leaves: notes go only together with whole names."""
    return share if share.names is NamesMode.FULL else msgspec.structs.replace(share, notes=False)
