"""The measures say n/a where they are not defined, count only who counts, and agree with known numbers."""

from __future__ import annotations

import pytest

from builders.circles import a_bond, a_circle, crowd
from kinship.circle.measures import findings, measure
from kinship.circle.network import network
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Status


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
