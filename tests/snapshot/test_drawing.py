from __future__ import annotations

import itertools
import math

import msgspec
import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from builders.exports import called
from builders.hostile import short_corpus
from kinship.circle.layout import lay_out
from kinship.journal.model import Circle, Ring, Status
from kinship.snapshot.careful import careful
from kinship.snapshot.drawing import Drawing, drawing
from kinship.snapshot.marks import Fill, Shape, corners, slice_of
from kinship.snapshot.share import ON_SCREEN, Share


def drawn(circle: Circle, share: Share = ON_SCREEN) -> Drawing:
    seen = careful(circle, share, "vault")
    return drawing(seen, lay_out(seen), share=share)


def with_long_names(circle: Circle) -> Circle:
    names = itertools.cycle(
        (
            "山田 太郎さんのご家族",
            "مريم الزهراء",
            "Wolfeschlegelsteinhausenbergerdorff",
            "Ngô Nguyễn Thị Minh Khai",
            "Jo",
        )
    )
    return msgspec.structs.replace(
        circle,
        bonds=tuple(
            msgspec.structs.replace(bond, alter=msgspec.structs.replace(bond.alter, name=next(names)))
            for bond in circle.bonds
        ),
    )


@pytest.mark.parametrize("circle", [crowd(1), crowd(5), crowd(40), crowd(150), with_long_names(crowd(150))])
def test_no_name_covers_another_a_sign_or_a_caption(circle: Circle) -> None:
    picture = drawn(circle)
    boxes = [label.box for label in picture.labels]
    captions = [wedge.label.box for wedge in picture.wedges if wedge.label is not None]
    assert len(boxes) == len(circle.bonds)
    assert not [pair for pair in itertools.combinations(boxes + captions, 2) if pair[0].touches(pair[1])]
    assert not [box for box in boxes for node in picture.nodes if box.touches_disc(node.x, node.y, node.radius)]


@pytest.mark.parametrize("count", [0, 1, 5, 40, 150])
def test_everything_lies_on_the_page(count: int) -> None:
    picture = drawn(with_long_names(crowd(count)))
    for label in picture.labels:
        assert picture.centre[0] + label.box.left > 0
        assert picture.centre[0] + label.box.right < picture.width
        assert picture.centre[1] + label.box.top > 0
        assert picture.centre[1] + label.box.bottom < picture.height
    assert picture.legend.width < picture.width


def test_a_name_far_from_its_sign_has_a_line_that_ends_at_it() -> None:
    picture = drawn(with_long_names(crowd(150)))
    for node, label in zip(picture.nodes, picture.labels, strict=True):
        apart = label.box.touches_disc(node.x, node.y, node.radius + 16)
        assert apart or label.leader is not None
        if label.leader is not None:
            assert math.dist(label.leader[0], (node.x, node.y)) < node.radius + 8
            assert label.box.grown(1).touches_disc(*label.leader[1], 1)


def test_most_names_at_150_stand_right_beside_their_sign() -> None:
    assert sum(label.leader is not None for label in drawn(crowd(150)).labels) < 45


def test_each_kind_has_its_own_slot_and_what_happened_is_told_from_what_is_only_said() -> None:
    bond = a_bond("Ana", gives=("listening", "advice"), moments=(a_moment("ana", "listening"),))
    assert drawn(a_circle(bond)).nodes[0].fills == (Fill.RECEIVED, Fill.EXPECTED, Fill.NONE)


def test_the_legend_holds_only_what_is_drawn() -> None:
    plain = drawn(a_circle(a_bond("Ana")))
    assert not [row for row in plain.legend.rows if row.status is not Status.ACTIVE]
    wished = drawn(a_circle(a_bond("Ana", status=Status.WISHED)))
    assert [row.words for row in wished.legend.rows if row.status is Status.WISHED] == [("wished for",)]


def test_an_empty_map_says_that_nobody_is_on_it() -> None:
    picture = drawn(a_circle())
    assert "nobody is on the map yet" in picture.subtitle[0]
    assert picture.nodes == ()


def test_ties_stay_inside_the_rim() -> None:
    picture = drawn(crowd(150))
    assert picture.ties
    assert all(math.hypot(*point) <= picture.bands[-1] for tie in picture.ties for point in tie.path)


def test_the_same_circle_gives_the_same_drawing() -> None:
    assert drawn(crowd(40)) == drawn(crowd(40))


@pytest.mark.parametrize("shape", [Shape.SQUARE, Shape.HEXAGON, Shape.DIAMOND])
def test_the_slices_of_a_shape_fill_it(shape: Shape) -> None:
    def area(points: tuple[tuple[float, float], ...]) -> float:
        turned = zip(points, (*points[1:], points[0]), strict=True)
        return sum(x * far_y - far_x * y for (x, y), (far_x, far_y) in turned) / 2

    third = 2 * math.pi / 3
    slices = [slice_of(shape, 10, start, start + third) for start in (-3.2, -3.2 + third, -3.2 + 2 * third)]
    assert sum(map(area, slices)) == pytest.approx(area(corners(shape, 10)))


@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_no_name_breaks_the_drawing(name: str) -> None:
    picture = drawn(a_circle(called(name)))
    assert picture.labels[0].width <= 171


@pytest.mark.parametrize("circle", [crowd(5), crowd(40), crowd(150)])
def test_no_sign_touches_another(circle: Circle) -> None:
    for one, other in itertools.combinations(drawn(circle).nodes, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius


def test_a_sign_that_steps_aside_stays_in_its_wedge_and_ring() -> None:
    circle = a_circle(
        *(a_bond(f"close{index}", sector="family") for index in range(9)),
        *(a_bond(f"far{index}", sector="friends", ring=Ring.OUTER) for index in range(9)),
    )
    picture = drawn(circle)
    family = next(wedge for wedge in picture.wedges if wedge.label is not None and wedge.label.text == "family")
    for node in picture.nodes:
        inside = family.start <= math.atan2(node.y, node.x) <= family.end
        assert inside == node.id.startswith("close")
        if inside:
            assert math.hypot(node.x, node.y) < picture.bands[0]
