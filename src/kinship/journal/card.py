"""The people of the hard-day card: kept by id, read and written by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.journal.model import Status

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_ID = re.compile(r"[0-9a-f]{32}")


def people_on_card(journal: Journal) -> dict[str, str]:
    """Return who stands on the card, by what is kept of each: the name they have now, or the one that was typed.

    Somebody who is no longer on the map is left out, and so is somebody there is no contact with.
    """
    closed = {bond.alter.id for bond in journal.circle.as_of(journal.today()).bonds if bond.status is Status.NO_CONTACT}
    found: dict[str, str] = {}
    for told in journal.card.people:
        alter = journal.alters.get(told)
        if alter is not None and alter.id not in closed:
            found[told] = alter.name
        elif alter is None and not _ID.fullmatch(told):
            found[told] = told
    return found


def people_for_card(journal: Journal, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the card keeps of `names`, which replace those that are read on it; who is left out there stays.

    Each is what stood there already, the id of who alone is called so, or the name itself.
    """
    shown = people_on_card(journal)
    there = {name: told for told, name in shown.items()}
    unseen = tuple(told for told in journal.card.people if told not in shown)
    return (*dict.fromkeys(there.get(name) or _meant(journal, name) for name in names), *unseen)


def _meant(journal: Journal, name: str) -> str:
    bearers = journal.alters.by_name(name)
    return bearers[0].id if len(bearers) == 1 else name
