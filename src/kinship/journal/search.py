"""Search over every page: one casefolded NFC text and where each page begins in it, built when first asked.

Words are AND-ed, quoted phrases taken as they stand, and parts of words found. Pages that changed since the build are
looked at beside it, so that a save costs nothing here.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from kinship.journal.mentions import fold
from kinship.journal.model import Entry, EntryId

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_BETWEEN = b"\x00"
"""Stands between pages; no term can hold it, since text is kept without controls."""
_MOST_CHANGED = 500
"""Changed pages after which the next search builds anew."""


def terms_of(words: str) -> tuple[str, ...]:
    """Return the folded terms of a query, longest first; `"two words"` is one term."""
    found = (fold(match[1] if match[1] is not None else match[2]).strip() for match in _TERM.finditer(words))
    return tuple(sorted({term for term in found if term}, key=lambda term: (-len(term), term)))


def searched_text(entry: Entry) -> str:
    """Return what of a page is searched: its title, its words, and its tags with their `#`."""
    return "\n".join((entry.title or "", entry.body, *(f"#{tag}" for tag in entry.tags)))


class SearchText:
    """The folded text of all pages."""

    def __init__(self) -> None:
        self._blob = b""
        self._starts: list[int] = []
        self._ids: list[EntryId] = []
        self._built = False
        self._lock = threading.Lock()
        self._changed: dict[EntryId, bytes | None] = {}

    def note(self, id_: EntryId, entry: Entry | None) -> None:
        """Take in that a page changed, or is gone (None)."""
        with self._lock:
            if self._built:
                self._changed[id_] = None if entry is None else _folded(entry)
                self._built = len(self._changed) <= _MOST_CHANGED

    def find(self, terms: Iterable[str], entries: Mapping[EntryId, Entry]) -> set[EntryId]:
        """Return the ids of the pages that hold every term; `entries` are all pages."""
        with self._lock:
            return self._find(terms, entries)

    def _find(self, terms: Iterable[str], entries: Mapping[EntryId, Entry]) -> set[EntryId]:
        if not self._built:
            self._build(entries)
        wanted = [term.encode(errors="replace") for term in terms]
        if not wanted:
            return set(entries)
        places = self._holding(wanted[0])
        for term in wanted[1:]:
            places = [place for place in places if self._blob.find(term, *self._span(place)) != -1]
        found = {self._ids[place] for place in places} - self._changed.keys()
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
        self._blob = _BETWEEN.join(parts)
        self._changed = {}
        self._built = True

    def _span(self, place: int) -> tuple[int, int]:
        after = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._blob)
        return self._starts[place], after

    def _holding(self, term: bytes) -> list[int]:
        places = []
        at = self._blob.find(term)
        while at != -1:
            place = bisect_right(self._starts, at) - 1
            places.append(place)
            at = self._blob.find(term, self._span(place)[1])
        return places


def _folded(entry: Entry) -> bytes:
    return fold(searched_text(entry)).encode(errors="replace")
