"""A change between two scores counts beyond what the same person's scores move by anyhow."""

from __future__ import annotations

import math

import pytest

from kinship.journal.scores import FEWEST, changed, reliable_change, usual_swing


def test_a_change_counts_only_beyond_what_chance_does() -> None:
    smallest = reliable_change(5, 0.8)
    assert smallest == pytest.approx(1.96 * 5 * math.sqrt(0.4))
    assert [changed(10, after, smallest) for after in (16.1, 16.3, 3.7, 3.9)] == [0, 1, -1, 0]
    assert changed(None, 3, smallest) is None
    assert changed(3, 4, None) is None


def test_how_far_somebody_usually_moves_is_taken_from_one_score_to_the_next() -> None:
    assert usual_swing([5, 7] * (FEWEST // 2)) == pytest.approx(1.96 * 2)
    assert usual_swing([4.0] * FEWEST) == 0
    assert usual_swing([5.0] * (FEWEST - 1)) is None


def test_a_slow_rise_does_not_widen_what_is_usual() -> None:
    rising = [at / 2 for at in range(20)]
    swing = usual_swing(rising)
    assert swing == pytest.approx(1.96 * 0.5)
    assert changed(rising[0], rising[-1], swing) == 1
