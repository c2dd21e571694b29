"""The shapes that scripts rely on: what a page, a person or a moment looks like as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kinship.journal.model import Alter, AlterId, Bond, Entry, Moment

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

Shape = dict[str, Any]


def people_in(journal: Journal, entry: Entry) -> list[Alter]:
    """Return whom a page mentions, each once, in the order of their first mention."""
    found: dict[AlterId, Alter] = {}
    for id_ in entry.names.values():
        alter = journal.alters.get(id_)
        if alter is not None:
            found.setdefault(alter.id, alter)
    return list(found.values())


def entry_shape(journal: Journal, entry: Entry, title: str) -> Shape:
    """Return a page as `list --json` prints it; `title` is the given or the derived one."""
    return {
        "id": entry.id,
        "date": entry.day.isoformat(),
        "at": entry.at.isoformat(timespec="seconds"),
        "journal": entry.journal,
        "title": title,
        "body": entry.body,
        "tags": list(entry.tags),
        "people": [{"id": alter.id, "name": alter.name} for alter in people_in(journal, entry)],
        "mood": entry.mood,
        "stress": entry.stress,
        "feelings": list(entry.feelings),
        "topic": entry.topic,
        "prompt": entry.prompt,
        "starred": entry.starred,
    }


def bond_shape(bond: Bond) -> Shape:
    """Return somebody of the circle as `people --json` prints them; `circle` is the sector (family, work)."""
    return {
        "id": bond.alter.id,
        "name": bond.alter.name,
        "kind": bond.alter.kind.value,
        "aliases": list(bond.alter.aliases),
        "pronouns": bond.alter.pronouns,
        "birthday": bond.alter.birthday,
        "notes": bond.alter.notes,
        "ring": bond.ring.value if bond.ring is not None else None,
        "circle": bond.sector,
        "status": bond.status.value,
        "gives": dict(bond.gives),
        "receives": dict(bond.receives),
        "strain": dict(bond.strain),
        "moments": len(bond.moments),
    }


def moment_shape(moment: Moment) -> Shape:
    """Return a moment as `support --json` prints it."""
    return {
        "id": moment.id,
        "date": moment.day.isoformat(),
        "person": moment.alter,
        "direction": moment.direction.value,
        "kind": moment.kind.value,
        "subkind": moment.subkind,
        "strength": moment.strength,
        "entry": moment.entry,
    }


def person_shape(journal: Journal, alter: Alter, day: dt.date) -> Shape:
    """Return all that is known of somebody as `people show --json` prints it."""
    bond = journal.circle.bond(alter, day)
    circle = journal.circle.as_of(day)
    names = {one.alter.id: one.alter.name for one in circle.bonds}
    ties = [tie for tie in circle.ties if alter.id in (tie.a, tie.b)]
    others = [(tie.b if tie.a == alter.id else tie.a, tie) for tie in ties]
    return {
        **(bond_shape(bond) if bond is not None else {"id": alter.id, "name": alter.name}),
        "one_with": [{"id": one.id, "name": one.name} for one in journal.alters.merged(alter.id)],
        "keep_in_touch": journal.choices.touch(alter.id),
        "knows": [
            {"id": id_, "name": names[id_], "strength": tie.strength, "member": tie.member} for id_, tie in others
        ],
        "evidence": [moment_shape(moment) for moment in journal.moments.of(alter)],
        "history": [
            {"date": told.day.isoformat(), "text": told.text} for told in journal.circle.timeline().history_of(alter.id)
        ],
        "entries": [page.id for page in journal.pages.mentioning(alter)],
    }
