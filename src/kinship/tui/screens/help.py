"""Help: people who answer (F1), and the keys of where the person is (?)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Select, Static

from kinship.tui.card_view import EMPTY, card_shown
from kinship.tui.context import Context
from kinship.tui.countries import COUNTRIES
from kinship.tui.keymap import act
from kinship.tui.navigation import (
    BackRequested,
    CardRequested,
    CountryChosen,
    JournalChanged,
    SessionRequested,
)
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.helplines import Country, Helplines
    from kinship.reflect.prompts import Grounding

IN_DANGER = "If you might be in danger now, call {emergency}. If you need a voice, these people answer."
CARD_SESSION = "res-card"
"""The reflection that goes through the hard-day card."""
MINUTE = 60
OUT_OF_DATE = "This list may be out of date. findahelpline.com keeps a current one."


class KeyHere(NamedTuple):
    """A key that works, and what it does."""

    key: str
    does: str


def keys_here(screen: Screen[Any]) -> tuple[KeyHere, ...]:
    """Return the keys that work on `screen` now, those of the focused part first, each act once."""
    found: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is not None and active.enabled:
            found.setdefault(binding.tooltip or binding.description, []).append(screen.app.get_key_display(binding))
    named = [KeyHere(" ".join(dict.fromkeys(keys)), does) for does, keys in found.items()]
    return (*named, KeyHere("tab", "To the next part of the screen"))


class HelpScreen(Screen[None]):
    """Two parts, `people` and `keys`; with an open journal the person's own card stands before the helplines."""

    CSS_PATH = "help.tcss"
    BINDINGS = [
        act("escape,q", "back", "back"),
        act("p", "turn_to('people')", "somebody to talk to"),
        act("k", "turn_to('keys')", "keys"),
        act("s", "settle", "settle", tooltip="Something that settles; again for another"),
        act("e", "edit_card", "my card", tooltip="Write your hard-day card"),
        act("r", "reflect_card", "fill it in steps", tooltip="Go through the hard-day card in a short reflection"),
    ]

    part: var[str] = var("people", init=False)
    exercise: var[int] = var(0, init=False)
    parts = getters.query_one(ContentSwitcher)

    def __init__(
        self,
        context: Context,
        keys: tuple[KeyHere, ...],
        *,
        part: str = "people",
        country: str = "",
        journal: Journal | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.keys = keys
        self.country = country
        self.set_reactive(HelpScreen.part, part)

    def compose(self) -> ComposeResult:
        lines = self._helplines()
        with ContentSwitcher(initial=self.part):
            with VerticalScroll(id="people"):
                if self.journal is not None:
                    yield Static("Your hard-day card", classes="title")
                    yield Static("", id="card", markup=False)
                yield Static("Somebody to talk to", classes="title")
                yield Select(
                    sorted((COUNTRIES.get(one.country, one.country), one.country) for one in lines.countries),
                    prompt="choose your country",
                    value=self._first_country(lines),
                    compact=True,
                )
                yield Static("", id="lines", markup=False)
                yield Static("To settle for a moment", classes="title")
                yield Static("", id="settle", markup=False)
            with VerticalScroll(id="keys"):
                yield Static("Keys that work here", classes="title")
                yield Static(_table(self.keys), id="table")
        yield KeyLine()

    @staticmethod
    def _helplines() -> Helplines:
        from kinship.reflect.helplines import load_helplines

        return load_helplines()

    def _first_country(self, lines: Helplines) -> Any:
        """Return the country that was chosen, else the one the locale names, only as the one shown first."""
        names = [self.context.environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
        likely = [self.country, *(name.partition(".")[0].partition("_")[2] for name in names)]
        return next((one for one in likely if one and lines.of(one) is not None), Select.NULL)

    def on_mount(self) -> None:
        self.show_card()
        self._focus_part()
        self._show_lines(self.query_one(Select).value)
        self.watch_exercise(self.exercise)

    @on(JournalChanged)
    def show_card(self) -> None:
        """Show the card as it is now."""
        if self.journal is not None:
            shown = card_shown(self.journal)
            self.query_one("#card", Static).update(shown if shown is not None else Content(EMPTY))

    @staticmethod
    def _exercises() -> tuple[Grounding, ...]:
        from kinship.reflect.packs import load_pack

        return load_pack().grounding

    def watch_exercise(self, at: int) -> None:
        exercises = self._exercises()
        self.query_one("#settle", Static).update(exercise_shown(exercises[at % len(exercises)]))

    def watch_part(self, part: str) -> None:
        self.parts.current = part
        self._focus_part()
        self.refresh_bindings()

    def _focus_part(self) -> None:
        own = self.journal is not None and card_shown(self.journal) is not None
        choosing = self.part == "people" and not own and self.query_one(Select).value is Select.NULL
        self.query_one("Select" if choosing else f"#{self.part}").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "settle":
            return self.part == "people"
        if action in ("edit_card", "reflect_card"):
            return self.part == "people" and self.journal is not None
        return action != "turn_to" or self.part not in parameters

    def action_back(self) -> None:
        self.post_message(BackRequested())

    def action_turn_to(self, part: str) -> None:
        self.part = part

    def action_settle(self) -> None:
        """Go to the exercise; where it is in sight already, show the next one."""
        shown = self.query_one("#settle", Static)
        people = self.query_one("#people", VerticalScroll)
        if people.region.contains_region(shown.region):
            self.exercise += 1
        people.focus()
        people.scroll_end(animate=False)

    def action_edit_card(self) -> None:
        self.post_message(CardRequested())

    def action_reflect_card(self) -> None:
        self.post_message(SessionRequested(CARD_SESSION))

    @on(Select.Changed)
    def show_country(self, event: Select.Changed) -> None:
        self._show_lines(event.value)
        if isinstance(event.value, str) and event.value != self.country:
            self.country = event.value
            self.post_message(CountryChosen(event.value))

    def _show_lines(self, chosen: object) -> None:
        lines = self._helplines()
        country = lines.of(chosen) if isinstance(chosen, str) else None
        today = self.context.clock.now().date()
        self.query_one("#lines", Static).update(lines_shown(lines, country, today))


def lines_shown(lines: Helplines, country: Country | None, today: dt.date) -> Content:
    """Return the lines of a country (or those for everywhere) as they are read, with the month of the check."""
    parts: list[Content] = []
    if country is not None:
        parts += [Content(IN_DANGER.format(emergency=country.emergency)), Content("")]
    shown = (*(country.lines if country else ()), *lines.everywhere)
    for line in shown:
        detail = " · ".join(part for part in (line.hours, line.what) if part)
        parts += [Content.styled(line.name, "bold"), Content(f"  {line.contact}")]
        parts += [Content.styled(f"  {detail}", "$dim")] if detail else []
        parts.append(Content(""))
    if country is not None and country.note:
        parts += [Content.styled(country.note, "$dim"), Content("")]
    checked = f"Checked in {lines.compiled:%B %Y}."
    parts.append(Content.styled(OUT_OF_DATE if today > lines.recheck_after else checked, "$dim"))
    return Content("\n").join(parts)


def exercise_shown(exercise: Grounding) -> Content:
    """Return one exercise as it is read: its title, what to do, and how long it may take."""
    minutes = "about a minute" if exercise.seconds >= MINUTE else "less than a minute"
    parts = [Content.styled(exercise.title, "bold"), Content(exercise.text)]
    return Content("\n").join([*parts, Content.styled(f"{minutes} · s shows another", "$dim")])


def _table(keys: tuple[KeyHere, ...]) -> Content:
    width = max((len(one.key) for one in keys), default=0)
    rows = [Content.assemble((one.key.ljust(width + 3), "$accent"), one.does) for one in keys]
    return Content("\n").join(rows)
