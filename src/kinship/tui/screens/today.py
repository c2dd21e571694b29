"""Today: one question, how you are, what is near, the circle small, and the last pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from kinship.circle.glyphs import ASCII, UNICODE
from kinship.ground.errors import NotSaved
from kinship.journal.on_this_day import wanted
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import (
    AppointmentsRequested,
    CircleRequested,
    ConflictsRequested,
    InboxRequested,
    JournalChanged,
    LookBackRequested,
    PagesRequested,
    PatternsRequested,
    PulseRequested,
    Question,
    ReflectionsRequested,
    WriteRequested,
    YearRequested,
)
from kinship.tui.near import brought_up, near
from kinship.tui.near_steps import NearSteps
from kinship.tui.page_words import NO_PAGES, page_line
from kinship.tui.today_words import INVENTED, heading, month_said, sealed, waiting, written_twice, years_said
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.mood_line import MoodLine
from kinship.tui.widgets.near_list import NearList
from kinship.tui.widgets.page_list import PageList
from kinship.tui.widgets.prompt_card import PromptCard, Shown
from kinship.tui.widgets.support_map import SupportMap

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.selection import Choice

LATEST = 12
MOST_BEFORE = 2
"""Pages of this day in years before."""
NOBODY_YET = "Nobody on the map yet. Write @ and a name on a page, and they appear here."


class TodayScreen(NearSteps):
    """What a person sees first, at the end of a day."""

    CSS_PATH = "today.tcss"
    BINDINGS = [
        act("w", "write", "write", tooltip="Write a page about anything"),
        act("r", "reflect", "reflect", tooltip="A guided reflection, one step at a time"),
        act("m", "mood", "mood", tooltip="Say how you are", show=False),
        act("p", "pages", "pages", tooltip="Everything you wrote"),
        act("c", "circle", "circle", tooltip="The support map"),
        act("n", "another", "another", tooltip="Another question", show=False),
        act("b", "inbox", "inbox", tooltip="The sealed notes that wait", show=False),
        act("t", "to_near", "what is near", tooltip="What is near: do it, move it, let it go", show=False),
        act("l", "look_back", "the week", tooltip="The week in three lines", show=False),
        act("a", "dates", "dates", tooltip="Dates ahead, each with its list", show=False),
        act("y", "year", "year", tooltip="A year as a calendar", show=False),
        act("o", "month", "the month", tooltip="Look back at a month on one page", show=False),
        act("i", "patterns", "patterns", tooltip="What your pages can say over time", show=False),
        act("v", "versions", "versions", tooltip="What was written in two places at once", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The question of the day was chosen, with what is said after a gap."""

        choice: Choice | None
        titles: dict[str, str]
        welcome: str
        pulse: str = ""
        """What offers the lines about the week, empty where it is too soon for them."""
        month: dt.date | None = None
        """The month that may be looked back at in these days."""

    turn: var[int] = var(0, init=False)
    mood = getters.query_one(MoodLine)
    lately = getters.query_one("#lately", PageList)
    before = getters.query_one("#before", PageList)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._day = journal.today()
        self._chosen: TodayScreen.Chosen | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static("kinship", id="name")
            yield Static("", id="date", markup=False)
        yield Static("", id="welcome", markup=False)
        yield PromptCard()
        yield MoodLine()
        yield Static("", id="pulse")
        yield Static("", id="month", markup=False)
        with Horizontal(id="below"):
            with Vertical(id="left"):
                yield Static("Near", id="near-title", classes="title")
                yield NearList(id="near")
                yield Static("On this day", id="before-title", classes="title", markup=False)
                yield PageList(self.journal.today, id="before")
                yield Static("Lately", classes="title")
                yield PageList(self.journal.today, id="lately")
                yield Static(NO_PAGES, id="nothing")
            with Vertical(id="right"):
                yield Static("Your circle", classes="title")
                yield SupportMap(glyphs=ASCII if self.context.settings.glyphs == "ascii" else UNICODE, compact=True)
                yield Static(NOBODY_YET, id="nobody")
        yield AskLine()
        yield KeyLine("help", "keys")

    def on_mount(self) -> None:
        self.show_day()
        self.card.focus()

    @on(events.ScreenResume)
    def come_back(self) -> None:
        """After midnight it is another day."""
        if self.journal.today() != self._day:
            self._day = self.journal.today()
            self.turn = 0
            self.show_day()
        self._show_date()
        self._show_welcome()

    @on(JournalChanged)
    def show_day(self) -> None:
        """Show everything anew from the journal."""
        self._show_date()
        self._show_mood()
        self._show_near()
        self._show_before()
        self._show_pages()
        self._show_circle()
        self.choose_question()

    def _show_date(self) -> None:
        self.query_one("#date", Static).update(heading(self._day, self.context.clock.now()))

    def _show_mood(self) -> None:
        said = [one.mood for one in self.journal.checkins.on(self._day) if one.mood is not None]
        self.mood.mood = said[-1] if said else None

    def _show_near(self) -> None:
        circle = self.journal.circle.as_of(self._day)
        touch = brought_up(self.journal, self._day, circle)
        found = near(self._day, self.journal.intentions, self.journal.appointments, circle, touch)
        self.query_one("#near-title").display = bool(found)
        if not found and self.near.has_focus:
            self.card.focus()
        self.near.display = bool(found)
        self.near.show(found, self._day)

    def _show_before(self) -> None:
        """Show what was written on this day in years before, where the person chose so and nothing is heavy now."""
        from kinship.reflect.unasked import looked_back

        found = looked_back(self.journal, self._day) if wanted(self.journal) else []
        self.query_one("#before-title", Static).update(f"On this day · {years_said(found, self._day)}" if found else "")
        for one in (self.query_one("#before-title"), self.before):
            one.display = bool(found)
        self.before.show(page_line(self.journal, entry) for entry in found[:MOST_BEFORE])

    def _show_circle(self) -> None:
        circle = self.journal.circle.as_of(self._day)
        self.query_one(SupportMap).circle = circle
        self.query_one(SupportMap).display = bool(circle.bonds)
        self.query_one("#nobody").display = not circle.bonds

    def _show_pages(self) -> None:
        lines = [page_line(self.journal, entry) for entry in self.journal.pages.latest(LATEST)]
        self.lately.show(lines)
        self.lately.display = bool(lines)
        self.query_one("#nothing").display = not lines

    @work(thread=True, exclusive=True, group="question")
    def choose_question(self) -> None:
        """Choose the question of the day; ends in Chosen."""
        from kinship.insight.month import offered_on
        from kinship.reflect.own_packs import library
        from kinship.reflect.pulse import pulse_offer
        from kinship.reflect.selection import choose_today, welcome_back
        from kinship.reflect.state import note_shown, seed_of, selection_state

        pack = library(self.journal, self.context.places.config).pack
        state = selection_state(self.journal, self._day)
        choice = choose_today(pack, state, self._day, seed_of(self.journal))
        note_shown(self.journal, self._day, choice)
        titles = {name: topic.title for name, topic in pack.topics.items()}
        offer = pulse_offer(self.journal, pack, self._day)
        month = offered_on(self.journal, self._day)
        self.post_message(self.Chosen(choice, titles, welcome_back(pack, state, self._day) or "", offer, month))

    @on(Chosen)
    def show_question(self, event: Chosen) -> None:
        self._chosen = event
        self._show_welcome()
        line = self.query_one("#pulse", Static)
        line.display = bool(event.pulse)
        line.update(Content.assemble((event.pulse, "$dim"), ("  l", "$accent")))
        line = self.query_one("#month", Static)
        line.display = event.month is not None
        line.update(Content.assemble((month_said(event.month), "$dim"), ("  o", "$accent")))
        self.watch_turn(self.turn)

    def _show_welcome(self) -> None:
        """Say whose life this is, hello after a gap, and that unfinished words wait."""
        said = [INVENTED if self.context.demo else "", self._chosen.welcome if self._chosen is not None else ""]
        said += [waiting(self.journal), sealed(self.journal), written_twice(self.journal)]
        line = self.query_one("#welcome", Static)
        line.update("\n".join(one for one in said if one))
        line.display = any(said)

    def watch_turn(self, turn: int) -> None:
        if self._chosen is None or self._chosen.choice is None:
            self.card.shown = None
            return
        asked = self._chosen.choice.another(turn)
        prompt = asked.prompt
        question = Question(prompt.id, asked.text, prompt.topic)
        follow_up = next(iter(asked.follow_ups), "")
        self.card.shown = Shown(question, self._chosen.titles.get(prompt.topic, ""), follow_up)

    @on(PromptCard.Answered)
    def write_answer(self, event: PromptCard.Answered) -> None:
        self.post_message(WriteRequested(prompt=event.question))

    @on(PromptCard.PutAway)
    def put_question_away(self, event: PromptCard.PutAway) -> None:
        """Never ask it again, until the person takes it back."""
        from kinship.reflect.state import put_away

        try:
            put_away(self.journal, event.question.id)
        except NotSaved as error:
            self.notify(str(error), severity="error")
            return
        self.set_reactive(TodayScreen.turn, 0)
        self.notify("This one will not come again. u brings it back.")

    @on(PromptCard.Turned)
    def action_another(self) -> None:
        self.turn += 1

    def action_write(self) -> None:
        self.post_message(WriteRequested())

    def action_reflect(self) -> None:
        self.post_message(ReflectionsRequested())

    def action_pages(self) -> None:
        self.post_message(PagesRequested())

    def action_year(self) -> None:
        self.post_message(YearRequested())

    def action_inbox(self) -> None:
        self.post_message(InboxRequested())

    def action_circle(self) -> None:
        self.post_message(CircleRequested())

    def action_versions(self) -> None:
        self.post_message(ConflictsRequested())

    def action_to_near(self) -> None:
        if self.near.display:
            self.near.focus()

    def action_look_back(self) -> None:
        self.post_message(PulseRequested())

    def action_dates(self) -> None:
        self.post_message(AppointmentsRequested())

    def action_month(self) -> None:
        self.post_message(LookBackRequested())

    def action_patterns(self) -> None:
        self.post_message(PatternsRequested())

    def action_mood(self) -> None:
        self.mood.focus()

    @on(MoodLine.Kept)
    def keep_mood(self, event: MoodLine.Kept) -> None:
        try:
            self.journal.check_in(mood=event.mood, stress=None, feelings=(), pulse=None)
        except NotSaved as error:
            self.notify(str(error), severity="error", markup=False)
        self.card.focus()

    @on(MoodLine.LetBe)
    def leave_mood(self) -> None:
        self.card.focus()
