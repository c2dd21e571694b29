"""Merging: nothing concurrent is lost, and the order of arrival does not matter."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kinship.vault.hybrid import HybridClock
from kinship.vault.merge import Head, Shelf, add_head, dominates, join, shown
from kinship.vault.values import Document, Version


def head(version: Version, text: str | None = "x", clock: int = 1, *, lww: bool = False) -> Head:
    return Head(version, clock, None if text is None else {"body": text}, lww)


def merged(*heads: Head) -> tuple[Head, ...]:
    told: tuple[Head, ...] = ()
    for one in heads:
        told = add_head(told, one)
    return told


def texts(heads: tuple[Head, ...]) -> list[str | None]:
    return [None if one.document is None else one.document["body"] for one in shown(heads)]


def test_a_version_that_has_seen_another_replaces_it() -> None:
    assert texts(merged(head({"a": 1}, "old"), head({"a": 1, "b": 1}, "new"))) == ["new"]
    assert texts(merged(head({"a": 1, "b": 1}, "new"), head({"a": 1}, "old"))) == ["new"]


def test_concurrent_versions_are_both_kept_the_later_first() -> None:
    assert texts(merged(head({"a": 1}, "one", 1), head({"b": 1}, "two", 2))) == ["two", "one"]


def test_equal_content_is_shown_once() -> None:
    assert texts(merged(head({"a": 1}, "same"), head({"b": 1}, "same"))) == ["same"]


def test_an_edit_absorbs_a_concurrent_deletion() -> None:
    assert texts(merged(head({"a": 1}, None, 9), head({"b": 1}, "kept", 1))) == ["kept"]


def test_a_deletion_that_saw_the_edit_deletes() -> None:
    assert texts(merged(head({"a": 1}, "old"), head({"a": 1, "b": 1}, None))) == [None]


def test_of_choices_the_latest_wins() -> None:
    assert texts(merged(head({"a": 1}, "one", 1, lww=True), head({"b": 1}, "two", 2, lww=True))) == ["two"]
    assert texts(merged(head({"a": 1}, "gone", 1, lww=True), head({"b": 1}, None, 2, lww=True))) == [None]


def test_a_choice_never_hides_words() -> None:
    assert texts(merged(head({"a": 1}, "words", 1), head({"b": 1}, "choice", 2, lww=True))) == ["choice", "words"]


def test_one_version_with_two_contents_keeps_both() -> None:
    assert sorted(map(str, texts(merged(head({"a": 1}, "one"), head({"a": 1}, "two"))))) == ["one", "two"]


def plainly(one: Head) -> tuple[object, ...]:
    return sorted(one.version.items()), one.clock, one.document, one.lww


versions = st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1)
heads_drawn = st.builds(head, versions, st.sampled_from(["x", "y", None]), st.integers(1, 3), lww=st.booleans())


@given(st.lists(heads_drawn, max_size=5))
def test_any_order_of_arrival_gives_the_same_heads(heads: list[Head]) -> None:
    outcomes = {repr(list(map(plainly, merged(*order)))) for order in itertools.permutations(heads)}
    assert len(outcomes) == 1


@given(st.lists(heads_drawn, min_size=1, max_size=6))
def test_no_version_is_lost_unless_a_kept_one_has_seen_it(heads: list[Head]) -> None:
    kept = merged(*heads)
    for one in heads:
        assert any(dominates(other.version, one.version) for other in kept)
    assert dominates(join(one.version for one in kept), join(one.version for one in heads))


def test_the_shelf_shows_what_the_heads_say() -> None:
    shelf = Shelf()
    steps: list[tuple[Head, Document | None]] = [
        (head({"a": 1}, "one"), {"body": "one"}),
        (head({"b": 1}, None), {"body": "one"}),
        (head({"a": 1, "b": 1, "c": 1}, None), None),
        (head({"a": 2}, "again", 5), {"body": "again"}),
    ]
    for one, expected in steps:
        assert shelf.add("t", "u", one)
        assert shelf.live["t"].get("u") == expected
    assert not shelf.add("t", "u", head({"a": 1}, "one"))
    assert list(shelf.conflicts()) == []
    shelf.add("t", "u", head({"d": 1}, "other", 3))
    assert list(shelf.conflicts()) == [("t", "u")]


def test_the_hybrid_clock_never_runs_backwards_and_ignores_a_day_ahead() -> None:
    clock = HybridClock()
    first = clock.tick(1_000)
    assert clock.tick(1_000) > first
    assert clock.tick(10) > first
    clock.see(clock.latest + (5_000 << 16), 1_000)
    assert clock.tick(1_000) > first + (5_000 << 16)
    before = clock.latest
    clock.see(1_000_000_000 << 16, 1_000)
    assert clock.latest == before
