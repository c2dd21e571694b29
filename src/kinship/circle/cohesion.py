"""How far those around a person are linked with each other: density, parts, cut persons, communities, cliques."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kinship.circle.communities import louvain

if TYPE_CHECKING:
    from networkx import Graph

PAIR = 2
"""Below so many nothing can be said about ties among them."""
CLIQUE = 3
"""A clique is at least so large; two who know each other are a tie."""
MOST_CLIQUES = 1000
"""Counting stops here: n people can form 3^(n/3) of them."""
SEED = 7
"""Louvain visits in random order; the same seed finds the same communities."""


class Cohesion(Struct, frozen=True):
    """What ties among `size` people say; None where it is not defined."""

    size: int
    """n."""
    ties: int
    """t: pairs that are tied; arcs in a directed network."""
    mean_degree: float | None = None
    """2t/n (t/n directed): 0 to n-1; None for n = 0."""
    density: float | None = None
    """2t / n(n-1) (t / n(n-1) directed): 0 to 1; None for n < 2. Wasserman & Faust 1994, 101."""
    isolates: int | None = None
    """Those tied to none: 0 to n; None for n < 2."""
    components: int | None = None
    """c, parts that no tie joins, direction aside: 1 to n; None for n < 2."""
    component_ratio: float | None = None
    """(c-1)/(n-1): 0 where all hang together, 1 where nobody does; None for n < 2."""
    fragmentation: float | None = None
    """1 - sum s(s-1) / n(n-1) over parts of size s, the share of pairs that cannot reach each other (Borgatti 2006)."""
    cut_persons: tuple[Any, ...] | None = None
    """Whose going splits a part (articulation points; Harary 1969), in the order of the network; None for t = 0."""
    communities: tuple[tuple[Any, ...], ...] | None = None
    """Groups with more ties inside than by chance, largest first (Louvain; Blondel et al. 2008); None for t = 0."""
    cliques: int | None = None
    """Maximal sets of three or more who all know each other (Luce & Perry 1949), up to MOST_CLIQUES; None for t = 0."""


def cohesion(graph: Graph, arcs: int | None = None, *, weighted: bool = False) -> Cohesion:
    """Return how an undirected simple `graph` hangs together; its nodes may be anything, their order decides ties.

    `arcs` is given for a directed network, whose directions `graph` leaves out. Weights count for communities alone,
    and only where `weighted`.
    """
    n, edges = graph.number_of_nodes(), graph.number_of_edges()
    ties, ends = (edges, 2 * edges) if arcs is None else (arcs, arcs)
    if n < PAIR:
        return Cohesion(n, ties, mean_degree=ends / n if n else None)
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    parts = [len(part) for part in nx.connected_components(graph)]
    return Cohesion(
        size=n,
        ties=ties,
        mean_degree=ends / n,
        density=ends / (n * (n - 1)),
        isolates=sum(degree == 0 for _, degree in graph.degree),
        components=len(parts),
        component_ratio=(len(parts) - 1) / (n - 1),
        fragmentation=1 - sum(part * (part - 1) for part in parts) / (n * (n - 1)),
        cut_persons=_cut_persons(graph) if edges else None,
        communities=_communities(graph, weighted=weighted) if edges else None,
        cliques=_cliques(graph) if edges else None,
    )


def _cut_persons(graph: Graph) -> tuple[Any, ...]:
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    found = set(nx.articulation_points(graph))
    return tuple(node for node in graph if node in found)


def _communities(graph: Graph, *, weighted: bool) -> tuple[tuple[Any, ...], ...]:
    """Number the nodes and sort the ties first, so that their order alone decides; only how weights compare matters."""
    nodes = list(graph)
    at = {node: index for index, node in enumerate(nodes)}
    edges = sorted((*sorted((at[a], at[b])), weight) for a, b, weight in graph.edges(data="weight", default=1))
    strongest = max(weight for _, _, weight in edges) if weighted else 1
    near: list[dict[int, float]] = [{} for _ in nodes]
    for a, b, weight in edges:
        near[a][b] = near[b][a] = weight / strongest if weighted else 1.0
    return tuple(tuple(nodes[index] for index in group) for group in louvain(near, SEED))


def _cliques(graph: Graph) -> int:
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    large = (1 for clique in nx.find_cliques(graph) if len(clique) >= CLIQUE)
    return sum(islice(large, MOST_CLIQUES))
