"""Half a year of five lives, day by day: whatever the person writes or leaves, no guard gives way."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from msgspec import Struct

from builders.journals import alter, bond, entry
from kinship.journal.model import AlterKind, Appointment, Bond, Circle, Entry, Line, Ring, Status
from kinship.reflect.book import load_book
from kinship.reflect.packs import load_pack
from kinship.reflect.picking import offered, pickable
from kinship.reflect.prompts import Condition
from kinship.reflect.selection import Choice, choose_today
from kinship.reflect.sessions import StepKind
from kinship.reflect.state import SHOWN, gather

FIRST = dt.date(2026, 1, 5)
HALF_A_YEAR = 180
PACK, BOOK = load_pack(), load_book()


class Life(Struct, frozen=True):
    """Who is there, how the days are, and how often something is written."""

    name: str
    bonds: tuple[Bond, ...]
    moods: tuple[int, int]
    """The lowest and highest mood of a day."""
    writes: float
    """Chance of a page on a day; half of them answer the prompt."""
    choices: dict[str, object] = {}
    appointments: tuple[Appointment, ...] = ()
    rhythms: dict[str, int] = {}


class Lived(Struct, frozen=True):
    """One day as it was shown."""

    day: dt.date
    choice: Choice
    mood: int | None
    conditions: frozenset[Condition]
    sessions: tuple[str, ...]


def person(name: str, **fields: object) -> Bond:
    return bond(name, ring=Ring.INNER, **fields)  # type: ignore[arg-type]


def of_kind(name: str, kind: AlterKind) -> Bond:
    return Bond(alter=alter(name, kind=kind), ring=Ring.MIDDLE)


TOM = person("Tom", status=Status.REMEMBERED)
REX = person("Rex", status=Status.NO_CONTACT)
PIA = person("Pia", status=Status.PAUSED)
KAI = person("Kai", strain={"conflict": 3})
WHO = tuple(person(name) for name in ("Ana", "Bea", "Ugo", "Noor", "Mei"))
GROUP = of_kind("the choir", AlterKind.GROUP)
DOCTOR = of_kind("Dr Okonkwo", AlterKind.PROFESSIONAL)
LOST: dict[str, object] = {"recent_loss": FIRST.isoformat()}
NINE = dt.datetime.combine(FIRST, dt.time(9), dt.UTC)
VISITS = tuple(Appointment(id=f"v{n}", at=NINE + dt.timedelta(days=9 * n), alter="dr-okonkwo") for n in range(20))

LIVES = (
    Life("busy", (*WHO, GROUP, PIA), (4, 8), 0.15),
    Life("bereaved", (*WHO[:2], TOM, REX), (0, 5), 0.6, LOST),
    Life("lonely", (REX, KAI), (1, 6), 0.7),
    Life(
        "in treatment",
        (*WHO[:3], DOCTOR, GROUP, KAI),
        (2, 7),
        0.5,
        {},
        VISITS,
    ),
    Life("content", (*WHO, GROUP, of_kind("the bench", AlterKind.PLACE)), (5, 10), 0.9, rhythms={"ana": 14, "bea": 30}),
)  # fmt: skip


def live(life: Life, seed: int) -> list[Lived]:
    """Return half a year of a life: each day's prompt, and what of it was answered, in the same journal."""
    dice = random.Random(f"{life.name} {seed}")
    pages: list[Entry] = []
    lines: list[Line] = []
    found: list[Lived] = []
    shown: list[object] = []
    for n in range(HALF_A_YEAR):
        day = FIRST + dt.timedelta(days=n)
        state = gather(
            day, PACK.rules, circle=Circle(day, life.bonds, ()), entries=pages[::-1], lines=lines,
            appointments=life.appointments, choices={**life.choices, SHOWN: shown}, rhythms=life.rhythms,
        )  # fmt: skip
        choice = choose_today(PACK, state, day, seed)
        assert choice is not None
        shown.append([day.isoformat(), choice.prompt.id, list(choice.alters)])
        sessions = tuple(one.id for one in offered(BOOK, state, pages, day, seed))
        found.append(Lived(day, choice, _known(state.moods, day), state.conditions, sessions))
        if dice.random() < life.writes:
            answers = dice.random() < 0.5
            names = {one.alter.name: one.alter.id for one in life.bonds if dice.random() < 0.3}
            page = entry(
                "x", day=day, mood=dice.randint(*life.moods), names=names, prompt=choice.prompt.id if answers else None
            )
            pages.append(page)
            if dice.random() < 0.2:
                lines.append(
                    Line(id=f"l{n}", entry=page.id, text="She put her bag down.", day=day, topic=choice.prompt.topic)
                )
    return found


def _known(moods: dict[dt.date, int], day: dt.date) -> int | None:
    """Return the mood that a heavy prompt may rest on: of the two days before, whatever today says later."""
    return next((moods[one] for one in (day - dt.timedelta(days=back) for back in (0, 1, 2)) if one in moods), None)


@pytest.fixture(
    scope="module",
    params=[(life, seed) for life in LIVES for seed in (1, 2)],
    ids=lambda one: f"{one[0].name}-{one[1]}",
)
def lived(request: pytest.FixtureRequest) -> tuple[Life, list[Lived]]:
    life, seed = request.param
    return life, live(life, seed)


def within(days: Iterable[Lived], last: dt.date, count: int) -> list[Lived]:
    return [one for one in days if 0 <= (last - one.day).days < count]


def test_nothing_comes_back_within_three_weeks(lived: tuple[Life, list[Lived]]) -> None:
    last: dict[str, dt.date] = {}
    for one in lived[1]:
        id_ = one.choice.prompt.id
        assert id_ not in last or (one.day - last[id_]).days >= PACK.rules.no_repeat_days
        last[id_] = one.day


def test_nobody_is_asked_about_twice_in_a_week(lived: tuple[Life, list[Lived]]) -> None:
    for one in lived[1]:
        often = Counter(who for other in within(lived[1], one.day, 7) for who in set(other.choice.alters))
        assert max(often.values(), default=0) <= PACK.rules.same_person_max_per_7_days


def test_nobody_is_named_who_died_is_paused_out_of_contact_or_weighs(lived: tuple[Life, list[Lived]]) -> None:
    never = {one.alter.id for one in (TOM, REX, PIA, KAI)}
    names = re.compile(r"\b(Tom|Rex|Pia|Kai)\b")
    for one in lived[1]:
        assert never.isdisjoint(one.choice.alters)
        shown = [one.choice.text, *one.choice.follow_ups, *(other.text for other in one.choice.alternatives)]
        assert not any(names.search(text) for text in shown)


def test_a_heavy_prompt_rests_on_a_mood_that_can_bear_it_and_comes_seldom(lived: tuple[Life, list[Lived]]) -> None:
    heavy = [one for one in lived[1] if one.choice.prompt.intensity > 1]
    for one in heavy:
        assert one.mood is not None
        assert one.mood >= PACK.rules.intensity2_min_mood
        assert len(within(heavy, one.day, 7)) <= PACK.rules.intensity2_max_per_7_days


def test_what_a_condition_speaks_against_is_neither_asked_nor_offered(lived: tuple[Life, list[Lived]]) -> None:
    for one in lived[1]:
        assert one.conditions.isdisjoint(one.choice.prompt.avoid_when)
        assert all(one.conditions.isdisjoint(BOOK.sessions[id_].avoid_when) for id_ in one.sessions)
        low = one.mood is None or one.mood < PACK.rules.intensity2_min_mood
        assert not low or all(BOOK.sessions[id_].intensity == 1 for id_ in one.sessions)
        assert one.sessions


def test_there_are_always_two_others_and_no_number_of_days(lived: tuple[Life, list[Lived]]) -> None:
    for one in lived[1]:
        assert len(one.choice.alternatives) == PACK.rules.alternatives_offered
        assert not re.search(r"\d+ days", " ".join((one.choice.text, *one.choice.follow_ups)))


def test_keeping_in_touch_is_spoken_of_at_most_four_times_in_thirty_days(lived: tuple[Life, list[Lived]]) -> None:
    touching = [one for one in lived[1] if "days_since" in one.choice.prompt.needs]
    for one in touching:
        assert len(within(touching, one.day, 30)) <= 4
    if not lived[0].rhythms:
        assert touching == []


def test_nobody_out_of_contact_is_ever_offered_to_be_picked() -> None:
    for life in LIVES:
        circle = Circle(FIRST, life.bonds, ())
        for step in BOOK.steps.values():
            if step.type is StepKind.PEOPLE:
                offered_ = {one.alter for one in pickable(circle, step)}
                assert REX.alter.id not in offered_
                assert Status.REMEMBERED in step.statuses or TOM.alter.id not in offered_


def test_a_life_that_breaks_a_guard_would_be_noticed() -> None:
    """Without the marks on the ties, those who are to be left in peace are asked about."""
    open_ = tuple(person(one.alter.name) for one in (TOM, REX, PIA, KAI))
    days = live(Life("unmarked", open_, (5, 9), 0.9), 1)
    assert any(one.choice.alters for one in days)
