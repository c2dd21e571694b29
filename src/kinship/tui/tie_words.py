"""What a person's page says of a tie in words: who they are, how it stands, what happened and is not said yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from kinship.circle.sentences import STATUS_WORDS, listed
from kinship.journal.kinds import Kind, Subkind, kind_of, subkind
from kinship.journal.model import Alter, AlterKind, Bond, Direction, Moment, Status
from kinship.journal.people_ways import GROUPS

RINGS = (("inner", "inner"), ("middle", "middle"), ("outer", "outer"), ("", "not said"))
STATUSES = tuple((status.value, STATUS_WORDS[status] or "active") for status in Status)
KIND_WORDS = {AlterKind.ONLINE: "online circle"}
KINDS = tuple((kind.value, KIND_WORDS.get(kind, kind.value)) for kind in AlterKind)
RHYTHMS = {7: "every week", 14: "every two weeks", 30: "every month", 90: "every few months"}
"""How often somebody may want to be in touch, in days."""
NO_RHYTHM = "not asked about"

CARE = {
    Status.WISHED: "Wished for: drawn dotted, and counted nowhere.",
    Status.PAUSED: "Paused. It stays on the map; nothing is asked about it.",
    Status.REMEMBERED: "Remembered. You can write to them and about them; nobody suggests being in touch.",
    Status.ENDED: "Ended. What was stays true for the time it was.",
    Status.NO_CONTACT: "No contact. Never brought up, and left out of what you share.",
}
"""What a status means, said once where it holds."""


def about(alter: Alter, knows: Iterable[str], merged: Iterable[Alter], touch: int | None) -> str:
    """Return the line under a name: what they are, pronouns, other names, birthday, whom they know."""
    others = [one.name for one in merged]
    known = tuple(knows)
    met = "members" if alter.kind in GROUPS else "knows"
    parts = (
        KIND_WORDS.get(alter.kind, alter.kind.value),
        alter.pronouns,
        f"also called {listed(alter.aliases, 4)}" if alter.aliases else "",
        f"one with {listed(others, 3)}" if others else "",
        f"birthday {birthday_words(alter.birthday)}" if alter.birthday else "",
        f"in touch {rhythm_words(touch)}" if touch is not None else "",
        f"{met} {listed(known, 5)}" if known else "",
    )
    return " · ".join(part for part in parts if part)


def rhythm_words(every: int) -> str:
    """Return how often, in words."""
    return RHYTHMS.get(every, f"every {every} days")


def birthday_words(birthday: str) -> str:
    """Return a birthday as it is said, "3 May 1980"; as it stands where it is no day."""
    try:
        day = dt.date.fromisoformat(birthday.replace("--", "2000-", 1) if birthday.startswith("--") else birthday)
    except ValueError:
        return birthday
    return f"{day.day} {day:%B}" + ("" if birthday.startswith("--") else f" {day.year}")


def words_of(moment: Moment, own: Callable[[str], Subkind | None]) -> str:
    """Return what happened in a few words: "listened", or of what was given to them "from me: listening"."""
    named = (own(moment.subkind) or subkind(moment.subkind)) if moment.subkind is not None else None
    if moment.direction is Direction.TO_THEM:
        return f"from me: {named.label if named is not None else moment.kind.value}"
    if named is not None:
        return named.past
    return "strain" if moment.kind is Kind.STRAIN else f"{moment.kind.value} support"


def unsaid(bond: Bond, direction: Direction) -> str | None:
    """Return the way that happened most without being said (a said kind covers its ways, and the other way round).

    None where there is none, and for a tie that is not active: nothing is asked of those. Strain is never offered.
    """
    if bond.status is not Status.ACTIVE:
        return None
    said = bond.gives if direction is Direction.FROM_THEM else bond.receives
    kinds = {kind_of(word) for word in said}
    told = Counter(
        moment.subkind or moment.kind.value
        for moment in bond.moments
        if moment.direction is direction and moment.kind is not Kind.STRAIN
    )
    left = [
        (-count, word)
        for word, count in told.items()
        if word not in said and kind_of(word) not in said and not (word in set(Kind) and Kind(word) in kinds)
    ]
    return min(left)[1] if left else None


def is_of(moment: Moment, kind: Kind, word: str, direction: Direction) -> bool:
    """Return whether a moment tells of a kind or a way, in a direction (strain has one)."""
    same = moment.kind is kind and word in (kind.value, moment.subkind)
    return same and (moment.direction is direction or kind is Kind.STRAIN)
