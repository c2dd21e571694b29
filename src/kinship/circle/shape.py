"""The shape of a circle in one plain line, with the rule that gave it.

The names are those practitioners use (diverse, family, friend and restricted networks: Litwin 2001; Fiori, Antonucci &
Cortina 2006); the rules are our own, simple enough to be checked by hand, and no test of anybody.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from msgspec import Struct

from kinship.circle.network import counted
from kinship.journal.model import AlterKind, Bond, Circle

SMALL = 3
"""So many or fewer are a small circle, whoever they are."""
HALF = 0.5
SEVERAL = 3
"""A diverse circle has so many groups."""

FAMILY = frozenset({
    "family", "relatives", "relations", "kin", "home", "household", "partner", "parents", "children", "siblings",
    "in-laws", "my family", "familie", "familia", "famille", "famiglia", "família", "rodzina", "aile",
})  # fmt: skip
FRIENDS = frozenset({
    "friend", "friends", "friendship", "old friends", "close friends", "my friends", "freunde", "amigos", "amigas",
    "amis", "amici", "vrienden", "venner", "vänner", "przyjaciele",
})  # fmt: skip
SERVICES = frozenset({
    "treatment", "care", "carers", "therapy", "health", "clinic", "hospital", "services", "service", "professionals",
    "professional", "doctors", "support workers", "social services", "behandlung", "hilfe", "tratamiento", "soins",
})  # fmt: skip
"""Words people call these circles by; the rest stand for themselves."""


class ShapeName(StrEnum):
    """How a circle is made up."""

    EMPTY = "empty"
    SMALL = "small"
    FAMILY = "family-centred"
    FRIENDS = "friend-centred"
    SERVICES = "service-centred"
    DIVERSE = "diverse"
    MIXED = "mixed"
    NOT_SAID = "not said"


class Shape(Struct, frozen=True):
    """The shape, one plain sentence, and the rule that gave it."""

    name: ShapeName
    sentence: str
    rule: str


_SAID = {
    ShapeName.FAMILY: "Much of your circle is family.",
    ShapeName.FRIENDS: "Much of your circle is friends.",
    ShapeName.SERVICES: "Much of your circle is people who help for a living.",
}
_GROUPS = {"family": ShapeName.FAMILY, "friends": ShapeName.FRIENDS, "services": ShapeName.SERVICES}


def shape(circle: Circle) -> Shape:
    """Return the shape of those who count, by size first and then by the circles they were said to belong to."""
    bonds = counted(circle)
    n = len(bonds)
    if n == 0:
        return Shape(ShapeName.EMPTY, "Nobody counts in your circle yet.", "Nobody is on the map who counts.")
    if n <= SMALL:
        return Shape(ShapeName.SMALL, f"Your circle is small: {n}.", f"A circle of {SMALL} or fewer is called small.")
    groups = Counter(group for bond in bonds if (group := group_of(bond)))
    known = groups.total()
    if known < n * HALF:
        return Shape(
            ShapeName.NOT_SAID,
            "It is not said yet which circles most of them belong to.",
            f"For {n - known} of {n} no circle (family, friends, …) is named.",
        )
    return _by_groups(groups, known)


def _by_groups(groups: Counter[str], known: int) -> Shape:
    group, most = min(groups.items(), key=lambda one: (-one[1], one[0]))
    if most >= known * HALF and group in _GROUPS:
        name = _GROUPS[group]
        return Shape(name, _SAID[name], f"{most} of {known} belong to {group}: half or more.")
    if most >= known * HALF:
        return Shape(
            ShapeName.MIXED, f"Much of your circle is {group}.", f"{most} of {known} belong to {group}: half or more."
        )
    if len(groups) >= SEVERAL:
        return Shape(
            ShapeName.DIVERSE,
            "Your circle is diverse: several groups, none of them half of it.",
            f"{len(groups)} groups; the largest, {group}, has {most} of {known}.",
        )
    return Shape(ShapeName.MIXED, "Your circle is made of two groups.", f"No group has half or more of {known}.")


def group_of(bond: Bond) -> str:
    """Return the group a bond counts for: family, friends, services, or its own circle word; empty where unknown."""
    word = (bond.sector or "").strip().casefold()
    if bond.alter.kind is AlterKind.PROFESSIONAL or word in SERVICES:
        return "services"
    if word in FAMILY:
        return "family"
    return "friends" if word in FRIENDS else word
