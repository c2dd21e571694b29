"""What the numbers cost: every measure of a hundred and fifty people and of a thousand, and networkx beside ours."""

from __future__ import annotations

from functools import partial
from time import process_time
from typing import Any

import networkx as nx

from builders.journals import TODAY, circle_of
from kinship.circle.communities import louvain
from kinship.circle.measures import EGO, findings, measure
from kinship.circle.network import network
from kinship.circle.structural import ego_betweenness, holes
from kinship.journal.facts import standing
from kinship.journal.model import Circle
from table import Row, median_cpu

SIZES = ((150, 20.0), (1000, 500.0))
"""People, and the milliseconds that all their measures may take."""
PEERS = 150
"""So many neighbours networkx is asked about once; it takes cubic time."""


def measures_rows() -> list[Row]:
    """Return the rows for all measures, and for structural holes and ego betweenness beside networkx's functions."""
    rows = []
    for people, budget in SIZES:
        circle = _circle(people)
        findings(circle)
        took = median_cpu(partial(_all, circle), 9)
        rows.append(Row(f"every measure of {people} people, with sentences", took, "ms", budget))
    return [*rows, *_beside_networkx()]


def _all(circle: Circle) -> object:
    return findings(circle, measure(circle))


def _circle(people: int) -> Circle:
    return standing(*circle_of(people), TODAY)


def _beside_networkx() -> list[Row]:
    graph: Any = network(_circle(PEERS))
    alters = sorted(graph)
    graph.add_edges_from((EGO, alter) for alter in alters)
    weights = {node: dict.fromkeys(near, 1.0) for node, near in graph.adj.items()}
    ours = median_cpu(lambda: holes(weights, EGO), 15)
    between = median_cpu(lambda: ego_betweenness(graph.adj, EGO, alters), 15)
    ties = nx.Graph(network(_circle(SIZES[-1][0])).edges)
    near = _numbered(ties)
    groups = median_cpu(lambda: louvain(near, 7), 9)
    louvains = median_cpu(lambda: nx.community.louvain_communities(ties, seed=7), 3)
    theirs = _once(lambda: (nx.constraint(graph, nodes=[EGO]), nx.effective_size(graph, nodes=[EGO])))
    paths = _once(lambda: nx.betweenness_centrality(graph, normalized=False)[EGO])
    return [
        Row(f"structural holes among {PEERS}", ours, "ms", 0.05, baseline=theirs, against="networkx, nodes=[ego]"),
        Row(f"ego betweenness among {PEERS}", between, "ms", 0.5, baseline=paths, against="networkx betweenness"),
        Row(f"communities among {SIZES[-1][0]}", groups, "ms", 0.5, baseline=louvains, against="networkx louvain"),
    ]


def _numbered(ties: Any) -> list[dict[int, float]]:
    at = {node: index for index, node in enumerate(ties)}
    return [{at[other]: 1.0 for other in ties[node]} for node in ties]


def _once(act: Any) -> float:
    began = process_time()
    act()
    return (process_time() - began) * 1000
