"""People from an address book: vCard 2.1, 3.0 and 4.0; names, nicknames, birthdays, notes, no number or address."""

from __future__ import annotations

import datetime as dt
import quopri
import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from kinship.ground.errors import Refused
from kinship.journal.model import AlterKind
from kinship.privacy.text import clean, clean_line
from kinship.transfer.files import text_of
from kinship.transfer.plan import Newcomer, Plan

SOURCE = "People from vCard"
MOST = 20_000
_TAKEN = frozenset({"FN", "N", "NICKNAME", "BDAY", "NOTE", "KIND", "X-ADDRESSBOOKSERVER-KIND", "ORG", "PRONOUNS"})
_QUIET = frozenset({"VERSION", "PRODID", "UID", "REV", "BEGIN", "END", "SOURCE", "XML", "CLIENTPIDMAP"})
_KINDS = {"group": AlterKind.GROUP, "org": AlterKind.GROUP, "location": AlterKind.PLACE}
_DAY = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")
_YEARLESS = re.compile(r"^--(\d{2})-?(\d{2})")
_UNKNOWN_YEARS = frozenset({"1604", "0000"})
"""Years that address books write where none is known."""


class _Line(Struct, frozen=True):
    name: str
    parameters: str
    value: str


def read(data: bytes, today: dt.date) -> Plan:
    """Return the people of a vCard file, on the map from `today`. Raises Refused for what holds no card."""
    people: list[Newcomer] = []
    left_out: Counter[str] = Counter()
    nameless = 0
    for number, card in enumerate(_cards(text_of(data))):
        if number >= MOST:
            raise Refused(f"The file holds more than {MOST:,} cards.")
        left_out.update({line.name for line in card} - _TAKEN - _QUIET)
        one = _newcomer(str(number), card, today)
        if one is None:
            nameless += 1
        else:
            people.append(one)
    if not people:
        raise Refused("The file holds no card with a name.", "Address books export vCard files that end in .vcf.")
    doubts = (f"cards without a name are left out ({nameless})",) if nameless else ()
    return Plan(
        source=SOURCE,
        people=tuple(people),
        doubts=doubts,
        left_out=tuple(f"{name} ({times})" for name, times in left_out.most_common()),
    )


def _cards(text: str) -> Iterator[list[_Line]]:
    card: list[_Line] | None = None
    for line in _unfolded(text):
        name, _, value = line.partition(":")
        name, _, parameters = name.partition(";")
        name = name.rpartition(".")[2].strip().upper()
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            card = []
        elif name == "END" and card is not None:
            yield card
            card = None
        elif card is not None and value:
            card.append(_Line(name, parameters.upper(), value))


def _unfolded(text: str) -> Iterator[str]:
    """Yield the lines of the file with those that go on joined: by a blank, or by `=` where they are quoted."""
    held = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t") and held:
            held += line[1:]
        elif held.endswith("=") and "QUOTED-PRINTABLE" in held.partition(":")[0].upper():
            held = held[:-1] + line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _newcomer(ref: str, card: list[_Line], today: dt.date) -> Newcomer | None:
    told = {line.name: _value(line) for line in reversed(card)}
    kind = told.get("KIND") or told.get("X-ADDRESSBOOKSERVER-KIND", "")
    name = clean_line(_plain(told.get("FN", ""))) or clean_line(_structured(told.get("N", "")))
    organisation = clean_line(_plain(told.get("ORG", "").replace(";", " ")))
    if not name and not organisation:
        return None
    aliases = tuple(one for part in _split(told.get("NICKNAME", ""), ",") if (one := clean_line(part)))
    return Newcomer(
        ref=ref,
        name=name or organisation,
        kind=_KINDS.get(kind.casefold(), AlterKind.PERSON if name else AlterKind.GROUP),
        since=today,
        aliases=aliases,
        pronouns=clean_line(_plain(told.get("PRONOUNS", ""))),
        birthday=_birthday(told.get("BDAY", "")),
        notes=clean(_plain(told.get("NOTE", ""))).strip(),
    )


def _value(line: _Line) -> str:
    if "QUOTED-PRINTABLE" not in line.parameters:
        return line.value
    charset = re.search(r"CHARSET=([\w-]+)", line.parameters)
    try:
        return quopri.decodestring(line.value.encode("utf-8")).decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        return line.value


def _structured(value: str) -> str:
    """Return a name from its parts: family; given; further; before; behind."""
    family, given, further, *_ = (*(_plain(one) for one in _split(value, ";")), "", "", "")
    return " ".join(part for part in (given, further, family) if part.strip())


def _split(value: str, separator: str) -> list[str]:
    return re.split(rf"(?<!\\){separator}", value)


def _plain(value: str) -> str:
    """Return a value without its escapes."""
    return re.sub(r"\\([nN,;:\\])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _birthday(value: str) -> str:
    """Return YYYY-MM-DD or --MM-DD; empty for what is no day."""
    full, yearless = _DAY.match(value.strip()), _YEARLESS.match(value.strip())
    if full is None and yearless is None:
        return ""
    year, month, day = full.groups() if full is not None else ("2000", *yearless.groups()) if yearless else ("", "", "")
    try:
        dt.date(int(year) or 2000, int(month), int(day))
    except ValueError:
        return ""
    known = full is not None and year not in _UNKNOWN_YEARS
    return f"{year}-{month}-{day}" if known else f"--{month}-{day}"
