"""One date ahead: when, with whom, and the list of what to bring and to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from kinship.ground.errors import KinshipError, Misused
from kinship.journal.model import Appointment
from kinship.journal.visits import at_in, starred_lines, when_of, whom_in, whom_of
from kinship.privacy.text import clean, clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import DocumentRequested, SharedAs
from kinship.tui.screens.form import Field, FieldArea, FormScreen, lines_of
from kinship.tui.widgets.starred_lines import StarredLines

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

NO_DAY = "Say the day too, like Thursday 16:30. f4 leaves it be."

FIRST = "Say the day first; then there is a sheet for it."


class AppointmentScreen(FormScreen):
    """A new date, or one that was made; only the day is needed."""

    HEADING = "A date ahead"
    ABOUT = "With somebody who helps. The list is what you want to bring and to say; it can grow until the day."
    FIELDS = (
        Field("when", "When", "Thursday 16:30 · in two weeks · 3 May", several=False),
        Field("with", "With", "a name, or leave it empty", several=False),
        Field("bring", "To bring and to say", "one thing a line, the most wanted first"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        act("f5", "sheet", "a sheet", tooltip="Keep what stands here and make a sheet to take to this visit"),
    ]

    def __init__(self, context: Context, journal: Journal, appointment: str | None = None) -> None:
        super().__init__(context, journal, f"appointment {appointment or ''}".strip())
        self._date = appointment or ""

    @property
    def kept(self) -> Appointment | None:
        """The date as it is kept, None for a new one."""
        return self.journal.appointments.get(self._date)

    def values_before(self) -> Mapping[str, str]:
        kept = self.kept
        if kept is None:
            return {}
        return {"when": when_of(kept), "with": whom_of(self.journal, kept), "bring": "\n".join(kept.bring)}

    def compose_below(self) -> ComposeResult:
        kept = self.kept
        lines = [one.text for one in starred_lines(self.journal) if kept is None or one.text not in kept.bring]
        if lines:
            yield Static("Lines you starred; a digit puts one on the list", classes="label dim")
            yield StarredLines(lines)

    @on(StarredLines.Taken)
    def put_on_list(self, event: StarredLines.Taken) -> None:
        area = self.query_one("#bring", FieldArea)
        there = area.text.rstrip("\n")
        area.text = f"{there}\n{event.line}" if there else event.line

    def keep(self, values: Mapping[str, str]) -> None:
        kept, name = self.kept, clean_line(values["with"])
        same = kept is not None and values["when"] == when_of(kept)
        if not values["when"].strip():
            raise Misused(NO_DAY)
        at = kept.at if kept is not None and same else at_in(self.journal, values["when"])
        bring = lines_of(clean(values["bring"]))
        if kept is None:
            made = self.journal.appoint(at, with_=name, alter=whom_in(self.journal, name), bring=bring)
            (self._date,) = made.made["appointments"]
            return
        alter = kept.alter if name == whom_of(self.journal, kept) else whom_in(self.journal, name)
        self.journal.edit_appointment(msgspec.structs.replace(kept, at=at, with_=name, alter=alter, bring=bring))

    def action_sheet(self) -> None:
        """Keep what stands here, stay, and ask for a sheet; what cannot be kept is said."""
        try:
            self.keep_and_stay()
        except KinshipError as error:
            self.say(str(error))
            return
        if self._date:
            self.post_message(DocumentRequested(SharedAs.VISIT, self._date))
        else:
            self.say(FIRST)
