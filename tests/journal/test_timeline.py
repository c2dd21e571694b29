"""The timeline equals the fold on every day, and tells what changed when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.journals import EVENING, TODAY, alter, fact, moment, new_journal
from kinship.journal.facts import standing, subject_of
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterTie, Direction, Fact, Moment, Ring
from kinship.journal.timeline import Timeline

DAY = dt.timedelta(days=1)
START = dt.date(2024, 1, 1)
NAMES = ("a", "b", "c", "d")

SUBJECTS = st.lists(st.sampled_from((*NAMES, "nobody")), min_size=1, max_size=3).map(lambda ids: subject_of(*ids))
FIELDS: dict[str, st.SearchStrategy[int | str | None]] = {
    "ring": st.sampled_from(("inner", "middle", "outer", "beyond", None)),
    "status": st.sampled_from(("active", "wished", "remembered", "unheard of", None)),
    "sector": st.sampled_from(("family", "work", None, 3)),
    "gives.listening": st.sampled_from((1, 3, None, "much")),
    "gives.emotional": st.sampled_from((2, None)),
    "strain.drains": st.sampled_from((1, None)),
    "knows": st.sampled_from((1, 2, None, "well")),
    "member_of": st.sampled_from((3, None)),
    "later.field": st.sampled_from((1, "word")),
}


@st.composite
def said(draw: st.DrawFn) -> list[Fact]:
    found = []
    for index in range(draw(st.integers(0, 14))):
        field = draw(st.sampled_from(tuple(FIELDS)))
        found.append(
            Fact(
                id=f"f{index}",
                subject=draw(SUBJECTS),
                field=field,
                value=draw(FIELDS[field]),
                from_=START + draw(st.integers(0, 5)) * DAY,
                recorded=EVENING + draw(st.integers(0, 1)) * DAY,
            )
        )
    return found


MOMENTS = st.lists(
    st.builds(
        lambda who, back, way, index: Moment(
            id=f"m{index}", day=START + back * DAY, alter=who, direction=way, kind=Kind.EMOTIONAL
        ),
        st.sampled_from((*NAMES, "nobody")),
        st.integers(-366, 6),
        st.sampled_from(tuple(Direction)),
        st.integers(0, 99),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
MERGES = st.fixed_dictionaries({name: st.sampled_from((None, None, *NAMES, "nobody")) for name in NAMES})


@settings(max_examples=200, deadline=None)
@given(said(), MOMENTS, MERGES, st.integers(-2, 8))
def test_every_day_is_what_the_fold_says(
    facts: list[Fact], moments: list[Moment], merges: dict[str, str | None], day: int
) -> None:
    alters = [alter(name, merged_into=into) for name, into in merges.items()]
    timeline, on = Timeline(alters, facts, moments), START + day * DAY
    assert timeline.as_of(on) == standing(alters, facts, moments, on)


@settings(max_examples=100, deadline=None)
@given(said(), MERGES)
def test_between_two_days_of_change_nothing_changes(facts: list[Fact], merges: dict[str, str | None]) -> None:
    alters = [alter(name, merged_into=into) for name, into in merges.items()]
    timeline = Timeline(alters, facts, [])
    for step in range(-1, 7):
        before, after = START + (step - 1) * DAY, START + step * DAY
        if after not in timeline.days():
            assert timeline.as_of(after).bonds == timeline.as_of(before).bonds
            assert timeline.as_of(after).ties == timeline.as_of(before).ties


def test_the_union_holds_everybody_ever_with_what_was_said_last() -> None:
    facts = [
        fact("bea", "ring", "inner", START),
        fact("bea", "ring", None, START + 3 * DAY),
        fact("bea", "sector", "work", START),
        fact("ana", "status", "remembered", START + DAY),
        fact(("ana", "bea"), "knows", 2, START + DAY),
        fact(("ana", "bea"), "knows", None, START + 2 * DAY),
    ]
    union = Timeline([alter("Bea"), alter("Ana")], facts, [moment("bea")]).union()
    assert [(one.alter.name, one.ring, one.sector) for one in union.bonds] == [
        ("Ana", None, None),
        ("Bea", Ring.INNER, "work"),
    ]
    assert union.ties == (AlterTie("ana", "bea", 2),)
    assert union.as_of == START + 3 * DAY


def test_the_first_day_is_the_first_that_anything_is_said_of() -> None:
    assert Timeline([alter("Bea")], [], [moment("bea")]).first() is None
    assert Timeline([alter("Bea")], [fact("bea", "ring", "inner", START)], []).first() == START


def test_saying_again_what_holds_is_no_change() -> None:
    facts = [fact("bea", "ring", "inner", START + n * DAY) for n in range(3)]
    assert Timeline([alter("Bea")], facts, []).days() == (START,)


def test_the_journal_makes_it_anew_only_when_something_changed(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        (bea,) = journal.add_alter("Bea", ring=Ring.OUTER).made["alters"]
        timeline = journal.circle.timeline()
        assert journal.circle.timeline() is timeline
        journal.state(bea, "ring", "inner")
        assert journal.circle.timeline() is not timeline
        assert [bond.ring for bond in journal.circle.as_of(TODAY).bonds] == [Ring.INNER]


def test_one_day_is_folded_and_several_come_from_the_timeline_and_both_are_the_same(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        (bea,) = journal.add_alter("Bea", ring=Ring.OUTER, since=TODAY - DAY).made["alters"]
        journal.record_moment(bea, "listening", day=TODAY)
        folded = journal.circle.as_of(TODAY)
        assert [bond.ring for bond in journal.circle.as_of(TODAY - DAY).bonds] == [Ring.OUTER]
        assert journal.circle.timeline().as_of(TODAY) == folded
