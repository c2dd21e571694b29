"""One open vault as a journal: what it holds, and every command on it."""

from __future__ import annotations

import datetime as dt

from kinship.ground.days import Span
from kinship.journal.acts import Act, Event, Origin
from kinship.journal.asking import find_pages
from kinship.journal.conflicts import Conflict, ConflictActs, find_conflict
from kinship.journal.drafts import PageText, Unsaved, page_of
from kinship.journal.inbox import InboxActs
from kinship.journal.journals import JournalActs
from kinship.journal.kept_maps import KeptMapActs
from kinship.journal.mentions import fold, tag_of
from kinship.journal.model import Alter, AlterId, Entry
from kinship.journal.people_ways import WayActs
from kinship.journal.query import Key, Query, Term, parse
from kinship.journal.session_acts import SessionActs
from kinship.journal.small_acts import SmallActs
from kinship.journal.template_acts import TemplateActs
from kinship.journal.titles import title_of

__all__ = [
    "Act",
    "Conflict",
    "Event",
    "Journal",
    "Origin",
    "PageText",
    "Unsaved",
    "find_conflict",
    "page_of",
    "title_of",
]


class Journal(InboxActs, SessionActs, WayActs, SmallActs, KeptMapActs, TemplateActs, JournalActs, ConflictActs):
    """The journal of one open vault. Each command is one transaction and returns an `Act`; typed text is cleaned."""

    def search(
        self,
        words: str = "",
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        person: Alter | AlterId | None = None,
        tag: str | None = None,
        topic: str | None = None,
        mood: int | tuple[int, int] | None = None,
        hidden: bool = False,
    ) -> list[Entry]:
        """Return the pages that a line asks for (see `query`) and that fit every filter, newest first.

        `since` and `until` are days and included; `mood` is a number or a span of them; `person` an alter or its id.
        Raises Misused for a line that cannot be read, NotFound where it names nobody in the circle.
        """
        query = parse(words, self.today())
        if since is not None or until is not None:
            days = Span(since or dt.date.min, until or dt.date.max)
            query &= Query(((Term(Key.ON, days=days),),))
        if person is not None:
            query &= Query(((Term(Key.PERSON, person if isinstance(person, str) else person.id),),))
        if tag is not None:
            query &= Query(((Term(Key.TAG, tag_of(tag)),),))
        if topic is not None:
            query &= Query(((Term(Key.TOPIC, fold(topic)),),))
        if mood is not None:
            query &= Query(((Term(Key.MOOD, span=(mood, mood) if isinstance(mood, int) else mood),),))
        return self.find(query, hidden=hidden)

    def find(self, query: Query, *, hidden: bool = False) -> list[Entry]:
        """Return the pages that a query asks for, newest first. Raises NotFound where it names nobody in the circle."""
        return find_pages(query, self.pages, self.alters, hidden=hidden)
