"""The estimates against least squares worked out by hand, and every shift against going through the days one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from kinship.insight.effects import Effect, Estimate, adjusted, difference, slopes_apart
from kinship.insight.resampling import block_of, interval_of, resamples
from kinship.insight.shifts import _Known, _shifted, family_wise
from kinship.insight.trial import Trial


def solved(rows: Sequence[Sequence[float]], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the coefficients of least squares and their standard errors, by the normal equations."""
    size = len(rows[0])
    table = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)]
        + [sum(row[i] * value for row, value in zip(rows, values, strict=True))]
        + [float(i == j) for j in range(size)]
        for i in range(size)
    ]
    for at in range(size):
        table[at] = [cell / table[at][at] for cell in table[at]]
        for other in range(size):
            if other != at:
                factor = table[other][at]
                table[other] = [a - factor * b for a, b in zip(table[other], table[at], strict=True)]
    found = [row[size] for row in table]
    left = sum(
        (value - sum(a * b for a, b in zip(row, found, strict=True))) ** 2
        for row, value in zip(rows, values, strict=True)
    ) / (len(rows) - size)
    return found, [math.sqrt(left * table[at][size + 1 + at]) for at in range(size)]


def made(seed: int, days: int = 60) -> Trial:
    dice = random.Random(seed)
    flags = [None if dice.random() < 0.1 else dice.random() < 0.4 for _ in range(days)]
    u = [None if dice.random() < 0.1 else dice.gauss(0, 2) for _ in range(days)]
    v = [None if one is None or dice.random() < 0.1 else 0.5 * one + dice.gauss(0, 1) for one in u]
    return Trial(flags, u, v, adjusted)


@pytest.mark.parametrize(
    ("effect", "model", "at"),
    [
        (difference, lambda flag, _: (1, flag), 1),
        (adjusted, lambda flag, u: (1, flag, u), 1),
        (slopes_apart, lambda flag, u: (1, flag, u, flag * u), 3),
    ],
)
def test_each_estimate_is_that_of_least_squares(effect: Effect, model: object, at: int) -> None:
    assert callable(model)
    for seed in range(5):
        trial = made(seed)
        rows = [row for row in trial.rows() if row is not None]
        found, errors = solved([model(float(flag), terms[1]) for flag, terms in rows], [terms[2] for _, terms in rows])
        estimate = effect(*trial.sums())
        assert estimate is not None
        assert estimate.value == pytest.approx(found[at])
        assert estimate.t == pytest.approx(found[at] / errors[at])


@pytest.mark.parametrize("effect", [difference, adjusted, slopes_apart])
def test_nothing_is_said_where_nothing_can_be(effect: Effect) -> None:
    same = [5.0] * 20
    assert Trial([True] * 20, same, same, effect).estimate() is None
    assert Trial([at % 2 == 0 for at in range(20)], same, same, effect).estimate() is None
    assert Trial([], [], [], effect).estimate() is None


def test_all_shifts_at_once_are_what_each_would_be_alone() -> None:
    trial = made(3, 47)
    for shift, (with_, without) in enumerate(_shifted(trial, _Known()), 1):
        flags = [trial.flags[(at - shift) % 47] for at in range(47)]
        alone = Trial(flags, trial.u, trial.v, adjusted).sums()
        assert (*with_, *without) == pytest.approx((*alone[0], *alone[1]), abs=1e-3)


def test_a_plain_effect_is_beyond_chance_and_none_is_not() -> None:
    dice = random.Random(5)
    flags = [dice.random() < 0.4 for _ in range(120)]
    moved = [2.0 * flag + dice.gauss(0, 0.5) for flag in flags]
    still = [dice.gauss(0, 0.5) for _ in flags]
    plain, none = family_wise([Trial(flags, moved, moved, difference), Trial(flags, still, still, difference)])
    assert plain == pytest.approx(1 / 120)
    assert none > 0.05


def test_a_calendar_that_is_too_short_to_shift_is_never_a_pattern() -> None:
    flags = [at % 3 == 0 for at in range(30)]
    values = [float(flag) * 5 + at % 2 for at, flag in enumerate(flags)]
    assert family_wise([Trial(flags, values, values, difference)]) == [1.0]
    assert family_wise([]) == []


def test_blocks_stay_together_for_five_days_and_for_a_week_in_longer_calendars() -> None:
    assert [block_of(days) for days in (28, 90, 91, 3650)] == [5, 5, 7, 7]


def test_an_interval_is_the_same_at_every_look_and_wider_where_days_are_few() -> None:
    def value(with_: object, without: object) -> float | None:
        found = adjusted(with_, without)  # type: ignore[arg-type]
        return found.value if isinstance(found, Estimate) else None

    widths = []
    for days in (60, 600):
        trial = made(1, days)
        estimate = trial.estimate()
        assert estimate is not None
        first, again = (interval_of(estimate.value, resamples(trial), value, days) for _ in range(2))
        assert first == again
        assert first is not None
        assert first.low < estimate.value < first.high
        widths.append(first.high - first.low)
    assert widths[0] > 2 * widths[1]
    assert interval_of(0.0, [], value, 60) is None
    assert resamples(Trial([None] * 9, [None] * 9, [None] * 9, adjusted)) == []
