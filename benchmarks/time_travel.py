"""What walking through time costs: ten years of a hundred and fifty people, day after day; and a thousand at once."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator

import networkx as nx

from builders.circles import crowd
from kinship.circle.cellmap import draw_cells
from kinship.circle.change import change_in_words, compare
from kinship.circle.labels import place
from kinship.circle.layout import lay_out
from kinship.circle.network import counted, network
from kinship.circle.what_if import what_if, what_if_in_words
from kinship.demo import live
from kinship.journal.facts import standing
from kinship.journal.model import Circle
from kinship.journal.timeline import Timeline
from lives import AS_OF, PEOPLE, YEARS
from table import Row, median_cpu

WIDTH, HEIGHT = 160, 48
PAGES = 2500
RUNS = 25
MANY = 1000


def time_travel_rows() -> list[Row]:
    """Return the rows for as-of, the slider, comparing, what if, and large circles (CPU milliseconds)."""
    life = live(7, years=YEARS, people=PEOPLE, pages=PAGES, as_of=AS_OF)
    timeline = Timeline(life.alters, life.facts, life.moments)
    union, whole = timeline.union(), timeline.as_of(AS_OF)
    ends = counted(whole)[0].alter.id, counted(whole)[-1].alter.id
    every = f"{PEOPLE} people, {YEARS} years"

    def fold(day: dt.date) -> object:
        return standing(life.alters, life.facts, life.moments, day)

    def step(day: dt.date) -> object:
        circle = timeline.as_of(day)
        return draw_cells(lay_out(circle, over=union), circle, WIDTH, HEIGHT)

    def beside(day: dt.date) -> object:
        before = timeline.as_of(day)
        return change_in_words(compare(before, whole), before, whole)

    def ready() -> object:
        return Timeline(life.alters, life.facts, life.moments)

    def away() -> object:
        return what_if_in_words(what_if(whole, ends), whole)

    folded = _over(timeline, fold)
    return [
        Row(
            f"the map of any day: {every}",
            _over(timeline, timeline.as_of),
            "ms",
            0.5,
            folded,
            "folding every statement",
        ),
        Row("making the timeline ready", median_cpu(ready, RUNS), "ms", 50),
        Row(f"a step of the slider, drawn at {WIDTH}x{HEIGHT}", _over(timeline, step), "ms", 60),
        Row("comparing a day with today, in words", _over(timeline, beside), "ms", 15),
        Row("what if two were away, in words", median_cpu(away, RUNS), "ms", 15),
        *_large(),
        *_other_layouts(whole),
    ]


def _over(timeline: Timeline, act: Callable[[dt.date], object]) -> float:
    """Return the median of one call over days spread through all time, each another day."""
    days = timeline.days()
    spread = itertools.cycle(days[:: max(1, len(days) // RUNS)])
    act(next(spread))
    return median_cpu(lambda: act(next(spread)), RUNS)


def _large() -> Iterator[Row]:
    for count, budget in ((PEOPLE, 15), (MANY, 150)):
        circle = crowd(count)

        def act(circle: Circle = circle) -> object:
            return place(lay_out(circle), circle, WIDTH, HEIGHT)

        act()
        yield Row(f"layout and labels of {count:,} people at {WIDTH}x{HEIGHT}", median_cpu(act, RUNS), "ms", budget)


def _other_layouts(circle: Circle) -> Iterator[Row]:
    """Yield our layout beside those of networkx that run here.

    All but one need numpy, which kinship does not bring; that one draws planar graphs alone, so it gets less to do: a
    spanning forest of the same people.
    """
    graph = network(circle)
    forest = nx.minimum_spanning_tree(graph)
    others: dict[str, Callable[[], object]] = {
        "shell_layout": lambda: nx.shell_layout(graph),
        "spring_layout": lambda: nx.spring_layout(graph),
        "kamada_kawai_layout": lambda: nx.kamada_kawai_layout(graph),
        "combinatorial_embedding_to_pos": lambda: nx.combinatorial_embedding_to_pos(nx.check_planarity(forest)[1]),
    }
    for name, other in others.items():
        try:
            other()
        except ImportError:
            continue
        ours = median_cpu(lambda: lay_out(circle), RUNS)
        yield Row(f"layout of {len(circle.bonds)} people", ours, "ms", 1.0, median_cpu(other, 5), f"networkx.{name}")
