"""What happened: moments of support and strain, and how the person was."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable

from kinship.journal.model import Alter, AlterId, CheckIn, Entry, EntryId, Moment
from kinship.journal.shelf import Shelf
from kinship.vault import Vault


class Moments(Shelf[Moment]):
    """Moments of support and strain, by who and by page."""

    def __init__(self, vault: Vault, kin: Callable[[AlterId], set[AlterId]]) -> None:
        super().__init__(vault, "moments", Moment)
        self._kin = kin
        self._by: dict[tuple[str, Hashable], set[str]] | None = None

    def all(self) -> list[Moment]:
        """Return every moment, oldest first."""
        return self._sorted(set(self.by_id))

    def of(self, alter: Alter | AlterId) -> list[Moment]:
        """Return the moments with an alter, or with anybody merged into it, oldest first."""
        kin = self._kin(alter if isinstance(alter, str) else alter.id)
        return self._sorted(set().union(*(self._index().get(("alter", one), ()) for one in kin)))

    def of_entry(self, entry: Entry | EntryId) -> list[Moment]:
        """Return the moments that were marked on a page, oldest first."""
        id_ = entry if isinstance(entry, str) else entry.id
        return self._sorted(self._index().get(("entry", id_), set()))

    def between(self, since: dt.date, until: dt.date) -> list[Moment]:
        """Return the moments of the days `since` to `until` (both included), oldest first."""
        return self._sorted({moment.id for moment in self if since <= moment.day <= until})

    def _sorted(self, ids: set[str]) -> list[Moment]:
        found = (moment for moment in map(self.by_id.get, tuple(ids)) if moment is not None)
        return sorted(found, key=lambda moment: (moment.day, moment.id))

    def _index(self) -> dict[tuple[str, Hashable], set[str]]:
        with self._lock:
            if self._by is None:
                found: defaultdict[tuple[str, Hashable], set[str]] = defaultdict(set)
                for moment in self:
                    for key in _keys(moment):
                        found[key].add(moment.id)
                self._by = found
            return self._by

    def _moved(self, id_: str, before: Moment | None, after: Moment | None) -> None:
        if self._by is None:
            return
        for key in _keys(before):
            self._by[key].discard(id_)
        for key in _keys(after):
            self._by.setdefault(key, set()).add(id_)


def _keys(moment: Moment | None) -> tuple[tuple[str, Hashable], ...]:
    return () if moment is None else (("alter", moment.alter), ("entry", moment.entry))


class CheckIns(Shelf[CheckIn]):
    """How the person was, each time they said."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "checkins", CheckIn)

    def all(self) -> list[CheckIn]:
        """Return every check-in, oldest first."""
        return sorted(self, key=lambda one: (one.at, one.id))

    def latest(self) -> CheckIn | None:
        return max(self, key=lambda one: (one.at, one.id), default=None)

    def on(self, day: dt.date) -> list[CheckIn]:
        """Return the check-ins of a day, oldest first."""
        return self.between(day, day)

    def between(self, since: dt.date, until: dt.date) -> list[CheckIn]:
        """Return the check-ins of the days `since` to `until` (both included), oldest first."""
        return [one for one in self.all() if since <= one.day <= until]
