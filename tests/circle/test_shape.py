"""The shape of a circle comes with the rule that gave it, and anybody can check it by counting."""

from __future__ import annotations

import pytest

from builders.circles import a_bond, a_circle
from kinship.circle.shape import ShapeName, group_of, shape
from kinship.journal.model import AlterKind, Circle, Status


def circle_of(*sectors: str | None) -> Circle:
    return a_circle(*(a_bond(f"p{at}", sector=sector) for at, sector in enumerate(sectors)))


@pytest.mark.parametrize(
    ("sectors", "name"),
    [
        ((), ShapeName.EMPTY),
        (("family", "friends", "work"), ShapeName.SMALL),
        (("family", "Family", "friends", "work"), ShapeName.FAMILY),
        (("friends", "friends", "family", "work"), ShapeName.FRIENDS),
        (("therapy", "clinic", "family", "work"), ShapeName.SERVICES),
        (("choir", "choir", "family", "work"), ShapeName.MIXED),
        (("friends", "family", "work", "choir"), ShapeName.DIVERSE),
        ((None, None, None, "family"), ShapeName.NOT_SAID),
    ],
)
def test_each_shape_has_its_rule(sectors: tuple[str | None, ...], name: ShapeName) -> None:
    found = shape(circle_of(*sectors))
    assert found.name is name
    assert found.sentence.endswith(".")
    assert found.rule.endswith(".")


def test_the_rule_counts() -> None:
    assert shape(circle_of("family", "family", "friends", "work")).rule == "2 of 4 belong to family: half or more."


def test_the_first_of_two_halves_is_always_the_same() -> None:
    assert shape(circle_of("friends", "family", "friends", "family")).name is ShapeName.FAMILY


def test_professionals_are_services_whatever_their_circle_is_called() -> None:
    assert group_of(a_bond("Dr Okonkwo", sector="friends", kind=AlterKind.PROFESSIONAL)) == "services"
    assert group_of(a_bond("Ana", sector=" Friends ")) == "friends"
    assert group_of(a_bond("Ana", sector=None)) == ""


def test_who_does_not_count_gives_no_shape() -> None:
    gone = [a_bond(f"p{at}", sector="family", status=Status.ENDED) for at in range(9)]
    assert shape(a_circle(*gone)).name is ShapeName.EMPTY
