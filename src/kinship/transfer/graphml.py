"""A graph from any program: its nodes become people, its edges who knows whom; ego is the person themselves."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterator

from kinship.circle.graph_parts import Told
from kinship.circle.graph_xml import is_xml
from kinship.circle.graph_xml import read as read_xml
from kinship.ground.errors import NotFound, Refused
from kinship.journal.model import AlterKind
from kinship.privacy.text import clean_line
from kinship.transfer.attributes import is_taken, kind_in, name_in, notes_in, said_in
from kinship.transfer.plan import Known, Newcomer, Plan, Said

SOURCE = "Map from a graph"
EGO_WORDS = frozenset({"ego", "me", "you", "i"})
STRONGEST = 3


def read(data: bytes, today: dt.date, ego: str = "") -> Plan:
    """Return what a GraphML or GEXF graph would bring, as of `today`.

    `ego` is the id of the node that is the person; without it a node of that name is, and else nobody. Raises Refused
    for what is no graph, NotFound for an ego that is not there.
    """
    if not is_xml(data):
        raise Refused("That is no GraphML or GEXF file.")
    told = read_xml(data)
    own = _ego(told, ego)
    doubts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    people = list(_people(told, own, today, doubts, left_out))
    refs = {one.ref for one in people}
    if own is not None:
        doubts[f"the node {clean_line(own)} is taken as you"] += 1
    return Plan(
        source=SOURCE,
        people=tuple(people),
        known=tuple(_known(told, refs, today)),
        doubts=tuple(f"{what} ({times})" if times > 1 else what for what, times in doubts.items()),
        left_out=tuple(f"{what} ({times})" for what, times in left_out.most_common()),
    )


def _ego(told: Told, ego: str) -> str | None:
    if ego:
        if ego not in told.nodes:
            near = difflib.get_close_matches(ego, told.nodes, 1)
            raise NotFound("There is no such node.", f"Did you mean {clean_line(near[0])}?" if near else "")
        return ego
    for id_, row in told.nodes.items():
        marked = next((value for key, value in row.items() if key.casefold() == "ego"), "")
        if marked.casefold() == "true" or {id_.casefold(), name_in(row).casefold()} & EGO_WORDS:
            return id_
    return None


def _people(
    told: Told, own: str | None, today: dt.date, doubts: Counter[str], left_out: Counter[str]
) -> Iterator[Newcomer]:
    for id_, row in told.nodes.items():
        if id_ == own:
            continue
        left_out.update(key for key, value in row.items() if value and not is_taken(key))
        name = name_in(row) or clean_line(id_)
        if not name:
            doubts["somebody without a name is left out"] += 1
            continue
        kind = kind_in(row)
        said = tuple(Said(field, value, today) for field, value in said_in(row))
        yield Newcomer(ref=id_, name=name, kind=kind or AlterKind.PERSON, since=today, notes=notes_in(row), said=said)


def _known(told: Told, refs: set[str], today: dt.date) -> Iterator[Known]:
    """Yield each pair once, with the heaviest of its weights where they are 1 to 3."""
    found: dict[tuple[str, str], int] = {}
    for tie in told.ties:
        if tie.source in refs and tie.target in refs and tie.source != tie.target:
            a, b = sorted((tie.source, tie.target))
            weight = round(tie.weight) if tie.weight is not None else 1
            found[a, b] = max(found.get((a, b), 1), weight if 1 <= weight <= STRONGEST else 1)
    yield from (Known(a, b, today, strength) for (a, b), strength in found.items())
