"""Who gives what: what is expected of a tie, what was received, and what weighs."""

from __future__ import annotations

from enum import StrEnum

from kinship.journal.kinds import SUPPORT, Kind, kind_of
from kinship.journal.model import Bond, Direction, Moment, Status


class Look(StrEnum):
    """The one sign a node of the map carries: its support where the tie is active, how the tie stands otherwise."""

    EMOTIONAL = "emotional"
    PRACTICAL = "practical"
    IDENTITY = "identity"
    SEVERAL = "several"
    NONE = "none"
    WISHED = "wished"
    PAUSED = "paused"
    REMEMBERED = "remembered"
    ENDED = "ended"
    NO_CONTACT = "no_contact"


def kinds_in(words: dict[str, int]) -> frozenset[Kind]:
    """Return the kinds that a table of kinds and subkinds speaks of."""
    return frozenset(kind for word in words if (kind := kind_of(word)) is not None)


def expected(bond: Bond) -> frozenset[Kind]:
    """Return the kinds of support the person said they could turn to this alter for."""
    return kinds_in(bond.gives).intersection(SUPPORT)


def received(bond: Bond) -> frozenset[Kind]:
    """Return the kinds of support that moments of the last 365 days tell of."""
    return frozenset(moment.kind for moment in from_them(bond)).intersection(SUPPORT)


def kinds_given(bond: Bond) -> frozenset[Kind]:
    """Return the kinds of support an alter gives: expected, or received in the year."""
    return expected(bond) | received(bond)


def marked(bond: Bond) -> frozenset[str]:
    """Return every kind and subkind an alter is marked for, by what was said or by a moment of the year."""
    return frozenset(bond.gives) | {moment.subkind or moment.kind for moment in from_them(bond)}


def kinds_returned(bond: Bond) -> frozenset[Kind]:
    """Return the kinds of support the person gives this alter: said, or done in the year."""
    done = {moment.kind for moment in bond.moments if moment.direction is Direction.TO_THEM}
    return (kinds_in(bond.receives) | done).intersection(SUPPORT)


def unclaimed(bond: Bond) -> frozenset[Kind]:
    """Return the kinds that were received without ever being expected: each could become a claim."""
    return received(bond) - expected(bond)


def only_claimed(bond: Bond) -> bool:
    """Return whether all that this alter gives is said, with no moment of the year behind it."""
    return bool(expected(bond)) and not received(bond)


def strained(bond: Bond) -> bool:
    """Return whether the tie weighs, by what was said of it or by a moment of the year."""
    return bool(bond.strain) or any(moment.kind is Kind.STRAIN for moment in bond.moments)


def ambivalent(bond: Bond) -> bool:
    """Return whether the tie both weighs and supports; neither is netted off against the other."""
    return strained(bond) and bool(kinds_given(bond))


def from_them(bond: Bond) -> tuple[Moment, ...]:
    """Return the moments of support that came from the alter, oldest first."""
    return tuple(one for one in bond.moments if one.direction is Direction.FROM_THEM and one.kind is not Kind.STRAIN)


def to_them(bond: Bond) -> tuple[Moment, ...]:
    """Return the moments of support that went to the alter, oldest first."""
    return tuple(one for one in bond.moments if one.direction is Direction.TO_THEM and one.kind is not Kind.STRAIN)


def look_of(bond: Bond) -> Look:
    """Return the sign of this bond on the map."""
    if bond.status is not Status.ACTIVE:
        return Look(bond.status.value)
    given = kinds_given(bond)
    if not given:
        return Look.NONE
    return Look.SEVERAL if len(given) > 1 else Look(next(iter(given)).value)
