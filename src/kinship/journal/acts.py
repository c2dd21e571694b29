"""What a command did, and how it is taken back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from msgspec import Struct

from kinship.journal.records import Former
from kinship.vault import Change, Changed

LAST_WRITER_WINS = frozenset({"choices", "meta"})
"""Tables whose documents hold no words of a person's: of two concurrent writings the later one wins."""


class Act(Struct, frozen=True):
    """One command: what it is called (no name in it), and each document before and after."""

    label: str
    changes: tuple[Changed, ...]

    def __repr__(self) -> str:
        return f"Act({len(self.changes)} documents)"

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    @property
    def made(self) -> dict[str, tuple[str, ...]]:
        """The ids of new documents, by table, in the order they were made."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for changed in self.changes:
            if changed.before is None and changed.after is not None:
                found[changed.table].append(changed.id)
        return {table: tuple(ids) for table, ids in found.items()}


class Origin(StrEnum):
    """Where a change came from."""

    ACT = "act"
    UNDONE = "undone"
    REDONE = "redone"
    ELSEWHERE = "elsewhere"
    """Another program, or another device through a syncer."""


class Event(Struct, frozen=True):
    """Something changed: the act's label (empty for what came from elsewhere) and which documents."""

    label: str
    changed: tuple[tuple[str, str], ...]
    """Table and id of each."""
    origin: Origin = Origin.ACT

    def touches(self, *tables: str) -> bool:
        """Whether a document of one of these tables changed."""
        return any(table in tables for table, _ in self.changed)


def change(table: str, id_: str, document: dict[str, Any] | None) -> Change:
    """Return the change that makes a document so (None deletes it), with the merge rule of its table."""
    return Change(table, id_, document, lww=table in LAST_WRITER_WINS)


def inverse(changes: Iterable[Changed]) -> tuple[Change, ...]:
    """Return the changes that bring each document back to what it was."""
    return tuple(change(one.table, one.id, one.before) for one in reversed(tuple(changes)))


def again(changes: Iterable[Changed]) -> tuple[Change, ...]:
    """Return the changes that make each document what the act made it."""
    return tuple(change(one.table, one.id, one.after) for one in changes)


def fingerprint(document: dict[str, Any] | None) -> str:
    """Return the SHA-256 of a document as canonical JSON, empty for none."""
    if document is None:
        return ""
    told = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def formers(changes: Iterable[Changed]) -> tuple[Former, ...]:
    """Return what a kept act remembers of its documents."""
    return tuple(Former(one.table, one.id, one.before, fingerprint(one.after)) for one in changes)
