"""The history of a tie reads like a diary of it: dated, plain, and careful with those who are not there any more."""

from __future__ import annotations

import datetime as dt

from builders.journals import alter, fact
from kinship.journal.model import AlterKind, Fact
from kinship.journal.timeline import Timeline

START = dt.date(2025, 5, 3)
DAY = dt.timedelta(days=1)


def told(*facts: Fact, of: str = "bea") -> list[str]:
    people = [alter("Bea"), alter("Ana"), alter("the choir", kind=AlterKind.GROUP)]
    return [one.line for one in Timeline(people, facts, []).history_of(of)]


def test_a_tie_begins_moves_and_is_told_by_its_days() -> None:
    assert told(
        fact("bea", "status", "active", START),
        fact("bea", "ring", "outer", START),
        fact("bea", "sector", "work", START),
        fact("bea", "gives.listening", 1, START),
        fact("bea", "ring", "inner", START + 31 * DAY),
        fact("bea", "sector", "friends", START + 31 * DAY),
        fact("bea", "gives.listening", 3, START + 40 * DAY),
        fact("bea", "gives.practical", 2, START + 40 * DAY),
        fact("bea", "gives.listening", None, START + 50 * DAY),
        fact("bea", "ring", None, START + 50 * DAY),
    ) == [
        "3 May 2025: came onto the map, in the outer ring (work)",
        "3 May 2025: can be turned to for listening",
        "3 June 2025: moved to the inner ring",
        "3 June 2025: in the circle “friends”, before in “work”",
        "12 June 2025: can be turned to for practical support",
        "12 June 2025: counted on more for listening",
        "22 June 2025: ring left open",
        "22 June 2025: no longer marked for listening",
    ]


def test_how_a_tie_stands_is_said_with_care() -> None:
    turns = ("wished", "active", "paused", "active", "ended", "active", "no_contact", "active", "remembered")
    said = told(*(fact("bea", "status", word, START + n * DAY) for n, word in enumerate(turns)))
    assert [line.partition(": ")[2] for line in said] == [
        "came onto the map",
        "wished for",
        "no longer only wished for",
        "paused",
        "in touch again",
        "the tie ended",
        "in touch again",
        "no contact from here on",
        "in touch again",
        "remembered from here on",
    ]


def test_whom_they_know_and_what_they_are_part_of_is_told_from_both_ends() -> None:
    facts = (
        fact(("ana", "bea"), "knows", 1, START),
        fact(("bea", "the-choir"), "member_of", 2, START + DAY),
        fact(("ana", "bea"), "knows", 3, START + 2 * DAY),
        fact(("ana", "bea"), "knows", None, START + 3 * DAY),
        fact(("bea", "the-choir"), "member_of", None, START + 4 * DAY),
    )
    assert [line.partition(": ")[2] for line in told(*facts)] == [
        "came onto the map",
        "knows Ana",
        "part of the choir",
        "no longer marked as knowing Ana",
        "no longer part of the choir",
    ]
    assert [line.partition(": ")[2] for line in told(*facts, of="the-choir")] == [
        "came onto the map",
        "with Bea in it",
        "without Bea",
    ]


def test_whoever_knows_many_is_told_in_one_line() -> None:
    names = [f"P{n}" for n in range(9)]
    facts = [fact(("bea", name.casefold()), "knows", 1, START) for name in names]
    history = Timeline([alter("Bea"), *map(alter, names)], facts, []).history_of("bea")
    assert history[1].text == "knows P0, P1, P2, P3, P4, P5 and 3 more"


def test_what_weighs_and_what_is_given_back_have_their_own_words() -> None:
    said = told(
        fact("bea", "strain.drains", 2, START),
        fact("bea", "receives.time", 1, START),
        fact("bea", "strain.drains", 1, START + DAY),
        fact("bea", "strain.drains", None, START + 2 * DAY),
        fact("bea", "receives.time", None, START + 2 * DAY),
    )
    assert [line.partition(": ")[2] for line in said] == [
        "came onto the map",
        "can turn to me for time",
        "weighs: drains",
        "weighs less: drains",
        "no longer turns to me for time",
        "no longer weighs: drains",
    ]


def test_a_correction_on_the_same_day_and_saying_it_again_are_no_news() -> None:
    later = dt.datetime(2025, 5, 4, tzinfo=dt.UTC)
    assert told(
        fact("bea", "ring", "outer", START),
        fact("bea", "ring", "middle", START, recorded=later),
        fact("bea", "ring", "middle", START + DAY, recorded=later),
    ) == ["3 May 2025: came onto the map, in the middle ring"]


def test_somebody_merged_has_the_history_of_both_and_a_stranger_has_none() -> None:
    people = [alter("Bea"), alter("Beatrice", merged_into="bea")]
    timeline = Timeline(people, [fact("beatrice", "ring", "inner", START)], [])
    assert [one.text for one in timeline.history_of("beatrice")] == ["came onto the map, in the inner ring"]
    assert timeline.history_of("beatrice") == timeline.history_of("bea")
    assert timeline.history_of("nobody") == ()
