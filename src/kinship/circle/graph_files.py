"""A graph out of somebody's file: GraphML, GEXF or an edge list as CSV, read with bounds and without trust.

Nothing in such a file is obeyed: a DOCTYPE is refused before an entity could grow, and size, nodes, ties and depth
have limits, so that a file that is wrong ends in one sentence at once.
"""

from __future__ import annotations

import difflib
import heapq
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from kinship.circle import graph_csv, graph_xml
from kinship.circle.graph_parts import NodeId, Told, quoted
from kinship.ground.errors import NotFound, Refused
from kinship.privacy.text import clean_line

LARGEST = 8 * 1024 * 1024
"""Bytes of a file that are read; an edge takes 10 to 150 of them."""
COMPARED = 40
"""Characters of a name that are compared with what was asked for."""
FEW = 200
"""So many names are compared letter by letter."""
LABELS = ("label", "name", "Label", "Name", "Id", "id")
"""Attributes a node may be asked for by, beside its id."""


class Graph(Struct, frozen=True):
    """A simple graph: no ties to oneself, parallel ties made one, ties of weight 0 none at all."""

    directed: bool
    weighted: bool
    """Whether the file gives weights."""
    out: dict[NodeId, dict[NodeId, float]]
    """Every node, in order of its id, to those its ties go to, and their weights; both ways where undirected."""
    attributes: dict[NodeId, dict[str, str]]
    words: frozenset[str]
    """Attributes that can be categories."""
    ties: dict[tuple[NodeId, NodeId], dict[str, str]]
    """Attributes of ties that have some."""
    loops: int = 0
    """Ties to oneself that were left out."""
    parallel: int = 0
    """Ties that were added to another one between the same two."""


def read_graph(path: Path, *, directed: bool = False) -> Graph:
    """Return the graph in a file; its content says which format it is.

    `directed` says how an edge list is meant; the other formats say it themselves. Raises NotFound where there is no
    file, Refused for anything that is no graph or a harmful one.
    """
    data = _bytes_of(path)
    try:
        told = graph_xml.read(data) if graph_xml.is_xml(data) else graph_csv.read(data, directed=directed)
        return simple(told)
    except Refused as error:
        raise Refused(f"{_called(path)} cannot be measured: {error.message}", error.remedy) from error


def _called(path: Path) -> str:
    return clean_line(path.name) or f"'{path}'"


def _bytes_of(path: Path) -> bytes:
    """Return the content of an ordinary file up to LARGEST; a pipe or a device is not waited for."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123 - from a descriptor
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused(f"{_called(path)} is no ordinary file.")
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {_called(path)}.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name"
        raise Refused(f"{_called(path)} cannot be read ({why}).") from error
    if len(data) > LARGEST:
        raise Refused(f"{_called(path)} is larger than {LARGEST // 1024**2} MB.", "kinship measures smaller ones.")
    return data


def simple(told: Told) -> Graph:
    """Return what was told as a simple graph; weights of parallel ties are added up where the file gives weights."""
    directed = any(tie.directed if tie.directed is not None else told.directed for tie in told.ties)
    weighted = any(tie.weight is not None for tie in told.ties)
    out: dict[NodeId, dict[NodeId, float]] = {node: {} for node in sorted(told.nodes)}
    attributes: dict[tuple[NodeId, NodeId], dict[str, str]] = {}
    seen: set[tuple[NodeId, NodeId]] = set()
    loops = parallel = 0
    for tie in told.ties:
        weight = 1.0 if tie.weight is None else tie.weight
        if tie.source == tie.target:
            loops += 1
            continue
        if weight == 0:
            continue
        one_way = tie.directed if tie.directed is not None else told.directed
        ways = [(tie.source, tie.target)] if one_way else [(tie.source, tie.target), (tie.target, tie.source)]
        parallel += ways[0] in seen
        for a, b in ways:
            seen.add((a, b))
            out[a][b] = out[a].get(b, 0.0) + weight if weighted else 1.0
            if tie.attributes:
                attributes.setdefault((a, b), {}).update(tie.attributes)
    ordered = {node: dict(sorted(ties.items())) for node, ties in out.items()}
    words = frozenset(told.words)
    return Graph(directed, weighted, ordered, told.nodes, words, attributes, loops, parallel)


def find(graph: Graph, asked: str) -> NodeId:
    """Return the node that `asked` names by its id, or else by a label that only one node has.

    Raises NotFound, which names the nearest one there is.
    """
    if asked in graph.out:
        return asked
    called = [node for node, said in graph.attributes.items() if any(said.get(label) == asked for label in LABELS)]
    if len(called) == 1:
        return called[0]
    if called:
        raise NotFound(f"{len(called)} nodes are called {quoted(asked)}.", f"Ask by id, such as {_some(called)}.")
    raise NotFound(f"No node of the graph is called {quoted(asked)}.", _nearest(graph, asked))


def _nearest(graph: Graph, asked: str) -> str:
    """Return the sentence that names the node most like `asked`, by its first characters, whatever their case.

    The few whose letters are much the same are compared in full; that takes its time.
    """
    names = [*graph.out, *(said[label] for said in graph.attributes.values() for label in LABELS[:2] if label in said)]
    wanted = asked[:COMPARED].casefold()
    letters = set(wanted)

    def likely(name: str) -> int:
        ours = name[:COMPARED].casefold()
        in_place = sum(one == other for one, other in zip(ours, wanted, strict=False))
        return 2 * in_place - len(letters ^ set(ours)) - abs(len(ours) - len(wanted))

    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)

    def alike(name: str) -> float:
        matcher.set_seq1(name[:COMPARED].casefold())
        return matcher.ratio()

    few = heapq.nlargest(FEW, names, key=likely)
    return f"The nearest is {quoted(max(few, key=alike))}." if few else "The graph has no nodes."


def _some(nodes: Iterable[NodeId], most: int = 3) -> str:
    return ", ".join(map(quoted, list(nodes)[:most]))
