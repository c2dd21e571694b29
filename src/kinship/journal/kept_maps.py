"""Maps kept in the vault: commands on them, and who stands in one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec
from msgspec import Struct

from kinship.ground.errors import NotFound
from kinship.journal.acts import Act, change
from kinship.journal.ledger import Ledger
from kinship.journal.model import AlterId, AlterKind, Snapshot
from kinship.privacy.text import clean_line
from kinship.vault import new_id

DELETED = "Deleted map"
WHOLE_NAMES = "full"
_LOOKED_AT = 64
"""Maps whose nodes are remembered as read."""


class Node(Struct, frozen=True):
    """Somebody on a kept map, as far as it must be known without reading the whole of it."""

    id: str
    name: str
    kind: str = AlterKind.PERSON.value


class _Nodes(Struct, frozen=True):
    nodes: tuple[Node, ...] = ()


class KeptMapActs(Ledger):
    """Commands on kept maps; the map in one is never changed."""

    def keep_snapshot(self, map_json: str, *, as_of: dt.date, title: str, names: str) -> Act:
        """Keep a map with a frozen copy of its JSON; `names` says how people are called in it."""
        kept = Snapshot(id=new_id(), as_of=as_of, taken=self.clock.now(), title=title, names=names, map=map_json)
        return self.perform("Map kept", [self.put(kept)])

    def rename_snapshot(self, id_: str, title: str) -> Act:
        """Give a kept map another title; an empty one takes it away. Raises NotFound."""
        return self.perform("Title of a kept map", [self.put(msgspec.structs.replace(self._kept(id_), title=title))])

    def delete_snapshot(self, id_: str, *, kept: bool = False) -> Act:
        """Throw a kept map away. With `kept` the vault remembers the act until it is purged. Raises NotFound."""
        gone = [change("snapshots", self._kept(id_).id, None)]
        return self.perform_kept(DELETED, gone) if kept else self.perform(DELETED, gone)

    def bring_back_snapshot(self, id_: str) -> Act:
        """Bring back a map whose deletion was kept; `id_` may be the beginning of its id.

        Raises NotFound where no such deletion (or more than one) is remembered, Refused where it changed since.
        """
        found = [
            act.id
            for act in self.kept_acts
            if act.label == DELETED and id_ and any(one.id.startswith(id_) and not one.after for one in act.formers)
        ]
        if len(found) != 1:
            told = "More than one deleted map has" if found else "No deleted map has"
            raise NotFound(f"{told} an id that begins so.", "Give more of it." if found else "See: kinship restore")
        return self.take_back(found[0])

    def find_snapshot(self, told: str) -> Snapshot:
        """Return the kept map of this id (four signs of it or more) or title. Raises NotFound for none or several."""
        word = clean_line(told).casefold()
        kept = newest_first(self.snapshots)
        shortest = 4
        found = [one for one in kept if one.id == word] or [one for one in kept if one.title.casefold() == word != ""]
        found = found or [one for one in kept if len(word) >= shortest and one.id.startswith(word)]
        if not found:
            raise NotFound("No kept map has that id or title.", "See: kinship snapshots")
        if len(found) > 1:
            raise NotFound("More than one kept map is meant by that.", "Give its id: kinship snapshots")
        return found[0]

    def _kept(self, id_: str) -> Snapshot:
        found = self.snapshots.get(id_)
        if found is None:
            raise NotFound("There is no such kept map any more.")
        return found


def newest_first(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Return kept maps by the day they hold for, then by when they were taken, the latest first."""
    return sorted(snapshots, key=lambda one: (one.as_of, one.taken, one.id), reverse=True)


def nodes_of(snapshot: Snapshot) -> tuple[Node, ...]:
    """Return who stands in a kept map; nobody where it cannot be read."""
    return _nodes(snapshot.map)


def names_kept(snapshots: Iterable[Snapshot]) -> Iterator[Node]:
    """Yield who stands under their whole name in a kept map: also those who were deleted or renamed since."""
    for one in snapshots:
        if one.names == WHOLE_NAMES:
            yield from nodes_of(one)


def holding(snapshots: Iterable[Snapshot], alters: Iterable[AlterId]) -> list[Snapshot]:
    """Return the kept maps in which any of these stands under their name: deleting somebody leaves them there."""
    wanted = frozenset(alters)
    named = (one for one in newest_first(snapshots) if one.names == WHOLE_NAMES)
    return [one for one in named if any(node.id in wanted for node in nodes_of(one))]


def unreadable(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Return the kept maps whose copy cannot be read as a map."""
    return [one for one in newest_first(snapshots) if _read(one.map) is None]


@lru_cache(maxsize=_LOOKED_AT)
def _nodes(map_json: str) -> tuple[Node, ...]:
    found = _read(map_json)
    return found.nodes if found is not None else ()


def _read(map_json: str) -> _Nodes | None:
    try:
        return msgspec.json.decode(map_json, type=_Nodes)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
