"""Any graph is measured around a node or as a whole: whole-network holes, neighbours without ego for the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.graphs import BORGATTI, DIRECTED, edge_list, knoke, weighted_edges
from kinship.circle.graph_files import Graph, read_graph
from kinship.circle.graph_measures import GraphMeasures, measure_graph
from kinship.circle.structural import Holes
from kinship.journal.kinds import Kind


def borgatti(tmp_path: Path) -> Graph:
    return read_graph(edge_list(tmp_path / "borgatti.csv", weighted_edges(BORGATTI)))


def test_weights_count_where_the_file_has_them(tmp_path: Path) -> None:
    """The published values of tests/circle/test_structural.py, from a file."""
    graph = borgatti(tmp_path)
    heavy, light = measure_graph(graph, "G"), measure_graph(graph, "G", weighted=False)
    assert heavy.holes.constraint == pytest.approx(0.299, abs=1e-3)
    assert heavy.holes.effective_size == pytest.approx(5.47, abs=1e-2)
    assert light.holes.constraint == pytest.approx(0.400, abs=1e-3)
    assert light.holes.effective_size == pytest.approx(4.67, abs=1e-2)
    assert (heavy.cohesion.size, heavy.cohesion.ties, heavy.ego_betweenness) == (6, 4, 9)


def test_in_a_directed_file_neighbours_are_in_or_out(tmp_path: Path) -> None:
    graph = read_graph(edge_list(tmp_path / "d.csv", weighted_edges(DIRECTED)), directed=True)
    found = measure_graph(graph, "2")
    assert (found.cohesion.size, found.cohesion.ties) == (2, 2)
    assert found.cohesion.density == 1
    assert found.holes.constraint == pytest.approx(1.378, abs=1e-3)
    assert measure_graph(graph, "2", weighted=False).holes.constraint == pytest.approx(1.389, abs=1e-3)


def test_structural_holes_take_every_tie_of_the_file(tmp_path: Path) -> None:
    """B's ties beyond A's network lessen what B can put into constraining A: the whole-network model."""
    near = [("A", "B", 1), ("A", "C", 1), ("B", "C", 1)]
    alone = read_graph(edge_list(tmp_path / "near.csv", near))
    wide = read_graph(edge_list(tmp_path / "wide.csv", [*near, ("B", "far", 1), ("B", "away", 1)]))
    assert measure_graph(alone, "A").holes.constraint == pytest.approx(1.125)
    assert measure_graph(wide, "A").holes.constraint == pytest.approx((1 / 2 + 1 / 4) ** 2 + (1 / 2 + 1 / 8) ** 2)
    assert measure_graph(wide, "A").cohesion == measure_graph(alone, "A").cohesion


def test_without_an_ego_the_whole_graph_is_measured(tmp_path: Path) -> None:
    found = measure_graph(borgatti(tmp_path))
    assert (found.cohesion.size, found.cohesion.ties, found.cohesion.cut_persons) == (7, 10, ("G",))
    assert found.holes == Holes()
    assert (found.ego_betweenness, found.ego_betweenness_share, found.support) == (None, None, None)


def test_an_ego_whom_nobody_knows(tmp_path: Path) -> None:
    file = tmp_path / "g.csv"
    file.write_text("source,target\na,b\nlone,\n")
    found = measure_graph(read_graph(file), "lone")
    assert (found.cohesion.size, found.cohesion.ties) == (0, 0)
    assert found.holes == Holes()
    assert (found.ego_betweenness, found.ego_betweenness_share) == (0, None)


def test_parts_that_do_not_hang_together_do_not_disturb(tmp_path: Path) -> None:
    apart = [*weighted_edges(BORGATTI), ("x", "y", 9), ("y", "z", 9)]
    assert measure_graph(read_graph(edge_list(tmp_path / "g.csv", apart)), "G") == measure_graph(
        borgatti(tmp_path), "G"
    )


ATTRIBUTED = """<graphml><key id="s" for="node" attr.name="sector" attr.type="string"/>
<key id="n" for="node" attr.name="name" attr.type="string"/><key id="a" for="node" attr.name="age" attr.type="int"/>
<key id="e" for="node" attr.name="support_emotional" attr.type="boolean"/>
<key id="p" for="edge" attr.name="support_practical" attr.type="boolean"/>
<key id="t" for="node" attr.name="strain" attr.type="boolean"/>
<key id="m" for="node" attr.name="moments_from" attr.type="int"/>
<graph edgedefault="undirected">
<node id="me"><data key="s">friends</data></node>
<node id="a"><data key="s">family</data><data key="n">Ana</data><data key="e">true</data><data key="m">6</data></node>
<node id="b"><data key="s">family</data><data key="e">false</data><data key="m">3</data><data key="t">true</data></node>
<node id="c"><data key="s">friends</data><data key="a">40</data><data key="m">1</data></node>
<node id="far"><data key="s">work</data></node>
<edge source="me" target="a"><data key="p">true</data></edge><edge source="me" target="b"/>
<edge source="c" target="me"/><edge source="c" target="far"/></graph></graphml>"""


def attributed(tmp_path: Path, ego: str | None = "me") -> GraphMeasures:
    file = tmp_path / "g.graphml"
    file.write_text(ATTRIBUTED)
    return measure_graph(read_graph(file), ego)


def test_attributes_of_the_neighbours_make_their_composition(tmp_path: Path) -> None:
    found = attributed(tmp_path)
    assert list(found.composition) == ["sector"]
    made = found.composition["sector"]
    assert made.shares == pytest.approx({"family": 2 / 3, "friends": 1 / 3})
    assert made.possible == 3
    assert made.iqv == pytest.approx((4 / 9) / (2 / 3))
    assert found.ei == {"sector": pytest.approx(1 / 3)}


def test_of_the_whole_graph_every_tie_is_inside_or_across(tmp_path: Path) -> None:
    found = attributed(tmp_path, None)
    assert found.composition["sector"].known == 5
    assert found.ei == {"sector": pytest.approx((3 - 1) / 4)}


def test_support_is_measured_where_the_file_tells_of_it(tmp_path: Path) -> None:
    found = attributed(tmp_path)
    assert found.support is not None
    assert found.support.depth == {Kind.EMOTIONAL: 1, Kind.PRACTICAL: 1, Kind.IDENTITY: 0}
    assert found.support.sole_providers == {Kind.EMOTIONAL: "a", Kind.PRACTICAL: "a"}
    assert found.support.multiplexity == pytest.approx(1 / 3)
    assert found.support.concentration == pytest.approx(0.46)
    assert found.support.strain_load == pytest.approx(1 / 3)
    assert (found.moments, found.strain, found.takes) == (True, True, False)


@st.composite
def networks(draw: Any) -> Any:
    graph = nx.gnp_random_graph(
        draw(st.integers(1, 10)), draw(st.floats(0, 1)), seed=draw(st.integers(0, 99)), directed=draw(st.booleans())
    )
    for a, b in graph.edges:
        graph[a][b]["weight"] = draw(st.sampled_from([0.5, 1, 2, 7]))
    return graph


@given(networks(), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_networkx_gives_what_networkx_gives(tmp_path: Path, graph: Any, weighted: bool) -> None:
    nx.write_graphml(graph, tmp_path / "g.graphml")
    read, told = read_graph(tmp_path / "g.graphml"), "weight" if weighted else None
    effective = nx.effective_size(graph, weight=told, nodes=list(graph))
    constraint = nx.constraint(graph, weight=told, nodes=list(graph))
    for ego in graph:
        found = measure_graph(read, str(ego), weighted=weighted)
        near = set(nx.all_neighbors(graph, ego))
        inside = graph.subgraph(near)
        assert (found.cohesion.size, found.cohesion.ties) == (len(near), inside.number_of_edges())
        if graph[ego]:  # networkx says nan of a node that is only pointed at
            assert found.holes.effective_size == pytest.approx(effective[ego], abs=1e-9)
            assert found.holes.constraint == pytest.approx(constraint[ego], abs=1e-9)
        if len(near) > 1:
            plain = nx.Graph(inside.to_undirected())
            assert found.cohesion.density == pytest.approx(nx.density(inside))
            assert found.cohesion.components == nx.number_connected_components(plain)
            assert found.cohesion.isolates == nx.number_of_isolates(plain)
            if plain.number_of_edges():
                assert set(found.cohesion.cut_persons or ()) == set(map(str, nx.articulation_points(plain)))


def test_the_knoke_network_around_an_organization(tmp_path: Path) -> None:
    """python-igraph 1.0.0: constraint of MAYR 0.387401; every other organization informs MAYR or is informed."""
    nx.write_gexf(knoke(), tmp_path / "knoke.gexf")
    found = measure_graph(read_graph(tmp_path / "knoke.gexf"), "MAYR")
    assert found.cohesion.size == 8
    assert found.holes.constraint == pytest.approx(0.387401, abs=1e-6)
