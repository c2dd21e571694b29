"""The map in cells: nothing collides, every row has its width, and the pictures are held as text."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from builders.circles import a_bond, a_circle, crowd
from kinship.circle.cellmap import CellMap, draw_cells
from kinship.circle.glyphs import ASCII, SETS, UNICODE
from kinship.circle.layout import lay_out
from kinship.circle.support import Look
from kinship.ground.width import cells
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle, Status

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 40))


def drawn(circle: Circle, width: int = 80, height: int = 24, **more: object) -> CellMap:
    return draw_cells(lay_out(circle), circle, width, height, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [5, 40, 150])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_looks_like_its_golden(count: int, width: int, height: int) -> None:
    file = GOLDEN / f"{count}.{width}x{height}.txt"
    text = drawn(crowd(count), width, height).text + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("count", [0, 1, 5, 40, 150, 400])
@pytest.mark.parametrize(("width", "height"), [(1, 1), (10, 4), (36, 9), (54, 20), (80, 24), (160, 48)])
@pytest.mark.parametrize("glyphs", list(SETS))
def test_every_row_takes_exactly_its_cells(count: int, width: int, height: int, glyphs: str) -> None:
    circle = crowd(count)
    focus = circle.bonds[-1].alter.id if count else None
    picture = drawn(circle, width, height, focus=focus, glyphs=SETS[glyphs])
    assert len(picture.rows) == height
    for row in picture.rows:
        assert sum(cells(run.text) for run in row) == width


@pytest.mark.parametrize("count", [5, 40, 150])
@pytest.mark.parametrize(("width", "height"), [*SIZES, (54, 20), (160, 48)])
def test_signs_and_names_never_share_a_cell(count: int, width: int, height: int) -> None:
    picture = drawn(crowd(count), width, height)
    taken = [cell for cell in picture.nodes.values()]  # noqa: C416 - a list to extend
    for label in picture.labels.values():
        taken += [(label.column + step, label.row) for step in range(label.width)]
    assert len(taken) == len(set(taken))
    assert all(0 <= column < width and 0 <= row < height for column, row in taken)


def test_every_name_of_sixty_is_readable_at_80x22_and_of_150_at_160x48() -> None:
    assert len(drawn(crowd(60), 80, 22).overflow) <= 1
    assert drawn(crowd(150), 160, 48).overflow == ()


def test_whoever_finds_no_room_is_listed_and_everybody_is_somewhere() -> None:
    circle = crowd(60)
    picture = drawn(circle, 60, 22)
    everybody = {bond.alter.id for bond in circle.bonds}
    assert set(picture.labels) | set(picture.overflow) | set(picture.folded) == everybody
    assert picture.overflow
    assert "1" in picture.text


def test_past_about_eighty_the_outer_ring_becomes_counts_at_80x24() -> None:
    assert drawn(crowd(80), 80, 24).folded == ()
    circle = crowd(120)
    picture = drawn(circle, 80, 24)
    outer = {place.alter for place in lay_out(circle).places if place.ring == 2}
    assert set(picture.folded) == outer
    assert "friends +" in picture.text


def test_who_is_folded_away_is_drawn_when_they_have_the_focus() -> None:
    circle = crowd(150)
    folded = drawn(circle, 80, 24).folded[0]
    picture = drawn(circle, 80, 24, focus=folded)
    name = next(bond.alter.name for bond in circle.bonds if bond.alter.id == folded)
    assert folded in picture.nodes
    assert name in picture.text


def test_the_focus_moves_no_name_but_its_own() -> None:
    circle = crowd(40)
    before = drawn(circle)
    for bond in circle.bonds:
        after = drawn(circle, focus=bond.alter.id)
        assert after.nodes == before.nodes
        assert {**after.labels, bond.alter.id: None} == {**before.labels, bond.alter.id: None}


def test_the_kind_is_told_by_a_sign_and_a_role_and_a_bare_claim_is_lighter() -> None:
    circle = a_circle(a_bond("Bea", gives=("listening",)), a_bond("Ana"))
    runs = {(run.text, run.roles) for row in drawn(circle).rows for run in row}
    assert ("●", "emotional light") in runs
    assert ("○", "none") in runs
    assert ("Bea", "label inner") in runs


def test_a_filter_shows_one_kind_and_quietens_the_rest() -> None:
    circle = a_circle(a_bond("Bea", gives=("listening", "time")), a_bond("Ana", gives=("belonging",)))
    runs = {(run.text, run.roles) for row in drawn(circle, only=Kind.PRACTICAL).rows for run in row}
    assert ("◆", "practical light") in runs
    assert ("·", "quiet") in runs
    assert ("Ana", "label quiet") in runs


def test_the_ties_of_the_focused_person_are_drawn_and_only_theirs() -> None:
    circle = a_circle(a_bond("Bea"), a_bond("Ana", sector="work"), ties=(("ana", "bea"),))
    roles = {run.roles for row in drawn(circle, focus="bea").rows for run in row}
    assert "tie" in roles
    assert "label known" in roles
    assert "tie" not in {run.roles for row in drawn(circle).rows for run in row}


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_look_has_its_own_sign_of_one_cell(glyphs: object) -> None:
    signs = glyphs.nodes  # type: ignore[attr-defined]
    assert set(signs) == set(Look)
    assert len(set(signs.values())) == len(Look)
    assert all(cells(sign) == 1 for sign in signs.values())


def test_plain_ascii_leaves_no_other_letter_on_the_map() -> None:
    picture = drawn(a_circle(*(a_bond(status.value, status=status) for status in Status)), glyphs=ASCII)
    assert picture.text.isascii()


def test_a_name_with_escape_codes_is_drawn_harmlessly() -> None:
    picture = drawn(a_circle(a_bond("\x1b[31mBea[b]\x07")))
    assert "\x1b" not in picture.text
    assert "\x07" not in picture.text


def test_a_click_finds_the_sign_and_the_name() -> None:
    picture = drawn(crowd(40))
    for alter, (column, row) in picture.nodes.items():
        assert picture.at(column, row) == alter
    for alter, label in picture.labels.items():
        assert picture.at(label.column, label.row) == alter


def test_150_people_are_laid_out_and_drawn_within_60_ms() -> None:
    circle = crowd(150)
    times = []
    for _ in range(5):
        began = time.process_time()
        drawn(circle, 160, 48, focus=circle.bonds[0].alter.id)
        times.append(time.process_time() - began)
    assert min(times) < 0.060
