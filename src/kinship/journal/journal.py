"""One open vault as a journal: what it holds, and every command on it."""

from __future__ import annotations

import datetime as dt

from kinship.journal.acts import Act, Event, Origin
from kinship.journal.conflicts import Conflict, ConflictActs, find_conflict
from kinship.journal.drafts import PageText, Unsaved, page_of
from kinship.journal.inbox import InboxActs
from kinship.journal.mentions import tag_of
from kinship.journal.model import Alter, AlterId, Entry
from kinship.journal.people_ways import WayActs
from kinship.journal.search import terms_of
from kinship.journal.session_acts import SessionActs
from kinship.journal.small_acts import SmallActs
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


class Journal(InboxActs, SessionActs, WayActs, SmallActs, ConflictActs):
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
        """Return the pages that hold every word or "quoted phrase" and fit every filter, newest first.

        `since` and `until` are days and included; `mood` is a number or a span of them; `person` an alter or its id.
        """
        found = self.pages.between(since or dt.date.min, until or dt.date.max, hidden=hidden)
        if terms_of(words):
            holding = self.pages.holding(words)
            found = [entry for entry in found if entry.id in holding]
        if person is not None:
            kin = self.alters.kin(person if isinstance(person, str) else person.id)
            found = [entry for entry in found if not kin.isdisjoint(entry.names.values())]
        if tag is not None:
            wanted = tag_of(tag)
            found = [entry for entry in found if wanted in map(tag_of, entry.tags)]
        if topic is not None:
            found = [entry for entry in found if entry.topic == topic]
        if mood is not None:
            least, most = (mood, mood) if isinstance(mood, int) else mood
            found = [entry for entry in found if entry.mood is not None and least <= entry.mood <= most]
        return found
