"""Every measure of a circle (definitions in `docs/measures.md`), and each of them with one plain sentence.

Ego is left out of size, density, components and the like; ego stands in the middle of structural holes and ego
betweenness. Measures are binary unless weights are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kinship.circle.cohesion import cohesion
from kinship.circle.composition import Composition, composition, ei_index
from kinship.circle.figures import Finding, Measures
from kinship.circle.findings import tell
from kinship.circle.network import counted
from kinship.circle.shape import shape
from kinship.circle.structural import ego_betweenness, holes, pairs
from kinship.circle.support_measures import support_measures
from kinship.journal.model import COUNTED, AlterId, Bond, Circle, Ring

if TYPE_CHECKING:
    from networkx import Graph

__all__ = ["Finding", "Measures", "findings", "measure"]

EGO = ""
"""The id of the person in the middle: no alter has it."""
CLOSENESS = {Ring.INNER: 3.0, Ring.MIDDLE: 2.0, Ring.OUTER: 1.0, None: 1.0}
"""What the tie with ego weighs where weights are asked for."""
PAIR = 2


def measure(circle: Circle, *, weighted: bool = False) -> Measures:
    """Return the measures of the counted alters of `circle`.

    With `weighted`, structural holes weigh a tie with ego by its ring (3, 2, 1; 1 where none is said) and a tie between
    alters by its strength (1-3), and communities weigh ties between alters; everything else is binary.
    """
    bonds = counted(circle)
    alters = sorted(bond.alter.id for bond in bonds)
    graph = _graph(circle, alters)
    between = ego_betweenness({**graph.adj, EGO: alters} | {one: {*graph.adj[one], EGO} for one in alters}, EGO, alters)
    n = len(bonds)
    sectors = {bond.alter.id: _word(bond) for bond in bonds}
    return Measures(
        cohesion=cohesion(graph, weighted=weighted),
        holes=holes(_weights(bonds, graph, weighted=weighted), EGO),
        ego_betweenness=between,
        ego_betweenness_share=between / pairs(n) if n >= PAIR else None,
        circles=_circles(circle, bonds),
        kinds=composition((bond.alter.kind.value for bond in bonds), len(COUNTED)),
        rings=composition((bond.ring.value if bond.ring is not None else None for bond in bonds), len(Ring)),
        ei_index=ei_index((sectors[a], sectors[b]) for a, b in graph.edges),
        support=support_measures(circle),
        shape=shape(circle),
        weighted=weighted,
    )


def findings(circle: Circle, measures: Measures | None = None) -> tuple[Finding, ...]:
    """Return every measure with its number, its range and one sentence about this circle."""
    names = {bond.alter.id: bond.alter.name for bond in circle.bonds}
    return tell(measures or measure(circle), names)


def _graph(circle: Circle, alters: list[AlterId]) -> Graph:
    """Return who knows whom, nodes and ties in the order of ids, so that no other order can change an answer."""
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    known = set(alters)
    ties = {
        (min(tie.a, tie.b), max(tie.a, tie.b)): tie.strength
        for tie in circle.ties
        if tie.a in known and tie.b in known and tie.a != tie.b
    }
    graph = nx.Graph()
    graph.add_nodes_from(alters)
    graph.add_weighted_edges_from((a, b, strength) for (a, b), strength in sorted(ties.items()))
    return graph


def _weights(bonds: tuple[Bond, ...], graph: Graph, *, weighted: bool) -> dict[AlterId, dict[AlterId, float]]:
    """Return the ties with ego and among alters; each is mutual, and the factor of two cancels out everywhere."""
    found: dict[AlterId, dict[AlterId, float]] = defaultdict(dict)
    for bond in bonds:
        found[EGO][bond.alter.id] = found[bond.alter.id][EGO] = CLOSENESS[bond.ring] if weighted else 1.0
    for a, b, strength in graph.edges(data="weight"):
        found[a][b] = found[b][a] = float(strength) if weighted else 1.0
    return found


def _circles(circle: Circle, bonds: tuple[Bond, ...]) -> Composition:
    possible = {word for bond in circle.bonds if (word := _word(bond)) is not None}
    return composition(map(_word, bonds), len(possible))


def _word(bond: Bond) -> str | None:
    return (bond.sector or "").strip() or None
