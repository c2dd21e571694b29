"""What a bond is in one line, for lists, previews and the hidden titles of a picture."""

from __future__ import annotations

from kinship.circle.support import expected, kinds_given, kinds_returned, received, strained
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import AlterKind, Bond, Ring, Status

RING_WORDS: dict[Ring | None, str] = {
    Ring.INNER: "inner ring",
    Ring.MIDDLE: "middle ring",
    Ring.OUTER: "outer ring",
    None: "no ring yet",
}

KIND_WORDS: dict[AlterKind, str] = {
    AlterKind.PERSON: "person",
    AlterKind.PROFESSIONAL: "professional",
    AlterKind.GROUP: "group",
    AlterKind.PLACE: "place",
    AlterKind.ONLINE: "online circle",
    AlterKind.PET: "pet",
    AlterKind.PRACTICE: "practice",
}

STATUS_WORDS: dict[Status, str] = {
    Status.ACTIVE: "",
    Status.WISHED: "wished for",
    Status.PAUSED: "paused",
    Status.REMEMBERED: "remembered",
    Status.ENDED: "ended",
    Status.NO_CONTACT: "no contact",
}


def line_of(bond: Bond) -> str:
    """Return the whole bond in one line: "Ana: person, friends, inner ring; gives emotional support; …"."""
    parts = [standing_of(bond), *support_of(bond)]
    return f"{bond.alter.name}: {'; '.join(parts)}."


def standing_of(bond: Bond) -> str:
    """Return who this is and how close: "person, friends, inner ring, remembered"."""
    words = (KIND_WORDS[bond.alter.kind], bond.sector or "", RING_WORDS[bond.ring], STATUS_WORDS[bond.status])
    return ", ".join(word for word in words if word)


def support_of(bond: Bond) -> tuple[str, ...]:
    """Return what goes to and fro, one piece each: given, received, returned, strain."""
    pieces = []
    happened, claimed = received(bond), expected(bond) - received(bond)
    if happened:
        pieces.append(f"gave {_list(happened)} support this past year")
    if claimed:
        pieces.append(f"could be turned to for {_list(claimed)} support")
    if not kinds_given(bond):
        pieces.append("no support noted")
    if returned := kinds_returned(bond):
        pieces.append(f"gets {_list(returned)} support")
    if strained(bond):
        pieces.append("some strain")
    return tuple(pieces)


def _list(kinds: frozenset[Kind]) -> str:
    words = [kind.value for kind in SUPPORT if kind in kinds]
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
