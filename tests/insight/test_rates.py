"""What the statistics find in lives whose truth is known: chance is left alone, a true effect is found as it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

import pytest

from builders.days import POINTS, Truth, life
from kinship.insight.buffering import BufferingView
from kinship.insight.centring import centred, held_against, hold
from kinship.insight.effects import adjusted, difference
from kinship.insight.next_day import CHANCE, NextDayView
from kinship.insight.numbers import mean
from kinship.insight.patterns import patterns, views_of
from kinship.insight.same_day import SameDayView
from kinship.insight.series import Day
from kinship.insight.shifts import family_wise
from kinship.insight.trial import Trial
from kinship.insight.values import Pattern, State
from kinship.insight.words import SAME_DAY
from kinship.journal.kinds import SUPPORT, Kind

Rate = Callable[..., None]

NOISE = {
    "noise: each day by itself": Truth(carried=0, habit=0),
    "noise: days lean on the day before": Truth(carried=0.7, habit=1.5),
    "noise: a trend in mood and in support": Truth(trend=0.8),
    "noise: help comes on bad days, in a trend": Truth(turned_to=1.2, trend=0.8, carried=0.6),
    "noise: a rhythm of the week in both": Truth(week=1),
}
LONGER = {
    "noise: every other day missing, a year": Truth(days=365, missing=0.5, carried=0.6, habit=1),
    "noise: a year": Truth(days=365, carried=0.6, habit=1),
    "noise: a hundred days": Truth(days=110),
    "noise: help comes on bad days": Truth(turned_to=1.2),
    "noise: days lean on the day before by far": Truth(carried=0.85, habit=2.5),
}


def called(days: Sequence[Day]) -> list[str]:
    """Return what is called a pattern; intervals are computed only where chance does not forbid it already."""
    views = [view for view in views_of(days) if view.enough]
    chances = family_wise([view.trial for view in views])
    found = [view.pattern(chance) for view, chance in zip(views, chances, strict=True) if chance <= CHANCE]
    return [one.id for one in found if one.state is State.PATTERN]


def of_days(days: Sequence[Day]) -> list[str]:
    return [one.id for one in patterns(days) if one.state is State.PATTERN]


def differences(days: Sequence[Day]) -> list[Trial]:
    """Return the same-day differences of mood as it was said, nothing centred."""
    moods = [day.mood for day in days]
    return [Trial([day.got(kind) for day in days], moods, moods, difference) for kind in SUPPORT]


def at_most_one_in_twenty(hits: int, among: int) -> bool:
    """Whether the rate is what was promised."""
    return hits <= among / 20


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "noise" in metafunc.fixturenames:
        metafunc.parametrize("noise", [*NOISE, *(LONGER if metafunc.config.getoption("--long") else ())])


def test_noise_is_called_a_pattern_in_at_most_one_of_twenty(noise: str, lives: int, rate: Rate) -> None:
    truth = {**NOISE, **LONGER}[noise]
    hits = sum(bool(called(life(seed, truth))) for seed in range(lives))
    rate(noise, hits, lives, "called a pattern")
    assert at_most_one_in_twenty(hits, lives)


def test_the_short_cut_of_these_tests_finds_what_the_program_finds() -> None:
    for seed, truth in ((1, Truth(days=365, help=0.8)), (2, Truth(days=200, buffer=0.5, stress=0.8)), (3, Truth())):
        assert called(life(seed, truth)) == of_days(life(seed, truth))


def shuffled(trials: Sequence[Trial], dice: random.Random, rounds: int = 59) -> float:
    """Return how often a plain shuffle of the days goes as far as the farthest of these trials."""
    known = [at for at, flag in enumerate(trials[0].flags) if flag is not None]
    farthest = []
    for _ in range(rounds + 1):
        farthest.append(max(abs(one.t) for trial in trials if (one := trial.estimate()) is not None))
        order = dice.sample(known, len(known))
        trials = [_moved(trial, dict(zip(known, order, strict=True))) for trial in trials]
    return sum(one >= farthest[0] for one in farthest) / len(farthest)


def _moved(trial: Trial, whence: dict[int, int]) -> Trial:
    flags = [trial.flags[whence[at]] if at in whence else None for at in range(len(trial.flags))]
    return Trial(flags, trial.u, trial.v, trial.effect)


def test_a_plain_shuffle_in_place_of_the_circular_shift_would_be_noticed(lives: int, rate: Rate) -> None:
    """Days that resemble their neighbours make a shuffle see patterns where there are none."""
    made = [differences(life(seed, Truth(carried=0.85, habit=3))) for seed in range(lives)]
    by_shuffle = sum(shuffled(trials, random.Random(seed)) <= CHANCE for seed, trials in enumerate(made))
    by_shift = sum(min(family_wise(trials)) <= CHANCE for trials in made)
    rate("control: days that run in stretches, a plain shuffle", by_shuffle, lives, "called a pattern")
    rate("control: days that run in stretches, circular shift", by_shift, lives, "called a pattern")
    assert by_shift <= 0.1 * lives
    assert by_shuffle >= 0.15 * lives


def next_days(days: Sequence[Day], moods: Sequence[float | None]) -> list[Trial]:
    return [Trial([day.got(kind) for day in days], moods, (*moods[1:], None), adjusted) for kind in SUPPORT]


@pytest.mark.parametrize(
    ("what", "truth", "held"),
    [
        ("a steep trend over a year, nothing centred", Truth(days=365, trend=1.2), list),
        ("a rhythm of the week, weekdays left in", Truth(week=1), centred),
    ],
)
def test_leaving_out_a_step_of_centring_would_be_noticed(
    what: str, truth: Truth, held: Callable[[list[float | None]], list[float | None]], lives: int, rate: Rate
) -> None:
    made = (next_days(days, held([day.mood for day in days])) for days in lives_of(lives, truth))
    hits = sum(min(family_wise(trials)) <= CHANCE for trials in made)
    rate(f"control: {what}", hits, lives, "called a pattern")
    assert hits >= 0.15 * lives


def test_looking_at_each_by_itself_would_be_noticed(lives: int, rate: Rate) -> None:
    count = max(60, lives)
    made = [
        next_days(days, held_against(days, [day.mood for day in days])) for days in lives_of(count, Truth(days=120))
    ]
    alone = sum(min(family_wise([trial])[0] for trial in trials) <= CHANCE for trials in made)
    rate("control: three kinds, each by itself", alone, count, "called a pattern")
    assert alone > 0.08 * count


def lives_of(count: int, truth: Truth) -> Iterable[tuple[Day, ...]]:
    return (life(seed, truth) for seed in range(count))


HELP = Truth(days=730, help=0.3, turned_to=1.2, stress=0, carried=0.6)


def test_a_true_next_day_effect_is_found_as_it_is_though_help_comes_on_bad_days(lives: int, rate: Rate) -> None:
    """0.3 deviations are estimated within 0.1 and 0.5, while the same day looks as if help did harm."""
    estimates, same = [], []
    for days in lives_of(lives, HELP):
        found = view_of(days)
        naive = differences(days)[0].estimate()
        assert found.estimate is not None
        assert naive is not None
        estimates.append(found.estimate / POINTS)
        same.append(naive.value / POINTS)
    within = sum(0.1 <= one <= 0.5 for one in estimates)
    what = f"within 0.1 and 0.5; {mean(estimates):+.2f} in the middle, the same day {mean(same):+.2f}"
    rate("a true next-day effect of 0.3, two years", within, lives, what)
    assert within >= 0.9 * lives
    assert 0.2 <= mean(estimates) <= 0.4
    assert mean(same) < -0.5


def test_an_effect_that_is_not_there_would_be_noticed(lives: int) -> None:
    estimates = []
    for days in lives_of(lives, HELP._replace(help=0)):
        found = NextDayView(days, hold(days), Kind.EMOTIONAL).trial.estimate()
        assert found is not None
        estimates.append(found.value / POINTS)
    assert abs(mean(estimates)) < 0.1


def test_the_trap_of_the_same_day_is_shown_with_its_sentence() -> None:
    for seed in range(3):
        days = life(seed, HELP)
        found = SameDayView(days, hold(days), Kind.EMOTIONAL).pattern(0.01)
        assert found.state is State.SHOWN
        assert found.estimate is not None
        assert found.estimate < -0.3
        assert SAME_DAY in found.sentence
        assert "lower than on days without" in found.sentence


def test_intervals_hold_the_truth_about_as_often_as_they_say(lives: int, rate: Rate) -> None:
    """Nine of ten is what "roughly" stands for."""
    truth = Truth(days=365, help=0.5, stress=0, missing=0.1)
    held = 0
    for days in lives_of(lives, truth):
        found = view_of(days)
        assert found.interval is not None
        held += found.interval.low <= truth.help * POINTS <= found.interval.high
    rate("the interval of the next day, a year", held, lives, "held the truth")
    assert held >= 0.8 * lives


def view_of(days: Sequence[Day]) -> Pattern:
    return NextDayView(days, hold(days), Kind.EMOTIONAL).pattern(0.01)


def test_stress_buffering_is_recovered(lives: int, rate: Rate) -> None:
    truth = Truth(days=365, stress=0.8, buffer=0.5)
    found = [BufferingView(days, hold(days)).pattern(0.01) for days in lives_of(lives, truth)]
    estimates = [one.estimate for one in found if one.estimate is not None]
    clear = sum(one.state is State.PATTERN and (one.estimate or 0) > 0 for one in found)
    rate("buffering of 0.5 points, a year", clear, lives, f"clear of 0; {mean(estimates):+.2f} in the middle")
    assert 0.35 <= mean(estimates) <= 0.6
    assert clear >= 0.7 * lives


def test_buffering_that_is_not_there_would_be_noticed(lives: int) -> None:
    estimates = [
        found.value
        for days in lives_of(lives, Truth(days=365, stress=0.8))
        if (found := BufferingView(days, hold(days)).trial.estimate()) is not None
    ]
    assert len(estimates) == lives
    assert abs(mean(estimates)) < 0.1
