"""What lists say of a page, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.journal.titles import title_of
from kinship.tui.widgets.page_list import PageLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

NO_PAGES = "Nothing yet. w starts your first page."


def people_on(journal: Journal, entry: Entry) -> tuple[str, ...]:
    """Return the names of who is on a page, in the order they are named."""
    people = (journal.alters.get(alter) for alter in dict.fromkeys(entry.names.values()))
    return tuple(one.name for one in people if one is not None)


def page_line(journal: Journal, entry: Entry) -> PageLine:
    """Return what a short list shows of a page."""
    return PageLine(entry.id, entry.day, title_of(entry), people_on(journal, entry))
