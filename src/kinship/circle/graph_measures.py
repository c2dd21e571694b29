"""The measures of somebody else's graph: around one node of it, or of the whole.

Structural holes take every tie of the file (the whole-network model of UCINET and networkx); size, density, components
and the like look at ego's neighbours, in or out, without ego. Without an ego they look at the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from kinship.circle.cohesion import PAIR, Cohesion, cohesion
from kinship.circle.composition import Composition, composition, ei_index
from kinship.circle.graph_files import Graph
from kinship.circle.graph_parts import NodeId
from kinship.circle.structural import Holes, ego_betweenness, holes, pairs
from kinship.circle.support_measures import Exchange, SupportMeasures, measured
from kinship.journal.kinds import SUPPORT

MOST_VALUES = 30
"""An attribute with more values than these says who somebody is, not of which sort."""
NO_CATEGORY = frozenset({"id", "uuid", "label", "name", "notes", "note", "description", "url", "color", "colour"})
GIVES, TAKES, STRAINED = "support_", "given_", "strain"
MOMENTS_FROM, MOMENTS_TO = "moments_from", "moments_to"
"""Attributes, of an alter or of its tie with ego, that measures of support are counted from."""
YES = frozenset({"true", "1", "yes"})


class GraphMeasures(Struct, frozen=True):
    """What was measured; without an ego, `holes` is empty and ego betweenness None."""

    cohesion: Cohesion
    holes: Holes
    ego_betweenness: float | None
    """Pairs of neighbours that ego joins: 0 to n(n-1)/2 (n(n-1) directed)."""
    ego_betweenness_share: float | None
    """The same over all pairs; None for n < 2."""
    composition: dict[str, Composition]
    """Attribute to its composition; k is every value the file has."""
    ei: dict[str, float | None]
    """Attribute to the E-I index: over ego's ties, or without ego over every tie."""
    support: SupportMeasures | None
    """None where the file has none of the attributes, or no ego."""
    moments: bool = False
    """Whether the file counts moments."""
    takes: bool = False
    """Whether the file says what ego gives."""
    strain: bool = False
    """Whether the file says who strains."""


def measure_graph(graph: Graph, ego: NodeId | None = None, *, weighted: bool | None = None) -> GraphMeasures:
    """Return the measures around `ego`, or of the whole graph; weights count where the file has them, or as said."""
    heavy = graph.weighted if weighted is None else weighted
    if ego is None:
        return GraphMeasures(
            cohesion=_cohesion(graph, list(graph.out), heavy=heavy),
            holes=Holes(),
            ego_betweenness=None,
            ego_betweenness_share=None,
            composition=_composition(graph, graph.out),
            ei=_ei(graph, ((a, b) for a, ties in graph.out.items() for b in ties if graph.directed or a < b)),
            support=None,
        )
    weights = mutual(graph, weighted=heavy)
    alters = sorted(weights[ego])
    between = ego_betweenness(graph.out, ego, alters, directed=graph.directed)
    support = _Support(graph, ego, alters)
    return GraphMeasures(
        cohesion=_cohesion(graph, alters, heavy=heavy),
        holes=holes(weights, ego),
        ego_betweenness=between,
        ego_betweenness_share=between / pairs(len(alters), directed=graph.directed) if len(alters) >= PAIR else None,
        composition=_composition(graph, alters),
        ei=_ei(graph, ((ego, alter) for alter in alters)),
        support=support.measures,
        moments=support.has(MOMENTS_FROM) or support.has(MOMENTS_TO),
        takes=support.has(TAKES),
        strain=support.has(STRAINED),
    )


def mutual(graph: Graph, *, weighted: bool) -> dict[NodeId, dict[NodeId, float]]:
    """Return a_ij + a_ji for every pair that is tied, by node; each direction counts 1 where not `weighted`."""
    found: dict[NodeId, dict[NodeId, float]] = {node: {} for node in graph.out}
    for a, ties in graph.out.items():
        for b, weight in ties.items():
            amount = weight if weighted else 1.0
            found[a][b] = found[a].get(b, 0.0) + amount
            found[b][a] = found[b].get(a, 0.0) + amount
    return found


def _cohesion(graph: Graph, nodes: list[NodeId], *, heavy: bool) -> Cohesion:
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    among = set(nodes)
    plain = nx.Graph()
    plain.add_nodes_from(nodes)
    arcs = 0
    for a in nodes:
        for b, weight in graph.out[a].items():
            if b in among:
                arcs += 1
                before = plain[a][b]["weight"] if graph.directed and plain.has_edge(a, b) else 0.0
                plain.add_edge(a, b, weight=before + weight)
    return cohesion(plain, arcs if graph.directed else None, weighted=heavy)


def _composition(graph: Graph, nodes: Iterable[NodeId]) -> dict[str, Composition]:
    ours = list(nodes)
    return {
        word: composition((_value(graph, node, word) for node in ours), possible)
        for word, possible in _categories(graph).items()
    }


def _ei(graph: Graph, ties: Iterable[tuple[NodeId, NodeId]]) -> dict[str, float | None]:
    told = list(ties)
    return {
        word: ei_index((_value(graph, a, word), _value(graph, b, word)) for a, b in told) for word in _categories(graph)
    }


def _categories(graph: Graph) -> dict[str, int]:
    """Return the attributes that sort nodes, and how many values each has in the whole file."""
    values: dict[str, set[str]] = {}
    for said in graph.attributes.values():
        for word, value in said.items():
            if value and word in graph.words and word.casefold() not in NO_CATEGORY and not _of_support(word):
                values.setdefault(word, set()).add(value)
    return {word: len(found) for word, found in sorted(values.items()) if len(found) <= MOST_VALUES}


def _value(graph: Graph, node: NodeId, word: str) -> str | None:
    return graph.attributes[node].get(word) or None


def _of_support(word: str) -> bool:
    return word.startswith((GIVES, TAKES)) or word in (STRAINED, MOMENTS_FROM, MOMENTS_TO)


class _Support:
    """What a file says of support between ego and each alter, on the alter or on the tie."""

    def __init__(self, graph: Graph, ego: NodeId, alters: list[NodeId]) -> None:
        self._said = {alter: _said_of(graph, ego, alter) for alter in alters}

    def has(self, word: str) -> bool:
        return any(one.startswith(word) for said in self._said.values() for one in said)

    @property
    def measures(self) -> SupportMeasures | None:
        """The measures of support; None where nothing is said of it."""
        if not any(map(_of_support, (word for said in self._said.values() for word in said))):
            return None
        return measured([_exchange(alter, said) for alter, said in self._said.items()])


def _said_of(graph: Graph, ego: NodeId, alter: NodeId) -> dict[str, str]:
    ties = {**graph.ties.get((alter, ego), {}), **graph.ties.get((ego, alter), {})}
    return {**graph.attributes[alter], **ties}


def _exchange(alter: NodeId, said: Mapping[str, str]) -> Exchange:
    return Exchange(
        alter=alter,
        gives=frozenset(kind for kind in SUPPORT if said.get(f"{GIVES}{kind}", "").casefold() in YES),
        takes=frozenset(kind for kind in SUPPORT if said.get(f"{TAKES}{kind}", "").casefold() in YES),
        moments_from=_amount(said.get(MOMENTS_FROM, "")),
        moments_to=_amount(said.get(MOMENTS_TO, "")),
        strained=said.get(STRAINED, "").casefold() in YES,
    )


def _amount(text: str) -> float:
    """Return a count of moments; what is no whole number is none."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0  # noqa: PLR2004 - a billion
