"""Alters: everybody and everything on the map, by id, by name, and by what is typed after an `@`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kinship.journal.facts import root_of
from kinship.journal.mentions import NameTable, fold
from kinship.journal.model import Alter, AlterId
from kinship.journal.shelf import Shelf
from kinship.vault import Vault


class Alters(Shelf[Alter]):
    """The alters of a journal. Those merged into another are that other one, save where it is said differently."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "alters", Alter)
        self._names: NameTable | None = None
        self.last_named: Callable[[], Mapping[AlterId, Any]] = dict
        """Where the newest page that names each alter stands; the journal ties this to its pages."""

    def get(self, id_: AlterId) -> Alter | None:
        """Return the alter, or the one it was merged into."""
        return super().get(self.root(id_))

    def as_written(self, id_: AlterId) -> Alter | None:
        """Return the alter itself, merged or not."""
        return super().get(id_)

    def all(self) -> list[Alter]:
        """Return every alter that is not merged into another, by name."""
        return sorted((alter for alter in self if self.root(alter.id) == alter.id), key=_by_name)

    def root(self, id_: AlterId) -> AlterId:
        """Return the id of the alter that `id_` was merged into at last, itself where it was not."""
        by_id = self.by_id
        if id_ not in by_id or by_id[id_].merged_into is None:
            return id_
        found = root_of(id_, lambda one: by_id[one].merged_into if one in by_id else None)
        return found if found in by_id else id_

    def kin(self, id_: AlterId) -> set[AlterId]:
        """Return the ids of everybody who is the same alter as `id_`."""
        root = self.root(id_)
        return {root, *(alter.id for alter in self if alter.merged_into is not None and self.root(alter.id) == root)}

    def merged(self, id_: AlterId) -> list[Alter]:
        """Return whom `id_` was made one with and who is shown under their name, by name."""
        kin = self.kin(id_) - {self.root(id_)}
        return sorted((alter for alter in self if alter.id in kin), key=_by_name)

    def names(self) -> NameTable:
        """Return the table that mentions are found with."""
        with self._lock:
            if self._names is None:
                self._names = NameTable(self)
            return self._names

    def by_name(self, word: str) -> tuple[Alter, ...]:
        """Return those whose name or alias is `word` (a leading `@` is no part of it); more than one may share it."""
        found = (self.get(id_) for id_ in self.names().bearers(fold(word.strip().removeprefix("@"))))
        return tuple(alter for alter in found if alter is not None)

    def complete(self, prefix: str) -> list[Alter]:
        """Return who may be meant by what was typed so far, best first.

        First whose name or alias starts so, then whose later word does, then who holds it anywhere; in each the most
        recently mentioned first, then by name.
        """
        typed = fold(prefix.removeprefix("@"))
        recency = self._recency()
        ranked = []
        for alter in self.all():
            rank = min(_rank(fold(name), typed) for one in self._same(alter) for name in (one.name, *one.aliases))
            if rank < _NOT_HELD:
                ranked.append((rank, recency.get(alter.id, len(recency)), _by_name(alter), alter))
        return [alter for *_, alter in sorted(ranked, key=lambda one: one[:3])]

    def _same(self, alter: Alter) -> list[Alter]:
        return [self.by_id[id_] for id_ in sorted(self.kin(alter.id))] if self._any_merged() else [alter]

    def _any_merged(self) -> bool:
        return any(alter.merged_into is not None for alter in self)

    def _recency(self) -> dict[AlterId, int]:
        newest: dict[AlterId, Any] = {}
        for id_, place in self.last_named().items():
            root = self.root(id_)
            newest[root] = max(place, newest.get(root, place))
        return {id_: rank for rank, id_ in enumerate(sorted(newest, key=lambda one: newest[one], reverse=True))}

    def _moved(self, id_: str, before: Alter | None, after: Alter | None) -> None:  # noqa: ARG002 - shape of the hook
        self._names = None


_NOT_HELD = 3


def _rank(name: str, typed: str) -> int:
    if name.startswith(typed):
        return 0
    if f" {typed}" in name.replace("-", " "):
        return 1
    return 2 if typed in name else _NOT_HELD


def _by_name(alter: Alter) -> tuple[str, AlterId]:
    return fold(alter.name), alter.id
