"""The command that keeps a guided session: a page and everything that was said on the way to it, as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from kinship.journal.acts import Act
from kinship.journal.drafts import PageText
from kinship.journal.model import AlterId, Appointment, Card, CheckIn, Intention, Line, Moment
from kinship.journal.page_acts import PageActs
from kinship.journal.people_acts import PeopleActs
from kinship.journal.records import Choice

Said = Moment | CheckIn | Intention | Line | Appointment | Card
"""What a session may leave beside its page."""


class SessionActs(PageActs, PeopleActs):
    """Commands on guided sessions."""

    def keep_session(
        self,
        page: PageText,
        beside: Iterable[Said] = (),
        *,
        claims: Iterable[tuple[AlterId, str, int]] = (),
        hidden_until: dt.date | None = None,
    ) -> Act:
        """Keep a page together with what was said on the way to it; what can name a page and names none gets this one.

        `claims` are (alter, field, strength) statements that hold from today; one that holds already at that strength,
        or a greater one, is left as it is. A page without words is not kept; what stands beside it is. `hidden_until`
        puts the page out of sight until that day.
        """
        entry, changes = self._keeping(page)
        if entry is not None and hidden_until is not None:
            entry = msgspec.structs.replace(entry, hidden_until=hidden_until)
            changes[0] = self.put(entry)
        for value in beside:
            names_page = isinstance(value, Moment | CheckIn | Intention | Line) and not value.entry
            own = msgspec.structs.replace(value, entry=entry.id) if entry is not None and names_page else value
            changes.append(self.put(own))
        changes += [self.put(self._statement(*claim, None)) for claim in claims if not self._holds(*claim)]
        return self.perform("Reflection", changes)

    def keep_look_back(self, page: PageText, month: str, chosen: str) -> Act:
        """Keep a page about a month, and what was `chosen` about the month (the key of a choice), as one act."""
        _, changes = self._keeping(page)
        return self.perform("Look back", [*changes, self.put(Choice(id=month, value=chosen))])

    def _holds(self, alter: AlterId, field: str, strength: int) -> bool:
        """Whether the same, or more, is said of an alter today."""
        root = self.alters.root(alter)
        for bond in self.circle.as_of(self.today()).bonds:
            if bond.alter.id == root:
                way, _, word = field.partition(".")
                said: dict[str, int] = getattr(bond, way)
                return said.get(word, 0) >= strength
        return False
