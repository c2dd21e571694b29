"""Merging what several writers said of one document: version vectors, concurrent heads, which one is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from kinship.vault.values import Document, Version


class Head(Struct, frozen=True):
    """A version of a document that no other known version has superseded."""

    version: Version
    clock: int
    document: Document | None
    lww: bool = False
    author: str = ""
    """Id of the segment that wrote it, wherever it was copied to since."""


def dominates(one: Version, other: Version) -> bool:
    """Return whether whoever wrote `one` had seen `other` (or it is the same)."""
    return all(one.get(actor, 0) >= count for actor, count in other.items())


def join(versions: Iterable[Version]) -> dict[str, int]:
    """Return the least version that has seen all of `versions`."""
    seen: dict[str, int] = {}
    for version in versions:
        for actor, count in version.items():
            if count > seen.get(actor, 0):
                seen[actor] = count
    return seen


def add_head(heads: tuple[Head, ...], new: Head) -> tuple[Head, ...]:
    """Return the heads once `new` is known too: the same tuple where it says nothing new.

    The outcome does not depend on the order in which versions come in.
    """
    for head in heads:
        if dominates(head.version, new.version) and not _fork(head, new):
            return heads
    kept = [head for head in heads if not dominates(new.version, head.version) or _fork(head, new)]
    return tuple(sorted((*kept, new), key=_rank, reverse=True)) if kept else (new,)


def _fork(one: Head, other: Head) -> bool:
    return one.version == other.version and _said(one) != _said(other)


def _said(head: Head) -> tuple[int, Document | None, bool]:
    return head.clock, head.document, head.lww


def _rank(head: Head) -> tuple[bool, int, list[tuple[str, int]], str, bool]:
    return head.document is not None, head.clock, sorted(head.version.items()), repr(head.document), head.lww


def shown(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Return the heads a person sees, the first one first.

    An edit absorbs a concurrent deletion, equal contents are one, and where all are choices the latest wins.
    """
    if len(heads) <= 1:
        return heads
    if all(head.lww for head in heads):
        return (max(heads, key=lambda head: (head.clock, _rank(head))),)
    seen: list[Head] = []
    for head in heads:
        if (head.document is not None or not seen) and all(head.document != other.document for other in seen):
            seen.append(head)
    return tuple(seen)


class Shelf:
    """All documents with their heads, and the dictionary of those that are shown."""

    def __init__(self) -> None:
        self.live: dict[str, dict[str, Document]] = {}
        """table -> id -> document, of the shown heads that are no deletions."""
        self._heads: dict[str, dict[str, tuple[Head, ...]]] = {}
        self._several: set[tuple[str, str]] = set()

    def heads(self, table: str, uid: str) -> tuple[Head, ...]:
        """Return every head, absorbed ones too; empty for a document nobody wrote."""
        return self._heads.get(table, {}).get(uid, ())

    def all_heads(self) -> Iterator[Head]:
        """Yield every head of every document."""
        return (head for shelf in self._heads.values() for heads in shelf.values() for head in heads)

    def everything(self) -> Iterator[tuple[str, str, tuple[Head, ...]]]:
        """Yield table, id and heads of every document, deleted ones too."""
        for table, shelf in self._heads.items():
            for uid, heads in shelf.items():
                yield table, uid, heads

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """Yield table and id of each document of which more than one head is shown."""
        return ((table, uid) for table, uid in sorted(self._several) if len(shown(self.heads(table, uid))) > 1)

    def add(self, table: str, uid: str, head: Head) -> bool:
        """Take in one version; return whether it changed anything."""
        shelf = self._heads.get(table)
        if shelf is None:
            shelf = self._heads[table] = {}
            self.live.setdefault(table, {})
        old = shelf.get(uid)
        new = (head,) if old is None else add_head(old, head)
        if new is old:
            return False
        shelf[uid] = new
        if len(new) > 1:
            self._several.add((table, uid))
        elif old is not None:
            self._several.discard((table, uid))
        first = head.document if len(new) == 1 else shown(new)[0].document
        if first is not None:
            self.live[table][uid] = first
        elif old is not None:
            self.live[table].pop(uid, None)
        return True
