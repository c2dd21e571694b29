"""The prompt of the day: a year of days never breaks a guard."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter

import pytest
from msgspec.structs import replace

from kinship.reflect.packs import load_pack
from kinship.reflect.prompts import Condition, Slot
from kinship.reflect.selection import Choice, choose_today, welcome_back
from kinship.reflect.slots import Answered, Candidate, SelectionState, StarredLine, distance, spoken

FIRST = dt.date(2026, 1, 1)
PACK = load_pack()


def days(count: int, first: dt.date = FIRST) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range(count)]


def full_state(seed: int = 1) -> SelectionState:
    """A journal in which every slot can be filled, with moods that go up and down."""
    chance = random.Random(seed)
    first = FIRST - dt.timedelta(days=400)
    every = days(3000, first)
    return SelectionState(
        people=tuple(Candidate(f"p{n}", f"Person {n}", FIRST) for n in range(9)),
        groups=tuple(Candidate(f"g{n}", f"the group {n}", FIRST, rhythm=30) for n in range(5)),
        professionals=(Candidate("d1", "Dr. One"), Candidate("d2", "Dr. Two", appointment=FIRST)),
        lines=tuple(StarredLine(f"words of day {n}", day) for n, day in enumerate(every[::40])),
        helps=("a walk", "the kettle"),
        appointments=tuple(every[::20]),
        moods={day: chance.randint(1, 10) for day in every if chance.random() < 0.9},
    )


def year_of(state: SelectionState, seed: int, *, count: int = 365, answering: bool = False) -> list[Choice]:
    chance = random.Random(seed)
    made = []
    for day in days(count):
        choice = choose_today(PACK, state, day, seed)
        assert choice is not None
        made.append(choice)
        if answering and chance.random() < 0.4:
            asked = choice.another(chance.randrange(3))
            answer = Answered(asked.prompt.id, day, frozenset(asked.alters))
            state = replace(state, answered=(*state.answered, answer))
    return made


@pytest.fixture(scope="module", params=[(1, False), (2, True)], ids=["looking", "answering"])
def year(request: pytest.FixtureRequest) -> tuple[SelectionState, list[Choice]]:
    seed, answering = request.param
    state = full_state(seed)
    return state, year_of(state, seed, answering=answering)


Year = tuple[SelectionState, list[Choice]]


def test_no_prompt_comes_back_within_three_weeks(year: Year) -> None:
    last: dict[str, int] = {}
    for n, choice in enumerate(year[1]):
        assert n - last.get(choice.prompt.id, -99) >= PACK.rules.no_repeat_days
        last[choice.prompt.id] = n


def test_nobody_is_asked_about_twice_in_a_week(year: Year) -> None:
    last: dict[str, int] = {}
    for n, choice in enumerate(year[1]):
        for alter in choice.alters:
            assert n - last.get(alter, -99) >= 7
            last[alter] = n


def test_a_heavy_prompt_needs_a_known_mood_of_four(year: Year) -> None:
    state, made = year
    for day, choice in zip(days(365), made, strict=True):
        if choice.prompt.intensity == 2:
            recent = [day - dt.timedelta(days=back) for back in range(3)]
            known = next(state.moods[one] for one in recent if one in state.moods)
            assert known >= PACK.rules.intensity2_min_mood


def test_heavy_prompts_come_at_most_three_times_in_a_week(year: Year) -> None:
    heavy = [choice.prompt.intensity == 2 for choice in year[1]]
    assert any(heavy)
    assert max(sum(heavy[n : n + 7]) for n in range(len(heavy))) <= PACK.rules.intensity2_max_per_7_days


def test_no_slot_stays_unfilled(year: Year) -> None:
    for choice in year[1]:
        others = [text for one in choice.alternatives for text in (one.text, *one.follow_ups)]
        for text in (choice.text, *choice.follow_ups, *others):
            assert not re.search(r"[{}]", text)


def test_there_are_always_two_light_alternatives_of_other_topics_about_nobody(year: Year) -> None:
    for choice in year[1]:
        assert len(choice.alternatives) == 2
        topics = {choice.prompt.topic, *(one.prompt.topic for one in choice.alternatives)}
        assert len(topics) == 3
        for one in choice.alternatives:
            assert one.prompt.intensity == 1
            assert one.alters == ()


def test_all_topics_have_their_turn(year: Year) -> None:
    counted = Counter(choice.prompt.topic for choice in year[1])
    assert min(counted[topic] for topic in PACK.topics) >= 40


def test_every_prompt_is_reached_in_the_end() -> None:
    state = full_state(5)
    seen = {choice.prompt.id for seed in (1, 2, 3) for choice in year_of(state, seed, count=400)}
    assert seen == set(PACK.by_id)


def test_an_empty_journal_has_a_prompt_every_day() -> None:
    for choice in year_of(SelectionState(), 3, count=120):
        assert choice.prompt.needs == ()
        assert choice.prompt.intensity == 1
        assert len(choice.alternatives) == 2


def test_the_prompt_stays_the_same_all_day_long() -> None:
    state = full_state(4)
    for day in days(40):
        before = replace(state, moods={one: mood for one, mood in state.moods.items() if one < day})
        choice = choose_today(PACK, before, day, 4)
        assert choice is not None
        answered = replace(
            before, moods={**before.moods, day: 9}, answered=(Answered(choice.prompt.id, day, frozenset()),)
        )
        assert choose_today(PACK, answered, day, 4) == choice


def test_a_low_check_in_makes_the_day_lighter_at_once() -> None:
    state = full_state(4)
    for day in days(60):
        low = replace(state, moods={**state.moods, day: 2})
        choice = choose_today(PACK, low, day, 4)
        assert choice is not None
        assert choice.prompt.intensity == 1


def test_another_goes_round_the_alternatives_and_comes_back() -> None:
    choice = choose_today(PACK, full_state(), FIRST)
    assert choice is not None
    assert [choice.another(n).text for n in range(4)] == [
        choice.text,
        choice.alternatives[0].text,
        choice.alternatives[1].text,
        choice.text,
    ]


def test_a_prompt_that_was_put_away_never_comes() -> None:
    away = frozenset(prompt.id for prompt in PACK.daily if prompt.topic in {"treatment", "coping"})
    state = replace(full_state(), put_away=away)
    for choice in year_of(state, 1, count=100):
        shown = {choice.prompt.id, *(one.prompt.id for one in choice.alternatives)}
        assert shown.isdisjoint(away)


def test_with_everything_put_away_there_is_no_prompt() -> None:
    assert choose_today(PACK, SelectionState(put_away=frozenset(PACK.by_id)), FIRST) is None


def test_prompts_come_back_early_rather_than_not_at_all() -> None:
    kept = {"res-02", "val-09", "bel-14"}
    state = SelectionState(put_away=frozenset(PACK.by_id) - kept)
    for choice in year_of(state, 1, count=40):
        assert {choice.prompt.id, *(one.prompt.id for one in choice.alternatives)} == kept


def test_after_a_loss_nothing_asks_for_the_meaning_of_it() -> None:
    state = replace(full_state(), conditions=frozenset({Condition.RECENT_LOSS}))
    for choice in year_of(state, 2, count=200):
        assert Condition.RECENT_LOSS not in choice.prompt.avoid_when


def test_the_topic_that_is_picked_most_comes_more_often() -> None:
    state = replace(full_state(), answered=tuple(Answered("bel-01", day) for day in days(80)))
    counted = Counter(
        choice.prompt.topic
        for day in days(70, FIRST + dt.timedelta(days=80))
        if (choice := choose_today(PACK, state, day, 1)) is not None
    )
    assert counted.most_common(1)[0][0] == "belonging"


def test_a_distance_in_time_is_never_a_number() -> None:
    words = PACK.rules.days_since_rounding
    told = [distance(FIRST - dt.timedelta(days=n), FIRST, words) for n in range(500)]
    assert list(dict.fromkeys(told)) == list(words)


def test_a_day_is_said_as_people_say_it() -> None:
    assert spoken(dt.date(2026, 11, 26)) == "Thursday 26 November"


def test_a_group_is_named_with_the_time_only_where_that_was_asked_for() -> None:
    state = replace(full_state(), groups=(Candidate("g", "the choir", FIRST),))
    assert all(Slot.DAYS_SINCE not in choice.prompt.needs for choice in year_of(state, 1, count=150))


def test_after_a_gap_it_says_welcome_and_not_how_long_it_was() -> None:
    state = SelectionState(last_page=FIRST)
    said = welcome_back(PACK, state, FIRST + dt.timedelta(days=90))
    assert said == "Welcome back. Start anywhere."
    assert welcome_back(PACK, state, FIRST + dt.timedelta(days=5)) is None
    assert welcome_back(PACK, SelectionState(), FIRST) is None
