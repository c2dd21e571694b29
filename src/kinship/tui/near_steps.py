"""What becomes of a small step that is near: done, another day, let go, or left where it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import getters, on
from textual.screen import Screen

from kinship.ground.days import day_ahead_in
from kinship.ground.errors import KinshipError
from kinship.journal.model import StepState
from kinship.privacy.text import clean_line
from kinship.tui.navigation import AppointmentRequested, PersonRequested
from kinship.tui.near import STEP, VISIT, when
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.near_list import NearList
from kinship.tui.widgets.prompt_card import PromptCard

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

DONE, MOVE, LET_GO, LATER = "done", "move", "let_go", "later"
WITH_STEP = ((DONE, "done"), (MOVE, "another day"), (LET_GO, "let it go"), (LATER, "leave it there"))
"""What can be done with a small step."""
WHICH_DAY = "To which day? Thursday, in two weeks …"


class NearSteps(Screen[None]):
    """A screen with a list of what is near, and a line on which it asks what is to become of a step."""

    journal: Journal
    near = getters.query_one(NearList)
    ask_line = getters.query_one(AskLine)
    card = getters.query_one(PromptCard)
    _day: dt.date
    _step = ""
    """The step that is asked about."""

    @on(NearList.Opened)
    def open_near(self, event: NearList.Opened) -> None:
        """Open a visit or somebody, or ask what is to become of a step."""
        one = event.near
        if one.sign == STEP:
            self._step = one.id
            self.ask_line.offer(STEP, self._step_in_words(), WITH_STEP, DONE)
        elif one.sign == VISIT:
            self.post_message(AppointmentRequested(one.id))
        elif one.alter is not None:
            self.post_message(PersonRequested(one.alter))

    def _step_in_words(self) -> str:
        """Return the step, when and where it was to be, and what was planned where something comes between."""
        step = self.journal.intentions.get(self._step)
        if step is None:
            return ""
        told = (step.text, step.when_where, f"if not: {step.if_blocked}" if step.if_blocked else "")
        return clean_line(" · ".join(part for part in told if part))

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        """Do with the step what was said; where the disk or the words refuse, say so."""
        try:
            said = self._with_step(event.about, event.answer)
        except KinshipError as error:
            self.notify(str(error), severity="warning")
            return
        if said:
            self.notify(said)
        if said or event.answer != MOVE:
            self.stop_asking()

    def _with_step(self, about: str, answer: str) -> str:
        """Return what is said after the act; empty where nothing was done."""
        step = self.journal.intentions.get(self._step)
        if step is None or answer == LATER:
            return ""
        if about == MOVE:
            day = day_ahead_in(answer, self._day)
            self.journal.edit_intention(replace(step, due=day))
            return f"It comes back {when(day, self._day) or 'today'}."
        if answer == MOVE:
            self.ask_line.ask(MOVE, WHICH_DAY, "")
            return ""
        self.journal.finish_intention(self._step, StepState(answer))
        return "Done. u brings it back." if answer == DONE else "Let go; that is fine too. u brings it back."

    @on(AskLine.Left)
    def stop_asking(self) -> None:
        self.ask_line.put_away()
        (self.near if self.near.display else self.card).focus()
