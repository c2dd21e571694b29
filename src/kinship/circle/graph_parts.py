"""What a graph file says, as its readers hand it over, and the limits they keep."""

from __future__ import annotations

import math

import msgspec
from msgspec import Struct

from kinship.ground.errors import Refused
from kinship.privacy.text import clean_line

MOST_NODES = 10_000
MOST_TIES = 50_000
HEAVIEST = 1e100
"""A weight above it could not be added up."""
WIDEST = 60
"""Characters of a file's own words that are repeated in a sentence."""

NodeId = str


class Tie(Struct, frozen=True):
    """An edge as the file has it; a weight of None was not given, `directed` None is as the whole graph is."""

    source: NodeId
    target: NodeId
    weight: float | None = None
    directed: bool | None = None
    attributes: dict[str, str] = msgspec.field(default_factory=dict)


class Told(Struct):
    """What a reader found, in the order of the file."""

    directed: bool = False
    nodes: dict[NodeId, dict[str, str]] = msgspec.field(default_factory=dict)
    """Each node to its attributes, by their names."""
    ties: list[Tie] = msgspec.field(default_factory=list)
    words: set[str] = msgspec.field(default_factory=set)
    """Attributes that are text or true/false: those that can be categories."""

    def node(self, id_: NodeId) -> dict[str, str]:
        """Return the attributes of a node, which is there from now on."""
        found = self.nodes.setdefault(id_, {})
        if len(self.nodes) > MOST_NODES:
            raise Refused(f"The graph has more than {MOST_NODES:,} nodes.", "kinship measures smaller ones.")
        return found

    def tie(self, tie: Tie) -> None:
        """Take an edge in; its ends are nodes, whether or not they were named as such."""
        self.node(tie.source)
        self.node(tie.target)
        self.ties.append(tie)
        if len(self.ties) > MOST_TIES:
            raise Refused(f"The graph has more than {MOST_TIES:,} ties.", "kinship measures smaller ones.")


def weight_of(text: str, where: str) -> float:
    """Return a weight as a finite number from 0 up; Refused, naming `where`, for any other."""
    try:
        weight = float(text)
    except ValueError:
        raise Refused(f"{where}: the weight {quoted(text)} is no number.") from None
    if not math.isfinite(weight) or weight > HEAVIEST:
        raise Refused(f"{where}: the weight {quoted(text)} is no finite number.")
    if weight < 0:
        raise Refused(f"{where}: the weight {quoted(text)} is negative.", "Structural holes know no such tie.")
    return weight


def quoted(text: str) -> str:
    """Return a word of the file as a sentence may repeat it."""
    told = clean_line(text)
    return f"'{told if len(told) <= WIDEST else told[: WIDEST - 1] + '…'}'"
