"""Which frames of a segment count: a gap at the end is a tail, a gap before it is damage."""

from __future__ import annotations

from kinship.vault.frame import CONTINUES, GOES_ON, Frame
from kinship.vault.view import SegmentView

ALONE = 0
FIRST = GOES_ON
MIDDLE = GOES_ON | CONTINUES
LAST = CONTINUES


def frame(index: int, flags: int, tag: bytes | None = None) -> Frame:
    return Frame(index, flags, tag or bytes([index + 1]) * 16, memoryview(b"%d" % index), 0, 0)


def read(view: SegmentView, *frames: tuple[int, int]) -> list[int]:
    for index, flags in frames:
        assert view.take(frame(index, flags)) is None
    return [int(bytes(record)) for record in view.ripe()]


def test_whole_transactions_are_applied_in_order() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (1, FIRST), (2, MIDDLE), (3, LAST)) == [0, 1, 2, 3]
    assert not view.unfinished
    assert view.lost() == ()


def test_a_last_transaction_without_its_end_waits_for_it() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (1, FIRST), (2, MIDDLE)) == [0]
    assert view.unfinished
    assert view.settled[0] == 1
    assert read(view, (3, LAST)) == [1, 2, 3]
    assert view.settled[0] == 4


def test_a_gap_inside_the_last_transaction_is_a_tail() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (1, FIRST), (3, LAST)) == [0]
    assert view.unfinished
    assert view.lost() == ()


def test_a_last_transaction_without_its_beginning_is_a_tail() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (2, LAST)) == [0]
    assert view.unfinished


def test_a_gap_with_a_later_transaction_behind_it_is_damage_and_the_rest_is_applied() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (1, FIRST), (3, LAST), (4, ALONE)) == [0, 1, 3, 4]
    assert view.lost() == (2,)
    assert not view.unfinished


def test_another_copy_fills_the_gap() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (2, ALONE)) == [0, 2]
    assert read(view, (0, ALONE), (1, ALONE)) == [1]
    assert view.lost() == ()


def test_two_different_frames_in_one_place_are_both_told() -> None:
    view = SegmentView("s")
    read(view, (0, ALONE))
    assert view.take(frame(0, ALONE, b"t" * 16)) is not None
    assert view.forked


def test_nothing_is_told_twice() -> None:
    view = SegmentView("s")
    assert read(view, (0, ALONE), (1, ALONE)) == [0, 1]
    assert read(view, (0, ALONE), (1, ALONE)) == []
