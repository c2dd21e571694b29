"""The hard-day card to be written: people, numbers, what helps, and words to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kinship.journal.card import people_for_card, people_on_card
from kinship.journal.model import Card
from kinship.privacy.text import clean
from kinship.tui.context import Context
from kinship.tui.screens.form import Field, FormScreen, lines_of

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


class CardScreen(FormScreen):
    """Every field may stay empty; F1 shows the card first while the journal is open."""

    HEADING = "Your hard-day card"
    ABOUT = "For a day when little seems to help. Every part may stay empty. F1 shows it first, once you are in."
    FIELDS = (
        Field("words", "Words to yourself", "to read on such a day"),
        Field("people", "Who you can turn to", "one name a line"),
        Field("numbers", "Your numbers", "whose, and the number"),
        Field("helps", "What helps", "small things"),
    )

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__(context, journal, "card")

    def values_before(self) -> Mapping[str, str]:
        card = self.journal.card
        return {
            "people": "\n".join(people_on_card(self.journal).values()),
            "numbers": "\n".join(card.numbers),
            "helps": "\n".join(card.helps),
            "words": card.words,
        }

    def keep(self, values: Mapping[str, str]) -> None:
        self.journal.write_card(
            Card(
                people=people_for_card(self.journal, lines_of(clean(values["people"]))),
                numbers=lines_of(clean(values["numbers"])),
                helps=lines_of(clean(values["helps"])),
                words=clean(values["words"]).strip(),
            )
        )
