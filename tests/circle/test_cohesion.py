"""Density, parts, cut persons, communities and cliques: published values, known shapes, and n/a where undefined."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.graphs import knoke
from kinship.circle.cohesion import MOST_CLIQUES, cohesion


def neighbours_out(name: str) -> tuple[nx.Graph, int]:
    """Return whom an organization of Knoke's informs, undirected, and how many ties go among them."""
    among = knoke().subgraph(knoke().successors(name))
    return among.to_undirected(), among.number_of_edges()


def test_the_ego_network_of_hanneman_and_riddle() -> None:
    """Hanneman & Riddle 2005, Introduction to social network methods, 9.3: 4 actors informed, 11 ties of 12."""
    found = cohesion(*neighbours_out("COUN"))
    assert (found.size, found.ties) == (4, 11)
    assert found.density == pytest.approx(11 / 12)


def test_sizes_and_densities_of_hanneman_and_riddle() -> None:
    """Ibid.: actor 5 has the largest network; 6, 7 and 9 the smallest; all of 7's and 9's inform each other."""
    found = {name: cohesion(*neighbours_out(name)) for name in knoke()}
    sizes = {name: one.size for name, one in found.items()}
    assert max(sizes, key=sizes.__getitem__) == "MAYR"
    assert {name for name, size in sizes.items() if size == min(sizes.values())} == {"WRO", "NEWS", "WELF"}
    assert {name for name, one in found.items() if one.density == 1} == {"NEWS", "WELF"}


def test_the_whole_knoke_network() -> None:
    """Ibid., chapter 7: 49 of 90 ties, density 0.5444."""
    found = cohesion(knoke().to_undirected(), knoke().number_of_edges())
    assert found.density == pytest.approx(0.5444, abs=5e-5)
    assert found.mean_degree == pytest.approx(4.9)


def test_around_the_head_of_the_karate_club() -> None:
    """Zachary 1977; python-igraph 1.0.0 on the neighbours of 0: 18 ties, density 0.15, 4 parts, cut at 1, 2 and 3."""
    club = nx.karate_club_graph()
    found = cohesion(nx.Graph(club.subgraph(club[0])))
    assert (found.size, found.ties, found.components) == (16, 18, 4)
    assert found.density == pytest.approx(0.15)
    assert set(found.cut_persons or ()) == {1, 2, 3}


def test_nobody_and_one_alone() -> None:
    nobody, alone = cohesion(nx.empty_graph(0)), cohesion(nx.empty_graph(1))
    assert (nobody.mean_degree, alone.mean_degree) == (None, 0)
    for found in (nobody, alone):
        assert (found.density, found.isolates, found.components, found.component_ratio) == (None, None, None, None)
        assert (found.fragmentation, found.cut_persons, found.communities, found.cliques) == (None, None, None, None)


def test_without_a_tie_nothing_is_cut_grouped_or_closed() -> None:
    found = cohesion(nx.empty_graph(4))
    assert (found.density, found.isolates, found.components) == (0, 4, 4)
    assert (found.component_ratio, found.fragmentation) == (1, 1)
    assert (found.cut_persons, found.communities, found.cliques) == (None, None, None)


def test_fragmentation_is_the_share_of_pairs_that_cannot_reach_each_other() -> None:
    """Borgatti 2006: parts of 3 and 2 leave (3*2 + 2*1) of 20 ordered pairs together."""
    graph = nx.Graph([("a", "b"), ("b", "c"), ("d", "e")])
    found = cohesion(graph)
    assert found.fragmentation == pytest.approx(1 - 8 / 20)
    assert found.component_ratio == pytest.approx(1 / 4)
    assert found.cut_persons == ("b",)
    assert found.cliques == 0


def test_two_cliques_with_a_bridge() -> None:
    found = cohesion(nx.barbell_graph(4, 0))
    assert found.cut_persons == (3, 4)
    assert found.communities == ((0, 1, 2, 3), (4, 5, 6, 7))
    assert found.cliques == 2


def test_counting_cliques_ends_where_there_are_too_many() -> None:
    """Moon & Moser 1965: the complement of triangles has 3^(n/3) maximal cliques, here two billion."""
    graph = nx.complement(nx.disjoint_union_all([nx.complete_graph(3)] * 20))
    assert cohesion(graph).cliques == MOST_CLIQUES


def test_weights_of_any_size_are_taken() -> None:
    graph = nx.Graph()
    for scale in (1e-320, 1e90):
        graph.add_weighted_edges_from([("a", "b", scale), ("b", "c", scale), ("d", "e", scale)])
        assert cohesion(graph, weighted=True).communities == (("a", "b", "c"), ("d", "e"))


@st.composite
def graphs(draw: Any) -> nx.Graph:
    return nx.gnp_random_graph(draw(st.integers(2, 14)), draw(st.floats(0, 1)), seed=draw(st.integers(0, 999)))


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_neither_names_nor_the_order_of_ties_matter(graph: nx.Graph, dice: random.Random) -> None:
    names = [f"n{node:02}" for node in graph]
    edges = [(names[a], names[b]) for a, b in graph.edges]
    dice.shuffle(edges)
    again = nx.Graph()
    again.add_nodes_from(names)
    again.add_edges_from(edges)
    here, there = cohesion(graph), cohesion(again)
    assert (here.density, here.fragmentation, here.cliques) == (there.density, there.fragmentation, there.cliques)
    assert there.cut_persons == (None if here.cut_persons is None else tuple(names[one] for one in here.cut_persons))
    if here.communities is not None:
        assert there.communities is not None
        assert len(here.communities) == len(there.communities)


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_every_value_keeps_to_its_range(graph: nx.Graph) -> None:
    found = cohesion(graph)
    n = found.size
    assert found.density is not None
    assert found.components is not None
    assert found.component_ratio is not None
    assert found.fragmentation is not None
    assert found.mean_degree == pytest.approx(found.density * (n - 1))
    assert 0 <= found.density <= 1
    assert 1 <= found.components <= n
    assert 0 <= found.component_ratio <= 1
    assert -1e-9 <= found.fragmentation <= 1
    if found.communities is not None:
        assert sorted(one for group in found.communities for one in group) == sorted(graph)
        assert len(found.communities) >= found.components


def test_communities_are_the_same_in_every_process() -> None:
    """Sets of text come in another order in each process, unless their hashes are fixed."""
    program = (
        "import networkx as nx; from kinship.circle.cohesion import cohesion;"
        "g = nx.relabel_nodes(nx.gnp_random_graph(40, 0.1, seed=3), str); print(cohesion(g).communities)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
