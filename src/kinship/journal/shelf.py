"""A table of the vault as values: read when first asked, kept fresh by what changed; usable from several threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from kinship.journal.codec import TYPES, id_of, to_value
from kinship.vault import Changed, Vault
from kinship.vault.collecting import lasting, uncollected

V = TypeVar("V", bound=Struct)


class Shelf(Generic[V]):
    """The values of one table by id."""

    def __init__(self, vault: Vault, table: str, kind: type[V]) -> None:
        if TYPES[table] is not kind:
            raise TypeError(f"{table} holds {TYPES[table].__name__}")
        self._vault = vault
        self._kind = kind
        self._values: dict[str, V] | None = None
        self._unread: set[str] = set()
        self._lock = threading.RLock()
        self.table = table

    @property
    def by_id(self) -> Mapping[str, V]:
        """Every value by its id."""
        return self._read()

    @property
    def unread(self) -> frozenset[str]:
        """Ids of documents that have a shape this version does not know; they stay as they are in the vault."""
        self._read()
        return frozenset(self._unread)

    def get(self, id_: str) -> V | None:
        return self._read().get(id_)

    def all(self) -> list[V]:
        """Return every value, by its id where the table has no order of its own."""
        return sorted(self, key=id_of)

    def versions(self, id_: str) -> tuple[V, ...]:
        """Return what was written of one thing at the same time in several places, the shown one first."""
        if self.get(id_) is None:
            return ()
        found: list[V] = []
        for head in self._vault.heads(self.table, id_):
            if head is not None:
                with suppress(msgspec.ValidationError):
                    found.append(to_value(self._kind, id_, head))
        return tuple(found)

    def conflicts(self) -> tuple[str, ...]:
        """Return the ids of what has more than one version side by side."""
        return tuple(id_ for table, id_ in self._vault.conflicts() if table == self.table)

    def __iter__(self) -> Iterator[V]:
        return iter(tuple(self._read().values()))

    def __len__(self) -> int:
        return len(self._read())

    def apply(self, changes: Iterable[Changed]) -> None:
        """Take in what changed in the vault, of this table or others."""
        with self._lock:
            for changed in changes:
                if changed.table == self.table and self._values is not None:
                    before = self._values.get(changed.id)
                    self._take(self._values, changed.id, changed.after)
                    self._moved(changed.id, before, self._values.get(changed.id))

    def _moved(self, id_: str, before: V | None, after: V | None) -> None:
        """Do what an index of this shelf needs when a value changed; `before` and `after` None where there is none."""

    def _read(self) -> dict[str, V]:
        with self._lock:
            if self._values is None:
                values: dict[str, V] = {}
                with uncollected():
                    for id_, document in self._vault.all(self.table):
                        self._take(values, id_, document)
                self._values = values
                lasting(len(values))
            return self._values

    def _take(self, values: dict[str, V], id_: str, document: Mapping[str, object] | None) -> None:
        self._unread.discard(id_)
        values.pop(id_, None)
        if document is None:
            return
        try:
            values[id_] = to_value(self._kind, id_, document)
        except msgspec.ValidationError:
            self._unread.add(id_)
