"""Every name that a journal knows, for what must not show one."""

from __future__ import annotations

from collections.abc import Iterator

from kinship.journal.journal import Journal
from kinship.journal.kept_maps import names_kept
from kinship.journal.model import AlterKind

_PERSONAL = frozenset({AlterKind.PERSON, AlterKind.PROFESSIONAL, AlterKind.PET})


def names_of_people(journal: Journal) -> Iterator[str]:
    """Yield every name of people and pets: on the map, on kept maps, on pages, visits and the card, and one's own."""
    things = set()
    for alter in journal.alters:
        if alter.kind in _PERSONAL:
            yield from (alter.name, *alter.aliases)
        else:
            things.add(alter.id)
    for entry in journal.pages.all():
        yield from (name for name, id_ in entry.names.items() if id_ not in things)
    yield from (one.with_ for one in journal.appointments)
    for card in journal.cards:
        yield from card.people
    yield from (one.name for one in names_kept(journal.snapshots) if one.kind in _PERSONAL)
    yield journal.choices.own_name


def names_of_things(journal: Journal) -> Iterator[str]:
    """Yield names and aliases of groups, places, practices and what else is no person."""
    for alter in journal.alters:
        if alter.kind not in _PERSONAL:
            yield from (alter.name, *alter.aliases)
    yield from (one.name for one in names_kept(journal.snapshots) if one.kind not in _PERSONAL)
