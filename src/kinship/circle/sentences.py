"""The map in words: what the panel says of one person, and the whole circle as lines. Gentle, never a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from kinship.circle.network import counted
from kinship.circle.rhythm import ago, since
from kinship.circle.support import from_them, kinds_given, marked, received, strained, to_them
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind, kind_of, label_of, subkind
from kinship.journal.model import Bond, Circle, Moment, Ring, Status

RING_WORDS = {Ring.INNER: "inner ring", Ring.MIDDLE: "middle ring", Ring.OUTER: "outer ring", None: "no ring yet"}

STATUS_WORDS = {
    Status.ACTIVE: "",
    Status.WISHED: "wished for",
    Status.PAUSED: "paused",
    Status.REMEMBERED: "remembered",
    Status.ENDED: "ended",
    Status.NO_CONTACT: "no contact",
}

_OVER = frozenset({Status.REMEMBERED, Status.ENDED, Status.NO_CONTACT})
"""How a tie stands that is spoken of in the past."""


class Said(Struct, frozen=True):
    """One line about a person: a short word for what it is about (empty for a sentence that stands alone)."""

    about: str
    text: str


def heading(bond: Bond) -> str:
    """Return the line under which a person stands: circle word, ring, and how the tie stands where it is not plain."""
    parts = ((bond.sector or "").strip(), RING_WORDS[bond.ring], STATUS_WORDS[bond.status])
    return " · ".join(part for part in parts if part)


def words_given(bond: Bond) -> tuple[str, ...]:
    """Return what an alter gives in labels: what was said first, then kinds that only moments tell of."""
    return _labels(bond.gives, received(bond))


def words_returned(bond: Bond) -> tuple[str, ...]:
    """Return what the person gives the alter, in labels."""
    return _labels(bond.receives, frozenset(moment.kind for moment in to_them(bond)))


def _labels(said: dict[str, int], happened: Iterable[Kind]) -> tuple[str, ...]:
    words = [word for word in said if kind_of(word) in SUPPORT]
    covered = {kind_of(word) for word in words}
    fine = {kind_of(word) for word in words if kind_of(word) != word}
    told = [label_of(word) for word in words if not (word in set(Kind) and Kind(word) in fine)]
    return tuple(told + [kind.value for kind in SUPPORT if kind in happened and kind not in covered])


def panel(bond: Bond, circle: Circle, today: dt.date) -> tuple[Said, ...]:
    """Return what the side panel says of one person, line by line, in reading order."""
    over = bond.status in _OVER
    lines = [Said("gave" if over else "gives", ", ".join(words_given(bond)) or "nothing marked yet")]
    if returned := words_returned(bond):
        lines.append(Said("I gave" if over else "I give", ", ".join(returned)))
    if strained(bond):
        weighs = [label_of(word) for word in bond.strain] or ["sometimes"]
        lines.append(Said("weighs", ", ".join(weighs)))
    lines.extend(_happened(bond, today))
    if knows := known_by(bond, circle):
        lines.append(Said("knows", listed(knows, 5)))
    if missed := if_away(bond, circle):
        lines.append(Said("", missed))
    return tuple(lines)


def describe(bond: Bond, circle: Circle, today: dt.date) -> tuple[str, ...]:
    """Return the panel as plain lines, the name and its heading first."""
    said = panel(bond, circle, today)
    head = f"{bond.alter.name} · {heading(bond)}"
    return (head, *(f"{line.about}: {line.text}" if line.about else line.text for line in said))


def _happened(bond: Bond, today: dt.date) -> list[Said]:
    told: tuple[Moment, ...] = from_them(bond)
    if not told:
        return []
    moments = Said("moments", f"{len(told)} {since(told[0].day, today)}")
    return [moments] if bond.status is not Status.ACTIVE else [Said("last", ago(told[-1].day, today)), moments]


def known_by(bond: Bond, circle: Circle) -> tuple[str, ...]:
    """Return the names of those an alter knows, in alphabetical order."""
    me = bond.alter.id
    others = {tie.b if tie.a == me else tie.a for tie in circle.ties if me in (tie.a, tie.b)}
    return tuple(sorted((one.alter.name for one in circle.bonds if one.alter.id in others), key=str.casefold))


def if_away(bond: Bond, circle: Circle) -> str:
    """Return what nobody else is marked for, as a sentence; empty where others are, or where the tie is not active."""
    if not bond.counted:
        return ""
    others = [one for one in counted(circle) if one.alter.id != bond.alter.id]
    kinds = kinds_given(bond) - frozenset().union(*map(kinds_given, others))
    missed = [KIND_WORDS[kind] for kind in SUPPORT if kind in kinds]
    if not missed:
        theirs = frozenset().union(*map(marked, others))
        own = (word for word in bond.gives if subkind(word) is not None)
        missed = [label_of(word) for word in own if not {word, kind_of(word)} & theirs]
    return f"if {bond.alter.name} were away, nobody is marked for {listed(missed, 3)}." if missed else ""


def listed(words: Iterable[str], most: int) -> str:
    """Return words with commas, at most so many and then how many more."""
    told = list(words)
    if len(told) <= most:
        return ", ".join(told)
    return f"{', '.join(told[:most])} and {len(told) - most} more"


def in_order(circle: Circle) -> tuple[Bond, ...]:
    """Return the bonds as a list shows them: by ring, then circle word, then name."""
    rings = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2, None: 3}

    def place(bond: Bond) -> tuple[int, bool, str, str, str]:
        sector = (bond.sector or "").strip().casefold()
        return rings[bond.ring], not sector, sector, bond.alter.name.casefold(), bond.alter.id

    return tuple(sorted(circle.bonds, key=place))


def one_line(bond: Bond) -> str:
    """Return a person as one line of the list, without the ring."""
    aside = ", ".join(part for part in ((bond.sector or "").strip(), STATUS_WORDS[bond.status]) if part)
    given, returned = ", ".join(words_given(bond)), ", ".join(words_returned(bond))
    tense = "gave" if bond.status in _OVER else "gives"
    parts = [f"{tense} {given}" if given else "nothing marked yet", f"I give {returned}" if returned else ""]
    return f"{bond.alter.name}{f' ({aside})' if aside else ''}: {'; '.join(part for part in parts if part)}"


def the_map_in_words(circle: Circle) -> tuple[str, ...]:
    """Return the whole map as lines: everybody by ring, then what is marked and how they are linked."""
    if not circle.bonds:
        return ("Nobody is on your map yet.",)
    lines = [f"Your circle on {circle.as_of.day} {circle.as_of:%B %Y}: {_people(circle)}."]
    ring: Ring | str | None = "none so far"
    for bond in in_order(circle):
        if bond.ring != ring:
            ring = bond.ring
            word = RING_WORDS[bond.ring]
            lines.extend(("", f"{word[0].upper()}{word[1:]}"))
        lines.append(f"  {one_line(bond)}")
    return (*lines, "", *overall(circle))


def overall(circle: Circle) -> tuple[str, ...]:
    """Return the few sentences about the circle as a whole: each kind, and who knows whom."""
    bonds = counted(circle)
    given = [(bond.alter.name, kinds_given(bond)) for bond in bonds]
    said = []
    for kind in SUPPORT:
        names = [name for name, kinds in given if kind in kinds]
        said.append(f"{_marked(names)} for {KIND_WORDS[kind]}.")
    ids = {bond.alter.id for bond in bonds}
    ties = sum(tie.a in ids and tie.b in ids for tie in circle.ties)
    if ties:
        said.append(f"{ties} {'pair knows' if ties == 1 else 'pairs know'} each other.")
    return tuple(said)


def _marked(names: list[str]) -> str:
    if not names:
        return "Nobody is marked yet"
    if len(names) == 1:
        return f"{names[0]} alone is marked"
    return f"{len(names)} are marked" if len(names) > 3 else f"{', '.join(names[:-1])} and {names[-1]} are marked"  # noqa: PLR2004 - names read up to three


def _people(circle: Circle) -> str:
    count, drawn = len(counted(circle)), len(circle.bonds)
    base = f"{count} {'counts' if count == 1 else 'count'}"
    return base if count == drawn else f"{base}, {drawn - count} more drawn"
