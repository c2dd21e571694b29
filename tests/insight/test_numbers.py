"""Values that books print: Student's t, the Wilson interval, medians; and what stands in the sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from kinship.insight.centring import centred, share_of_the_week, without_the_week
from kinship.insight.numbers import deviation, median, quantile, student, wilson
from kinship.insight.values import Interval, tell
from kinship.insight.words import between, count, higher, listed, more, roughly


@pytest.mark.parametrize(("freedom", "value"), [(5, 2.015), (7, 1.895), (10, 1.812), (30, 1.697), (120, 1.658)])
def test_student_is_that_of_the_tables(freedom: int, value: float) -> None:
    assert student(freedom) == pytest.approx(value, abs=0.002)


def test_the_wilson_interval_is_that_of_its_formula() -> None:
    found = wilson(1, 20, 1.96)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0089, 0.2361), abs=0.0005)
    nothing, all_ = wilson(0, 10), wilson(10, 10)
    assert nothing is not None
    assert all_ is not None
    assert (nothing.low, all_.high) == (0, 1)
    assert 0 < nothing.high < 0.3
    assert wilson(0, 0) is None


def test_middle_values() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert quantile([0, 10], 0.25) == 2.5
    assert quantile([7], 0.9) == 7
    assert deviation([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx(2.1381, abs=0.0001)


def test_a_day_is_held_against_the_other_days_around_it() -> None:
    found = centred([5, 5, 9, 5])
    assert found == [5 - 19 / 3, 5 - 19 / 3, 4.0, 5 - 19 / 3]


def test_what_is_missing_is_left_out_and_stays_missing() -> None:
    assert centred([4, None, 4, None, 4, 8]) == [4 - 16 / 3, None, 4 - 16 / 3, None, 4 - 16 / 3, 4.0]
    assert centred([4, None, 4, 8]) == [None] * 4
    assert centred([]) == []
    far = [1.0, *[None] * 8, 5.0, 5.0, 5.0, 5.0]
    assert centred(far)[0] is None
    assert centred(far)[-1] == 0


def test_a_slow_drift_is_taken_away() -> None:
    drifting = centred([at / 10 for at in range(60)])
    assert all(abs(value) < 1e-9 for value in drifting[7:-7] if value is not None)


def test_what_comes_with_the_day_of_the_week_is_taken_away() -> None:
    days = [dt.date(2026, 6, 1) + dt.timedelta(days=at) for at in range(28)]
    rhythm = [3.0 if day.weekday() > 4 else -1.0 for day in days]
    assert without_the_week(days, rhythm) == [0.0] * 28
    assert without_the_week(days[:3], [1.0, None, 2.0]) == [0.0, None, 0.0]


def test_how_much_the_weekday_tells_of_when_support_comes() -> None:
    days = [dt.date(2026, 6, 1) + dt.timedelta(days=at) for at in range(28)]
    assert share_of_the_week(days, [day.weekday() == 2 for day in days]) == 1
    assert share_of_the_week(days, [day.day <= 14 for day in days]) == 0
    assert share_of_the_week(days, [True] * 28) == 0
    assert share_of_the_week([], []) == 0


def test_differences_in_words_say_roughly_and_no_per_cent() -> None:
    assert roughly(Interval(0.31, 0.88)) == "roughly 0.3 to 0.9 higher"
    assert roughly(Interval(-0.88, -0.31)) == "roughly 0.3 to 0.9 lower"
    assert roughly(Interval(-0.3, 0.6)) == "roughly from 0.3 lower to 0.6 higher"
    assert higher(0.62, "after days without") == "0.6 higher than after days without"
    assert higher(-0.62, "before") == "0.6 lower than before"
    assert higher(-0.04, "before") == "about the same as before"
    assert more(1, "day") == "At least 1 more day is needed."
    assert more(12, "day") == "At least 12 more days are needed."
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert count(1200, "day") == "1,200 days"
    assert between(dt.date(2026, 5, 3), dt.date(2026, 11, 22)) == "3 May 2026 to 22 November 2026"
    assert [tell(cell) for cell in (None, -0.04, 6.25, 3, dt.date(2026, 1, 2), "x")] == [
        "-", "0.0", "6.2", "3", "2026-01-02", "x",
    ]  # fmt: skip
