"""The hard-day card as it is read, and its people by the names they have now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from kinship.journal.model import Status

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_ID = re.compile(r"[0-9a-f]{32}")
EMPTY = (
    "Your hard-day card is empty. e writes it: who helps, what helps, words to yourself. r goes through it with you."
)


def people_on(journal: Journal) -> dict[str, str]:
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


def card_shown(journal: Journal) -> Content | None:
    """Return the card as it is read on a hard day: own words first; None where nothing stands on it."""
    card = journal.card
    parts = [
        *([Content(card.words), Content("")] if card.words.strip() else []),
        *_part("Who you can turn to", people_on(journal).values()),
        *_part("Your numbers", card.numbers),
        *_part("What helps", card.helps),
    ]
    return Content("\n").join(parts[:-1]) if parts else None


def _part(title: str, lines: Iterable[str]) -> list[Content]:
    told = [line for line in lines if line.strip()]
    if not told:
        return []
    return [Content.styled(title, "$dim"), *(Content(f"  {line}") for line in told), Content("")]
