"""The measures say n/a where they are not defined, count only who counts, and agree with known numbers."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from builders.circles import a_bond, a_circle, crowd
from kinship.circle.measures import CLOSENESS, EGO, findings, measure
from kinship.circle.network import network
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Circle, Status


def test_an_empty_circle_has_no_averages() -> None:
    found = measure(a_circle())
    assert (found.size, found.ties, found.coverage) == (0, 0, 0)
    assert (found.mean_degree, found.density, found.components, found.isolates) == (None, None, None, None)
    assert (found.multiplexity, found.mean_kinds) == (None, None)


def test_density_of_one_alone_is_not_a_number() -> None:
    found = measure(a_circle(a_bond()))
    assert found.density is None
    assert found.mean_degree == 0


def test_a_triad_and_a_loner() -> None:
    people = [a_bond(name) for name in ("Ana", "Bea", "Ugo", "Lee")]
    found = measure(a_circle(*people, ties=(("ana", "bea"), ("bea", "ugo"), ("ana", "ugo"))))
    assert (found.size, found.ties, found.components, found.isolates) == (4, 3, 2, 1)
    assert found.density == pytest.approx(0.5)
    assert found.mean_degree == pytest.approx(1.5)


def test_only_active_people_groups_and_pets_count() -> None:
    circle = a_circle(
        a_bond("Ana", gives=("listening",)),
        a_bond("the choir", kind=AlterKind.GROUP),
        a_bond("the sea", kind=AlterKind.PLACE, gives=("belonging",)),
        a_bond("Tom", status=Status.REMEMBERED, gives=("advice",)),
        ties=(("ana", "tom"), ("ana", "the choir")),
    )
    found = measure(circle)
    assert sorted(network(circle)) == ["ana", "the choir"]
    assert (found.size, found.ties, found.coverage) == (2, 1, 1)


def test_coverage_depth_and_who_gives_alone() -> None:
    circle = a_circle(
        a_bond("Ana", gives=("listening",)), a_bond("Bea", gives=("comfort", "advice")), a_bond("Ugo", gives=())
    )
    found = measure(circle)
    assert found.depth == {Kind.EMOTIONAL: 2, Kind.PRACTICAL: 1, Kind.IDENTITY: 0}
    assert found.sole_providers == {Kind.PRACTICAL: "bea"}
    assert found.multiplexity == pytest.approx(1 / 3)
    assert found.mean_kinds == pytest.approx(1)


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_every_measure_has_a_name_a_number_and_one_sentence(count: int) -> None:
    told = findings(crowd(count))
    assert len({finding.id for finding in told}) == len(told)
    assert all(finding.value and finding.sentence.endswith(".") for finding in told)
    assert "nan" not in str(told)


def test_what_rests_on_one_is_said_plainly() -> None:
    told = {finding.id: finding for finding in findings(a_circle(a_bond(gives=("listening",))))}
    assert told["sole_providers"].sentence == "Emotional support rests on Bea alone."
    assert told["coverage"].sentence == "Nobody is marked yet for practical or identity support."
    assert told["density"].value == "n/a"


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("count", [1, 2, 12, 40])
def test_ego_is_tied_to_everybody_and_networkx_says_the_same_of_ego(count: int, weighted: bool) -> None:
    circle = crowd(count)
    graph = network(circle)
    for bond in circle.bonds:
        if bond.counted:
            graph.add_edge(EGO, bond.alter.id, weight=CLOSENESS[bond.ring])
    told, found = "weight" if weighted else None, measure(circle, weighted=weighted)
    assert found.holes.constraint == pytest.approx(nx.constraint(graph, nodes=[EGO], weight=told)[EGO])
    assert found.holes.effective_size == pytest.approx(nx.effective_size(graph, nodes=[EGO], weight=told)[EGO])
    assert found.ego_betweenness == pytest.approx(nx.betweenness_centrality(graph, normalized=False)[EGO])


@pytest.mark.parametrize("weighted", [False, True])
def test_the_order_of_people_and_ties_changes_nothing(weighted: bool) -> None:
    circle, dice = crowd(60), random.Random(1)
    bonds, ties = list(circle.bonds), list(circle.ties)
    dice.shuffle(bonds)
    dice.shuffle(ties)
    mixed = Circle(circle.as_of, tuple(bonds), tuple(ties))
    here, there = measure(circle, weighted=weighted), measure(mixed, weighted=weighted)
    assert (here.cohesion, here.circles, here.shape) == (there.cohesion, there.circles, there.shape)
    assert here.holes.constraint == pytest.approx(there.holes.constraint)
    assert here.ego_betweenness == there.ego_betweenness


def test_weights_touch_structural_holes_and_communities_alone() -> None:
    light, heavy = measure(crowd(60)), measure(crowd(60), weighted=True)
    assert light.holes != heavy.holes
    assert light.cohesion.density == heavy.cohesion.density
    assert (light.support, light.circles, light.ei_index) == (heavy.support, heavy.circles, heavy.ei_index)


def test_undefined_is_exactly_where_the_table_says() -> None:
    told = {count: {one.id for one in findings(crowd_of(count)) if one.value == "n/a"} for count in (0, 1, 2, 3)}
    nobody = {
        "mean_degree", "multiplexity", "mean_kinds", "strain_load", "ambivalence", "effective_size", "efficiency",
        "constraint", "hierarchy", "circles", "kinds", "rings", "blau_circles", "blau_kinds", "blau_rings", "iqv_kinds",
        "iqv_rings", "entropy_circles", "entropy_kinds", "entropy_rings",
    }  # fmt: skip
    fewer_than_two = {"density", "isolates", "components", "component_ratio", "fragmentation", "ego_betweenness"}
    untied = {"cut_persons", "communities", "cliques", "ei_index"}
    unsaid = {"concentration", "effective_givers", "reciprocity", "given_share", "iqv_circles"}
    assert told[0] == nobody | fewer_than_two | untied | unsaid
    assert told[1] == fewer_than_two | untied | unsaid
    assert told[2] == told[3] == untied | unsaid


def crowd_of(count: int) -> Circle:
    """Return so many friends who neither know each other nor were marked for anything."""
    return a_circle(*(a_bond(f"p{at}") for at in range(count)))


def test_every_finding_has_a_range_and_a_heading() -> None:
    told = findings(crowd(40))
    assert all(one.range and one.group for one in told)
    groups = [one.group for one in told]
    assert len(set(groups)) == 1 + sum(a != b for a, b in itertools.pairwise(groups))


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("cut_persons", "Without Bea, a part of your circle would fall in two."),
        ("components", "They form 2 parts that meet only in you."),
        ("communities", "2 of them form one group that mostly know each other; 1 stands apart."),
        ("shape", "Your circle is small: 3."),
        ("isolates", "1 knows none of the others."),
    ],
)
def test_sentences_speak_of_this_circle(id_: str, sentence: str) -> None:
    people = [a_bond(name) for name in ("Ana", "Bea", "Ugo")]
    ties = (("ana", "bea"), ("bea", "ugo")) if id_ == "cut_persons" else (("ana", "bea"),)
    told = {one.id: one.sentence for one in findings(a_circle(*people, ties=ties))}
    assert told[id_] == sentence


def test_a_circle_of_one_is_spoken_of_without_averages_of_nothing() -> None:
    told = {one.id: one for one in findings(a_circle(a_bond()))}
    assert (told["constraint"].value, told["hierarchy"].value) == ("1.00", "1.00")
    assert told["constraint"].sentence == "With one alone, all of your circle is that one."
