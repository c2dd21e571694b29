"""The map as GraphML 1.0 (Brandes et al. 2002): who is there with the attributes of the tables, and who knows whom.

Every attribute is declared, has a name of its own and stands at every node or edge, since readers differ in what they
make of a missing one. The person who drew the map is no node; what leads to them is an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinship.journal.model import Bond, Circle
from kinship.snapshot.attributes import Value, attributes, code_of
from kinship.snapshot.csv_set import KNOWS, MEMBER_OF
from kinship.snapshot.escaping import escaped
from kinship.snapshot.share import FOOTER, Share, machine_date

_TYPES = {bool: "boolean", int: "int", str: "string"}


def graphml(circle: Circle, *, share: Share, seed: str) -> bytes:
    """Return a circle that has passed `careful` as one UTF-8 document, the same bytes for the same circle."""
    return ("\n".join(_document(circle, share, seed)) + "\n").encode("utf-8", "replace")


def _document(circle: Circle, share: Share, seed: str) -> Iterator[str]:
    nodes = {bond.alter.id: (f"n{number}", bond) for number, bond in enumerate(circle.bonds, 1)}
    about: dict[str, Value] = {
        "as_of": machine_date(circle.as_of, share),
        "names": share.names.value,
        "note": FOOTER,
    }
    said = {id_: _of_node(bond, share, seed) for id_, (_, bond) in nodes.items()}
    number_of = {id_: number for number, id_ in enumerate(nodes, 1)}
    ties = sorted(circle.ties, key=lambda tie: (number_of[tie.a], number_of[tie.b], tie.member))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield from _keys("graph", "g", about)
    yield from _keys("node", "v", next(iter(said.values()), {}))
    yield from _keys("edge", "e", {"tie": KNOWS, "weight": 1})
    yield '<graph id="map" edgedefault="undirected">'
    yield from _data("g", about)
    for id_, (number, _) in nodes.items():
        yield f'<node id="{number}">'
        yield from _data("v", said[id_])
        yield "</node>"
    for index, tie in enumerate(ties, 1):
        yield f'<edge id="e{index}" source="{nodes[tie.a][0]}" target="{nodes[tie.b][0]}">'
        yield from _data("e", {"tie": MEMBER_OF if tie.member else KNOWS, "weight": tie.strength})
        yield "</edge>"
    yield "</graph>"
    yield "</graphml>"


def _of_node(bond: Bond, share: Share, seed: str) -> dict[str, Value]:
    return {"code": code_of(bond.alter.id, seed), **attributes(bond, share)}


def _keys(for_: str, prefix: str, told: Mapping[str, Value]) -> Iterator[str]:
    for name, value in told.items():
        type_ = _TYPES[type(value)]
        yield f'<key id="{prefix}_{name}" for="{for_}" attr.name="{name}" attr.type="{type_}"/>'


def _data(prefix: str, told: Mapping[str, Value]) -> Iterator[str]:
    for name, value in told.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        yield f'<data key="{prefix}_{name}">{escaped(text)}</data>'
