from __future__ import annotations

import datetime as dt
import math

import msgspec
import pytest

from builders.circles import DAY, a_bond, a_circle
from kinship.circle.layout import RADII
from kinship.journal.model import Circle, Ring, Status
from kinship.snapshot import ON_SCREEN, Format, Share, render
from kinship.snapshot.careful import careful_pair
from kinship.snapshot.comparison import compared
from kinship.snapshot.drawing import Drawing
from kinship.snapshot.legend import Sign
from kinship.snapshot.marks import Presence

BEFORE = msgspec.structs.replace(
    a_circle(a_bond("Ana"), a_bond("Bea", ring=Ring.OUTER), a_bond("Cy"), a_bond("Fay", status=Status.NO_CONTACT)),
    as_of=DAY - dt.timedelta(days=200),
)
AFTER = a_circle(a_bond("Ana"), a_bond("Bea"), a_bond("Dan"), a_bond("Cy", status=Status.ENDED), a_bond("Fay"))


def picture(before: Circle = BEFORE, after: Circle = AFTER, share: Share = ON_SCREEN) -> Drawing:
    return compared(*careful_pair(before, after, share, "vault"), share=share)


def test_everybody_of_either_day_is_drawn_and_marked_as_they_came_or_went() -> None:
    there = {node.id: node.presence for node in picture().nodes}
    assert there == {
        "ana": Presence.STAYS,
        "bea": Presence.STAYS,
        "cy": Presence.GONE,
        "dan": Presence.NEW,
        "fay": Presence.NEW,
    }


def test_whoever_moved_has_a_line_from_ring_to_ring_that_ends_at_their_sign() -> None:
    made = picture()
    (way,) = made.ways
    bea = next(node for node in made.nodes if node.id == "bea")
    assert math.hypot(*way.start) > math.hypot(*way.end)
    assert math.dist(way.end, (bea.x, bea.y)) <= bea.radius + 3
    ratio = math.hypot(*way.start) / math.hypot(bea.x, bea.y)
    assert ratio == pytest.approx(RADII[2] / RADII[0], rel=0.2)


def test_no_name_lies_on_the_way_of_anybody() -> None:
    made = picture()
    assert not [label for label in made.labels for way in made.ways if label.box.crossed_by(way.start, way.end)]


def test_the_legend_and_the_line_below_the_title_say_what_the_marks_mean() -> None:
    made = picture()
    said = " ".join(word for row in made.legend.rows for word in row.words)
    assert "new, or in touch again" in said
    assert "pale: not part of it now" in said
    assert Sign.MOVED in {row.sign for row in made.legend.rows}
    assert made.subtitle[1] == "compared with 6 May 2025: 2 new, 1 not part of it now, 1 on another ring"


def test_only_months_leave_unless_days_are_asked_for() -> None:
    made = picture(share=Share())
    assert made.subtitle[1].startswith("compared with May 2025:")
    assert "6 May" not in repr(made)


def test_nothing_changed_is_said_so() -> None:
    assert picture(BEFORE, BEFORE).subtitle[1].endswith("nobody came, went or moved")


def test_who_is_marked_no_contact_on_either_day_is_on_neither() -> None:
    assert "fay" not in {node.id for node in picture(share=Share()).nodes}


@pytest.mark.parametrize("format_", [Format.SVG, Format.HTML, Format.PDF, Format.PNG])
def test_a_comparison_can_be_written_as_every_picture(format_: Format) -> None:
    one, two = (render(AFTER, format_, share=ON_SCREEN, seed="vault", before=before) for before in (BEFORE, None))
    assert one != two


def test_a_web_page_says_beside_each_what_is_different() -> None:
    said = render(AFTER, Format.HTML, share=ON_SCREEN, seed="vault", before=BEFORE).decode()
    assert "moved from the outer ring to the inner ring" in said
    assert "Since then" in said
