"""The pages: newest first, by day, by who and what they speak of, with their history."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from calendar import isleap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from itertools import compress
from math import inf
from typing import NamedTuple, Self

from kinship.journal.mentions import tag_of
from kinship.journal.model import Alter, AlterId, Entry, EntryId, Revision
from kinship.journal.search import SearchText, terms_of
from kinship.journal.shelf import Shelf
from kinship.journal.titles import title_of
from kinship.vault import Vault

_FEW = 8
"""Below one page in so many they are sorted by themselves, else all are gone through in their order."""

_LEAP, _LAST = (2, 29), (2, 28)

Place = tuple[dt.date, float, EntryId]
"""Where a page stands in time: its day, the instant it was written, its id."""


class Listed(NamedTuple):
    """Pages in an order, and their ids in the same."""

    entries: tuple[Entry, ...]
    ids: tuple[EntryId, ...]

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> Self:
        return cls(entries, tuple(entry.id for entry in entries))


def same_days(day: dt.date, year: int) -> tuple[dt.date, ...]:
    """Return the days of `year` that `day` stands for, the later first: on a last of February a 29th too."""
    found = [dt.date(year, day.month, day.day)] if (day.month, day.day) != _LEAP or isleap(year) else []
    if (day.month, day.day) == _LAST and isleap(year) and not isleap(day.year):
        found.insert(0, dt.date(year, *_LEAP))
    return tuple(found)


def place_of(entry: Entry) -> Place:
    return entry.day, entry.at.timestamp(), entry.id


class Revisions(Shelf[Revision]):
    """Former texts of pages."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "revisions", Revision)

    def of(self, entry: EntryId) -> tuple[Revision, ...]:
        """Return the former texts of a page, newest first."""
        found = [revision for revision in self if revision.entry == entry]
        return tuple(sorted(found, key=lambda revision: (revision.at, revision.id), reverse=True))


class Pages(Shelf[Entry]):
    """Every page. Lists leave out pages that are hidden for now, unless asked for them."""

    def __init__(
        self, vault: Vault, revisions: Revisions, today: Callable[[], dt.date], kin: Callable[[AlterId], set[AlterId]]
    ) -> None:
        super().__init__(vault, "entries", Entry)
        self._revisions = revisions
        self._today = today
        self._kin = kin
        self._places: list[Place] | None = None
        self._naming: dict[AlterId, set[EntryId]] | None = None
        self._tagging: dict[str, set[EntryId]] | None = None
        self._last_named: dict[AlterId, Place] | None = None
        self._listed: tuple[dt.date, Listed, Listed] | None = None
        """A day, every page newest first, and those of them that are not put away on it."""
        self._text = SearchText()

    def all(self, *, hidden: bool = False) -> list[Entry]:
        """Return every page, newest first."""
        return list(self._newest(hidden=hidden).entries)

    def latest(self, n: int, *, hidden: bool = False) -> list[Entry]:
        """Return the `n` newest pages."""
        return list(self._newest(hidden=hidden).entries[: max(n, 0)])

    def on(self, day: dt.date, *, hidden: bool = False) -> list[Entry]:
        """Return the pages of a day, newest first."""
        return self.between(day, day, hidden=hidden)

    def between(self, since: dt.date, until: dt.date, *, hidden: bool = False) -> list[Entry]:
        """Return the pages of the days `since` to `until` (both included), newest first."""
        if (since, until) == (dt.date.min, dt.date.max):
            return self.all(hidden=hidden)
        places = tuple(self._in_order())
        after = bisect_left(places, (until + dt.timedelta(days=1), -inf, "")) if until < dt.date.max else len(places)
        ids = (id_ for _, _, id_ in reversed(places[bisect_left(places, (since, -inf, "")) : after]))
        return self._shown(ids, hidden=hidden)

    def on_this_day(self, day: dt.date) -> list[Entry]:
        """Return the pages of the same day of the year in years before, newest first.

        Those of a 29 February come on the 28th where the year has no other.
        """
        places = self._in_order()
        if not places:
            return []
        same = (one for year in range(day.year - 1, places[0][0].year - 1, -1) for one in same_days(day, year))
        return [entry for one in same for entry in self.on(one)]

    def mentioning(self, alter: Alter | AlterId, *, hidden: bool = False) -> list[Entry]:
        """Return the pages that name an alter, or anybody merged into it, newest first."""
        naming = self._by_name()
        kin = self._kin(alter if isinstance(alter, str) else alter.id)
        return self._sorted(set().union(*(naming.get(one, ()) for one in kin)), hidden=hidden)

    def tagged(self, tag: str, *, hidden: bool = False) -> list[Entry]:
        """Return the pages with a tag (with or without `#`), newest first."""
        return self._sorted(self._by_tag().get(tag_of(tag), set()), hidden=hidden)

    def tags(self) -> list[str]:
        """Return every tag in use, the most used first."""
        use = Counter({tag: len(ids) for tag, ids in list(self._by_tag().items()) if ids})
        return [tag for tag, _ in sorted(use.items(), key=lambda pair: (-pair[1], pair[0]))]

    def history(self, id_: EntryId) -> tuple[Revision, ...]:
        """Return the former texts of a page, newest first."""
        return self._revisions.of(id_)

    def is_hidden(self, entry: Entry) -> bool:
        """Whether a page is put out of sight until a later day."""
        return entry.hidden_until is not None and entry.hidden_until > self._today()

    def last_named(self) -> dict[AlterId, Place]:
        """Return for each alter that is named on a page where the newest of them stands."""
        with self._lock:
            if self._last_named is None:
                self._last_named = {}
                for place in self._in_order():
                    self._last_named.update(dict.fromkeys(_names(self.by_id[place[-1]]), place))
            return dict(self._last_named)

    def holding(self, words: str) -> AbstractSet[EntryId]:
        """Return the ids of the pages that hold every word or quoted phrase."""
        return self._text.find(terms_of(words), self.by_id)

    def holding_all(self, terms: Iterable[str]) -> AbstractSet[EntryId]:
        """Return the ids of the pages that hold every one of these folded words and phrases."""
        return self._text.find(sorted(set(terms), key=len, reverse=True), self.by_id)

    def make_ready(self) -> None:
        """Build what is searched, so that the first word does not wait for it."""
        self._text.make_ready(self.by_id)

    def naming(self, alters: Iterable[AlterId]) -> set[EntryId]:
        """Return the ids of the pages that name one of these alters."""
        index = self._by_name()
        return set().union(*(index.get(one, ()) for one in alters))

    def tagging(self, tag: str) -> set[EntryId]:
        """Return the ids of the pages with a tag, as it is kept."""
        return set(self._by_tag().get(tag, ()))

    def in_order(self, ids: AbstractSet[EntryId], *, hidden: bool = False) -> list[Entry]:
        """Return these pages, newest first."""
        if len(ids) == len(self.by_id):
            return self.all(hidden=hidden)
        if len(ids) * _FEW > len(self.by_id):
            listed = self._newest(hidden=hidden)
            return list(compress(listed.entries, map(ids.__contains__, listed.ids)))
        return self._sorted(ids, hidden=hidden)

    @staticmethod
    def title_of(entry: Entry) -> str:
        """Return the page's title, its own or its first line."""
        return title_of(entry)

    def starting(self, prefix: str) -> list[EntryId]:
        """Return the ids that start with `prefix`, so that a person may type a part of one."""
        return sorted(id_ for id_ in self.by_id if id_.startswith(prefix.lower())) if prefix else []

    def _newest(self, *, hidden: bool) -> Listed:
        """Return every page in its order, made once for all that is asked between two changes (or days)."""
        with self._lock:
            today = self._today()
            if self._listed is None or self._listed[0] != today:
                found = tuple(self.by_id[id_] for _, _, id_ in reversed(self._in_order()))
                shown = tuple(one for one in found if one.hidden_until is None or one.hidden_until <= today)
                self._listed = today, Listed.of(found), Listed.of(shown)
            return self._listed[1] if hidden else self._listed[2]

    def _sorted(self, ids: Iterable[EntryId], *, hidden: bool) -> list[Entry]:
        return sorted(self._shown(tuple(ids), hidden=hidden), key=place_of, reverse=True)

    def _shown(self, ids: Iterable[EntryId], *, hidden: bool) -> list[Entry]:
        found = map(self.by_id.get, ids)
        return [entry for entry in found if entry is not None and (hidden or not self.is_hidden(entry))]

    def _in_order(self) -> list[Place]:
        with self._lock:
            if self._places is None:
                self._places = sorted(map(place_of, self.by_id.values()))
            return self._places

    def _by_name(self) -> dict[AlterId, set[EntryId]]:
        with self._lock:
            if self._naming is None:
                self._naming = self._index(_names)
            return self._naming

    def _by_tag(self) -> dict[str, set[EntryId]]:
        with self._lock:
            if self._tagging is None:
                self._tagging = self._index(_tags)
            return self._tagging

    def _index(self, keys: Callable[[Entry], set[str]]) -> dict[str, set[EntryId]]:
        found: defaultdict[str, set[EntryId]] = defaultdict(set)
        for entry in self.by_id.values():
            for key in keys(entry):
                found[key].add(entry.id)
        return found

    def _moved(self, id_: str, before: Entry | None, after: Entry | None) -> None:
        self._text.note(id_, after)
        self._listed = None
        self._move_last_named(before, after)
        if self._places is not None:
            if before is not None:
                del self._places[bisect_left(self._places, place_of(before))]
            if after is not None:
                insort(self._places, place_of(after))
        for index, keys in ((self._naming, _names), (self._tagging, _tags)):
            if index is None:
                continue
            for key in keys(before):
                index[key].discard(id_)
            for key in keys(after):
                index.setdefault(key, set()).add(id_)

    def _move_last_named(self, before: Entry | None, after: Entry | None) -> None:
        named = self._last_named
        if named is None:
            return
        if before is not None and any(named.get(alter) == place_of(before) for alter in _names(before)):
            self._last_named = None
        elif after is not None:
            place = place_of(after)
            named.update({alter: max(place, named.get(alter, place)) for alter in _names(after)})


def _names(entry: Entry | None) -> set[AlterId]:
    return set() if entry is None else set(entry.names.values())


def _tags(entry: Entry | None) -> set[str]:
    return set() if entry is None else {tag_of(tag) for tag in entry.tags}
