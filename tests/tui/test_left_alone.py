"""When it locks by itself: minutes without a use, a sleep of the machine, a gap between two looks at the clocks."""

from __future__ import annotations

import datetime as dt

import pytest

from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.tui.left_alone import BEAT, GAP, NAP, LeftAlone, Why


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


def beats(alone: LeftAlone, clock: FrozenClock, seconds: float) -> Why | None:
    """Let time go by beat by beat; return the first reason to lock."""
    for _ in range(int(seconds / BEAT)):
        clock.advance(BEAT)
        if (why := alone.beat()) is not None:
            return why
    return None


def test_five_minutes_without_a_use_are_too_many(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 5)
    assert beats(alone, clock, 295) is None
    assert beats(alone, clock, 5) is Why.ALONE


def test_a_use_begins_the_minutes_anew(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 5)
    assert beats(alone, clock, 290) is None
    alone.use()
    assert beats(alone, clock, 295) is None
    assert beats(alone, clock, 5) is Why.ALONE


def test_no_minutes_are_never_too_many(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 0)
    assert beats(alone, clock, 100_000) is None
    assert not alone.soon


def test_it_is_announced_half_a_minute_before_and_no_more_once_somebody_is_here(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 5)
    beats(alone, clock, 265)
    assert not alone.soon
    beats(alone, clock, 5)
    assert alone.soon
    alone.use()
    assert not alone.soon


def test_a_very_short_wait_has_no_room_for_an_announcement(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 0.5)
    beats(alone, clock, 25)
    assert not alone.soon


def test_a_sleep_locks_however_short_and_whatever_the_minutes_say(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 0)
    clock.sleep(NAP + 1)
    assert alone.stood_still
    assert alone.beat() is Why.SLEPT
    assert not alone.stood_still
    assert alone.beat() is None


@pytest.mark.parametrize("jump", [GAP + BEAT + 1, -(GAP + BEAT + 1)])
def test_a_calendar_that_jumps_locks_both_ways(clock: FrozenClock, jump: float) -> None:
    """As after a sleep where the system does not tell of it, or in a machine that was copied."""
    alone = LeftAlone(clock, 0)
    clock.at += dt.timedelta(seconds=jump)
    assert alone.beat() is Why.SLEPT


def test_a_program_that_stood_still_locks(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 0)
    clock.advance(GAP + BEAT + 1)
    assert alone.beat() is Why.SLEPT


def test_a_late_beat_is_no_gap(clock: FrozenClock) -> None:
    alone = LeftAlone(clock, 0)
    clock.advance(GAP)
    assert alone.beat() is None


def test_the_time_that_another_program_had_the_terminal_counts_as_use_and_a_sleep_in_it_locks(
    clock: FrozenClock,
) -> None:
    alone = LeftAlone(clock, 5)
    clock.advance(600)
    alone.go_on()
    assert alone.beat() is None
    clock.sleep(600)
    alone.go_on()
    assert alone.beat() is Why.SLEPT
