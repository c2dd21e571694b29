"""Structural holes and ego betweenness agree with what was published, with slow sums by the book, with networkx."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.graphs import BORGATTI, DIRECTED, knoke, mutual, weighted_edges
from kinship.circle.structural import Holes, constraints, effective_size, ego_betweenness, hierarchy, holes, pairs

CLOSE = 1e-9


def borgatti() -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from(weighted_edges(BORGATTI))
    return graph


def directed() -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(weighted_edges(DIRECTED))
    return graph


def constraint(graph: Any, ego: Any, *, weighted: bool = False) -> float:
    return sum(constraints(mutual(graph, weighted=weighted), ego).values())


def size(graph: Any, ego: Any, *, weighted: bool = False) -> float:
    return effective_size(mutual(graph, weighted=weighted), ego)


# Published values.


@pytest.mark.parametrize(("ego", "value"), [("G", 4.67), ("A", 2.50), ("C", 1.00)])
def test_effective_sizes_of_borgatti_1997(ego: str, value: float) -> None:
    """Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20(1), 35-38."""
    assert size(borgatti(), ego) == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize("ego", "ABCDEFG")
def test_binary_effective_size_is_n_less_mean_degree_among_alters(ego: str) -> None:
    """Borgatti 1997, formula 5: n - 2t/n."""
    graph = borgatti()
    alters = graph.subgraph(graph[ego])
    n, t = alters.number_of_nodes(), alters.number_of_edges()
    assert size(graph, ego) == pytest.approx(n - 2 * t / n)


@pytest.mark.parametrize(
    ("ego", "weighted", "value"),
    [
        ("G", False, 0.400),
        ("A", False, 0.595),
        ("C", False, 1.0),
        ("G", True, 0.299),
        ("A", True, 0.795),
        ("C", True, 1.0),
    ],
)
def test_constraint_checked_with_ucinet_undirected(ego: str, weighted: bool, value: float) -> None:
    """networkx, algorithms/tests/test_structuralholes.py: values computed with UCINET and igraph."""
    assert constraint(borgatti(), ego, weighted=weighted) == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("ego", "weighted", "value"),
    [(0, False, 1.003), (1, False, 1.003), (2, False, 1.389), (0, True, 0.840), (1, True, 1.143), (2, True, 1.378)],
)
def test_constraint_checked_with_ucinet_directed(ego: int, weighted: bool, value: float) -> None:
    """networkx, algorithms/tests/test_structuralholes.py: values computed with UCINET and igraph."""
    assert constraint(directed(), ego, weighted=weighted) == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("graph", "ego", "weighted", "value"),
    [
        (borgatti(), "G", True, 5.47),
        (borgatti(), "A", True, 2.47),
        (borgatti(), "C", True, 1.0),
        (directed(), 0, False, 1.167),
        (directed(), 1, False, 1.167),
        (directed(), 2, False, 1.0),
        (directed(), 0, True, 1.567),
        (directed(), 1, True, 1.083),
        (directed(), 2, True, 1.0),
    ],
)
def test_effective_size_checked_with_ucinet(graph: Any, ego: Any, weighted: bool, value: float) -> None:
    """networkx, algorithms/tests/test_structuralholes.py: values computed with UCINET and igraph."""
    assert size(graph, ego, weighted=weighted) == pytest.approx(value, abs=0.01)


def test_a_triad_constrains_by_more_than_one() -> None:
    """Burt 1992, chapter 2: in a closed triad each of two contacts takes (1/2 + 1/4)^2, in all 1.125."""
    assert constraint(nx.complete_graph(3), 0) == pytest.approx(1.125)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 20, 150])
def test_constraint_lies_between_that_of_a_star_and_of_a_clique(n: int) -> None:
    """Burt 1992: 1/n where no two contacts know each other, (2n-1)^2/n^3 where all do."""
    assert constraint(nx.star_graph(n), 0) == pytest.approx(1 / n)
    assert constraint(nx.complete_graph(n + 1), 0) == pytest.approx((2 * n - 1) ** 2 / n**3 if n > 1 else 1)


IGRAPH_KNOKE = {
    "COUN": 0.480551, "COMM": 0.401446, "EDUC": 0.385987, "INDU": 0.478619, "MAYR": 0.387401,
    "WRO": 0.454345, "NEWS": 0.424221, "UWAY": 0.513779, "WELF": 0.435565, "WEST": 0.485779,
}  # fmt: skip
"""`Graph.constraint()` of python-igraph 1.0.0 on the directed Knoke network."""
IGRAPH_KARATE = {0: (0.155423, 0.190623), 2: (0.185177, 0.255654), 11: (1.0, 1.0), 33: (0.156419, 0.186287)}
"""The same on Zachary's karate club (1977): binary, and with weights."""


@pytest.mark.parametrize(("ego", "value"), IGRAPH_KNOKE.items())
def test_constraint_of_igraph_in_a_directed_network(ego: str, value: float) -> None:
    assert constraint(knoke(), ego) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("ego", "told"), IGRAPH_KARATE.items())
def test_constraint_of_igraph_in_a_weighted_network(ego: int, told: tuple[float, float]) -> None:
    club = nx.karate_club_graph()
    assert constraint(club, ego) == pytest.approx(told[0], abs=1e-6)
    assert constraint(club, ego, weighted=True) == pytest.approx(told[1], abs=1e-6)


def test_a_star_and_a_clique_in_all_measures() -> None:
    star, clique = holes(mutual(nx.star_graph(4)), 0), holes(mutual(nx.complete_graph(5)), 0)
    assert (star.effective_size, star.efficiency, star.hierarchy) == pytest.approx((4, 1, 0))
    assert (clique.effective_size, clique.efficiency, clique.hierarchy) == pytest.approx((1, 1 / 4, 0))


def test_hierarchy_by_hand() -> None:
    """Burt 1992, 71: shares of constraint 1 to 3, so r = 1/2 and 3/2, sum r ln r / (2 ln 2) = 0.1887."""
    assert hierarchy([1, 3]) == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / (2 * math.log(2)))
    assert hierarchy([0.25] * 4) == pytest.approx(0)
    assert hierarchy([1, 0, 0]) == pytest.approx(1)


def test_one_neighbour_holds_all_there_is() -> None:
    """UCINET gives a pendant constraint 1 and hierarchy 1."""
    assert holes(mutual(nx.path_graph(2)), 0) == Holes(1, 1, 1, 1)


def test_nobody_around_leaves_nothing_defined() -> None:
    assert holes({"ego": {}, "far": {}}, "ego") == Holes()
    assert holes({}, "ego") == Holes()
    assert hierarchy([]) is None


# Ego betweenness.


@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_in_a_star_ego_joins_every_pair_and_in_a_clique_none(n: int) -> None:
    """Everett & Borgatti 2005, Social Networks 27, 31-38: n(n-1)/2 at most, 0 at least."""
    assert between(nx.star_graph(n), 0) == n * (n - 1) / 2 == pairs(n)
    assert between(nx.complete_graph(n + 1), 0) == 0


def test_a_pair_with_other_ways_counts_in_part() -> None:
    """Everett & Borgatti 2005: the reciprocals of the entries of A^2 [1 - A]; here two ways, then three."""
    square = nx.Graph([("e", "a"), ("e", "b"), ("e", "c"), ("a", "b"), ("b", "c")])
    assert between(square, "e") == 1 / 2
    square.add_edges_from([("e", "d"), ("a", "d"), ("d", "c"), ("b", "d")])
    assert between(square, "e") == 1 / 3


@pytest.mark.parametrize(("family", "value"), [("Medici", 14), ("Guadagni", 6), ("Peruzzi", 0.5)])
def test_ego_betweenness_of_florentine_families(family: str, value: float) -> None:
    """Marriages of Padgett & Ansell 1993: Medici 28 and Guadagni 12 over ordered pairs, as courses reckon them.

    Peruzzi joins one pair of its three, which one other joins too.
    """
    assert between(nx.florentine_families_graph(), family) == value


def test_directed_pairs_count_each_way() -> None:
    through = nx.DiGraph([("a", "e"), ("e", "b")])
    assert between(through, "e") == 1
    through.add_edges_from([("b", "e"), ("e", "a")])
    assert between(through, "e") == 2
    through.add_edge("a", "b")
    assert between(through, "e") == 1
    through.add_edges_from([("e", "c"), ("b", "c"), ("c", "a"), ("c", "e")])
    assert between(through, "e") == 1.5


def between(graph: Any, ego: Any) -> float:
    out = {node: set(graph[node]) for node in graph}
    alters = sorted(set(nx.all_neighbors(graph, ego)) - {ego})
    return ego_betweenness(out, ego, alters, directed=graph.is_directed())


# Whatever the graph.


def any_graph(draw: Any, *, directed: bool, most: int = 9) -> Any:
    n = draw(st.integers(1, most))
    possible = itertools.permutations(range(n), 2) if directed else itertools.combinations(range(n), 2)
    weight = st.sampled_from([0, 0, 0.5, 1, 1, 2, 3, 7.25])
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from((a, b, w) for a, b in possible if (w := draw(weight)))
    return graph


@st.composite
def graphs(draw: Any) -> Any:
    return any_graph(draw, directed=draw(st.booleans()))


@st.composite
def undirected(draw: Any) -> Any:
    return any_graph(draw, directed=False)


def by_the_book(graph: Any, ego: Any, *, weighted: bool) -> tuple[float, float]:
    """Effective size and constraint from the whole matrix, every sum over every node (Burt 1992, 52-54)."""
    z = nx.to_dict_of_dicts(graph)
    nodes = list(graph)

    def a(i: Any, j: Any) -> float:
        return float(z[i][j]["weight"] if weighted else 1) if j in z[i] and i != j else 0.0

    def p(i: Any, j: Any) -> float:
        total = sum(a(i, k) + a(k, i) for k in nodes)
        return (a(i, j) + a(j, i)) / total if total else 0.0

    def m(i: Any, j: Any) -> float:
        strongest = max(a(i, k) + a(k, i) for k in nodes)
        return (a(i, j) + a(j, i)) / strongest if strongest else 0.0

    near = [j for j in nodes if a(ego, j) or a(j, ego)]
    effective = sum(1 - sum(p(ego, q) * m(j, q) for q in nodes if q not in (ego, j)) for j in near)
    local = [(p(ego, j) + sum(p(ego, q) * p(q, j) for q in nodes if q not in (ego, j))) ** 2 for j in near]
    return effective, sum(local)


@given(graphs(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_direct_sums_are_those_of_the_book(graph: Any, weighted: bool) -> None:
    weights = mutual(graph, weighted=weighted)
    for ego in graph:
        found = holes(weights, ego)
        if found.effective_size is None or found.constraint is None:
            assert not list(nx.all_neighbors(graph, ego))
            continue
        effective, constrained = by_the_book(graph, ego, weighted=weighted)
        assert found.effective_size == pytest.approx(effective, abs=CLOSE)
        assert found.constraint == pytest.approx(constrained, abs=CLOSE)


@given(undirected())
@settings(max_examples=100, deadline=None)
def test_unweighted_and_undirected_networkx_says_the_same_of_all(graph: Any) -> None:
    effective, constrained = nx.effective_size(graph, nodes=None), nx.constraint(graph, nodes=None)
    for ego in graph:
        found = holes(mutual(graph), ego)
        if found.effective_size is None:
            assert math.isnan(effective[ego])
            assert math.isnan(constrained[ego])
        else:
            assert found.effective_size == pytest.approx(effective[ego], abs=CLOSE)
            assert found.constraint == pytest.approx(constrained[ego], abs=CLOSE)


@given(undirected())
@settings(max_examples=100, deadline=None)
def test_undirected_ego_betweenness_is_betweenness_in_the_ego_network(graph: Any) -> None:
    for ego in graph:
        inside = nx.ego_graph(graph, ego)
        assert between(graph, ego) == pytest.approx(nx.betweenness_centrality(inside, normalized=False)[ego], abs=CLOSE)


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_ego_betweenness_by_enumeration(graph: Any) -> None:
    for ego in graph:
        alters = set(nx.all_neighbors(graph, ego)) - {ego}
        inside = graph.subgraph(alters | {ego})
        total = 0.0
        for i, j in itertools.permutations(alters, 2):
            if not inside.has_edge(i, j) and inside.has_edge(i, ego) and inside.has_edge(ego, j):
                total += 1 / sum(inside.has_edge(i, k) and inside.has_edge(k, j) for k in inside)
        assert between(graph, ego) == pytest.approx(total / (1 if graph.is_directed() else 2), abs=CLOSE)
        assert 0 <= between(graph, ego) <= pairs(len(alters), directed=graph.is_directed())


@given(graphs(), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=100, deadline=None)
def test_neither_names_nor_their_order_matter(graph: Any, dice: random.Random, weighted: bool) -> None:
    names = [f"n{node}" for node in graph]
    dice.shuffle(names)
    renamed = dict(zip(graph, names, strict=True))
    other = graph.__class__()
    other.add_nodes_from(sorted(names))
    edges = [(renamed[a], renamed[b], weight) for a, b, weight in graph.edges(data="weight")]
    dice.shuffle(edges)
    other.add_weighted_edges_from(edges)
    for node in graph:
        here, there = (
            holes(mutual(graph, weighted=weighted), node),
            holes(mutual(other, weighted=weighted), renamed[node]),
        )
        assert (here.effective_size is None) == (there.effective_size is None)
        if here.effective_size is not None:
            assert tuple(values(here)) == pytest.approx(tuple(values(there)), abs=CLOSE)
        assert between(graph, node) == pytest.approx(between(other, renamed[node]), abs=CLOSE)


@given(graphs(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_value_keeps_to_its_range(graph: Any, weighted: bool) -> None:
    weights = mutual(graph, weighted=weighted)
    for ego in graph:
        n = len(weights[ego])
        if n == 0:
            continue
        effective, efficiency, constrained, hierarchical = values(holes(weights, ego))
        assert 1 - 1e-9 <= effective <= n + 1e-9
        assert efficiency == pytest.approx(effective / n)
        assert 0 < constrained <= n + 1e-9
        assert 0 <= hierarchical <= 1


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1.0, 1e90])
def test_only_how_weights_compare_matters(scale: float) -> None:
    graph = borgatti()
    scaled = {a: {b: w * scale for b, w in near.items()} for a, near in mutual(graph, weighted=True).items()}
    assert values(holes(scaled, "G")) == pytest.approx(values(holes(mutual(graph, weighted=True), "G")))


def values(found: Holes) -> tuple[float, float, float, float]:
    assert found.effective_size is not None
    assert found.efficiency is not None
    assert found.constraint is not None
    assert found.hierarchy is not None
    return found.effective_size, found.efficiency, found.constraint, found.hierarchy
