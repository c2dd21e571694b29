"""The journal as a book: pages one after the other under their months, for a visit or for oneself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from kinship.journal.model import Entry
from kinship.journal.titles import derived_title
from kinship.privacy.text import clean_line
from kinship.snapshot.document import Block, Document, Heading, words
from kinship.snapshot.hiding import Hide
from kinship.snapshot.markdown import blocks_of
from kinship.snapshot.share import Share, told_date

TITLE = "Pages"
OWN_FOOTER = "pages from a personal journal; whoever was given them was given them in trust"


def book(
    entries: Iterable[Entry],
    share: Share,
    hide: Hide,
    *,
    title: str = TITLE,
    moods: bool = False,
    place: str = "",
    of: Sequence[Entry] = (),
) -> Document:
    """Return the pages as a document, the oldest first; `moods` says whether mood, stress and feelings are in it.

    `hide` is of `hiding.hiding`; `place` is a line below the title, such as what was searched for. Where `entries` are
    a part that is looked at, `of` are all pages of the book, in their order.
    """
    pages = in_order(entries)
    every = of or pages
    return Document(
        title=clean_line(title) or TITLE,
        subtitle=tuple(line for line in (_span(every, share), clean_line(hide(place))) if line),
        footer=OWN_FOOTER,
        blocks=tuple(_chapters(pages, share, hide, moods=moods)),
        contents=len({(one.day.year, one.day.month) for one in every}) > 1,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return pages as a book has them, the oldest first."""
    return sorted(entries, key=lambda one: (one.day, one.at, one.id))


def _span(pages: Sequence[Entry], share: Share) -> str:
    if not pages:
        return ""
    first, last = told_date(pages[0].day, share), told_date(pages[-1].day, share)
    count = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    return f"{count}, {first}" if first == last else f"{count}, from {first} to {last}"


def _chapters(pages: list[Entry], share: Share, hide: Hide, *, moods: bool) -> Iterator[Block]:
    month: tuple[int, int] | None = None
    for one in pages:
        if (one.day.year, one.day.month) != month:
            month = (one.day.year, one.day.month)
            yield Heading(1, f"{one.day:%B %Y}")
        yield from page_blocks(one, share, hide, moods=moods, level=2)


def page_blocks(entry: Entry, share: Share, hide: Hide, *, moods: bool, level: int) -> Iterator[Block]:
    """Give a page: its heading, how the person was where that leaves, and its words."""
    day = _day(entry.day) if share.exact_dates else f"{entry.day:%B %Y}"
    title = clean_line(hide(entry.title or ""))
    body = hide(entry.body)
    if title:
        yield Heading(level, title, day)
    elif share.exact_dates or not derived_title(body):
        yield Heading(level, day)
    else:
        yield Heading(level, "·", day)
    if moods and (line := _mood(entry, hide)):
        yield words(line, soft=True)
    yield from blocks_of(body, below=level)


def _day(day: dt.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _mood(entry: Entry, hide: Hide) -> str:
    told = [f"mood {entry.mood} of 10"] if entry.mood is not None else []
    told += [f"stress {entry.stress} of 10"] if entry.stress is not None else []
    told += [clean_line(hide(word)) for word in entry.feelings]
    return ", ".join(told)
