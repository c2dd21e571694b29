"""The shapes that scripts rely on: what a page, a person or a moment looks like as JSON."""

from __future__ import annotations

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
