"""The views of Patterns: what each is, what it is made of, and its chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from kinship.insight.values import Pattern
from kinship.snapshot.chart import Chart
from kinship.tui.pattern_charts import buffering_chart, next_day_chart, same_day_chart, state_of
from kinship.tui.shown_charts import (
    bars_chart,
    changes_chart,
    lines_chart,
    months_chart,
    mood_chart,
    words_chart,
    year_chart,
)

Build = Callable[[str, str, Sequence[Pattern]], Chart]


class View(Struct, frozen=True):
    """One line of the list."""

    id: str
    title: str
    about: str
    """What it is, in a few words."""
    made_of: tuple[str, ...]
    """Ids of the patterns in it; one that ends in a dot stands for all that begin with it."""
    build: Build
    fills: str = ""
    """The key that fills it, where there is not enough yet."""

    def among(self, found: Mapping[str, Pattern]) -> tuple[Pattern, ...]:
        """Return its patterns, in their order."""
        return tuple(
            pattern
            for name in self.made_of
            for id_, pattern in found.items()
            if id_ == name or (name.endswith(".") and id_.startswith(name))
        )


MOOD = "m on Today says how you are."
MARK = "tab on a page marks what somebody gave."
MAP = "a on the map puts somebody on it."
WEEK = "l on Today keeps the week in three lines."

VIEWS = (
    View("mood", "Mood through time", "each day, and each week", ("mood",), mood_chart, MOOD),
    View("year", "A year in dots", "a dot for every day", ("year",), year_chart, "w on Today starts a page."),
    View("who", "Who came up", "on how many days", ("who",), bars_chart, "@ before a name on a page."),
    View("kinds", "Which kind came up", "on how many days", ("kinds",), bars_chart, MARK),
    View("give_and_take", "Give and take", "days with, both ways", ("give_and_take",), months_chart, MARK),
    View("balance", "The three kinds by month", "one below the other", ("balance",), months_chart, MARK),
    View("then_and_now", "The map then and now", "what changed", ("then_and_now",), changes_chart, MAP),
    View("pulse", "The week in three lines", "heard, helped, belonging", ("pulse",), lines_chart, WEEK),
    View("scales", "Your scales", "with what counts as a change", ("scale.",), lines_chart),
    View("hard_days", "What helped on hard days", "in your own words", ("hard_days",), words_chart, MARK),
    View("same_day", "Mood on days with support", "and the trap in it", ("same_day.",), same_day_chart, MOOD),
    View("next_day", "Mood the day after", "held against chance", ("next_day.",), next_day_chart, MOOD),
    View("buffering", "Stress and support", "held against chance", ("buffering",), buffering_chart, MOOD),
)
"""Every view, in the order of the list."""


def shown_views(found: Mapping[str, Pattern]) -> tuple[tuple[View, Chart, str], ...]:
    """Return every view of which something is known, with its chart and how far it may speak."""
    told = ((view, view.among(found)) for view in VIEWS)
    return tuple((view, view.build(view.id, view.title, among), state_of(among)) for view, among in told if among)
