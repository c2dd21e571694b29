"""Which side of every tie the picture shows: one kind or all, which way it goes, and whether strain is marked."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from kinship.circle.sentences import listed
from kinship.circle.support import Look, kinds_given, kinds_returned, look_of, only_claimed, strained, to_them
from kinship.journal.kinds import KIND_WORDS, Kind
from kinship.journal.model import Bond, Circle, Status

MOST_NAMES = 12
"""Names that one sentence lists before it counts the rest."""


class Way(StrEnum):
    """Which way support goes."""

    GIVES_ME = "gives me"
    I_GIVE = "I give"
    BOTH = "both ways"


class Facet(Struct, frozen=True):
    """What is asked of every tie; the plain one shows what everybody gives."""

    kind: Kind | None = None
    """This kind alone."""
    way: Way = Way.GIVES_ME
    strain: bool = False
    """Whether a mark beside the sign says that a tie weighs; it takes nothing off the support."""

    @property
    def plain(self) -> bool:
        return self == Facet()


WHOLE = Facet()


def kinds_shown(bond: Bond, facet: Facet) -> frozenset[Kind]:
    """Return the kinds of support of a tie that this facet shows; both ways: only where something goes either way."""
    given, returned = kinds_given(bond), kinds_returned(bond)
    if facet.kind is not None:
        given, returned = given & {facet.kind}, returned & {facet.kind}
    if facet.way is Way.GIVES_ME:
        return given
    if facet.way is Way.I_GIVE:
        return returned
    return given | returned if given and returned else frozenset()


def look_in(bond: Bond, facet: Facet) -> tuple[Look | None, bool]:
    """Return the sign of a tie and whether it is only said, with no moment behind it; no sign where it is left out.

    How a tie stands (paused, remembered, ...) is a sign of the plain picture only.
    """
    if facet.kind is None and facet.way is Way.GIVES_ME:
        return look_of(bond), only_claimed(bond)
    shown = kinds_shown(bond, facet)
    if not shown or bond.status is not Status.ACTIVE:
        return None, False
    told = to_them(bond) if facet.way is Way.I_GIVE else bond.moments
    said_only = only_claimed(bond) if facet.way is Way.GIVES_ME else not told
    return (Look.SEVERAL if len(shown) > 1 else Look(next(iter(shown)).value)), said_only


def facet_in_words(facet: Facet) -> str:
    """Return what is shown where it is not everything, in a few words; empty for the plain picture."""
    parts = [f"only {facet.kind.value}" if facet.kind is not None else ""]
    parts.append({Way.GIVES_ME: "", Way.I_GIVE: "what I give", Way.BOTH: "what goes both ways"}[facet.way])
    parts.append("strain beside" if facet.strain else "")
    return " · ".join(part for part in parts if part)


def shown_in_words(circle: Circle, facet: Facet) -> tuple[str, ...]:
    """Return who is shown by this facet as sentences; none for the plain picture."""
    said = []
    if facet.kind is not None or facet.way is not Way.GIVES_ME:
        words = KIND_WORDS[facet.kind] if facet.kind is not None else "support"
        lead = {
            Way.GIVES_ME: f"{words} comes from",
            Way.I_GIVE: f"I give {words} to",
            Way.BOTH: f"{words} goes both ways with",
        }[facet.way]
        names = [bond.alter.name for bond in circle.bonds if look_in(bond, facet)[0] is not None]
        said.append(f"{lead[0].upper()}{lead[1:]} {listed(names, MOST_NAMES) or 'nobody who is marked yet'}.")
    if facet.strain:
        names = [bond.alter.name for bond in circle.bonds if strained(bond)]
        said.append(
            f"Something weighs with {listed(names, MOST_NAMES)}." if names else "Nothing is marked as weighing."
        )
    return tuple(said)
