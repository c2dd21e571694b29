"""What attributes of a table or graph mean here: kinds, rings, states, supports, whatever program wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinship.journal.kinds import Kind, kind_of
from kinship.journal.model import AlterKind, Ring, Status
from kinship.privacy.text import clean, clean_line

NAMES = ("name", "nickname", "label", "alter_name", "person_name")
"""Where a name is looked for, in this order."""
SECTORS = ("circle", "sector", "group", "context", "category")
USUAL = 2
TRUE, FALSE = frozenset({"true", "1", "yes", "t"}), frozenset({"false", "0", "no", "f", ""})
WAYS = {"support": "gives", "gives": "gives", "receives": "receives", "strain": "strain"}
"""Beginnings of attributes such as `support_emotional` to the fields of facts."""
KINDS = {
    "person": AlterKind.PERSON,
    "people": AlterKind.PERSON,
    "alter": AlterKind.PERSON,
    "professional": AlterKind.PROFESSIONAL,
    "provider": AlterKind.PROFESSIONAL,
    "group": AlterKind.GROUP,
    "organization": AlterKind.GROUP,
    "organisation": AlterKind.GROUP,
    "community": AlterKind.GROUP,
    "place": AlterKind.PLACE,
    "location": AlterKind.PLACE,
    "venue": AlterKind.PLACE,
    "online": AlterKind.ONLINE,
    "pet": AlterKind.PET,
    "practice": AlterKind.PRACTICE,
}
"""What others call the kinds of who is on a map."""

Row = Mapping[str, str]


def name_in(row: Row) -> str:
    """Return the name a row gives, empty where it gives none."""
    told = {key.casefold(): value for key, value in row.items()}
    return next((name for key in NAMES if (name := clean_line(told.get(key, "")))), "")


def kind_in(row: Row, otherwise: str = "") -> AlterKind | None:
    """Return what a row, or else the type of its table, says somebody is; None for a word that is not known."""
    word = next((value for key, value in row.items() if key.casefold() in ("kind", "type")), "") or otherwise
    return KINDS.get(word.strip().casefold()) if word else AlterKind.PERSON


def said_in(row: Row) -> Iterator[tuple[str, int | str]]:
    """Yield the fields of facts a row speaks of, with their values."""
    for key, value in row.items():
        word = value.strip().casefold()
        match key.casefold():
            case "ring" if word in set(Ring):
                yield "ring", word
            case "status" if word in set(Status):
                yield "status", word
            case name if name in SECTORS and clean_line(value) and word not in KINDS:
                yield "sector", clean_line(value).casefold()
            case name:
                field = _support(name)
                strength = _strength(word)
                if field is not None and strength:
                    yield field, strength


def _support(name: str) -> str | None:
    way, _, word = name.partition("_")
    kind = kind_of(word)
    if way not in WAYS or kind is None or (kind is Kind.STRAIN) is not (way == "strain"):
        return None
    return f"{WAYS[way]}.{word}"


def _strength(word: str) -> int:
    if word in ("2", "3"):
        return int(word)
    return USUAL if word in TRUE else 0


def notes_in(row: Row) -> str:
    """Return the notes of a row."""
    return next((clean(value).strip() for key, value in row.items() if key.casefold() in ("notes", "note")), "")


def is_taken(key: str) -> bool:
    """Whether an attribute of this name has a place here."""
    name = key.casefold()
    known = (*NAMES, *SECTORS, "ring", "status", "kind", "type", "notes", "note")
    return name in known or _support(name) is not None
