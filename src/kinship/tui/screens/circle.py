"""The circle: the support map with what it says in words, the same as a list, and a form for somebody new."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.reactive import var
from textual.widgets import ContentSwitcher, OptionList, Static

from kinship.ground.errors import KinshipError
from kinship.tui import navigation as go
from kinship.tui.circle_looking import LookingScreen
from kinship.tui.circle_modes import Mode
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.theming import BREAKPOINTS
from kinship.tui.widgets.add_person import AddPerson
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.map_find import MapFind
from kinship.tui.widgets.map_legend import MapLegend
from kinship.tui.widgets.map_list import MapList
from kinship.tui.widgets.map_panel import MapPanel
from kinship.tui.widgets.support_map import SupportMap
from kinship.tui.widgets.time_slider import TimeSlider

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId

SHOWN = ("alters", "facts", "moments")
"""The tables that the map is drawn from."""
BROAD = 160
"""Columns from which on the words beside the map have room for a person and the whole."""


class CircleScreen(LookingScreen):
    """The map or the list, one person in focus in both."""

    CSS_PATH = "circle.tcss"
    AUTO_FOCUS = "#map"
    HORIZONTAL_BREAKPOINTS = [*BREAKPOINTS, (BROAD, "-broad")]
    BINDINGS: ClassVar[list[BindingType]] = [
        act("a", "add", "add", tooltip="Put somebody new on the map"),
        act("v", "turn", "list", tooltip="The map as a list, and back"),
        act("m", "mapping", "who comes to mind", tooltip="A first mapping: who comes to mind", show=False),
        act("w", "knows", "who knows whom", tooltip="Go through who knows whom", show=False),
        act("n", "numbers", "numbers", tooltip="The circle in numbers, each with a sentence", show=False),
        act("e", "export", "share", tooltip="A file of the map, seen line by line before it leaves"),
        act("p", "kept_maps", "kept maps", tooltip="Maps of days that were, as they were known then", show=False),
    ]

    listing: var[bool] = var(default=False, init=False, toggle_class="-listing")
    adding: var[bool] = var(default=False, init=False, toggle_class="-adding")
    views = getters.query_one(ContentSwitcher)
    form = getters.query_one(AddPerson)

    def __init__(
        self, context: Context, journal: Journal, focus: AlterId | None = None, beside: dt.date | None = None
    ) -> None:
        super().__init__(context, journal)
        self._wanted = focus
        self._beside = beside

    def compose(self) -> ComposeResult:
        plain = not self.glyphs.braille
        with Horizontal(id="head"):
            yield Static("Your circle", id="title", markup=False)
            yield TimeSlider(plain=plain, id="slider")
            yield Static("as of today", id="when", markup=False)
        with Horizontal(id="body"):
            with ContentSwitcher(initial="map"):
                yield SupportMap(glyphs=self.glyphs, id="map")
                yield MapList(glyphs=self.glyphs, id="list")
            with VerticalScroll(id="side", can_focus=False):
                yield MapPanel(glyphs=self.glyphs, id="panel")
        yield MapLegend(glyphs=self.glyphs, id="legend")
        yield MapFind(id="find")
        yield AddPerson(id="add")
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.look()
        if self._beside is not None:
            self.day, self.mode = self._beside, Mode.BESIDE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the form or the search is open, its own keys are the only ones; somebody is added to today's map."""
        own = {one.action for one in (*LookingScreen.BINDINGS, *CircleScreen.BINDINGS)}  # type: ignore[union-attr]
        if (self.adding or self.finding) and action in own:
            return False
        if action == "add" and self.mode is not Mode.NOW:
            return False
        return super().check_action(action, parameters)

    @on(go.JournalChanged)
    def show_again(self, event: go.JournalChanged) -> None:
        if event.event.touches(*SHOWN):
            self.look()

    # Who is in focus.

    @on(OptionList.OptionHighlighted, "#list")
    def follow_list(self, event: OptionList.OptionHighlighted) -> None:
        if self.listing:
            self.map.current = event.option_id

    @on(SupportMap.Chosen)
    def open_chosen(self, event: SupportMap.Chosen) -> None:
        self.post_message(go.PersonRequested(event.alter))

    @on(OptionList.OptionSelected, "#list")
    def open_listed(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.post_message(go.PersonRequested(event.option_id))

    # What is shown.

    def watch_adding(self) -> None:
        self.refresh_bindings()

    def action_turn(self) -> None:
        """From the map to the list and back, with the same person in focus."""
        self.listing = not self.listing

    def watch_listing(self, listing: bool) -> None:
        self.views.current = "list" if listing else "map"
        self.relist()
        self.focus_view()

    # Other screens.

    def action_mapping(self) -> None:
        self.post_message(go.MappingRequested())

    def action_knows(self) -> None:
        self.post_message(go.KnowsRequested(self.map.current))

    def action_numbers(self) -> None:
        self.post_message(go.NumbersRequested(self.day if self.mode is Mode.THEN else None))

    def action_export(self) -> None:
        day = self.day if self.mode.in_time else None
        beside = self.mode is Mode.BESIDE
        self.post_message(go.ExportRequested(day=None if beside else day, since=day if beside else None))

    def action_kept_maps(self) -> None:
        self.post_message(go.SnapshotsRequested())

    # Somebody new.

    def action_add(self) -> None:
        self.adding = True
        self.form.begin(dict.fromkeys(bond.sector for bond in self.sight.circle.bonds if bond.sector))

    @on(AddPerson.PutAway)
    def put_form_away(self) -> None:
        self.adding = False
        self.focus_view()

    @on(AddPerson.Given)
    def add_person(self, event: AddPerson.Given) -> None:
        try:
            act_done = self.journal.add_alter(event.name, kind=event.kind, ring=event.ring, sector=event.sector)
        except KinshipError as error:
            self.form.say(str(error), wrong=True)
            return
        self.put_form_away()
        self.look()
        self.map.current = next(iter(act_done.made.get("alters", ())), None)
