"""What everyone is called in an export: codes, roles, initials or full names, the same ones each time for one vault."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from kinship.journal.model import Alter, AlterId, AlterKind, Bond, Circle, Fact
from kinship.privacy.text import clean_line
from kinship.snapshot.share import NamesMode
from kinship.snapshot.words import KIND_WORDS

NAMELESS = "(no name)"

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_DIGITS = "23456789"
"""A letter and a digit in turn: no code can read as anybody's name."""

_SECTOR_ROLES: dict[str, str] = {
    "family": "relative",
    "relatives": "relative",
    "partner": "partner",
    "friends": "friend",
    "friend": "friend",
    "old friends": "friend",
    "work": "colleague",
    "colleagues": "colleague",
    "school": "schoolmate",
    "study": "fellow student",
    "university": "fellow student",
    "neighbourhood": "neighbour",
    "neighborhood": "neighbour",
    "neighbours": "neighbour",
    "neighbors": "neighbour",
    "treatment": "helper",
    "care": "helper",
    "health": "helper",
    "community": "companion",
    "club": "companion",
    "choir": "companion",
    "sport": "companion",
    "faith": "companion",
    "online": "online friend",
    "home": "housemate",
    "other": "person",
}
"""Words for a sector that name nobody, each with what a person in it is called; any other word is the person's own."""


def call_everyone(circle: Circle, mode: NamesMode, seed: str, order: Sequence[AlterId] = ()) -> dict[AlterId, str]:
    """Return what each alter is called, by id.

    `seed` makes the codes of one vault (its id will do). Numbers follow `order`, the ids as they came onto the map, so
    that adding somebody renames nobody; whoever is not in it comes last, in an order that says nothing of their names.
    """
    if mode is NamesMode.FULL:
        return {bond.alter.id: full_name(bond.alter) for bond in circle.bonds}
    rank = {id_: index for index, id_ in enumerate(order)}
    bonds = sorted(circle.bonds, key=lambda bond: (rank.get(bond.alter.id, len(rank)), _digest(bond.alter.id, seed)))
    people = [bond for bond in bonds if bond.alter.kind is AlterKind.PERSON]
    others = [bond for bond in bonds if bond.alter.kind is not AlterKind.PERSON]
    called = _numbered(others, lambda bond: KIND_WORDS[bond.alter.kind])
    codes = _codes((bond.alter.id for bond in bonds), seed)
    if mode is NamesMode.ROLES:
        return called | _numbered(people, lambda bond: role_of(bond.sector))
    if mode is NamesMode.INITIALS:
        return called | _initialled(people, codes)
    return called | {bond.alter.id: codes[bond.alter.id] for bond in people}


def order_of_coming(facts: Iterable[Fact]) -> tuple[AlterId, ...]:
    """Return all subjects of `facts` in the order in which something was first written down of them."""
    first: dict[AlterId, tuple[dt.datetime, dt.date]] = {}
    for fact in facts:
        for id_ in fact.subject:
            first[id_] = min(first.get(id_, (fact.recorded, fact.from_)), (fact.recorded, fact.from_))
    return tuple(sorted(first, key=lambda id_: (first[id_], id_)))


def full_name(alter: Alter) -> str:
    """Return the name as the person wrote it, with nothing in it that a reader or a viewer could obey."""
    return clean_line(alter.name) or NAMELESS


def role_of(sector: str | None) -> str:
    """Return what somebody of this sector is to the person: "friend"; "person" where the word is the person's own."""
    return _SECTOR_ROLES.get((sector or "").strip().casefold(), "person")


def neutral_sectors(sectors: Iterable[str | None]) -> dict[str | None, str | None]:
    """Return each sector by a word that names nobody: common words as they are, own words as "circle 1", "circle 2"."""
    own: dict[str, str] = {}
    neutral: dict[str | None, str | None] = {None: None}
    for sector in sectors:
        if sector is None or sector.strip().casefold() in _SECTOR_ROLES:
            neutral[sector] = sector
        else:
            neutral[sector] = own.setdefault(sector.strip().casefold(), f"circle {len(own) + 1}")
    return neutral


def pseudonymous_id(id_: AlterId, seed: str) -> str:
    """Return an id that is the same in every export of this vault and cannot be traced to the one inside it.

    With an empty seed it is such an id already.
    """
    if not seed:
        return id_
    return _digest(id_, seed).hex()[:16]


def initials(name: str) -> str:
    """Return the initials of the first and last word ("A.B."), empty where the name has no letter or digit."""
    words = [letter for word in name.split() if (letter := _first_letter(word))]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(f"{letter}." for letter in chosen)


def _first_letter(word: str) -> str:
    plain = unicodedata.normalize("NFC", word)
    at = next((index for index, sign in enumerate(plain) if sign.isalnum()), None)
    if at is None:
        return ""
    end = at + 1
    while end < len(plain) and unicodedata.combining(plain[end]):
        end += 1
    upper = plain[at].upper()
    return (upper if len(upper) == 1 else plain[at]) + plain[at + 1 : end]


def _initialled(people: list[Bond], codes: dict[AlterId, str]) -> dict[AlterId, str]:
    short = {bond.alter.id: initials(full_name(bond.alter)) or codes[bond.alter.id] for bond in people}
    often = Counter(short.values())
    seen: Counter[str] = Counter()
    for id_, letters in short.items():
        if often[letters] > 1:
            seen[letters] += 1
            short[id_] = f"{letters} {seen[letters]}"
    return short


def _numbered(bonds: list[Bond], word: Callable[[Bond], str]) -> dict[AlterId, str]:
    by_word: defaultdict[str, list[AlterId]] = defaultdict(list)
    for bond in bonds:
        by_word[word(bond)].append(bond.alter.id)
    called: dict[AlterId, str] = {}
    for name, ids in by_word.items():
        if len(ids) == 1:
            called[ids[0]] = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
        else:
            called.update({id_: f"{name} {number}" for number, id_ in enumerate(ids, 1)})
    return called


def _codes(ids: Iterable[AlterId], seed: str) -> dict[AlterId, str]:
    long = {id_: _code(_digest(id_, seed)) for id_ in ids}
    shared = Counter(code[:4] for code in long.values())
    return {id_: code[:4] if shared[code[:4]] == 1 else code for id_, code in long.items()}


def _code(digest: bytes) -> str:
    return "".join(
        alphabet[byte % len(alphabet)] for byte, alphabet in zip(digest, (_LETTERS, _DIGITS) * 4, strict=False)
    )


def _digest(id_: AlterId, seed: str) -> bytes:
    return hmac.new(seed.encode("utf-8", "replace"), id_.encode("utf-8", "replace"), hashlib.sha256).digest()
