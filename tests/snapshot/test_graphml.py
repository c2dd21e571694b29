from __future__ import annotations

import io

import networkx as nx
import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from kinship.journal.model import Circle
from kinship.snapshot import ON_SCREEN, Format, Share, render
from kinship.snapshot.attributes import attributes
from kinship.snapshot.careful import careful
from kinship.transfer import graphml as taken_in


def of(circle: Circle, share: Share = ON_SCREEN) -> bytes:
    return render(circle, Format.GRAPHML, share=share, seed="vault")


def test_networkx_reads_every_node_tie_and_attribute() -> None:
    circle = crowd(40)
    graph = nx.read_graphml(io.BytesIO(of(circle)))
    seen = careful(circle, ON_SCREEN, "vault")
    assert (len(graph), graph.number_of_edges()) == (len(seen.bonds), len(seen.ties))
    by_name = {told["name"]: told for _, told in graph.nodes(data=True)}
    for bond in seen.bonds:
        told = dict(by_name[bond.alter.name])
        assert len(told.pop("code")) == 36
        assert told == attributes(bond, ON_SCREEN)
    assert all(set(told) == {"tie", "weight", "id"} for *_, told in graph.edges(data=True))


def test_truth_is_written_in_small_letters_and_every_key_is_declared_once() -> None:
    said = of(a_circle(a_bond("Ana", gives=("listening",)))).decode()
    assert '<data key="v_support_emotional">true</data>' in said
    assert "True" not in said
    keys = [line for line in said.splitlines() if line.startswith("<key")]
    names = [line.partition('for="')[2] for line in keys]
    assert len(names) == len(set(names))


def test_a_map_of_nobody_is_a_graph_too() -> None:
    assert len(nx.read_graphml(io.BytesIO(of(a_circle())))) == 0


def test_it_can_be_taken_in_again() -> None:
    circle = a_circle(a_bond("Ana", gives=("advice",)), a_bond("Bea"), ties=(("ana", "bea"),))
    plan = taken_in.read(of(circle), circle.as_of)
    assert [one.name for one in plan.people] == ["Ana", "Bea"]
    assert "gives.advice" in {one.field for one in plan.people[0].said}
    assert len(plan.known) == 1


@pytest.mark.parametrize("share", [Share(), ON_SCREEN])
def test_how_often_it_happened_is_a_number(share: Share) -> None:
    bond = a_bond("Ana", moments=(a_moment("ana", "listening"), a_moment("ana", "comfort", days_ago=9)))
    ((_, told),) = nx.read_graphml(io.BytesIO(of(a_circle(bond), share))).nodes(data=True)
    assert told["moments_emotional"] == 2
