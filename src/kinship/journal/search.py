"""Search over every page: one casefolded NFC text and where each page begins in it, built when first asked.

Words are AND-ed, quoted phrases taken as they stand, and parts of words found. Pages that changed since the build are
looked at beside it, so that a save costs nothing here.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, repeat
from operator import itemgetter

from kinship.journal.mentions import fold
from kinship.journal.model import Entry, EntryId

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_BETWEEN = b"\x00"
"""Stands between pages; no term can hold it, since text is kept without controls."""
_MOST_CHANGED = 500
"""Changed pages after which the next search builds anew."""
_REMEMBERED = 6
"""Terms whose pages are remembered."""
_NOWHERE = -1
_LOOKED_AT = 500
_COMMON = 8
"""So many places of a term are looked at, and it is common where one page in so many or more holds it."""


def terms_of(words: str) -> tuple[str, ...]:
    """Return the folded terms of a query, longest first; `"two words"` is one term."""
    found = (fold(match[1] if match[1] is not None else match[2]).strip() for match in _TERM.finditer(words))
    return tuple(sorted({term for term in found if term}, key=lambda term: (-len(term), term)))


def one_spaced(text: str) -> str:
    """Return `text` with every line end as one space, of the same length: a phrase may go on in the next line."""
    return text.replace("\n", " ")


def searched_text(entry: Entry) -> str:
    """Return what of a page is searched, on one line: its title, its words, and its tags with their `#`.

    No phrase goes from one paragraph into another, or from the title into the words.
    """
    return one_spaced("\n\n".join((entry.title or "", entry.body, *(f"#{tag}" for tag in entry.tags))))


class SearchText:
    """The folded text of all pages."""

    def __init__(self) -> None:
        self._blob = b""
        self._starts: list[int] = []
        """Where each page begins, and where one more would."""
        self._ids: list[EntryId] = []
        self._built = False
        self._recent: dict[bytes, list[int]] = {}
        """The pages of the terms that were looked for last."""
        self._lock = threading.Lock()
        self._changed: dict[EntryId, bytes | None] = {}

    def note(self, id_: EntryId, entry: Entry | None) -> None:
        """Take in that a page changed, or is gone (None)."""
        with self._lock:
            if self._built:
                self._changed[id_] = None if entry is None else _folded(entry)
                self._built = len(self._changed) <= _MOST_CHANGED

    def find(self, terms: Iterable[str], entries: Mapping[EntryId, Entry]) -> AbstractSet[EntryId]:
        """Return the ids of the pages that hold every term; `entries` are all pages."""
        with self._lock:
            return self._find(terms, entries)

    def make_ready(self, entries: Mapping[EntryId, Entry]) -> None:
        """Build the text, unless it is there."""
        with self._lock:
            if not self._built:
                self._build(entries)

    def _find(self, terms: Iterable[str], entries: Mapping[EntryId, Entry]) -> AbstractSet[EntryId]:
        if not self._built:
            self._build(entries)
        wanted = [term.encode(errors="replace") for term in terms]
        if not wanted:
            return set(entries)
        places = self._holding_all(wanted)
        if len(places) == len(self._ids) and not self._changed:
            return entries.keys()
        found = set(itemgetter(*places)(self._ids)) if len(places) > 1 else {self._ids[place] for place in places}
        found -= self._changed.keys()
        for id_, text in self._changed.items():
            if text is not None and all(term in text for term in wanted):
                found.add(id_)
        return found

    def _build(self, entries: Mapping[EntryId, Entry]) -> None:
        pairs = list(entries.items())
        parts = [_folded(entry) for _, entry in pairs]
        self._ids = [id_ for id_, _ in pairs]
        self._starts = []
        at = 0
        for part in parts:
            self._starts.append(at)
            at += len(part) + len(_BETWEEN)
        self._starts.append(at)
        self._blob = _BETWEEN.join(parts)
        self._changed = {}
        self._recent = {}
        self._built = True

    def _holding_all(self, terms: Iterable[bytes]) -> Sequence[int]:
        """Return the pages that hold every term: as long as they are few, only those are looked at further."""
        known = sorted(terms, key=lambda term: len(self._recent.get(term, self._starts)))
        places: Sequence[int] | None = None
        for term in known:
            if places is None:
                places = self._known(term)
            elif len(places) * _COMMON < len(self._ids):
                places = self._among(places, term)
            else:
                both = set(places).intersection(self._known(term))
                places = sorted(both)
        return places or ()

    def _known(self, term: bytes) -> list[int]:
        """Return the pages that hold a term, and remember them: while somebody types, all words but one stay.

        What holds a longer term is among what holds a part of it.
        """
        found = self._recent.pop(term, None)
        if found is None:
            parts = (places for part, places in self._recent.items() if part in term)
            few = min(parts, key=len, default=self._starts)
            found = self._among(few, term) if len(few) * _COMMON < len(self._ids) else self._holding(term)
        self._recent[term] = found
        while len(self._recent) > _REMEMBERED:
            del self._recent[next(iter(self._recent))]
        return found

    def _holding(self, term: bytes) -> list[int]:
        """Return the pages that hold a term: from find to find, and one by one where nearly every page holds it."""
        blob, starts = self._blob, self._starts
        places: list[int] = []
        place = last = 0
        at = blob.find(term)
        while at != -1:
            place = bisect_right(starts, at, place) - 1
            places.append(place)
            if not len(places) % _LOOKED_AT:
                if place - last < _COMMON * _LOOKED_AT:
                    return places + self._among(range(place + 1, len(self._ids)), term)
                last = place
            at = blob.find(term, starts[place + 1])
        return places

    def _among(self, places: Sequence[int], term: bytes) -> list[int]:
        """Return those of `places` that hold a term; a loop without a step of its own, since they may be all pages."""
        begins, ends = self._begins_and_ends(places)
        found = map(self._blob.find, repeat(term), begins, ends)
        return list(compress(places, map(_NOWHERE.__ne__, found)))

    def _begins_and_ends(self, places: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        if isinstance(places, range):
            return self._starts[places.start : places.stop], self._starts[places.start + 1 : places.stop + 1]
        starts = self._starts
        return [starts[place] for place in places], [starts[place + 1] for place in places]


def _folded(entry: Entry) -> bytes:
    return fold(searched_text(entry)).encode(errors="replace")
