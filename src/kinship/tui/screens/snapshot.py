"""A kept map as it was kept, as a picture or a list; or two of them in one picture, with what came, went and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import ContentSwitcher, OptionList, Static

from kinship.circle.change import both, change_in_words
from kinship.circle.compared import marks_of, remarks_of
from kinship.circle.facet import WHOLE
from kinship.circle.glyphs import SETS, Glyphs
from kinship.circle.network import counted
from kinship.ground.errors import Damaged, KinshipError
from kinship.journal.model import Circle
from kinship.privacy.text import visible
from kinship.snapshot.kept import compared_circles, names_of, thawed, title_of
from kinship.snapshot.share import NamesMode
from kinship.tui.circle_modes import Mode, Sight, told
from kinship.tui.circle_words import aside_of
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import TODAYS, BackRequested, ExportRequested, PersonRequested
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.map_legend import MapLegend
from kinship.tui.widgets.map_list import MapList
from kinship.tui.widgets.map_panel import MapPanel
from kinship.tui.widgets.support_map import SupportMap

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

GONE = "This map is not kept any more."


class SnapshotScreen(Screen[None]):
    """A map to walk on that nothing changes; the page that opens from it is that of today."""

    CSS_PATH = "snapshot.tcss"
    AUTO_FOCUS = "#map"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("v", "turn", "list", tooltip="The map as a list, and back"),
        act("e", "export", "take away", tooltip="A file of this map, with care for names"),
        act("pagedown", "panel_down", "more words", tooltip="Further down in the words beside the map", show=False),
        act("pageup", "panel_up", "words above", tooltip="Further up in the words beside the map", show=False),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    listing: var[bool] = var(default=False, init=False, toggle_class="-listing")
    views = getters.query_one(ContentSwitcher)
    map = getters.query_one("#map", SupportMap)
    list = getters.query_one("#list", MapList)
    panel = getters.query_one("#panel", MapPanel)
    side = getters.query_one("#side", VerticalScroll)

    def __init__(self, context: Context, journal: Journal, snapshot: str, beside: str = "") -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.glyphs = SETS[context.settings.glyphs]
        self._snapshot = snapshot
        self._beside = beside
        self._aside: tuple[str, ...] = ()
        self.trouble = ""
        self.sight = self._looked()

    def _looked(self) -> Sight:
        """Return what is to be seen; where it cannot be, `trouble` says why."""
        kept = self.journal.snapshots.get(self._snapshot)
        try:
            if kept is None:
                raise Damaged(GONE)
            if self._beside:
                return beside(self.journal, self._snapshot, self._beside, self.glyphs)
            circle = thawed(kept)
        except KinshipError as error:
            self.trouble = str(error)
            return Sight(Mode.THEN, Circle(self.journal.today(), (), ()), "Kept maps")
        count = len(counted(circle))
        said = (
            f"The map of {told(kept.as_of)}, as it was kept on {told(kept.taken.date())}. Nothing changes it.",
            f"{count} {'counts' if count == 1 else 'count'} on it.",
        )
        return Sight(Mode.THEN, circle, title_of(kept), about="Kept", sentences=said)

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("", id="title", markup=False)
            yield Static("a kept map" if not self._beside else "two maps in one", id="when", markup=False)
        if self.trouble:
            yield Static(self.trouble, id="trouble", markup=False)
        with Horizontal(id="body"):
            with ContentSwitcher(initial="map"):
                yield SupportMap(glyphs=self.glyphs, id="map")
                yield MapList(glyphs=self.glyphs, id="list")
            with VerticalScroll(id="side", can_focus=False):
                yield MapPanel(glyphs=self.glyphs, id="panel")
        yield MapLegend(glyphs=self.glyphs, id="legend")
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.query_one("#body").display = not self.trouble
        self.map.marks = self.sight.marks
        self.map.circle = self.sight.circle
        self.query_one("#title", Static).update(visible(self.sight.heading))
        self.query_one("#legend", MapLegend).show(self.sight, WHOLE)
        self._say()

    @on(SupportMap.Moved)
    def _say(self) -> None:
        """Say who is in focus, or what the map is."""
        self.panel.show(self.sight, self.map.current, self._aside, leading=self.map.current is None)
        self.side.scroll_home(animate=False)

    @on(SupportMap.Placed)
    def say_who_is_aside(self, event: SupportMap.Placed) -> None:
        self._aside = aside_of(event.placing)
        self._say()

    @on(OptionList.OptionHighlighted, "#list")
    def follow_list(self, event: OptionList.OptionHighlighted) -> None:
        if self.listing:
            self.map.current = event.option_id

    @on(SupportMap.Chosen)
    def open_chosen(self, event: SupportMap.Chosen) -> None:
        self._open(event.alter)

    @on(OptionList.OptionSelected, "#list")
    def open_listed(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_id or "")

    def _open(self, alter: str) -> None:
        """Open the page of somebody who is known today."""
        if self.journal.alters.get(alter) is not None:
            self.post_message(PersonRequested(alter))
        else:
            self.notify("They have no page on the map of today.", markup=False)

    def action_turn(self) -> None:
        """From the map to the list and back, with the same person in focus."""
        self.listing = not self.listing

    def watch_listing(self, listing: bool) -> None:
        self.views.current = "list" if listing else "map"
        if listing:
            self.list.show(self.sight, WHOLE, self.map.current)
        (self.list if listing else self.map).focus()

    def action_export(self) -> None:
        self.post_message(ExportRequested(snapshot=self._snapshot, beside=self._beside))

    def action_panel_down(self) -> None:
        self.side.scroll_page_down(animate=False)

    def action_panel_up(self) -> None:
        self.side.scroll_page_up(animate=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())


def beside(journal: Journal, one: str, other: str, glyphs: Glyphs) -> Sight:
    """Return two kept maps in one, or a kept one and today's; the later day is compared with the earlier.

    Raises Damaged where one is gone or cannot be read, Refused where they call people in ways that do not match.
    """
    first, second = sorted((_named(journal, one), _named(journal, other)), key=lambda named: named[1].as_of)
    change, before, after = compared_circles(first[1:], second[1:], journal.vault.id)
    return Sight(
        Mode.BESIDE,
        both(before, after),
        f"{first[0]} beside {second[0]}",
        marks=marks_of(change, glyphs),
        about=f"Since {told(before.as_of)}",
        sentences=change_in_words(change, before, after),
        remarks=remarks_of(change),
    )


def _named(journal: Journal, id_: str) -> tuple[str, Circle, NamesMode]:
    """Return what a map is called, the map, and how people are called in it."""
    if id_ == TODAYS:
        return "today", journal.circle.as_of(journal.today()), NamesMode.FULL
    kept = journal.snapshots.get(id_)
    if kept is None:
        raise Damaged(GONE)
    return title_of(kept), thawed(kept), names_of(kept)
