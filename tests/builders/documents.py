"""Documents of a whole life, to be opened and looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from kinship.demo.life import live
from kinship.demo.vault import demo_vault
from kinship.ground.clock import FrozenClock
from kinship.journal.drafts import PageText
from kinship.snapshot.book import book
from kinship.snapshot.document import Document
from kinship.snapshot.hiding import hiding
from kinship.snapshot.person_page import person_page
from kinship.snapshot.share import NamesMode, Share
from kinship.snapshot.sheet import Visit, visit_sheet

EVENING = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
EVERY_MARK = (
    """# Everything that can be marked

**Strong** and *slanted*, `code`, in Ελένη's and Наташа's words.

1. one
2. two
   - within

> What somebody else said,
> on two lines.

    as it stands

---

A word of a length that no phone has room for: """
    + "Donaudampfschifffahrt" * 6
)


def documents(folder: Path) -> Iterator[tuple[str, Document]]:
    """Give a sheet, a book and a person's page by name, of the demo's life in a vault below `folder`."""
    clock = FrozenClock(EVENING)
    journal = demo_vault(folder, live(7, as_of=EVENING.date()), clock)
    with journal.vault:
        journal.keep_page(PageText(body=EVERY_MARK))
        pages = tuple(journal.pages.latest(40))
        careful, full = Share(), Share(names=NamesMode.FULL, exact_dates=True, notes=True, moments=True, strain=True)
        day = journal.today()
        talk = ("The nights", "Whether the dose is right, and what else there would be if it is not")
        asked = Visit(day=day, since=day - dt.timedelta(days=60), talk=talk, pages=pages[:3], moods=True)
        yield "sheet", visit_sheet(journal, asked, careful)
        yield "book", book(pages, full, hiding(journal, full), moods=True)
        alter = max(journal.circle.as_of(day).bonds, key=lambda one: len(one.moments)).alter.id
        yield "person", person_page(journal, alter, full)
