"""The sheet for a visit: the map, what is different since last time, what the person wants to say, ticked pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from kinship.circle.change import both, change_in_words, compare
from kinship.circle.layout import lay_out
from kinship.circle.sentences import overall
from kinship.journal.journal import Journal
from kinship.journal.model import Appointment, Entry
from kinship.journal.visits import whom_of
from kinship.privacy.text import clean_line
from kinship.snapshot.book import page_blocks
from kinship.snapshot.careful import careful, careful_pair
from kinship.snapshot.comparison import since
from kinship.snapshot.document import Block, Document, Heading, PageEnd, Picture, points
from kinship.snapshot.drawing import TITLE, drawing
from kinship.snapshot.hiding import hiding
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.share import FOOTER, Share, told_date


class Visit(Struct, frozen=True, kw_only=True):
    """What goes onto the sheet, as the person chose it."""

    day: dt.date
    """The day of the map."""
    since: dt.date | None = None
    """The day that it is set beside; None for no comparison."""
    title: str = "For a visit"
    talk: tuple[str, ...] = ()
    """What the person wants to bring and to say, in their words."""
    pages: tuple[Entry, ...] = ()
    moods: bool = False

    def __repr__(self) -> str:
        return f"Visit({self.day})"


def visit_sheet(journal: Journal, visit: Visit, share: Share) -> Document:
    """Return the sheet: on paper the map is its first page, change and list the second, ticked pages follow."""
    seed, order = journal.vault.id, order_of_coming(journal.facts)
    now = journal.circle.as_of(visit.day)
    if visit.since is None:
        seen = careful(now, share, seed, order)
        made = drawing(seen, lay_out(seen), share=share, title=TITLE)
        changed: tuple[str, ...] = ()
    else:
        was, seen = careful_pair(journal.circle.as_of(visit.since), now, share, seed, order)
        whole = both(was, seen)
        made = drawing(whole, lay_out(whole), share=share, title=TITLE, since=since(was, seen))
        changed = change_in_words(compare(was, seen), was, seen, day=lambda day: told_date(day, share))
    blocks: list[Block] = [Picture(made), PageEnd(), Heading(1, "The map in words"), points(overall(seen))]
    if visit.since is not None:
        blocks += [Heading(1, f"What is different since {told_date(visit.since, share)}"), points(changed)]
    blocks += _own_words(journal, visit, share)
    return Document(
        title=clean_line(visit.title), subtitle=(told_date(visit.day, share),), footer=FOOTER, blocks=tuple(blocks)
    )


def _own_words(journal: Journal, visit: Visit, share: Share) -> Iterator[Block]:
    hide = hiding(journal, share)
    if visit.talk:
        yield Heading(1, "What I want to bring and to say")
        yield points([clean_line(hide(line)) for line in visit.talk])
    if visit.pages:
        yield PageEnd()
        yield Heading(1, "Pages")
        for page in sorted(visit.pages, key=lambda one: (one.day, one.at, one.id)):
            yield from page_blocks(page, share, hide, moods=visit.moods, level=2)


def last_time(journal: Journal, date: Appointment | None) -> dt.date | None:
    """Return the day of the last visit with the same one, else the day of the last kept map, None where none was."""
    now = journal.clock.now()
    if date is not None:
        whom = whom_of(journal, date)
        earlier = (one for one in journal.appointments if one.at < min(now, date.at))
        been = [one.at.date() for one in earlier if whom_of(journal, one) == whom]
        if been:
            return max(been)
    kept = [one.as_of for one in journal.snapshots if one.as_of < journal.today()]
    return max(kept, default=None)
