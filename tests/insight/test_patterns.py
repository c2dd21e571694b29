"""How far each view may speak: from so many days on, with n, days and a band, and never of one person's days."""

from __future__ import annotations

import random

import pytest

from builders.days import Truth, life, moods
from kinship.insight.patterns import Pattern, State, patterns
from kinship.insight.words import NOT_CAUSE, SAME_DAY, USUAL


def by_id(found: tuple[Pattern, ...]) -> dict[str, Pattern]:
    return {one.id: one for one in found}


def test_without_a_day_every_view_says_what_it_needs() -> None:
    found = patterns(())
    assert [one.id for one in found] == [
        "same_day.emotional", "same_day.practical", "same_day.identity",
        "next_day.emotional", "next_day.practical", "next_day.identity", "buffering",
    ]  # fmt: skip
    for one in found:
        assert one.state is State.NOT_YET
        assert one.sentence.startswith("Not enough yet: this needs")
        assert one.sentence.endswith("needed.")
        assert one.estimate is None
    assert [one.missing for one in found] == [28, 28, 28, 60, 60, 60, 90]


def test_from_so_many_days_on_a_view_speaks_and_from_one_less_it_does_not() -> None:
    told = {
        n: by_id(patterns(moods([float(at % 7) for at in range(n)], supported=range(0, n, 3))))
        for n in (27, 28, 60, 61)
    }
    assert [told[n]["same_day.emotional"].missing for n in (27, 28)] == [1, 0]
    assert [told[n]["next_day.emotional"].missing for n in (60, 61)] == [1, 0]
    assert told[28]["same_day.emotional"].state is State.SHOWN
    assert told[61]["same_day.practical"].missing == 8


def test_few_days_with_support_are_not_enough_however_many_there_are() -> None:
    few = by_id(patterns(moods([float(at % 7) for at in range(200)], supported=range(14))))["next_day.emotional"]
    assert few.missing == 1
    assert "So far 14 pairs with and 185 without. At least 1 more pair is needed." in few.sentence


def test_nothing_clear_yet_is_an_answer_with_n_days_and_a_band() -> None:
    found = by_id(patterns(life(1, Truth(days=120))))
    for name in ("next_day.emotional", "buffering"):
        one = found[name]
        assert one.state is State.NOTHING
        assert one.sentence.startswith("Nothing clear yet.")
        assert USUAL in one.sentence
        assert "roughly" in one.sentence
        assert "2026" in one.sentence
        assert f"{one.n} days" in one.sentence or "pairs of days" in one.sentence
        assert one.interval is not None
        assert one.series
        assert one.table is not None
        assert one.p is not None


def test_a_pattern_says_how_much_roughly_and_that_it_proves_no_cause() -> None:
    one = by_id(patterns(life(3, Truth(days=365, help=0.8, stress=0))))["next_day.emotional"]
    assert one.state is State.PATTERN
    assert one.interval is not None
    assert one.interval.clear
    assert one.p is not None
    assert one.p <= 0.05
    assert "higher than after days without (roughly" in one.sentence
    assert NOT_CAUSE in one.sentence


def test_the_same_day_is_shown_and_never_called_a_pattern() -> None:
    one = by_id(patterns(life(3, Truth(days=365, turned_to=2.5, stress=0))))["same_day.emotional"]
    assert one.state is State.SHOWN
    assert one.interval is not None
    assert one.interval.clear
    assert SAME_DAY in one.sentence
    assert one.note == SAME_DAY


def test_buffering_is_two_short_lines_with_bands() -> None:
    one = by_id(patterns(life(2, Truth(days=365, stress=0.8, buffer=0.5))))["buffering"]
    assert one.state is State.PATTERN
    assert "Mood fell less with stress on days with support" in one.sentence
    with_, without = one.series
    assert (with_.name, without.name) == ("with support", "without")
    for line in one.series:
        stresses = [point.at for point in line.points if isinstance(point.at, float)]
        assert len(stresses) == 5
        assert stresses == sorted(stresses)
        for point in line.points:
            assert point.low is not None
            assert point.high is not None
            assert point.value is not None
            assert point.low < point.value < point.high
    assert one.table is not None
    assert len(one.table.rows) == 4


def test_a_mood_that_never_moves_says_nothing_clear() -> None:
    found = by_id(patterns(moods([5.0] * 120, supported=range(0, 120, 3))))
    assert found["next_day.emotional"].state is State.NOTHING
    assert found["same_day.emotional"].estimate == 0


def test_support_that_comes_on_the_same_weekday_is_not_told_from_the_weekday() -> None:
    dice = random.Random(1)
    made = moods([round(6 + dice.gauss(0, 2) + (at % 7 == 3), 1) for at in range(140)], supported=range(2, 140, 7))
    one = by_id(patterns(made))["next_day.emotional"]
    assert one.state is State.NOTHING
    assert "cannot be told from the weekday" in one.sentence
    assert one.estimate is None


def test_the_same_days_give_the_same_answer() -> None:
    assert patterns(life(4, Truth(days=120))) == patterns(life(4, Truth(days=120)))


def test_progress_goes_from_nothing_to_all_and_can_end_the_work() -> None:
    seen: list[float] = []
    patterns(life(1, Truth(days=120)), progress=seen.append)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 1)
    assert len(seen) > 20

    class Stopped(Exception):
        pass

    def stop(done: float) -> None:
        if done > 0.3:
            raise Stopped

    with pytest.raises(Stopped):
        patterns(life(1, Truth(days=120)), progress=stop)


def test_no_value_of_a_view_stands_in_a_report() -> None:
    for one in patterns(life(1, Truth(days=120))):
        assert repr(one) == f"Pattern({one.id}, {one.state})"
        assert all(repr(point) == "Point()" for line in one.series for point in line.points)
        assert "days" not in repr(one.table)
