"""Looking at the map closely and from one side: zoom, direction, strain, marks of change, finding."""

from __future__ import annotations

import math

import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from kinship.circle.cellmap import CellMap, Marks, Showing, draw_cells, paint
from kinship.circle.facet import Facet, Way, facet_in_words, kinds_shown, look_in, shown_in_words
from kinship.circle.finding import found_in
from kinship.circle.frame import CLOSEST, WHOLE, View, frame_for
from kinship.circle.glyphs import ASCII, SETS, UNICODE
from kinship.circle.labels import place
from kinship.circle.layout import lay_out
from kinship.circle.support import Look
from kinship.ground.width import cells
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle, Ring, Status


def drawn(circle: Circle, width: int = 80, height: int = 24, **more: object) -> CellMap:
    return draw_cells(lay_out(circle), circle, width, height, **more)  # type: ignore[arg-type]


def runs_of(picture: CellMap) -> set[tuple[str, str]]:
    return {(run.text, run.roles) for row in picture.rows for run in row}


# Closer.


@pytest.mark.parametrize("zoom", [1.5, 3.0, 8.0])
@pytest.mark.parametrize("centre", [(0.0, 0.0), (0.7, -0.4), (-1.0, 1.0)])
@pytest.mark.parametrize("count", [1, 40, 300])
def test_a_closer_map_keeps_every_row_whole_and_everybody_is_somewhere(
    zoom: float, centre: tuple[float, float], count: int
) -> None:
    circle = crowd(count)
    picture = drawn(circle, 60, 20, view=View(zoom, centre), focus=circle.bonds[0].alter.id)
    assert all(sum(cells(run.text) for run in row) == 60 for row in picture.rows)
    everybody = {bond.alter.id for bond in circle.bonds}
    assert set(picture.nodes) | set(picture.folded) | set(picture.beyond) | set(picture.overflow) == everybody
    assert not set(picture.nodes) & set(picture.beyond)
    assert all(0 <= x < 60 and 0 <= y < 20 for x, y in picture.nodes.values())


def test_a_point_stays_where_it_is_while_the_map_comes_closer() -> None:
    frame = frame_for(80, 24, 12)
    point = frame.point(1.0, 0.68)
    closer = frame_for(80, 24, 12, view=WHOLE.about(point, 2.0))
    assert closer.dot_of(point) == pytest.approx(frame.dot_of(point), abs=1.0)


def test_a_cell_and_the_point_under_it_belong_together() -> None:
    frame = frame_for(80, 24, 12, view=View(2.0, (0.3, -0.2)))
    for column, row in ((0, 0), (40, 12), (79, 23)):
        x, y = frame.dot_of(frame.point_at(column, row))
        assert (x // 2, y // 4) == (column, row)


def test_the_map_comes_no_closer_than_there_is_sense_in_and_never_smaller_than_whole() -> None:
    assert WHOLE.about((0.0, 0.0), 1000).zoom == CLOSEST
    assert View(2.0, (0.5, 0.5)).about((0.0, 0.0), 0.01).zoom == 1.0


def test_the_window_stays_over_the_map_and_the_whole_map_stays_in_the_middle() -> None:
    assert frame_for(80, 24, 12, view=View(1.0, (5.0, 5.0))).view.centre == (0.0, 0.0)
    far = frame_for(80, 24, 12, view=View(3.0, (9.0, -9.0))).view
    assert 0 < far.centre[0] < 1
    assert -1 < far.centre[1] < 0


def test_somebody_outside_the_window_is_brought_into_it_and_no_further() -> None:
    frame = frame_for(80, 24, 12, view=View(4.0, (0.0, 0.0)))
    point = frame.point(0.0, 1.0)
    assert not frame.holds(*frame.cell(0.0, 1.0))
    shown = frame_for(80, 24, 12, view=frame.towards(point))
    column, row = shown.cell(0.0, 1.0)
    assert shown.holds(column, row)
    assert frame.towards(frame.point(0.1, 0.01)) == frame.view


def test_a_fold_opens_when_the_map_comes_closer() -> None:
    circle = crowd(150)
    assert drawn(circle).folded
    closer = drawn(circle, view=View(1.5))
    assert closer.folded == ()
    assert "+" not in closer.text


def test_signs_and_names_never_share_a_cell_on_a_closer_map() -> None:
    for count, zoom in ((40, 2.0), (150, 2.5), (300, 4.0)):
        picture = drawn(crowd(count), 80, 24, view=View(zoom, (0.4, 0.2)))
        taken = list(picture.nodes.values())
        for label in picture.labels.values():
            taken += [(label.column + step, label.row) for step in range(label.width)]
        assert len(taken) == len(set(taken))


# One side of every tie.


def test_direction_shows_what_they_give_what_i_give_or_what_goes_both_ways() -> None:
    bond = a_bond("Bea", gives=("listening",), receives=("time",))
    assert kinds_shown(bond, Facet()) == {Kind.EMOTIONAL}
    assert kinds_shown(bond, Facet(way=Way.I_GIVE)) == {Kind.PRACTICAL}
    assert kinds_shown(bond, Facet(way=Way.BOTH)) == {Kind.EMOTIONAL, Kind.PRACTICAL}
    assert look_in(bond, Facet(way=Way.BOTH))[0] is Look.SEVERAL
    assert kinds_shown(a_bond("Ana", gives=("listening",)), Facet(way=Way.BOTH)) == frozenset()


def test_a_kind_that_goes_both_ways_has_to_go_both_ways_itself() -> None:
    facet = Facet(Kind.EMOTIONAL, Way.BOTH)
    assert look_in(a_bond("Bea", gives=("listening",), receives=("time",)), facet)[0] is None
    assert look_in(a_bond("Bea", gives=("listening",), receives=("comfort",)), facet)[0] is Look.EMOTIONAL


def test_what_happened_counts_beside_what_was_said_in_either_direction() -> None:
    did = a_bond("Bea", moments=(a_moment("bea", "listening", to_them=True),))
    assert look_in(did, Facet(way=Way.I_GIVE)) == (Look.EMOTIONAL, False)
    said = a_bond("Bea", receives=("listening",))
    assert look_in(said, Facet(way=Way.I_GIVE)) == (Look.EMOTIONAL, True)


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTIVE])
def test_only_active_ties_have_a_side(status: Status) -> None:
    bond = a_bond("Bea", gives=("listening",), receives=("listening",), status=status)
    assert look_in(bond, Facet(way=Way.BOTH)) == (None, False)
    assert look_in(bond, Facet())[0] is Look(status.value)


def test_strain_stands_beside_the_sign_and_takes_nothing_off_it() -> None:
    circle = a_circle(a_bond("Bea", gives=("listening",), strain=("pressure",)), a_bond("Ana"))
    layout = lay_out(circle)
    placing = place(layout, circle, 80, 24, marked=("bea",))
    plain = runs_of(paint(placing, layout, circle))
    beside = runs_of(paint(placing, layout, circle, UNICODE, Showing(facet=Facet(strain=True))))
    assert ("≈", "strain") in beside - plain
    assert ("●", "emotional light") in beside & plain
    assert sum(roles == "strain" for _, roles in beside) == 1


def test_what_is_shown_is_said_in_words() -> None:
    assert facet_in_words(Facet()) == ""
    assert facet_in_words(Facet(Kind.PRACTICAL, Way.I_GIVE, strain=True)) == (
        "only practical · what I give · strain beside"
    )


def test_who_is_shown_is_said_in_sentences() -> None:
    circle = a_circle(
        a_bond("Ana", gives=("listening",), receives=("time",)),
        a_bond("Bea", gives=("advice",), strain=("pressure",)),
        a_bond("Ugo", receives=("time",), status=Status.ENDED),
    )
    assert shown_in_words(circle, Facet()) == ()
    assert shown_in_words(circle, Facet(Kind.PRACTICAL)) == ("Practical support comes from Bea.",)
    assert shown_in_words(circle, Facet(way=Way.BOTH)) == ("Support goes both ways with Ana.",)
    assert shown_in_words(circle, Facet(Kind.IDENTITY, Way.I_GIVE, strain=True)) == (
        "I give belonging to nobody who is marked yet.",
        "Something weighs with Bea.",
    )


# Who is gone, new or moved.


@pytest.mark.parametrize("glyphs", list(SETS.values()))
def test_who_is_gone_new_or_moved_is_told_by_a_sign_and_not_by_colour_alone(glyphs: object) -> None:
    circle = a_circle(a_bond("Bea"), a_bond("Ana", sector="work"), a_bond("Ugo", sector="family", ring=Ring.MIDDLE))
    picture = drawn(circle, glyphs=glyphs, ghosts=("bea",), fresh=("ana",), moved={"ugo": 1})
    told = {roles: text for text, roles in runs_of(picture)}
    signs = [told["ghost"], told["fresh"], told["moved"]]
    assert len(set(signs)) == 3
    assert all(cells(sign) == 1 for sign in signs)
    assert "label ghost" in told
    assert "Ana" in picture.text
    assert "Bea" in picture.text


def test_an_arrow_points_the_way_somebody_moved_and_a_trail_leads_there() -> None:
    circle = a_circle(*(a_bond(f"P{index}", ring=Ring.MIDDLE, sector=f"s{index}") for index in range(8)))
    layout = lay_out(circle)
    outwards = drawn(circle, 120, 40, moved=dict.fromkeys((bond.alter.id for bond in circle.bonds), 1))
    inwards = drawn(circle, 120, 40, moved=dict.fromkeys((bond.alter.id for bond in circle.bonds), -1))
    for spot in layout.places:
        column, row = outwards.nodes[spot.alter]
        arrow = outwards.text.splitlines()[row][column - 1]
        assert arrow == UNICODE.arrows[round(spot.angle / (math.tau / 8)) % 8]
        back = inwards.text.splitlines()[row][column - 1]
        assert UNICODE.arrows.index(back) == (UNICODE.arrows.index(arrow) + 4) % 8
    assert "trail" in {roles for _, roles in runs_of(outwards)}


def test_plain_signs_of_change_are_ascii() -> None:
    circle = a_circle(a_bond("Bea"), a_bond("Ana", sector="work"), a_bond("Ugo", sector="family"))
    picture = drawn(circle, glyphs=ASCII, ghosts=("bea",), fresh=("ana",), moved={"ugo": -1}, notes={"ugo": "+@"})
    assert picture.text.isascii()
    assert "Ugo +@" in picture.text


def test_signs_after_a_name_stay_when_the_name_is_shortened() -> None:
    circle = crowd(60)
    notes = {bond.alter.id: "+◆" for bond in circle.bonds}
    picture = drawn(circle, 80, 24, notes=notes)
    assert all(label.text.endswith(" +◆") for label in picture.labels.values())


def test_marks_take_no_cell_of_a_neighbour() -> None:
    circle = crowd(60)
    everybody = [bond.alter.id for bond in circle.bonds]
    plain = drawn(circle, 120, 40)
    picture = drawn(circle, 120, 40, fresh=everybody)
    rows = picture.text
    assert rows.count("+") == len(picture.nodes)
    assert len(picture.nodes) == len(plain.nodes)


def test_those_who_changed_are_taken_out_of_a_fold_while_there_is_room() -> None:
    circle = crowd(120)
    folded = drawn(circle, 80, 24).folded
    picture = drawn(circle, 80, 24, fresh=folded[:6])
    assert set(folded[:6]) <= set(picture.nodes)
    assert set(picture.folded) == set(folded) - set(folded[:6])


# Everybody's ties, and who is found or pointed at.


def test_every_tie_is_drawn_when_asked_for_and_those_in_focus_stay_apart() -> None:
    circle = crowd(40)
    layout = lay_out(circle)
    placing = place(layout, circle, 80, 24)
    focus = circle.ties[0].a
    roles = {
        run.roles for row in paint(placing, layout, circle, UNICODE, Showing(focus, all_ties=True)).rows for run in row
    }
    assert {"tie-all", "tie"} <= roles
    assert "tie-all" not in {run.roles for row in paint(placing, layout, circle).rows for run in row}


def test_whoever_is_pointed_at_has_their_name_in_full() -> None:
    circle = crowd(60)
    layout = lay_out(circle)
    placing = place(layout, circle, 60, 20)
    short = next(alter for alter in placing.nodes if alter in placing.overflow)
    name = next(bond.alter.name for bond in circle.bonds if bond.alter.id == short)
    picture = paint(placing, layout, circle, UNICODE, Showing(pointed=short))
    assert (name, "label pointed") in runs_of(picture)


def test_whoever_is_found_has_a_role_of_their_own() -> None:
    circle = a_circle(a_bond("Bea"), a_bond("Ana"))
    layout = lay_out(circle)
    picture = paint(place(layout, circle, 80, 24), layout, circle, UNICODE, Showing(found=("bea",)))
    assert ("Bea", "label found") in runs_of(picture)
    assert ("Ana", "label inner") in runs_of(picture)


def test_names_are_found_by_their_first_letters_then_by_any_word_then_anywhere_then_by_circle() -> None:
    circle = a_circle(
        a_bond("Anabel"), a_bond("Great-aunt Ana"), a_bond("Susana"), a_bond("Bo", sector="anaesthesia"), a_bond("Lee")
    )
    assert found_in(circle, "ana") == ("anabel", "great-aunt ana", "susana", "bo")
    assert found_in(circle, "  ") == ()
    assert found_in(circle, "zzz") == ()


def test_a_name_is_found_whatever_its_case_and_however_its_accents_are_written() -> None:
    circle = a_circle(a_bond("Émile"))
    assert found_in(circle, "E\u0301M") == ("émile",)


def test_marks_that_are_no_marks_change_nothing() -> None:
    circle = crowd(40)
    layout = lay_out(circle)
    placing = place(layout, circle, 80, 24)
    assert paint(placing, layout, circle, UNICODE, Showing(marks=Marks())).text == paint(placing, layout, circle).text
