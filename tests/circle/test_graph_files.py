"""Graph files are read as igraph, networkx and Gephi write them, and what is wrong or harmful ends in one sentence."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.graphs import BORGATTI, DIRECTED, edge_list, weighted_edges
from kinship.circle.graph_files import LARGEST, Graph, find, read_graph
from kinship.circle.graph_parts import MOST_NODES, MOST_TIES
from kinship.ground.errors import KinshipError, NotFound, Refused

IGRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="v_name" for="node" attr.name="name" attr.type="string"/>
  <key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
  <graph id="G" edgedefault="undirected">
    <node id="n0"><data key="v_name">Ana</data></node>
    <node id="n1"><data key="v_name">Bea</data></node>
    <node id="n2"><data key="v_name">Ugo</data></node>
    <edge source="n0" target="n1"><data key="e_weight">2.5</data></edge>
  </graph>
</graphml>
"""
GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node"><attribute id="circle" title="Circle" type="string"/></attributes>
    <nodes>
      <node id="1" label="Ana"><attvalues><attvalue for="circle" value="family"/></attvalues></node>
      <node id="2" label="Bea"/>
    </nodes>
    <edges><edge id="0" source="1" target="2" weight="3.0"/><edge source="2" target="1" type="undirected"/></edges>
  </graph>
</gexf>
"""
BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<graphml><graph edgedefault="undirected"><node id="&c;"/></graph></graphml>"""


def reads(tmp_path: Path, content: str | bytes, name: str = "graph.csv") -> Graph:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_graph(file)


def refuses(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(Refused) as caught:
        reads(tmp_path, content)
    sentence = str(caught.value)
    assert sentence.startswith("graph.csv ")
    assert "\n" not in sentence
    return sentence


# Edge lists.


def test_an_edge_list_with_weights(tmp_path: Path) -> None:
    graph = read_graph(edge_list(tmp_path / "g.csv", weighted_edges(BORGATTI)))
    assert (graph.directed, graph.weighted) == (False, True)
    assert graph.out["G"] == {"A": 5, "B": 4, "C": 10, "D": 3, "E": 8, "F": 3}
    assert sorted(graph.out) == list(graph.out)


def test_an_edge_list_without_weights_and_as_directed(tmp_path: Path) -> None:
    file = edge_list(tmp_path / "g.csv", DIRECTED, head="source,target")
    graph = read_graph(file, directed=True)
    assert (graph.directed, graph.weighted) == (True, False)
    assert graph.out == {"0": {"1": 1, "2": 1}, "1": {"0": 1}, "2": {"1": 1}}


@pytest.mark.parametrize(
    "content",
    [
        "source,target\na,b\nc,\n",
        "\ufeffSource;Target;Label\r\na;b;x\r\n\r\nc;;\r\n",
        "weight\ttarget\tsource\n\tb\ta\n\t\tc",
        "source,target\n a , b \n c ,\n",
        "source,target\na,b\nc,\n".encode("utf-16"),
    ],
)
def test_edge_lists_come_in_many_ways(tmp_path: Path, content: str | bytes) -> None:
    assert reads(tmp_path, content).out == {"a": {"b": 1}, "b": {"a": 1}, "c": {}}


def test_a_quoted_name_may_hold_a_comma_and_semicolons_bring_decimal_commas(tmp_path: Path) -> None:
    assert reads(tmp_path, 'source,target\n"Ng, Li",b\n').out["Ng, Li"] == {"b": 1}
    assert reads(tmp_path, "source;target;weight\na;b;1,5\n").out["a"] == {"b": 1.5}


def test_a_column_of_types_says_which_way_a_tie_goes(tmp_path: Path) -> None:
    graph = reads(tmp_path, "Source,Target,Type\na,b,Directed\nb,c,Undirected\n")
    assert graph.directed
    assert graph.out == {"a": {"b": 1}, "b": {"c": 1}, "c": {"b": 1}}


def test_ties_to_oneself_and_of_no_weight_are_none(tmp_path: Path) -> None:
    graph = reads(tmp_path, "source,target,weight\na,a,5\na,b,0\na,c,1\n")
    assert graph.out == {"a": {"c": 1}, "b": {}, "c": {"a": 1}}
    assert graph.loops == 1


def test_parallel_ties_are_one_and_their_weights_add_up(tmp_path: Path) -> None:
    graph = reads(tmp_path, "source,target,weight\na,b,1\nb,a,2\na,b,3\n")
    assert graph.out["a"] == {"b": 6}
    assert graph.parallel == 2
    assert reads(tmp_path, "source,target\na,b\nb,a\n").out["a"] == {"b": 1}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no column source"),
        ("a,b\nb,c\n", "no column source and no column target; its first line has 'a', 'b'"),
        ("source,to\na,b\n", "no column target"),
        ("source,target,weight\na,b,-1\n", "line 2: the weight '-1' is negative"),
        ("source,target,weight\na,b,nan\n", "line 2: the weight 'nan' is no finite number"),
        ("source,target,weight\na,b,1\nb,c,-inf\n", "line 3: the weight '-inf' is no finite number"),
        ("source,target,weight\na,b,1e300\n", "no finite number"),
        ("source,target,weight\na,b,heavy\n", "the weight 'heavy' is no number"),
        ("source,target\n,b\n", "line 2 has no source"),
        ('source,target\na,"b\n', "no line of a table"),
        ("source,target\na," + "b" * 200_000, "no line of a table"),
        ("source,target" + "," * 20_000, "its first line is longer than"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is no text"),
        (b"source,target\n\xff,b\n", "it is no UTF-8 text"),
    ],
)
def test_a_wrong_edge_list_is_told_by_its_line(tmp_path: Path, content: str | bytes, told: str) -> None:
    assert told in refuses(tmp_path, content)


def test_a_word_of_the_file_cannot_reach_a_terminal_raw_or_at_length(tmp_path: Path) -> None:
    sentence = refuses(tmp_path, "source,target,weight\na,b,\x1b]0;owned\x07" + "z" * 5000 + "\n")
    assert "\x1b" not in sentence
    assert len(sentence) < 250


# GraphML and GEXF.


def test_what_igraph_writes(tmp_path: Path) -> None:
    graph = reads(tmp_path, IGRAPH, "g.graphml")
    assert graph.out == {"n0": {"n1": 2.5}, "n1": {"n0": 2.5}, "n2": {}}
    assert graph.weighted
    assert find(graph, "Ugo") == "n2"


def test_what_gephi_writes(tmp_path: Path) -> None:
    graph = reads(tmp_path, GEPHI, "g.gexf")
    assert graph.directed
    assert graph.out == {"1": {"2": 4}, "2": {"1": 1}}
    assert graph.attributes["1"] == {"label": "Ana", "Circle": "family"}
    assert graph.words == {"Circle"}


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_what_networkx_writes_is_what_is_read(tmp_path: Path, directed: bool, ending: str) -> None:
    graph = nx.gnp_random_graph(30, 0.2, seed=5, directed=directed)
    for at, (a, b) in enumerate(graph.edges):
        graph[a][b]["weight"] = 0.5 + at % 4
    file = tmp_path / f"g.{ending}"
    getattr(nx, f"write_{ending}")(graph, file)
    found = read_graph(file)
    assert (found.directed, found.weighted) == (directed, True)
    assert found.out == {str(a): {str(b): graph[a][b]["weight"] for b in graph[a]} for a in graph}


def test_a_multigraph_of_networkx_loses_no_weight(tmp_path: Path) -> None:
    graph = nx.MultiGraph([("a", "b", {"weight": 1.0}), ("a", "b", {"weight": 2.0})])
    nx.write_graphml(graph, tmp_path / "g.graphml")
    assert read_graph(tmp_path / "g.graphml").out["a"] == {"b": 3}


def test_defaults_of_graphml_hold_where_nothing_else_is_said(tmp_path: Path) -> None:
    content = IGRAPH.replace('attr.type="double"/>', 'attr.type="double"><default>7</default></key>').replace(
        '<edge source="n0" target="n1"><data key="e_weight">2.5</data></edge>',
        '<edge source="n0" target="n1"/><edge source="n1" target="n2"><data key="e_weight">1</data></edge>',
    )
    assert reads(tmp_path, content).out["n1"] == {"n0": 7, "n2": 1}


def test_nested_elements_of_other_programs_are_passed_over(tmp_path: Path) -> None:
    drawn = '<data key="v_name">A<y:ShapeNode xmlns:y="urn:y"><y:NodeLabel>loud</y:NodeLabel></y:ShapeNode>na</data>'
    graph = reads(tmp_path, IGRAPH.replace('<data key="v_name">Ana</data>', drawn))
    assert find(graph, "Ana") == "n0"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "it has a DOCTYPE"),
        ('<!DOCTYPE graphml SYSTEM "file:///etc/passwd"><graphml/>', "it has a DOCTYPE"),
        ("<html><body/></html>", "neither GraphML nor GEXF: it begins with 'html'"),
        ("<graphml><graph>", "line 1: the XML is broken"),
        ("<graphml/>", "it holds no graph"),
        ("<graphml>&nbsp;</graphml>", "the XML is broken"),
        ("<graphml>" + "<a>" * 70, "more than 64 deep"),
        ("<graphml><graph/><graph/></graphml>", "more than one graph"),
        ("<graphml><graph><node/></graph></graphml>", "this node has no id"),
        ("<graphml><graph><edge source='a'/></graph></graphml>", "this edge has no target"),
        ("<graphml><graph><hyperedge/></graph></graphml>", "hyperedge"),
        (IGRAPH.replace("2.5", "-2.5"), "line 9: the weight '-2.5' is negative"),
        (IGRAPH.replace("2.5", "NaN"), "no finite number"),
        (GEPHI.replace("3.0", "inf"), "no finite number"),
        ("<?xml version='1.0' encoding='nowhere'?><graphml/>", "an encoding that is not known"),
        ("<?xml version='1.0' encoding='shift_jis'?><graphml/>", "an encoding that is not known"),
    ],
)
def test_wrong_or_harmful_xml_is_refused(tmp_path: Path, content: str, told: str) -> None:
    assert told in refuses(tmp_path, content)


def test_wide_encodings_of_xml_are_read(tmp_path: Path) -> None:
    content = IGRAPH.replace("UTF-8", "UTF-16").encode("utf-16")
    assert reads(tmp_path, content) == reads(tmp_path, IGRAPH)


# Any file.


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"There is no file gone\.csv\."):
        read_graph(tmp_path / "gone.csv")


def test_a_folder_or_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(Refused):
            read_graph(place)


def test_a_name_that_no_file_can_have() -> None:
    for path in (Path("a\0b"), Path(), Path("/")):
        with pytest.raises(Refused, match=r"^[^ ].* cannot be read"):
            read_graph(path)


def test_sizes_have_limits(tmp_path: Path) -> None:
    assert "larger than 8 MB" in refuses(tmp_path, b"source,target\n" + b"x" * LARGEST)
    many = "source,target\n" + "".join(f"{at},\n" for at in range(MOST_NODES + 1))
    assert f"more than {MOST_NODES:,} nodes" in refuses(tmp_path, many)
    ties = "source,target\n" + "a,b\n" * (MOST_TIES + 1)
    assert f"more than {MOST_TIES:,} ties" in refuses(tmp_path, ties)
    nodes = "".join(f'<node id="{at}"/>' for at in range(MOST_NODES + 1))
    assert "more than" in refuses(tmp_path, f"<graphml><graph>{nodes}</graph></graphml>")


LINES = st.text(max_size=300).map(lambda text: ("source,target,weight\n" + text).encode("utf-8", "ignore"))
TAGS = st.sampled_from(
    [
        *("<graphml>", "</graphml>", "<gexf>", "</gexf>", "<graph>", "<graph edgedefault='directed'>", "</graph>"),
        *("<node id='a'>", "</node>", "<node id='b'/>", "<edge source='a' target='b'>", "</edge>"),
        *("<edge source='b' target='c'/>", "<data key='k'>", "2", "</data>", "<key id='k' attr.name='weight'>"),
        *("<default>", "</default>", "</key>", "<attvalue for='x' value='1'/>", "<attributes class='edge'>"),
        *("<attribute id='x' title='weight'/>", "</attributes>"),
    ]
)
MARKUP = st.lists(TAGS, max_size=20).map(lambda tags: "".join(["<graphml>", *tags]).encode())


@given(st.binary(max_size=300) | LINES | MARKUP)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_a_graph_or_one_sentence(tmp_path: Path, content: bytes) -> None:
    try:
        graph = reads(tmp_path, content)
    except KinshipError as error:
        told = str(error)
    else:
        told = "a graph"
        assert all(b in graph.out for ties in graph.out.values() for b in ties)
    assert told
    assert "\n" not in told


# Who is meant.


def test_a_node_is_found_by_id_before_it_is_found_by_label(tmp_path: Path) -> None:
    swapped = IGRAPH.replace(">Bea<", ">n0<")
    assert find(reads(tmp_path, swapped), "n0") == "n0"
    assert find(reads(tmp_path, IGRAPH), "Bea") == "n1"


def test_an_unknown_node_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=re.escape("No node of the graph is called 'Beа'. The nearest is 'Bea'.")):
        find(reads(tmp_path, IGRAPH), "Beа")


def test_a_label_of_two_is_asked_for_by_id(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="2 nodes are called 'Ana'"):
        find(reads(tmp_path, IGRAPH.replace(">Bea<", ">Ana<")), "Ana")


def test_an_empty_graph_has_nobody_near(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="has no nodes"):
        find(reads(tmp_path, "source,target\n"), "a")


def test_the_nearest_is_found_quickly_among_long_names(tmp_path: Path) -> None:
    dice = random.Random(1)
    names = ["".join(dice.choices("abcdefgh ", k=60)).strip() for _ in range(MOST_NODES - 1)]
    graph = reads(tmp_path, "source,target\n" + "".join(f"{name},\n" for name in names))
    began = time.process_time()
    for asked in (names[7][:-1].upper(), "abcdefgh" * 10_000):
        with pytest.raises(NotFound, match="The nearest is"):
            find(graph, asked)
    assert time.process_time() - began < 2
