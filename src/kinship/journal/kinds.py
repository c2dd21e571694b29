"""The kinds of support and strain, their subkinds, and the words used for them everywhere.

Three kinds after the literature on support functions (House 1981; Kahn & Antonucci 1980; Cohen's ISEL): emotional,
practical, identity. Strain stands beside them and is never netted off.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What is given, or what weighs."""

    EMOTIONAL = "emotional"
    PRACTICAL = "practical"
    IDENTITY = "identity"
    STRAIN = "strain"


SUPPORT = (Kind.EMOTIONAL, Kind.PRACTICAL, Kind.IDENTITY)
"""The kinds that are support, in the order they are always shown."""

KIND_WORDS = {
    Kind.EMOTIONAL: "emotional support",
    Kind.PRACTICAL: "practical support",
    Kind.IDENTITY: "belonging",
    Kind.STRAIN: "strain",
}
"""A kind where it stands in a sentence."""


class Subkind(Struct, frozen=True):
    """One way of giving (or straining): its id, its kind, a short label, and what is said of it afterwards.

    The id of a way of the person's own is its kind, a dot and the label, so that it explains itself wherever it stands.
    """

    id: str
    kind: Kind
    label: str
    past: str


SUBKINDS: tuple[Subkind, ...] = (
    Subkind("listening", Kind.EMOTIONAL, "listening", "listened"),
    Subkind("understanding", Kind.EMOTIONAL, "understanding", "understood"),
    Subkind("comfort", Kind.EMOTIONAL, "comfort", "comforted"),
    Subkind("encouragement", Kind.EMOTIONAL, "encouragement", "encouraged"),
    Subkind("tangible", Kind.PRACTICAL, "hands-on help", "helped out"),
    Subkind("advice", Kind.PRACTICAL, "advice", "advised"),
    Subkind("care_help", Kind.PRACTICAL, "help with care", "helped with care"),
    Subkind("time", Kind.PRACTICAL, "time", "gave time"),
    Subkind("belonging", Kind.IDENTITY, "belonging", "made me belong"),
    Subkind("shared_interest", Kind.IDENTITY, "shared interest", "shared an interest"),
    Subkind("acceptance", Kind.IDENTITY, "acceptance", "accepted me"),
    Subkind("purpose", Kind.IDENTITY, "purpose", "gave purpose"),
    Subkind("dismisses", Kind.STRAIN, "dismisses", "dismissed me"),
    Subkind("drains", Kind.STRAIN, "drains", "drained me"),
    Subkind("conflict", Kind.STRAIN, "conflict", "had conflict"),
    Subkind("pressure", Kind.STRAIN, "pressure", "pressed me"),
)

_BY_ID = {subkind.id: subkind for subkind in SUBKINDS}


def subkind(word: str) -> Subkind | None:
    """Return the subkind with this id, one of the person's own among them; None where there is none."""
    found = _BY_ID.get(word)
    if found is not None:
        return found
    head, _, label = word.partition(".")
    return own_subkind(Kind(head), label) if label and head in set(Kind) else None


def own_subkind(kind: Kind, label: str) -> Subkind:
    """Return a way of giving in the person's own words."""
    return Subkind(f"{kind}.{label}", kind, label, label)


def is_own(word: str) -> bool:
    """Return whether this is no word of ours, so that it may tell who somebody is."""
    return word not in _BY_ID and word not in set(Kind)


def subkinds_of(kind: Kind) -> tuple[Subkind, ...]:
    """Return the subkinds of a kind in the order they are offered."""
    return tuple(one for one in SUBKINDS if one.kind is kind)


def kind_of(word: str) -> Kind | None:
    """Return the kind that a kind's or a subkind's id belongs to, None for an unknown word."""
    found = subkind(word)
    if found is not None:
        return found.kind
    return Kind(word) if word in set(Kind) else None


def label_of(word: str) -> str:
    """Return what a kind or subkind is called on the screen."""
    found = subkind(word)
    return found.label if found is not None else word
