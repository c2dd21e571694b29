"""The circle as a graph: who knows whom among those who count, ego left apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.journal.model import Bond, Circle

if TYPE_CHECKING:
    from networkx import Graph


def counted(circle: Circle) -> tuple[Bond, ...]:
    """Return the bonds that measures count, in the order of the circle."""
    return tuple(bond for bond in circle.bonds if bond.counted)


def network(circle: Circle) -> Graph:
    """Return the undirected graph of the counted alters: nodes are ids with their `bond`, edges have a `weight` of 1-3.

    A group and its members are tied like people who know each other. Ego is no node.
    """
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    graph = nx.Graph()
    graph.add_nodes_from((bond.alter.id, {"bond": bond}) for bond in counted(circle))
    for tie in circle.ties:
        if tie.a in graph and tie.b in graph and tie.a != tie.b:
            graph.add_edge(tie.a, tie.b, weight=tie.strength)
    return graph
