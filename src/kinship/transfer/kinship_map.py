"""A map that kinship itself wrote as JSON: everybody on it as they stood on its day, and who knew whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from kinship.ground.errors import NewerVault, Refused
from kinship.journal.kinds import Kind, kind_of
from kinship.journal.model import AlterKind, Direction, Ring, Status
from kinship.privacy.text import clean, clean_line
from kinship.transfer.plan import Known, Newcomer, Plan, Said

SOURCE = "Map from kinship"
FORMAT, VERSION = "kinship-map", 1
_FULL = "full"

Strength = Annotated[int, Meta(ge=1, le=3)]


class _Head(Struct):
    format: str = ""
    version: int = 0


class _Support(Struct):
    kind: Kind
    direction: Direction
    subkind: str | None = None
    expected: Strength | None = None
    moments: int = 0


class _Node(Struct):
    id: str
    name: str
    kind: AlterKind = AlterKind.PERSON
    status: Status = Status.ACTIVE
    ring: Ring | None = None
    sector: str | None = None
    support: tuple[_Support, ...] = ()
    aliases: tuple[str, ...] = ()
    pronouns: str = ""
    birthday: str = ""
    notes: str = ""


class _Tie(Struct):
    a: str
    b: str
    strength: Strength = 1


class _File(Struct):
    as_of: str
    names: str = _FULL
    nodes: tuple[_Node, ...] = ()
    ties: tuple[_Tie, ...] = ()


def read(data: bytes, today: dt.date) -> Plan:
    """Return what a map would bring, as of its day, or the first of its month where it holds no day.

    Raises Refused for another or a broken file, NewerVault for one of a later kinship.
    """
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format == FORMAT and head.version > VERSION:
            raise NewerVault("The map was written by a later kinship.", "Update kinship on this computer.")
        file = msgspec.json.decode(data, type=_File)
        day = min(dt.date.fromisoformat(file.as_of if file.as_of.count("-") > 1 else f"{file.as_of}-01"), today)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        # The reason would quote the file, which holds names.
        raise Refused("The file is no map of kinship that can be read.") from None
    people = tuple(_newcomer(node, day) for node in file.nodes if clean_line(node.name))
    there = {one.ref for one in people}
    moments = sum(support.moments for node in file.nodes for support in node.support)
    return Plan(
        source=SOURCE,
        people=people,
        known=tuple(
            Known(min(tie.a, tie.b), max(tie.a, tie.b), day, tie.strength)
            for tie in file.ties
            if {tie.a, tie.b} <= there and tie.a != tie.b
        ),
        doubts=()
        if file.names == _FULL
        else ("the map was made without names; people come under what they are called",),
        left_out=(f"single moments ({moments})",) if moments else (),
    )


def _newcomer(node: _Node, day: dt.date) -> Newcomer:
    return Newcomer(
        ref=node.id,
        name=clean_line(node.name),
        kind=node.kind,
        since=day,
        aliases=tuple(alias for one in node.aliases if (alias := clean_line(one))),
        pronouns=clean_line(node.pronouns),
        birthday=clean_line(node.birthday),
        notes=clean(node.notes),
        said=tuple(Said(field, value, day) for field, value in _said(node)),
    )


def _said(node: _Node) -> Iterator[tuple[str, int | str]]:
    yield "status", node.status.value
    if node.ring is not None:
        yield "ring", node.ring.value
    if node.sector is not None and (sector := clean_line(node.sector)):
        yield "sector", sector
    for one in node.support:
        word = clean_line(one.subkind or "") or one.kind.value
        if one.expected is None or kind_of(word) not in {one.kind, None}:
            continue
        if one.kind is Kind.STRAIN:
            yield f"strain.{word}", one.expected
        else:
            yield f"{'gives' if one.direction is Direction.FROM_THEM else 'receives'}.{word}", one.expected
