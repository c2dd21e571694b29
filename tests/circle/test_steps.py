"""Walking on the map leads where one looks, and round every ring past everybody."""

from __future__ import annotations

from builders.circles import crowd
from kinship.circle import lay_out
from kinship.circle.cellmap import draw_cells
from kinship.circle.steps import DIRECTIONS, nearest, round_ring, towards

NODES = {"west": (2, 5), "east": (20, 5), "north": (11, 1), "far east": (30, 6)}


def test_an_arrow_leads_to_the_nearest_in_that_direction() -> None:
    assert towards(NODES, (11, 5), "right") == "east"
    assert towards(NODES, (20, 5), "right", "east") == "far east"
    assert towards(NODES, (11, 5), "up") == "north"
    assert towards(NODES, (11, 5), "left") == "west"


def test_nobody_that_way_is_nobody() -> None:
    assert towards(NODES, (30, 6), "right", "far east") is None
    assert towards({}, (1, 1), "up") is None


def test_the_nearest_is_taken_in_whatever_direction() -> None:
    assert nearest(NODES, (12, 5)) == "east"
    assert nearest(NODES, (11, 2)) == "north"
    assert nearest({}, (1, 1)) is None


def test_tab_goes_past_everybody_once_and_back_again() -> None:
    circle = crowd(40)
    layout = lay_out(circle)
    walked = [round_ring(layout, None, 1)]
    for _ in range(39):
        walked.append(round_ring(layout, walked[-1], 1))
    assert len(set(walked)) == 40
    rings = layout.by_alter()
    assert [rings[str(alter)].ring for alter in walked] == sorted(place.ring for place in layout.places)
    assert round_ring(layout, walked[0], -1) == walked[-1]
    assert round_ring(lay_out(crowd(0)), None, 1) is None


def test_with_arrows_alone_everybody_can_be_reached() -> None:
    circle = crowd(40)
    nodes = draw_cells(lay_out(circle), circle, 80, 24).nodes
    reached = {next(iter(nodes))}
    todo = list(reached)
    while todo:
        at = todo.pop()
        for direction in DIRECTIONS:
            there = towards(nodes, nodes[at], direction, at)
            if there is not None and there not in reached:
                reached.add(there)
                todo.append(there)
    assert len(reached) >= 36
