"""Ten years of a large circle: people come and go, move, return and die, and the pages know of it."""

from __future__ import annotations

import datetime as dt

import pytest

from kinship.circle.change import compare
from kinship.circle.labels import Cell, place
from kinship.circle.layout import Place, lay_out
from kinship.demo import Life, live
from kinship.journal.model import Status
from kinship.journal.timeline import Timeline

AS_OF = dt.date(2026, 11, 22)
NEW_YEARS = tuple(dt.date(year, 1, 1) for year in range(2017, 2027))


@pytest.fixture(scope="module", params=(1, 7))
def life(request: pytest.FixtureRequest) -> Life:
    return live(request.param, years=10, people=150, pages=2500, as_of=AS_OF)


@pytest.fixture(scope="module")
def timeline(life: Life) -> Timeline:
    return Timeline(life.alters, life.facts, life.moments)


def test_every_year_somebody_comes_and_somebody_moves(timeline: Timeline) -> None:
    changes = [compare(timeline.as_of(one), timeline.as_of(one.replace(year=one.year + 1))) for one in NEW_YEARS[:-1]]
    assert all(change.new and change.moved for change in changes)
    assert sum(len(change.gone) for change in changes) >= 20
    assert sum(len(change.remembered) for change in changes) >= 3
    assert len(timeline.days()) > 250


def test_some_are_reconciled_and_some_wishes_come_true(timeline: Timeline) -> None:
    told = [one.text for bond in timeline.union().bonds for one in timeline.history_of(bond.alter.id)]
    assert told.count("in touch again") >= 4
    assert "no longer only wished for" in told
    assert "remembered from here on" in told


def test_the_circle_grows_and_does_not_only_grow(timeline: Timeline) -> None:
    counted = [sum(bond.counted for bond in timeline.as_of(day).bonds) for day in (*NEW_YEARS, AS_OF)]
    assert 25 <= counted[0] < counted[4]
    assert len(timeline.as_of(AS_OF).bonds) == 150
    assert 80 <= counted[-1] <= 130


def test_things_happen_in_every_year(life: Life) -> None:
    for day in NEW_YEARS[1:]:
        assert sum(0 <= (day - moment.day).days < 365 for moment in life.moments) > 150


def test_nothing_happens_with_anybody_while_the_tie_is_not_active(life: Life, timeline: Timeline) -> None:
    for moment in life.moments:
        status = {bond.alter.id: bond.status for bond in timeline.as_of(moment.day).bonds}
        assert status[moment.alter] is Status.ACTIVE


def test_pages_name_those_alone_who_are_there_by_then(life: Life, timeline: Timeline) -> None:
    for entry in life.entries:
        there = {bond.alter.id for bond in timeline.as_of(entry.day).bonds}
        assert there.issuperset(entry.names.values())


def test_walking_through_ten_years_nobody_moves_on_the_map_but_in_or_out(timeline: Timeline) -> None:
    union = timeline.union()
    stood: dict[str, Place] = {}
    for day in timeline.days():
        circle = timeline.as_of(day)
        places = lay_out(circle, over=union).by_alter()
        assert places.keys() == {bond.alter.id for bond in circle.bonds}
        for alter, spot in places.items():
            before = stood.get(alter, spot)
            assert spot == before if spot.ring == before.ring else spot.angle == before.angle
        stood |= places
    assert len(stood) == 150


def test_walking_through_time_signs_stay_in_their_cells_but_for_a_step_aside(timeline: Timeline) -> None:
    union = timeline.union()
    steps: list[int] = []
    stood: dict[str, tuple[Place, Cell]] = {}
    for day in timeline.days()[::5]:
        circle = timeline.as_of(day)
        layout = lay_out(circle, over=union)
        nodes = place(layout, circle, 120, 36).nodes
        spots = {spot.alter: (spot, nodes[spot.alter]) for spot in layout.places}
        for alter, (spot, (column, row)) in spots.items():
            before, (old_column, old_row) = stood.get(alter, (spot, (column, row)))
            if before == spot:
                steps.append(max(abs(column - old_column), 2 * abs(row - old_row)))
        stood = spots
    assert sum(step == 0 for step in steps) / len(steps) > 0.98
    assert max(steps) <= 6
