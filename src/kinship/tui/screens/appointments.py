"""The dates ahead, each with its list, and below them those that have been."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.ground.width import fill
from kinship.journal.visits import when_of, whom_of
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import AppointmentRequested, BackRequested, DocumentRequested, JournalChanged, SharedAs
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Appointment

NOTHING = "No dates yet. n notes one down: a visit, a call, anything with somebody who helps."
WIDEST = 22
"""Cells of a name."""


class AppointmentsScreen(Screen[None]):
    """A list to choose from, the next date first."""

    CSS_PATH = "appointments.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("o", "open_date", "open", tooltip="Open this date and its list"), key_display="enter"),
        act("n", "new_date", "new", tooltip="Note a new date down"),
        act("d", "delete_date", "delete", tooltip="Delete this date; u brings it back", show=False),
        act("s", "sheet", "sheet", tooltip="A sheet to take to this visit: the map, your list, pages you tick"),
        act("escape,q", "back", "back"),
    ]

    dates = getters.query_one(OptionList)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal

    def compose(self) -> ComposeResult:
        yield Static("Dates ahead", id="title")
        yield Static(NOTHING, id="nothing")
        yield OptionList(markup=False)
        yield Static("", id="told", markup=False)
        yield KeyLine("help", "keys")

    def on_mount(self) -> None:
        self.show_dates()
        self.dates.focus()

    @on(JournalChanged)
    def show_dates(self) -> None:
        """Show them as they are now, staying on the line that was highlighted."""
        ahead = self.journal.appointments.ahead(self.context.clock.now())
        there = {one.id for one in ahead}
        been = [one for one in reversed(self.journal.appointments.all()) if one.id not in there]
        at = self.dates.highlighted or 0
        rows = [Option(self._row(one), id=one.id) for one in ahead]
        rows += [Option(self._row(one, been=True), id=one.id) for one in been]
        self.dates.set_options(rows)
        self.dates.display = bool(rows)
        self.query_one("#nothing").display = not rows
        self.query_one("#told").display = bool(rows)
        if rows:
            self.dates.highlighted = min(at, len(rows) - 1)
        self.refresh_bindings()

    def _row(self, one: Appointment, *, been: bool = False) -> Content:
        whom = clean_line(whom_of(self.journal, one)) or "a visit"
        count = f"{len(one.bring)} on the list" if one.bring else ""
        style = "$dim" if been else ""
        return Content.assemble(
            (fill(whom, WIDEST), style), (f"  {one.at:%a} {when_of(one)}  ", "$dim"), (count, "$dim")
        )

    def _pointed(self) -> str:
        at = self.dates.highlighted
        return (self.dates.get_option_at_index(at).id or "") if at is not None and self.dates.option_count else ""

    @on(OptionList.OptionHighlighted)
    def show_list(self) -> None:
        """Show what is on the list of the date in hand."""
        date = self.journal.appointments.get(self._pointed())
        lines = (Content(f"· {line}") for line in date.bring) if date is not None else ()
        self.query_one("#told", Static).update(Content("\n").join(lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("open_date", "delete_date", "sheet") and not (self.is_mounted and self.dates.option_count):
            return False
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def action_open_date(self) -> None:
        if self._pointed():
            self.post_message(AppointmentRequested(self._pointed()))

    def action_sheet(self) -> None:
        self.post_message(DocumentRequested(SharedAs.VISIT, self._pointed() or None))

    def action_new_date(self) -> None:
        self.post_message(AppointmentRequested())

    def action_delete_date(self) -> None:
        try:
            self.journal.throw_away("appointments", self._pointed())
        except KinshipError as error:
            self.notify(str(error), severity="warning")
        else:
            self.notify("Deleted, u brings it back.")

    def action_back(self) -> None:
        self.post_message(BackRequested())
