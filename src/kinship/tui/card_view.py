"""The hard-day card as it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from kinship.journal.card import people_on_card

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

EMPTY = (
    "Your hard-day card is empty. e writes it: who helps, what helps, words to yourself. r goes through it with you."
)


def card_shown(journal: Journal) -> Content | None:
    """Return the card as it is read on a hard day: own words first; None where nothing stands on it."""
    card = journal.card
    parts = [
        *([Content(card.words), Content("")] if card.words.strip() else []),
        *_part("Who you can turn to", people_on_card(journal).values()),
        *_part("Your numbers", card.numbers),
        *_part("What helps", card.helps),
    ]
    return Content("\n").join(parts[:-1]) if parts else None


def _part(title: str, lines: Iterable[str]) -> list[Content]:
    told = [line for line in lines if line.strip()]
    if not told:
        return []
    return [Content.styled(title, "$dim"), *(Content(f"  {line}") for line in told), Content("")]
