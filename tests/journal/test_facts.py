"""The fold to a day: equal to living through the days one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.journals import EVENING, TODAY, alter, circle_of, fact, moment
from kinship.ground.errors import Misused
from kinship.journal import statements
from kinship.journal.facts import standing, subject_of
from kinship.journal.model import Alter, AlterTie, Bond, Circle, Fact, Moment, Ring, Status

DAY = dt.timedelta(days=1)
START = dt.date(2024, 1, 1)
ALTERS = ("a", "b", "c")


def only(circle: Circle) -> Bond:
    (bond,) = circle.bonds
    return bond


def test_the_latest_day_holds_and_the_later_writing_breaks_ties() -> None:
    said = [
        fact("bea", "ring", "outer", TODAY - DAY, recorded=EVENING + DAY),
        fact("bea", "ring", "middle", TODAY, recorded=EVENING),
        fact("bea", "ring", "inner", TODAY, recorded=EVENING + dt.timedelta(seconds=1)),
        fact("bea", "ring", "outer", TODAY + DAY),
    ]
    assert only(standing([alter()], said, [], TODAY)).ring is Ring.INNER
    assert only(standing([alter()], reversed(said), [], TODAY - DAY)).ring is Ring.OUTER


def test_nobody_is_there_before_the_first_thing_said_of_them() -> None:
    said = [fact("bea", "status", "active", TODAY)]
    assert standing([alter()], said, [], TODAY - DAY).bonds == ()
    assert only(standing([alter()], said, [], TODAY)).status is Status.ACTIVE


def test_an_alter_that_nothing_is_said_of_is_always_there() -> None:
    assert only(standing([alter()], [], [], dt.date.min)).counted


def test_none_ends_what_was_said() -> None:
    said = [fact("bea", "gives.listening", 3, TODAY - DAY), fact("bea", "gives.listening", None, TODAY)]
    assert only(standing([alter()], said, [], TODAY - DAY)).gives == {"listening": 3}
    assert only(standing([alter()], said, [], TODAY)).gives == {}


def test_moments_count_for_the_365_days_to_the_day() -> None:
    happened = [moment("bea", day=TODAY - n * DAY) for n in (365, 364, 0, -1)]
    assert only(standing([alter()], [], happened, TODAY)).moments == tuple(happened[1:3])


def test_knowing_and_membership_of_a_pair_are_one_tie() -> None:
    said = [fact(("b", "a"), "knows", 2), fact(("a", "b"), "member_of", 1), fact(("b", "c"), "member_of", 3)]
    alters = [alter(name) for name in "abc"]
    assert standing(alters, said, [], TODAY).ties == (AlterTie("a", "b", 2, True), AlterTie("b", "c", 3, True))


def test_what_is_said_of_somebody_merged_counts_for_the_other_one() -> None:
    alters = [alter("a"), alter("b", merged_into="a"), alter("c")]
    said = [
        fact("b", "gives.time", 2),
        fact(("b", "c"), "knows", 1),
        fact(("a", "b"), "knows", 1),
    ]
    circle = standing(alters, said, [moment("b")], TODAY)
    assert [bond.alter.id for bond in circle.bonds] == ["a", "c"]
    assert (circle.bonds[0].gives, len(circle.bonds[0].moments)) == ({"time": 2}, 1)
    assert circle.ties == (AlterTie("a", "c"),)


def test_two_that_were_merged_into_each_other_on_two_devices_are_one() -> None:
    crosswise = [alter("a", merged_into="b"), alter("b", merged_into="a")]
    assert only(standing(crosswise, [], [], TODAY)).alter.id == "a"


def test_what_speaks_of_nobody_known_is_passed_over() -> None:
    circle = standing(
        [alter()], [fact("gone", "ring", "inner"), fact(("bea", "gone"), "knows", 1)], [moment("gone")], TODAY
    )
    assert (len(circle.bonds), circle.ties) == (1, ())


def test_words_of_a_newer_version_are_passed_over() -> None:
    said = [fact("bea", "ring", "orbit"), fact("bea", "status", "travelling"), fact("bea", "mood.of", 3)]
    bond = only(standing([alter()], said, [], TODAY))
    assert (bond.ring, bond.status) == (None, Status.ACTIVE)


VALUES = {
    "ring": st.sampled_from([*map(str, Ring), None]),
    "status": st.sampled_from([*map(str, Status), None]),
    "sector": st.sampled_from(["family", "work", None]),
    "gives.time": st.sampled_from([1, 2, 3, None]),
    "strain.conflict": st.sampled_from([1, 2, 3, None]),
    "knows": st.sampled_from([1, 2, 3, None]),
}
SUBJECTS = {1: st.sampled_from([(one,) for one in ALTERS]), 2: st.sampled_from([("a", "b"), ("a", "c"), ("b", "c")])}


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        field = draw(st.sampled_from(sorted(VALUES)))
        subject = draw(SUBJECTS[2 if field == "knows" else 1])
        day = START + draw(st.integers(0, 8)) * DAY
        recorded = EVENING + dt.timedelta(seconds=draw(st.integers(0, 3)))
        found.append(fact(subject, field, draw(VALUES[field]), day, recorded=recorded, id_=f"{number:03d}"))
    return found


def lived_through(said: list[Fact], happened: list[Moment], day: dt.date) -> dict[str, tuple[object, ...]]:
    """Live from before the first day to `day`: each day its statements are heard in the order they were written."""
    now: dict[tuple[tuple[str, ...], str], object] = {}
    there: set[str] = set()
    today = START - DAY
    while today <= day:
        for one in sorted(said, key=lambda one: (one.recorded, one.id)):
            if one.from_ == today:
                now[one.subject, one.field] = one.value
                there.update(one.subject)
        today += DAY
    spoken_of = {each for one in said for each in one.subject}
    return {
        each: (
            now.get(((each,), "ring")),
            now.get(((each,), "status")) or "active",
            now.get(((each,), "sector")),
            now.get(((each,), "gives.time")),
            now.get(((each,), "strain.conflict")),
            {pair: value for (pair, field), value in now.items() if field == "knows" and each in pair and value},
            [one.id for one in happened if one.alter == each and day - 365 * DAY < one.day <= day],
        )
        for each in ALTERS
        if each in there or each not in spoken_of
    }


@given(facts(), st.integers(-1, 9), st.lists(st.tuples(st.sampled_from(ALTERS), st.integers(-400, 10)), max_size=5))
@settings(max_examples=300, deadline=None)
def test_the_fold_is_what_living_through_the_days_gives(
    said: list[Fact], after: int, happened: list[tuple[str, int]]
) -> None:
    moments = sorted((moment(who, day=START + n * DAY) for who, n in happened), key=lambda one: (one.day, one.id))
    day = START + after * DAY
    circle = standing([alter(one) for one in ALTERS], said, moments, day)
    folded = {
        bond.alter.id: (
            bond.ring,
            bond.status,
            bond.sector,
            bond.gives.get("time"),
            bond.strain.get("conflict"),
            {(tie.a, tie.b): tie.strength for tie in circle.ties if bond.alter.id in (tie.a, tie.b)},
            [one.id for one in bond.moments],
        )
        for bond in circle.bonds
    }
    assert folded == lived_through(said, moments, day)


def test_the_order_in_which_facts_arrive_does_not_matter() -> None:
    alters, said, happened = circle_of(20)
    assert standing(alters, said, happened, TODAY) == standing(alters[::-1], said[::-1], happened[::-1], TODAY)


@pytest.mark.parametrize(
    ("subject", "field", "value"),
    [
        (("a",), "ring", "inner"),
        (("a",), "ring", None),
        (("a",), "gives.own_word", 3),
        (("a",), "sector", "choir friends"),
        (("a", "b"), "knows", 1),
        (("a", "b"), "member_of", None),
    ],
)
def test_what_may_be_said(subject: tuple[str, ...], field: str, value: int | str | None) -> None:
    statements.check(subject, field, value)


@pytest.mark.parametrize(
    ("subject", "field", "value"),
    [
        (("a",), "ring", "innermost"),
        (("a",), "gives.time", 4),
        (("a",), "gives.time", True),
        (("a",), "gives.", 1),
        (("a",), "gives", 1),
        (("a",), "sector", "  "),
        (("a",), "sector", 3),
        (("a",), "knows", 1),
        (("a", "a"), "knows", 1),
        (("a", "b"), "ring", "inner"),
        ((), "ring", "inner"),
        (("a",), "weight", 1),
    ],
)
def test_what_may_not_be_said(subject: tuple[str, ...], field: str, value: int | str | None) -> None:
    with pytest.raises(Misused):
        statements.check(subject, field, value)


def test_a_tie_has_no_direction() -> None:
    assert subject_of("b", "a") == subject_of("a", "b") == ("a", "b")


def test_bonds_come_by_name() -> None:
    people: list[Alter] = [alter(name) for name in ("ugo", "Ana", "bea")]
    assert [bond.alter.name for bond in standing(people, [], [], TODAY).bonds] == ["Ana", "bea", "ugo"]
