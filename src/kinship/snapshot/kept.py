"""Maps kept in the vault: a circle frozen as the JSON it would be exported as, and that JSON as a circle again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from kinship.circle.change import Change, compare
from kinship.ground.errors import Damaged, Refused
from kinship.journal.kinds import Kind
from kinship.journal.model import Alter, AlterId, AlterTie, Bond, Circle, Direction, Moment, Snapshot
from kinship.privacy.text import clean_line
from kinship.snapshot.careful import careful
from kinship.snapshot.map_json import MapFile, MapNode, MapTie, map_json, read_map_json
from kinship.snapshot.names import call_everyone, pseudonymous_id
from kinship.snapshot.share import NamesMode, Share

AS_KEPT = Share(names=NamesMode.FULL, strain=True, exact_dates=True, no_contact=True, moments=True)
"""What a kept map holds: everything that the map shows, no notes. It stays in the vault."""
LONGEST_TITLE = 120
_MONTH = 7
"""Signs of a date that is only a month."""


def frozen(
    circle: Circle, *, names: NamesMode = NamesMode.FULL, seed: str, order: Sequence[AlterId] = ()
) -> tuple[str, str]:
    """Return the JSON of a circle as it is kept, and how people are called in it; `seed` and `order` as in `render`."""
    share = msgspec.structs.replace(AS_KEPT, names=names)
    return map_json(careful(circle, share, seed, order), share=share, seed=seed).decode("utf-8"), names.value


def thawed(kept: Snapshot) -> Circle:
    """Return a kept map as it stood, people called as they are called in it. Raises Damaged where it cannot be read."""
    return circle_of(map_of(kept), kept.as_of)


def map_of(kept: Snapshot) -> MapFile:
    """Return what a kept map says. Raises Damaged where it is no map of a version this program knows."""
    try:
        return read_map_json(kept.map.encode("utf-8", "replace"))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Damaged("This kept map cannot be read; it stays as it is.") from error


def names_of(kept: Snapshot) -> NamesMode:
    """Return how people are called in a kept map; by codes where it says something unknown."""
    return NamesMode(kept.names) if kept.names in set(NamesMode) else NamesMode.NONE


def title_of(kept: Snapshot) -> str:
    """Return what a kept map is called: its title, or the day it holds for."""
    return clean_line(kept.title) or f"{kept.as_of.day} {kept.as_of:%B %Y}"


def seed_for(kept: Snapshot, seed: str) -> str:
    """Return the seed to export a kept map with: empty where it holds no names, so that people stay called as kept."""
    return seed if names_of(kept) is NamesMode.FULL else ""


def check_names(kept: Snapshot, wanted: NamesMode) -> None:
    """Raise Refused where people cannot be called so: what was kept without names has none."""
    has = names_of(kept)
    if has is not NamesMode.FULL and wanted is not has:
        raise Refused(f"This map was kept with {_SAID[has]}, so it can only leave so.", f"Say --names {has.value}.")


_SAID = {
    NamesMode.NONE: "codes for names",
    NamesMode.ROLES: "roles for names",
    NamesMode.INITIALS: "initials",
    NamesMode.FULL: "names",
}


def compared(before: Snapshot, after: Snapshot, seed: str) -> tuple[Change, Circle, Circle]:
    """Return what is different between two kept maps, and both of them with ids that match.

    Raises Refused where they were kept under different sorts of names, Damaged where one cannot be read.
    """
    return compared_circles((thawed(before), names_of(before)), (thawed(after), names_of(after)), seed)


def compared_circles(
    before: tuple[Circle, NamesMode], after: tuple[Circle, NamesMode], seed: str
) -> tuple[Change, Circle, Circle]:
    """Return what is different between two maps, each with how people are called in it.

    Where one holds whole names and the other does not, ids of the former become those that an export has, and names
    those of the latter.
    """
    (was, was_named), (now, now_named) = before, after
    if was_named is not now_named:
        if NamesMode.FULL not in (was_named, now_named):
            raise Refused("These two were kept under different sorts of names, so nobody can be found again.")
        called = {bond.alter.id: bond.alter.name for bond in (now if was_named is NamesMode.FULL else was).bonds}
        was = _outside(was, seed, called) if was_named is NamesMode.FULL else was
        now = _outside(now, seed, called) if now_named is NamesMode.FULL else now
    return compare(was, now), was, now


def _outside(circle: Circle, seed: str, called: dict[str, str]) -> Circle:
    """Return a circle under the ids of exports; whoever has no name in `called` has the code of exports."""
    codes = call_everyone(circle, NamesMode.NONE, seed)
    ids = {bond.alter.id: pseudonymous_id(bond.alter.id, seed) for bond in circle.bonds}
    bonds = (
        msgspec.structs.replace(
            bond,
            alter=Alter(
                id=(id_ := ids[bond.alter.id]), kind=bond.alter.kind, name=called.get(id_, codes[bond.alter.id])
            ),
        )
        for bond in circle.bonds
    )
    ties = (_tie(ids[tie.a], ids[tie.b], tie) for tie in circle.ties)
    return Circle(as_of=circle.as_of, bonds=tuple(bonds), ties=tuple(ties))


def circle_of(told: MapFile, as_of: dt.date | None = None) -> Circle:
    """Return the circle a map file describes: everything in it but what was counted rather than listed.

    `as_of` is its day where that is known; else the first of a month stands for the month.
    """
    day = as_of or _day(told.as_of)
    here = {node.id for node in told.nodes}
    ties = (_tie(tie.a, tie.b, tie) for tie in told.ties)
    return Circle(
        as_of=day,
        bonds=tuple(_bond(node, day) for node in told.nodes),
        ties=tuple(sorted({tie for tie in ties if {tie.a, tie.b} <= here}, key=lambda tie: (tie.a, tie.b))),
    )


def _tie(one: AlterId, other: AlterId, told: AlterTie | MapTie) -> AlterTie:
    return AlterTie(min(one, other), max(one, other), strength=told.strength, member=told.member)


def _day(told: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{told}-01" if len(told) == _MONTH else told)
    except ValueError as error:
        raise Damaged("The day of this map cannot be read.") from error


def _bond(node: MapNode, as_of: dt.date) -> Bond:
    said: dict[str, dict[str, int]] = {"gives": {}, "receives": {}, "strain": {}}
    for one in node.support:
        if one.expected is not None:
            way = "receives" if one.direction is Direction.TO_THEM else "gives"
            said["strain" if one.kind is Kind.STRAIN else way][one.subkind or one.kind.value] = one.expected
    alter = Alter(id=node.id, kind=node.kind, name=clean_line(node.name))
    moments = tuple(_moments(node, as_of))
    return Bond(
        alter=alter, status=node.status, ring=node.ring, sector=clean_line(node.sector or "") or None,
        moments=moments, **said,
    )  # fmt: skip


def _moments(node: MapNode, as_of: dt.date) -> Iterator[Moment]:
    """Yield the moments that are listed; where they were only counted, as many of each way without their days."""
    if not isinstance(node.moments, msgspec.UnsetType):
        for number, one in enumerate(node.moments):
            yield Moment(
                id=f"{node.id}-{number}", day=_day(one.date), alter=node.id, direction=one.direction, kind=one.kind,
                subkind=one.subkind, strength=one.strength,
            )  # fmt: skip
        return
    ways = (way for way in node.support for _ in range(way.moments))
    for number, way in enumerate(ways):
        yield Moment(
            id=f"{node.id}-{number}", day=as_of, alter=node.id, direction=way.direction, kind=way.kind,
            subkind=way.subkind,
        )  # fmt: skip
