"""Commands on the small things: check-ins, next steps, dates ahead, lines, the card, scales, choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act, change
from kinship.journal.choices import device_key
from kinship.journal.codec import TYPES
from kinship.journal.ledger import Ledger
from kinship.journal.model import (
    AlterId,
    Appointment,
    Card,
    CheckIn,
    EntryId,
    Intention,
    Line,
    Pulse,
    ScaleResult,
    StepState,
)
from kinship.journal.records import Choice
from kinship.journal.statements import check_scale
from kinship.privacy.text import clean_line
from kinship.vault import new_id


class SmallActs(Ledger):
    """Commands on everything beside pages and people."""

    def check_in(
        self,
        *,
        mood: int | None = None,
        stress: int | None = None,
        feelings: tuple[str, ...] = (),
        pulse: Pulse | None = None,
        entry: EntryId | None = None,
    ) -> Act:
        """Keep how the person is now. Numbers are 0-10; raises Misused for others."""
        check_scale(mood, stress, *(msgspec.structs.astuple(pulse) if pulse is not None else ()))
        now = self.clock.now()
        said = CheckIn(
            id=new_id(), at=now, day=self.today(), mood=mood, stress=stress, feelings=feelings, pulse=pulse, entry=entry
        )
        return self.perform("Check-in", [self.put(said)])

    def intend(
        self,
        text: str,
        *,
        due: dt.date | None = None,
        when_where: str = "",
        if_blocked: str = "",
        alter: AlterId | None = None,
        entry: EntryId | None = None,
    ) -> Act:
        """Keep a small next step, in the person's words."""
        step = Intention(
            id=new_id(), text=text, made=self.today(), due=due, when_where=when_where, if_blocked=if_blocked,
            alter=alter, entry=entry,
        )  # fmt: skip
        return self.perform("Next step", [self.put(step)])

    def edit_intention(self, step: Intention) -> Act:
        """Change a next step: its words, its day."""
        return self.perform("Next step", [self.put(step)])

    def finish_intention(self, id_: str, state: StepState = StepState.DONE) -> Act:
        """Say how a next step went. Raises NotFound."""
        step = self.intentions.get(id_)
        if step is None:
            raise NotFound("There is no such next step.")
        return self.edit_intention(msgspec.structs.replace(step, state=state))

    def appoint(
        self, at: dt.datetime, *, with_: str = "", alter: AlterId | None = None, bring: tuple[str, ...] = ()
    ) -> Act:
        """Keep a date ahead, with what to bring."""
        date = Appointment(id=new_id(), at=at, with_=with_, alter=alter, bring=bring)
        return self.perform("Date ahead", [self.put(date)])

    def edit_appointment(self, date: Appointment) -> Act:
        """Change a date ahead, or its list."""
        return self.perform("Date ahead", [self.put(date)])

    def star_line(self, entry: EntryId, text: str, *, topic: str | None = None) -> Act:
        """Star a line of a page. Raises NotFound for an unknown page."""
        page = self.pages.get(entry)
        if page is None:
            raise NotFound("There is no such page.")
        return self.perform(
            "Starred line", [self.put(Line(id=new_id(), entry=entry, text=text, day=page.day, topic=topic))]
        )

    @property
    def card(self) -> Card:
        """The hard-day card, empty where nothing was written on it."""
        return self.cards.get(Card().id) or Card()

    def write_card(self, card: Card) -> Act:
        """Write the hard-day card anew; what was written on it at the same time elsewhere joins in."""
        for other in self.cards.versions(card.id)[1:]:
            card = Card(
                people=tuple(dict.fromkeys((*card.people, *other.people))),
                numbers=tuple(dict.fromkeys((*card.numbers, *other.numbers))),
                helps=tuple(dict.fromkeys((*card.helps, *other.helps))),
                words=card.words if other.words in card.words else f"{card.words}\n\n{other.words}".strip(),
            )
        return self.perform("Hard-day card", [self.put(card)])

    def keep_scale(self, pack: str, version: str, answers: Mapping[str, int | None]) -> Act:
        """Keep the answers to a scale, for today."""
        result = ScaleResult(id=new_id(), pack=pack, version=version, day=self.today(), answers=dict(answers))
        return self.perform("Scale", [self.put(result)])

    def choose(self, key: str, value: Any) -> Act:
        """Choose something; None goes back to what is usual."""
        made = change("choices", key, None) if value is None else self.put(Choice(id=key, value=value))
        return self.perform("Choice", [made])

    def name_this_device(self, name: str) -> Act:
        """Call this computer something else in this vault; empty goes back to what the computer calls itself."""
        return self.choose(device_key(self.device), clean_line(name) or None)

    def throw_away(self, table: str, id_: str) -> Act:
        """Delete a small thing. Raises Misused for a table that has its own command, NotFound for no such id."""
        if table not in TYPES or table in {"entries", "revisions", "alters", "facts", "acts", "meta"}:
            raise Misused(f"{table} are not thrown away one by one.")
        if self.vault.get(table, id_) is None:
            raise NotFound("There is no such thing any more.")
        return self.perform("Deleted", [change(table, id_, None)])
