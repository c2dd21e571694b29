"""Several journals in one vault: each is a name that pages bear; the unnamed one is where a page goes by itself."""

from __future__ import annotations

import datetime as dt
from itertools import chain

import msgspec
from msgspec import Struct

from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act
from kinship.journal.mentions import fold
from kinship.journal.model import EntryId
from kinship.journal.page_acts import PageActs
from kinship.privacy.text import clean_line

LONGEST_NAME = 60
UNNAMED = "unnamed"
"""What the journal without a name is called where one has to be said."""


class Volume(Struct, frozen=True):
    """One journal of a vault."""

    name: str
    """Empty for the unnamed one."""
    pages: int
    last: dt.date
    """The day of its newest page."""

    def __repr__(self) -> str:
        return f"Volume({self.pages} pages)"


class JournalActs(PageActs):
    """Commands on journals."""

    def journals(self) -> tuple[Volume, ...]:
        """Return every journal that has a page, the unnamed one first and then by name."""
        count: dict[str, int] = {}
        last: dict[str, dt.date] = {}
        for page in self.pages.all(hidden=True):
            count[page.journal] = count.get(page.journal, 0) + 1
            last.setdefault(page.journal, page.day)
        return tuple(Volume(name, count[name], last[name]) for name in sorted(count, key=lambda one: (fold(one), one)))

    def journal_meant(self, word: str) -> str:
        """Return the journal of this name as it is written already, else the name as it is to be. Raises Misused."""
        name = clean_line(word)
        if len(name) > LONGEST_NAME:
            raise Misused(f"A journal's name has {LONGEST_NAME} characters at most.")
        if fold(name) in ("", UNNAMED):
            return ""
        return next((one.name for one in self.journals() if fold(one.name) == fold(name)), name)

    def rename_journal(self, name: str, to: str) -> Act:
        """Give every page of a journal another journal's name; one that exists takes them in.

        Raises NotFound where no page is in it, Misused for a name that is too long.
        """
        wanted = self.journal_meant(to) if fold(clean_line(to)) != fold(name) else clean_line(to)
        pages = [one for one in self.pages.all(hidden=True) if one.journal == name]
        if not pages:
            raise NotFound(f"No page is in a journal called {name or UNNAMED}.", "See them with: kinship journals")
        changes = [self._rewriting(msgspec.structs.replace(one, journal=wanted), one) for one in pages]
        return self.perform("Journal renamed", chain.from_iterable(changes))

    def move_page(self, id_: EntryId, to: str) -> Act:
        """Put a page into another journal. Raises NotFound, and Misused for a name that is too long."""
        return self._with(id_, "Page in another journal", journal=self.journal_meant(to))
