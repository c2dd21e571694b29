"""What a bond is in one line, for lists, previews and the hidden titles of a picture."""

from __future__ import annotations

from kinship.circle.sentences import RING_WORDS, STATUS_WORDS, words_given, words_returned
from kinship.circle.support import received, strained
from kinship.ground.width import shorten
from kinship.journal.kinds import SUPPORT, Kind, label_of
from kinship.journal.model import AlterKind, Bond

KIND_WORDS: dict[AlterKind, str] = {
    AlterKind.PERSON: "person",
    AlterKind.PROFESSIONAL: "professional",
    AlterKind.GROUP: "group",
    AlterKind.PLACE: "place",
    AlterKind.ONLINE: "online circle",
    AlterKind.PET: "pet",
    AlterKind.PRACTICE: "practice",
}

LONGEST_NAME = 80
"""In cells; a longer name is cut where it stands in a sentence."""


def line_of(bond: Bond, *, knows: tuple[str, ...] = (), counted: bool = True) -> str:
    """Return the whole bond in one line: "Ana: person, friends, inner ring; gives listening; knows Bea.".

    Without `counted` it does not say how many moments there were.
    """
    parts = [standing_of(bond), *support_of(bond, counted=counted)]
    if knows:
        parts.append(f"knows {', '.join(knows)}")
    return f"{shorten(bond.alter.name, LONGEST_NAME)}: {'; '.join(parts)}."


def standing_of(bond: Bond) -> str:
    """Return who this is and how close: "person, friends, inner ring, remembered"."""
    words = (KIND_WORDS[bond.alter.kind], bond.sector or "", RING_WORDS[bond.ring], STATUS_WORDS[bond.status])
    return ", ".join(word for word in words if word)


def support_of(bond: Bond, *, counted: bool = True) -> tuple[str, ...]:
    """Return what goes to and fro, one piece each: given, what of it happened, returned, strain."""
    given, returned = words_given(bond), words_returned(bond)
    pieces = [f"gives {', '.join(given)}" if given else "nothing marked yet"]
    if happened := [kind.value for kind in SUPPORT if kind in received(bond)]:
        pieces.append(f"this past year: {', '.join(happened)}")
    if returned:
        pieces.append(f"I give {', '.join(returned)}")
    if bond.moments and counted:
        pieces.append(f"{len(bond.moments)} {'moment' if len(bond.moments) == 1 else 'moments'} in the past year")
    if strained(bond):
        words = [label_of(word) for word in bond.strain] or [Kind.STRAIN.value]
        pieces.append(f"weighs: {', '.join(words)}")
    return tuple(pieces)
