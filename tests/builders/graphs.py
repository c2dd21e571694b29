"""Graphs that books and papers measured, as edges, and graph files of any content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

BORGATTI = {
    ("A", "B"): 2, ("A", "F"): 3, ("A", "G"): 5, ("A", "E"): 2, ("E", "G"): 8,
    ("F", "G"): 3, ("B", "G"): 4, ("B", "D"): 1, ("D", "G"): 3, ("G", "C"): 10,
}  # fmt: skip
"""Borgatti 1997, Connections 20(1), 35-38, figure 1; the weights are those of networkx's own tests."""
DIRECTED = {(0, 1): 2, (0, 2): 2, (1, 0): 1, (2, 1): 1}
"""The small directed graph of networkx's own tests."""
_KNOKE = """
COUN 0 1 0 0 1 0 1 0 1 0
COMM 1 0 1 1 1 0 1 1 1 0
EDUC 0 1 0 1 1 1 1 0 0 1
INDU 1 1 0 0 1 0 1 0 0 0
MAYR 1 1 1 1 0 0 1 1 1 1
WRO 0 0 1 0 0 0 1 0 1 0
NEWS 0 1 0 1 1 0 0 0 0 0
UWAY 1 1 0 1 1 0 1 0 1 0
WELF 0 1 0 0 1 0 1 0 0 0
WEST 1 1 1 0 1 0 1 0 0 0
"""


def knoke() -> nx.DiGraph:
    """Return who informs whom among ten organizations (Knoke & Wood 1981), as Hanneman & Riddle 2005 print it."""
    rows = [line.split() for line in _KNOKE.strip().splitlines()]
    names = [row[0] for row in rows]
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((row[0], names[at]) for row in rows for at, told in enumerate(row[1:]) if told == "1")
    return graph


def mutual(graph: Any, *, weighted: bool = False) -> dict[Any, dict[Any, float]]:
    """Return a_ij + a_ji of a networkx graph, as the matrix has it: an undirected tie stands in it twice."""
    found: dict[Any, dict[Any, float]] = {node: {} for node in graph}
    for a, b, weight in graph.edges(data="weight", default=1):
        amount = float(weight if weighted else 1) * (1 if graph.is_directed() else 2)
        for one, other in ((a, b), (b, a)):
            if a != b:
                found[one][other] = found[one].get(other, 0.0) + amount
    return found


def edge_list(path: Path, ties: Iterable[tuple[Any, ...]], head: str = "source,target,weight") -> Path:
    """Write an edge list and return its path."""
    path.write_text("\n".join([head, *(",".join(map(str, tie)) for tie in ties), ""]), encoding="utf-8")
    return path


def weighted_edges(ties: Mapping[tuple[Any, Any], int]) -> list[tuple[Any, Any, int]]:
    """Return ties with their weights as triples."""
    return [(a, b, weight) for (a, b), weight in ties.items()]
