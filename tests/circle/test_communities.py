"""Louvain finds the groups that are there, as well divided as networkx divides them, and the same ones every time."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.circle.communities import louvain


def near(graph: Any) -> list[dict[int, float]]:
    found: list[dict[int, float]] = [{} for _ in graph]
    for a, b, weight in graph.edges(data="weight", default=1):
        found[a][b] = found[b][a] = float(weight)
    return found


def modularity(graph: Any, groups: list[list[int]]) -> float:
    return float(nx.community.modularity(graph, map(set, groups)))


def test_the_karate_club_divides_at_the_best_modularity_known() -> None:
    """Zachary 1977; the optimum for binary ties is 0.4198 (Brandes et al. 2008), with four groups."""
    club = nx.Graph(nx.karate_club_graph().edges)
    groups = louvain(near(club), seed=7)
    assert len(groups) == 4
    assert modularity(club, groups) == pytest.approx(0.4198, abs=5e-5)


def test_cliques_on_a_ring_are_the_groups() -> None:
    assert louvain(near(nx.connected_caveman_graph(8, 6)), seed=1) == [
        list(range(at, at + 6)) for at in range(0, 48, 6)
    ]


def test_weights_decide_where_ties_do_not() -> None:
    square = nx.Graph()
    square.add_weighted_edges_from([(0, 1, 9), (1, 2, 1), (2, 3, 9), (3, 0, 1)])
    assert louvain(near(square), seed=3) == [[0, 1], [2, 3]]


def test_whoever_has_no_tie_is_a_group_alone() -> None:
    assert louvain(near(nx.empty_graph(3)), seed=1) == [[0], [1], [2]]
    assert louvain([], seed=1) == []
    assert louvain(near(nx.disjoint_union(nx.complete_graph(3), nx.empty_graph(1))), seed=1) == [[0, 1, 2], [3]]


@st.composite
def graphs(draw: Any) -> Any:
    graph = nx.gnp_random_graph(draw(st.integers(1, 30)), draw(st.floats(0, 0.6)), seed=draw(st.integers(0, 999)))
    for a, b in graph.edges:
        graph[a][b]["weight"] = draw(st.sampled_from([1, 1, 2, 3, 0.25]))
    return graph


@given(graphs(), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_every_node_is_in_one_group_the_same_every_time_and_nothing_is_lost(graph: Any, seed: int) -> None:
    groups = louvain(near(graph), seed)
    assert sorted(node for group in groups for node in group) == list(graph)
    assert groups == louvain(near(graph), seed)
    if not graph.number_of_edges():
        return
    assert modularity(graph, groups) >= modularity(graph, [[node] for node in graph]) - 1e-9
    assert len(groups) >= nx.number_connected_components(graph)


def test_the_divisions_are_as_good_as_those_of_networkx() -> None:
    better = []
    for seed in range(60):
        dice = random.Random(seed)
        graph = nx.gnp_random_graph(dice.randint(5, 60), dice.uniform(0.05, 0.4), seed=seed)
        if graph.number_of_edges():
            theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=7))
            better.append(modularity(graph, louvain(near(graph), seed=7)) - theirs)
    assert abs(sum(better) / len(better)) < 0.005
    assert min(better) > -0.05
