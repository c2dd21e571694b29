"""Who gives what: expected and received are two things, and strain is never netted off."""

from __future__ import annotations

import pytest

from builders.circles import a_bond, a_moment
from kinship.circle.support import (
    Look,
    ambivalent,
    expected,
    kinds_given,
    kinds_returned,
    look_of,
    only_claimed,
    received,
    strained,
    unclaimed,
)
from kinship.journal.kinds import Kind
from kinship.journal.model import Status


def test_expected_is_what_was_said_and_received_is_what_happened() -> None:
    bond = a_bond(gives=("listening",), moments=(a_moment("bea", "advice"),))
    assert expected(bond) == {Kind.EMOTIONAL}
    assert received(bond) == {Kind.PRACTICAL}
    assert kinds_given(bond) == {Kind.EMOTIONAL, Kind.PRACTICAL}
    assert unclaimed(bond) == {Kind.PRACTICAL}


def test_what_i_gave_them_is_not_what_they_gave_me() -> None:
    bond = a_bond(receives=("time",), moments=(a_moment("bea", "comfort", to_them=True),))
    assert kinds_given(bond) == frozenset()
    assert kinds_returned(bond) == {Kind.PRACTICAL, Kind.EMOTIONAL}


def test_strain_stands_beside_support_and_takes_nothing_from_it() -> None:
    bond = a_bond(gives=("listening",), strain=("drains",))
    assert strained(bond)
    assert ambivalent(bond)
    assert kinds_given(bond) == {Kind.EMOTIONAL}


def test_a_claim_without_a_moment_is_only_a_claim() -> None:
    assert only_claimed(a_bond(gives=("listening",)))
    assert not only_claimed(a_bond(gives=("listening",), moments=(a_moment("bea"),)))
    assert not only_claimed(a_bond())


@pytest.mark.parametrize(
    ("gives", "look"),
    [
        ((), Look.NONE),
        (("emotional",), Look.EMOTIONAL),
        (("advice", "time"), Look.PRACTICAL),
        (("belonging",), Look.IDENTITY),
        (("listening", "time"), Look.SEVERAL),
    ],
)
def test_one_sign_tells_the_kind(gives: tuple[str, ...], look: Look) -> None:
    assert look_of(a_bond(gives=gives)) is look


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_a_tie_that_is_not_active_shows_how_it_stands_whatever_it_gave(status: Status) -> None:
    assert look_of(a_bond(gives=("listening",), status=status)).value == status.value
