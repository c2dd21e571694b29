"""Support is counted by who gives; concentration and give-and-take by moments alone; strain stands beside."""

from __future__ import annotations

from typing import Any

import pytest

from builders.circles import a_bond, a_circle, a_moment
from kinship.circle.support_measures import concentration, herfindahl, support_measures
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Bond, Moment, Status


def moments(name: str, count: int, *, to_them: bool = False) -> tuple[Moment, ...]:
    return tuple(a_moment(name, days_ago=day, to_them=to_them) for day in range(1, count + 1))


def somebody(name: str, received: int = 0, given: int = 0, **told: Any) -> Bond:
    happened = (*moments(name, received), *moments(name, given, to_them=True))
    return a_bond(name.title(), moments=happened, **told)


def test_nobody_gives_nothing() -> None:
    found = support_measures(a_circle())
    assert (found.coverage, found.sole_providers) == (0, {})
    assert (found.multiplexity, found.mean_kinds, found.strain_load, found.ambivalence) == (None, None, None, None)
    assert (found.concentration, found.effective_givers, found.reciprocity, found.given_share) == (None,) * 4


def test_a_moment_is_as_good_as_a_claim_for_who_gives() -> None:
    found = support_measures(a_circle(somebody("ana", 1), somebody("bea", gives=("advice",))))
    assert found.depth == {Kind.EMOTIONAL: 1, Kind.PRACTICAL: 1, Kind.IDENTITY: 0}
    assert found.sole_providers == {Kind.EMOTIONAL: "ana", Kind.PRACTICAL: "bea"}


def test_even_shares_are_as_many_givers_as_there_are() -> None:
    """Herfindahl 1950; Laakso & Taagepera 1979: 1/sum p^2."""
    found = support_measures(a_circle(*(somebody(name, 4) for name in ("ana", "bea", "ugo", "lee"))))
    assert found.concentration == pytest.approx(1 / 4)
    assert found.effective_givers == pytest.approx(4)


def test_uneven_shares_by_hand() -> None:
    """Shares 6, 3, 1 of 10: 0.36 + 0.09 + 0.01."""
    circle = a_circle(somebody("ana", 6), somebody("bea", 3), somebody("ugo", 1))
    assert concentration(circle) == pytest.approx(0.46)
    assert herfindahl([6, 3, 1]) == pytest.approx(0.46)
    assert herfindahl([0, 0]) is None


def test_concentration_counts_moments_and_never_claims() -> None:
    claimed = [somebody(name, gives=("listening",)) for name in ("ana", "bea", "ugo")]
    assert support_measures(a_circle(*claimed)).concentration is None
    assert support_measures(a_circle(*claimed, somebody("lee", 2))).concentration == 1


def test_two_people_are_too_few_to_concentrate_on() -> None:
    assert concentration(a_circle(somebody("ana", 5), somebody("bea", 1))) is None


def test_give_and_take() -> None:
    circle = a_circle(somebody("ana", received=3, given=1), somebody("bea"))
    assert support_measures(circle).given_share == pytest.approx(1 / 4)


def test_reciprocity_is_a_share_of_the_ties_that_support() -> None:
    circle = a_circle(
        somebody("ana", gives=("advice",), receives=("time",)),
        somebody("bea", gives=("advice",)),
        somebody("ugo", receives=("time",)),
        somebody("lee"),
    )
    assert support_measures(circle).reciprocity == pytest.approx(1 / 3)


def test_strain_is_never_netted_off() -> None:
    circle = a_circle(
        somebody("ana", gives=("advice",), strain=("drains",)),
        somebody("bea", strain=("conflict",)),
        somebody("ugo", gives=("advice",)),
        somebody("lee"),
    )
    found = support_measures(circle)
    assert (found.strain_load, found.ambivalence) == pytest.approx((1 / 2, 1 / 4))
    assert found.depth[Kind.PRACTICAL] == 2


def test_those_who_do_not_count_are_not_counted() -> None:
    circle = a_circle(
        somebody("ana", 9, status=Status.REMEMBERED, strain=("drains",)),
        somebody("the sea", kind=AlterKind.PLACE, gives=("belonging",)),
    )
    found = support_measures(circle)
    assert (found.coverage, found.given_share, found.strain_load) == (0, None, None)
