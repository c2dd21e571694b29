"""The acts of looking at the circle: kinds, direction, strain, time, two days, without somebody, finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kinship.circle.facet import Facet, Way
from kinship.circle.finding import found_in
from kinship.circle.glyphs import SETS
from kinship.circle.rhythm import months_from
from kinship.journal.kinds import Kind
from kinship.privacy.text import visible
from kinship.tui.circle_modes import Mode, Sight, beside, now, then, without
from kinship.tui.circle_words import aside_of, looked_at
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.widgets.map_find import MapFind
from kinship.tui.widgets.map_legend import MapLegend
from kinship.tui.widgets.map_list import MapList
from kinship.tui.widgets.map_panel import MapPanel
from kinship.tui.widgets.support_map import SupportMap
from kinship.tui.widgets.time_slider import TimeSlider

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId

WAYS = {Way.GIVES_ME: Way.I_GIVE, Way.I_GIVE: Way.BOTH, Way.BOTH: Way.GIVES_ME}
"""What one press of the key makes of each."""

MODE_WORDS = {
    Mode.NOW: "as of today",
    Mode.THEN: "",
    Mode.BESIDE: "",
    Mode.WITHOUT: "x one more, or back · esc everybody",
}
"""What stands beside the heading while everything is shown."""


class LookingScreen(Screen[None]):
    """A map, a list and a panel that show one `Sight` of the circle; whoever derives from it composes them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("t", "travel", "time", tooltip="The map as of a day; again: back to today"),
        act("c", "compare", "compare", tooltip="A day beside today: who came, went or moved; again: back", show=False),
        act("x", "take_away", "without", tooltip="Imagine whoever is in focus away, or back again", show=False),
        replace(
            act("1", "only_emotional", "kinds", tooltip="Emotional support alone; again: all", show=False),
            key_display="1 2 3",
        ),
        act("2", "only_practical", "practical", tooltip="Practical support alone", show=False),
        act("3", "only_identity", "identity", tooltip="Belonging alone", show=False),
        act("d", "direction", "direction", tooltip="What they give me, what I give, what goes both ways", show=False),
        act("s", "strain", "strain", tooltip="A mark beside ties that weigh, or none", show=False),
        act("b", "all_ties", "ties", tooltip="Everybody's ties, or only those of whoever is in focus", show=False),
        act("0", "everything", "everything", tooltip="Every kind, their side, the whole map again", show=False),
        act("slash", "find", "find", tooltip="Find somebody as you type", show=False),
        act("pagedown", "panel_down", "more words", tooltip="Further down in the words beside the map", show=False),
        act("pageup", "panel_up", "words above", tooltip="Further up in the words beside the map", show=False),
        act("escape,q", "back", "back", tooltip="Out of what is looked at, then one step back", show=False),
    ]

    mode: var[Mode] = var(Mode.NOW, init=False)
    facet: var[Facet] = var(Facet(), init=False)
    finding: var[bool] = var(default=False, init=False, toggle_class="-finding")
    map = getters.query_one("#map", SupportMap)
    list = getters.query_one("#list", MapList)
    panel = getters.query_one("#panel", MapPanel)
    side = getters.query_one("#side", VerticalScroll)
    legend = getters.query_one("#legend", MapLegend)
    slider = getters.query_one(TimeSlider)
    finder = getters.query_one(MapFind)
    heading = getters.query_one("#title", Static)
    when = getters.query_one("#when", Static)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.glyphs = SETS[context.settings.glyphs]
        self.day = journal.today()
        """The day that is shown, or shown beside today, in the modes of time."""
        self.away: frozenset[AlterId] = frozenset()
        self._sight: Sight | None = None
        self._aside: tuple[str, ...] = ()
        self._said = MODE_WORDS[Mode.NOW]
        """What stands beside the heading."""
        self._leading = False
        """Whether what the mode says comes before the person in focus: the last act was about the mode."""
        self._wanted: AlterId | None = None
        """Who comes back into focus on a day on which they are there."""
        self._former: AlterId | None = None
        """Who was in focus before the search."""

    @property
    def sight(self) -> Sight:
        """What is seen now."""
        if self._sight is None:
            self._sight = self._looked()
        return self._sight

    def _looked(self) -> Sight:
        circles, today = self.journal.circle, self.journal.today()
        if self.mode is Mode.THEN:
            return then(circles.timeline(), self.day)
        if self.mode is Mode.BESIDE:
            return beside(circles.timeline(), self.day, today, self.glyphs)
        if self.mode is Mode.WITHOUT:
            return without(circles.as_of(today), self.away)
        return now(circles.as_of(today))

    def look(self) -> None:
        """Show what is to be seen anew."""
        self._sight = None
        sight, wanted = self.sight, self._wanted
        self.map.over = self.journal.circle.timeline().union()
        self.map.marks = sight.marks
        self.map.circle = sight.circle
        if self.map.current is None and wanted in {bond.alter.id for bond in sight.circle.bonds}:
            self.map.current = wanted
        self.heading.update(visible(sight.heading), layout=not sight.mode.in_time)
        self.legend.show(sight, self.facet)
        self.relist()
        self.say()

    def relist(self) -> None:
        """Bring the list up to date; only where it is seen."""
        if self.list.display:
            self.list.show(self.sight, self.facet, self.map.current)

    def say(self) -> None:
        """Bring the words up to date."""
        leading = self._leading or self.list.display
        self.panel.show(self.sight, self.map.current, self._aside, facet=self.facet, leading=leading)
        self.say_what_is_shown()

    def say_what_is_shown(self) -> None:
        """Say beside the heading what of everything the picture shows."""
        words = looked_at(self.facet, self.map.view, all_ties=self.map.all_ties)
        if (words := words or MODE_WORDS[self.mode]) != self._said:
            self._said = words
            self.when.update(words)

    # Who is in focus.

    @on(SupportMap.Moved)
    def say_who(self, event: SupportMap.Moved) -> None:
        if event.alter is not None:
            self._wanted = event.alter
            self._leading = False
        if self.list.display:
            self.list.point_at(event.alter)
        self.side.scroll_home(animate=False)
        self.say()

    @on(SupportMap.Placed)
    def say_who_is_aside(self, event: SupportMap.Placed) -> None:
        aside = aside_of(event.placing)
        if aside != self._aside:
            self._aside = aside
            self.say()
        else:
            self.say_what_is_shown()

    # One side of every tie.

    def watch_facet(self, facet: Facet) -> None:
        self.map.facet = facet
        self.legend.show(self.sight, facet)
        self.relist()
        self.say()

    def action_only_emotional(self) -> None:
        self._only(Kind.EMOTIONAL)

    def action_only_practical(self) -> None:
        self._only(Kind.PRACTICAL)

    def action_only_identity(self) -> None:
        self._only(Kind.IDENTITY)

    def _only(self, kind: Kind) -> None:
        self.facet = Facet(None if self.facet.kind is kind else kind, self.facet.way, self.facet.strain)

    def action_direction(self) -> None:
        self.facet = Facet(self.facet.kind, WAYS[self.facet.way], self.facet.strain)

    def action_strain(self) -> None:
        self.facet = Facet(self.facet.kind, self.facet.way, not self.facet.strain)

    def action_all_ties(self) -> None:
        self.map.all_ties = not self.map.all_ties
        self.say()

    def action_everything(self) -> None:
        self.map.all_ties = False
        self.map.action_whole_map()
        self.facet = Facet()
        self.say()

    # Time.

    def watch_mode(self, mode: Mode) -> None:
        self.set_class(mode is not Mode.NOW, "-moded")
        self.set_class(mode.in_time, "-in-time")
        self.set_class(mode is Mode.BESIDE, "-beside")
        if mode is not Mode.WITHOUT:
            self.away = frozenset()
        self._leading = mode is not Mode.NOW
        if mode.in_time:
            self.slider.show(self.journal.circle.timeline().days(), self.journal.today(), self.day)
            self.day = self.slider.day
            self.slider.focus()
        else:
            self.focus_view()
        self.look()
        self.refresh_bindings()

    def focus_view(self) -> None:
        """Give the keys to the map, or to the list where that is shown."""
        (self.list if self.list.display else self.map).focus()

    def action_travel(self) -> None:
        """To another day, from the day that is shown; pressed there, back to today."""
        self._turn_to(Mode.THEN, self.journal.today())

    def action_compare(self) -> None:
        """The day that is shown, else the one a year ago, beside today."""
        self._turn_to(Mode.BESIDE, months_from(self.journal.today(), -12))

    def _turn_to(self, mode: Mode, day: dt.date) -> None:
        if self.mode is mode:
            if self.slider.has_focus:
                self.mode = Mode.NOW
            else:
                self.slider.focus()
            return
        if self.journal.circle.timeline().first() is None:
            self.notify("Nothing has changed yet that one could go back to.")
            return
        self.day = self.day if self.mode.in_time else day
        self.mode = mode

    @on(TimeSlider.Changed)
    def show_day(self, event: TimeSlider.Changed) -> None:
        self.day, self._leading = event.day, True
        if self.mode.in_time:
            self.look()

    @on(TimeSlider.Left)
    def leave_slider(self) -> None:
        self.focus_view()

    @on(TimeSlider.Ended)
    def come_back(self) -> None:
        self.mode = Mode.NOW

    # Without somebody.

    def action_take_away(self) -> None:
        """Whoever is in focus is imagined away, or, where they are, back again; with nobody left, all is as it is."""
        current = self.map.current
        self.away = self.away ^ {current} if current is not None else self.away
        if not self.away:
            if self.mode is not Mode.WITHOUT:
                self.notify("Walk to somebody first: x imagines whoever is in focus away.")
            self.mode = Mode.NOW
        elif self.mode is Mode.WITHOUT:
            self._leading = True
            self.look()
        else:
            self.mode = Mode.WITHOUT

    # Finding.

    def action_find(self) -> None:
        self._former = self.map.current
        self.finding = True
        self.finder.begin()

    @on(MapFind.Typed)
    def find_typed(self, event: MapFind.Typed) -> None:
        found = found_in(self.sight.circle, event.words)
        self.map.found = frozenset(found)
        if found:
            self.map.current = found[0]
        self._say_found(found, event.words)

    @on(MapFind.Stepped)
    def step_through_found(self, event: MapFind.Stepped) -> None:
        words = self.finder.typed.value
        found = found_in(self.sight.circle, words)
        if found:
            at = found.index(self.map.current) if self.map.current in found else -1
            self.map.current = found[(at + event.by) % len(found)]
        self._say_found(found, words)

    def _say_found(self, found: tuple[AlterId, ...], words: str) -> None:
        at = found.index(self.map.current) + 1 if self.map.current in found else 0
        self.finder.say(f"{at} of {len(found)}" if found else "nobody by that name" if words.strip() else "")

    @on(MapFind.Taken)
    def keep_found(self) -> None:
        self._end_finding()

    @on(MapFind.Left)
    def forget_found(self) -> None:
        self.map.current = self._former
        self._end_finding()

    def _end_finding(self) -> None:
        self.finding = False
        self.map.found = frozenset()
        self.focus_view()

    def watch_finding(self) -> None:
        self.refresh_bindings()

    # Words, and back.

    def action_panel_down(self) -> None:
        self.side.scroll_page_down(animate=False)

    def action_panel_up(self) -> None:
        self.side.scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Out of a mode first, then out of the screen."""
        if self.mode is Mode.NOW:
            self.post_message(BackRequested())
        else:
            self.mode = Mode.NOW
