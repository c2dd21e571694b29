"""The circle: the support map with what it says in words, the same as a list, and a form for somebody new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import ContentSwitcher, OptionList, Static

from kinship.circle.facet import Facet
from kinship.circle.glyphs import SETS
from kinship.circle.labels import Placing
from kinship.ground.errors import KinshipError
from kinship.journal.kinds import Kind
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, ExportRequested, JournalChanged, PersonRequested
from kinship.tui.widgets.add_person import AddPerson
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.map_legend import MapLegend
from kinship.tui.widgets.map_list import MapList
from kinship.tui.widgets.map_panel import MapPanel
from kinship.tui.widgets.support_map import SupportMap

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

SHOWN = ("alters", "facts", "moments")
"""The tables that the map is drawn from."""
ALONE = ("add", "only_emotional", "only_practical", "only_identity", "every_kind", "turn", "export", "back")
"""What the map does while no form is open."""


class CircleScreen(Screen[None]):
    """The map or the list, one person in focus in both."""

    CSS_PATH = "circle.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("a", "add", "add", tooltip="Put somebody new on the map"),
        replace(
            act("1", "only_emotional", "kinds", tooltip="Show emotional support alone; again, or 0: all"),
            key_display="1 2 3",
        ),
        act("2", "only_practical", "practical", tooltip="Show practical support alone", show=False),
        act("3", "only_identity", "identity", tooltip="Show belonging alone", show=False),
        act("0", "every_kind", "all kinds", tooltip="Show every kind of support", show=False),
        act("v", "turn", "list", tooltip="The map as a list, and back"),
        act("e", "export", "export", tooltip="Take the map away as a picture"),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    only: var[Kind | None] = var(None, init=False)
    listing: var[bool] = var(default=False, init=False, toggle_class="-listing")
    adding: var[bool] = var(default=False, init=False, toggle_class="-adding")
    map = getters.query_one("#map", SupportMap)
    list = getters.query_one("#list", MapList)
    panel = getters.query_one("#panel", MapPanel)
    legend = getters.query_one("#legend", MapLegend)
    views = getters.query_one(ContentSwitcher)
    form = getters.query_one(AddPerson)
    when = getters.query_one("#when", Static)

    def __init__(self, context: Context, journal: Journal, focus: AlterId | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.glyphs = SETS[context.settings.glyphs]
        self._first_focus = focus
        self._aside: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Your circle", id="title", markup=False)
            yield Static("as of today", id="when", markup=False)
        with Horizontal(id="body"):
            with ContentSwitcher(initial="map"):
                yield SupportMap(self._circle(), focus=self._first_focus, glyphs=self.glyphs, id="map")
                yield MapList(glyphs=self.glyphs, id="list")
            yield MapPanel(glyphs=self.glyphs, id="panel")
        yield MapLegend(glyphs=self.glyphs, id="legend")
        yield AddPerson(id="add")
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.map.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the form is open, its own keys are the only ones."""
        if self.adding and action in ALONE:
            return False
        return super().check_action(action, parameters)

    def _circle(self) -> Circle:
        return self.journal.circle.as_of(self.journal.today())

    def _show(self) -> None:
        circle = self._circle()
        self.map.circle = circle
        self.list.show(circle, self.map.current)
        self.legend.show(circle)
        self._say()

    def _say(self) -> None:
        self.panel.show(self._circle(), self.map.current, self.journal.today(), self._aside)

    @on(JournalChanged)
    def show_again(self, event: JournalChanged) -> None:
        if event.event.touches(*SHOWN):
            self._show()

    # Who is in focus.

    @on(SupportMap.Moved)
    def say_who(self) -> None:
        self._say()

    @on(OptionList.OptionHighlighted, "#list")
    def follow_list(self, event: OptionList.OptionHighlighted) -> None:
        if self.listing:
            self.map.current = event.option_id

    @on(SupportMap.Placed)
    def say_who_is_aside(self, event: SupportMap.Placed) -> None:
        self._aside = aside_of(event.placing)
        self._say()

    @on(SupportMap.Chosen)
    def open_chosen(self, event: SupportMap.Chosen) -> None:
        self.post_message(PersonRequested(event.alter))

    @on(OptionList.OptionSelected, "#list")
    def open_listed(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.post_message(PersonRequested(event.option_id))

    # What is shown.

    def watch_adding(self) -> None:
        self.refresh_bindings()

    def watch_only(self, only: Kind | None) -> None:
        self.map.facet = Facet(kind=only)
        self.when.update("as of today" if only is None else f"only {only.value} · 0 shows all")

    def action_only_emotional(self) -> None:
        self._filter(Kind.EMOTIONAL)

    def action_only_practical(self) -> None:
        self._filter(Kind.PRACTICAL)

    def action_only_identity(self) -> None:
        self._filter(Kind.IDENTITY)

    def action_every_kind(self) -> None:
        self.only = None

    def _filter(self, kind: Kind) -> None:
        self.only = None if self.only is kind else kind

    def action_turn(self) -> None:
        """From the map to the list and back, with the same person in focus."""
        self.listing = not self.listing

    def watch_listing(self, listing: bool) -> None:
        self.views.current = "list" if listing else "map"
        if listing:
            self.list.show(self._circle(), self.map.current)
        (self.list if listing else self.map).focus()

    def action_export(self) -> None:
        self.post_message(ExportRequested())

    def action_back(self) -> None:
        self.post_message(BackRequested())

    # Somebody new.

    def action_add(self) -> None:
        self.adding = True
        self.form.begin(dict.fromkeys(bond.sector for bond in self._circle().bonds if bond.sector))

    @on(AddPerson.PutAway)
    def put_form_away(self) -> None:
        self.adding = False
        (self.list if self.listing else self.map).focus()

    @on(AddPerson.Given)
    def add_person(self, event: AddPerson.Given) -> None:
        try:
            act_done = self.journal.add_alter(event.name, kind=event.kind, ring=event.ring, sector=event.sector)
        except KinshipError as error:
            self.form.say(str(error), wrong=True)
            return
        self.put_form_away()
        self._show()
        self.map.current = next(iter(act_done.made.get("alters", ())), None)


def aside_of(placing: Placing) -> tuple[str, ...]:
    """Return what the picture has no room for: each number with its name, and how many stand behind counts."""
    numbered = [f"{at} {placing.names[alter]}" for at, alter in enumerate(placing.overflow, 1)]
    folded = len(placing.folded)
    behind = [f"{folded} more stand behind the counts; v lists everybody."] if folded else []
    return (*behind, *([" · ".join(numbered)] if numbered else []))
