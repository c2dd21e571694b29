"""The map as JSON, in our published and versioned shape (`map.schema.json` beside this file)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kinship.journal.kinds import Kind, kind_of
from kinship.journal.model import AlterId, AlterKind, AlterTie, Bond, Circle, Direction, Moment, Ring, Status
from kinship.snapshot.names import pseudonymous_id
from kinship.snapshot.share import FOOTER, NamesMode, Share, machine_date

FORMAT: Literal["kinship-map"] = "kinship-map"
VERSION: Literal[1] = 1

Strength = Annotated[int, Meta(ge=1, le=3)]
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
NodeId = Annotated[str, Meta(min_length=1)]


class Support(Struct, frozen=True, kw_only=True):
    """One way of giving (or straining) between the person and a node."""

    kind: Kind
    subkind: str | None
    """Finer word, null where only the kind is known."""
    direction: Direction
    expected: Strength | None
    """How strongly it was said; null where it was never said."""
    moments: Annotated[int, Meta(ge=0)]
    """How often it happened in the 365 days before `as_of`."""


class Happened(Struct, frozen=True, kw_only=True):
    """One moment; only where moments were asked for."""

    date: Date
    kind: Kind
    subkind: str | None
    direction: Direction
    strength: Strength | None


class MapNode(Struct, frozen=True, kw_only=True):
    """Somebody or something on the map."""

    id: NodeId
    name: str
    """As the names mode says: a code, a role, initials, or the name."""
    kind: AlterKind
    status: Status
    ring: Ring | None
    sector: str | None
    counted: bool
    """Whether measures count this node."""
    support: tuple[Support, ...]
    moments: tuple[Happened, ...] | UnsetType = UNSET
    aliases: tuple[str, ...] | UnsetType = UNSET
    pronouns: str | UnsetType = UNSET
    birthday: str | UnsetType = UNSET
    notes: str | UnsetType = UNSET


class MapTie(Struct, frozen=True, kw_only=True):
    """Two nodes who know each other; where `member` is true, one belongs to the other."""

    a: NodeId
    b: NodeId
    strength: Strength
    member: bool


class Included(Struct, frozen=True, kw_only=True):
    """What was let out beside the bare map."""

    strain: bool
    notes: bool
    exact_dates: bool
    no_contact: bool
    moments: bool


class MapFile(Struct, frozen=True, kw_only=True):
    """The whole file."""

    format: Literal["kinship-map"]
    version: Literal[1]
    as_of: Date
    """The day the map holds for, or only its month."""
    names: NamesMode
    included: Included
    footer: str
    nodes: tuple[MapNode, ...]
    ties: tuple[MapTie, ...]


def map_json(circle: Circle, *, share: Share, seed: str) -> bytes:
    """Return a circle that has passed `careful` as indented UTF-8 JSON, the same bytes for the same circle.

    With full names the vault's own ids are kept, so that the file can be taken in again; otherwise ids are codes.
    """
    file = map_file(circle, share=share, seed=seed)
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def map_file(circle: Circle, *, share: Share, seed: str) -> MapFile:
    """Return what `map_json` writes, as a value."""
    full = share.names is NamesMode.FULL
    ids = {bond.alter.id: bond.alter.id if full else pseudonymous_id(bond.alter.id, seed) for bond in circle.bonds}
    nodes = sorted((_node(bond, ids, share) for bond in circle.bonds), key=lambda node: node.id)
    ties = sorted((_tie(tie, ids) for tie in circle.ties), key=lambda tie: (tie.a, tie.b, tie.member))
    return MapFile(
        format=FORMAT,
        version=VERSION,
        as_of=machine_date(circle.as_of, share),
        names=share.names,
        included=Included(
            strain=share.strain,
            notes=share.notes and full,
            exact_dates=share.exact_dates,
            no_contact=share.no_contact,
            moments=share.moments,
        ),
        footer=FOOTER,
        nodes=tuple(nodes),
        ties=tuple(ties),
    )


def read_map_json(data: bytes) -> MapFile:
    """Return the map in `data`; raises msgspec.ValidationError or DecodeError where it is not of the shape."""
    return msgspec.json.decode(data, type=MapFile)


def _tie(tie: AlterTie, ids: dict[AlterId, str]) -> MapTie:
    a, b = sorted((ids[tie.a], ids[tie.b]))
    return MapTie(a=a, b=b, strength=tie.strength, member=tie.member)


def _node(bond: Bond, ids: dict[AlterId, str], share: Share) -> MapNode:
    alter = bond.alter
    told = share.notes and share.names is NamesMode.FULL
    return MapNode(
        id=ids[alter.id],
        name=alter.name,
        kind=alter.kind,
        status=bond.status,
        ring=bond.ring,
        sector=bond.sector,
        counted=bond.counted,
        support=tuple(_support(bond)),
        moments=tuple(_happened(moment, share) for moment in bond.moments) if share.moments else UNSET,
        aliases=alter.aliases if told else UNSET,
        pronouns=alter.pronouns if told else UNSET,
        birthday=alter.birthday if told else UNSET,
        notes=alter.notes if told else UNSET,
    )


_Way = tuple[Kind, str | None, Direction]


def _support(bond: Bond) -> Iterator[Support]:
    said: dict[_Way, int] = {}
    for words, direction in (
        (bond.gives, Direction.FROM_THEM),
        (bond.receives, Direction.TO_THEM),
        (bond.strain, Direction.FROM_THEM),
    ):
        for word, strength in words.items():
            kind = kind_of(word) or (Kind.STRAIN if words is bond.strain else None)
            if kind is not None:
                said[kind, None if word == kind else word, direction] = strength
    happened = Counter((moment.kind, moment.subkind, moment.direction) for moment in bond.moments)
    order = {kind: index for index, kind in enumerate(Kind)}
    for way in sorted({*said, *happened}, key=lambda way: (order[way[0]], way[1] or "", way[2])):
        kind, subkind, direction = way
        yield Support(kind=kind, subkind=subkind, direction=direction, expected=said.get(way), moments=happened[way])


def _happened(moment: Moment, share: Share) -> Happened:
    return Happened(
        date=machine_date(moment.day, share),
        kind=moment.kind,
        subkind=moment.subkind,
        direction=moment.direction,
        strength=moment.strength,
    )
