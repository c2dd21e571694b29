"""What a person's page asks on its one line, and the act that an answer becomes."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kinship.circle.layout import USUAL_SECTORS
from kinship.ground.days import birthday_in, day_in
from kinship.ground.errors import Misused, NotFound
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Bond, Direction
from kinship.tui.tie_words import KINDS, NO_RHYTHM, RHYTHMS, RINGS, STATUSES

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import Alter

MORE = (
    ("name", "name"), ("aliases", "aliases"), ("kind", "is a"), ("pronouns", "pronouns"), ("birthday", "birthday"),
    ("notes", "notes"), ("touch", "in touch"), ("same", "same as"), ("part", "part"),
)  # fmt: skip
"""What may be changed of somebody beside what has a key of its own."""


class Asked(NamedTuple):
    """A question: words to choose from, or (without any) a line to type."""

    words: str
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    suggestions: tuple[str, ...] = ()


class Where(NamedTuple):
    """What an answer is about: the tie, the day it holds from (None for today), and the way under the cursor."""

    bond: Bond
    since: dt.date | None
    kind: Kind
    direction: Direction


TYPED = {
    "name": "name", "aliases": "also called", "pronouns": "pronouns", "birthday": "birthday", "sector": "circle",
    "same": "is the same as", "since": "as of, and from then on", "way": "",
}  # fmt: skip
"""The questions that are answered by typing."""


def asked(about: str, journal: Journal, where: Where) -> Asked:
    """Return the question. Raises NotFound where there is nothing to choose from."""
    return _typed(about, journal, where) if about in TYPED else _chosen(about, journal, where.bond)


def _chosen(about: str, journal: Journal, bond: Bond) -> Asked:
    alter, touch = bond.alter, journal.choices.touch(bond.alter.id)
    if about == "part":
        merged = journal.alters.merged(alter.id)
        if not merged:
            raise NotFound("Nobody was made one with them.")
        return Asked("is not", tuple((one.id, one.name) for one in merged[:9]))
    rhythms = tuple((str(days), words) for days, words in RHYTHMS.items())
    return {
        "ring": Asked("how close", RINGS, bond.ring.value if bond.ring is not None else ""),
        "status": Asked("it is", STATUSES, bond.status.value),
        "kind": Asked("is a", KINDS, alter.kind.value),
        "more": Asked("", MORE, "name"),
        "touch": Asked("in touch", (*rhythms, ("", NO_RHYTHM)), str(touch) if touch in RHYTHMS else ""),
    }[about]


def _typed(about: str, journal: Journal, where: Where) -> Asked:
    alter = where.bond.alter
    words = TYPED[about]
    suggestions: tuple[str, ...] = ()
    if about == "way":
        words = "what weighs, in your word" if where.kind is Kind.STRAIN else f"{where.kind.value}, in your word"
    elif about == "sector":
        circle = journal.circle.as_of(where.since or journal.today())
        suggestions = tuple(dict.fromkeys([*(one.sector for one in circle.bonds if one.sector), *USUAL_SECTORS]))
    elif about == "same":
        suggestions = tuple(one.name for one in _others(journal, alter))
    values = {
        "name": alter.name, "aliases": ", ".join(alter.aliases), "pronouns": alter.pronouns,
        "birthday": alter.birthday, "sector": where.bond.sector or "",
        "since": where.since.isoformat() if where.since is not None else "",
    }  # fmt: skip
    return Asked(words, (), values.get(about, ""), suggestions)


def answered(about: str, answer: str, journal: Journal, where: Where) -> Act | None:
    """Do what an answer asks for; None where it asks for nothing. Raises Misused or NotFound with a sentence."""
    alter = where.bond.alter
    commands: dict[str, Callable[[], Act]] = {
        "touch": lambda: journal.keep_in_touch(alter.id, int(answer) if answer else None),
        "way": lambda: journal.add_way(
            where.kind, answer, of=alter.id, direction=where.direction, from_=where.since
        ),
        "same": lambda: journal.merge_alters(alter.id, one_named(journal, answer, alter).id),
        "part": lambda: journal.part_alters(answer),
    }  # fmt: skip
    if about in ("ring", "status", "sector"):
        return journal.state(alter.id, about, answer or None, from_=where.since)
    if about in commands:
        return commands[about]()
    return journal.edit_alter(_edited(about, answer, alter)) if answer or about != "name" else None


def _edited(about: str, answer: str, alter: Alter) -> Alter:
    """Return somebody with one of their own fields changed."""
    match about:
        case "birthday":
            return msgspec.structs.replace(alter, birthday=birthday_in(answer) if answer else "")
        case "aliases":
            return msgspec.structs.replace(alter, aliases=tuple(answer.split(",")))
        case "kind":
            return msgspec.structs.replace(alter, kind=AlterKind(answer))
        case "name":
            return msgspec.structs.replace(alter, name=answer)
        case _:
            return msgspec.structs.replace(alter, pronouns=answer)


def since_in(answer: str, today: dt.date) -> dt.date | None:
    """Return the day a page is turned to; None for today, and for no answer. Raises Misused."""
    day = day_in(answer, today) if answer else today
    return None if day == today else day


def one_named(journal: Journal, name: str, besides: Alter) -> Alter:
    """Return the one other alter of this name. Raises NotFound with the nearest name, Misused for more than one."""
    found = [one for one in journal.alters.by_name(name) if one.id != besides.id]
    if len(found) == 1:
        return found[0]
    if found:
        raise Misused("More than one on your map is called that; open the page of the one, and say it from there.")
    names = {one.casefold(): one for other in _others(journal, besides) for one in (other.name, *other.aliases)}
    near = difflib.get_close_matches(name.casefold(), names, n=1)
    raise NotFound("Nobody else of that name is on your map.", f"Did you mean {names[near[0]]}?" if near else "")


def _others(journal: Journal, alter: Alter) -> list[Alter]:
    return [one for one in journal.alters.all() if one.id != alter.id]
