"""Alters, what is said of them, and moments with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders.journals import EVENING, TODAY, alter, circle_of, new_journal
from builders.vaults import new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused, NotFound
from kinship.journal.facts import standing
from kinship.journal.journal import Journal, PageText
from kinship.journal.kinds import Kind
from kinship.journal.model import Alter, AlterKind, Bond, Card, Direction, Ring, Status

DAY = dt.timedelta(days=1)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def add(journal: Journal, name: str, **fields: object) -> str:
    return journal.add_alter(name, **fields).made["alters"][0]  # type: ignore[arg-type]


def who(journal: Journal, id_: str) -> Alter:
    found = journal.alters.get(id_)
    assert found is not None
    return found


def tie(journal: Journal, id_: str, day: dt.date = TODAY) -> Bond:
    found = journal.circle.bond(id_, day)
    assert found is not None
    return found


def test_a_new_alter_is_on_the_map_from_its_day(journal: Journal) -> None:
    bea = add(journal, "@Bea ", ring=Ring.INNER, sector="friends", since=TODAY - 9 * DAY)
    bond = tie(journal, bea)
    assert (bond.alter.name, bond.ring, bond.sector, bond.status) == ("Bea", Ring.INNER, "friends", Status.ACTIVE)
    assert journal.circle.bond(bea, TODAY - 10 * DAY) is None
    assert journal.circle.first_day() == TODAY - 9 * DAY


def test_somebody_without_a_name_is_refused(journal: Journal) -> None:
    for nothing in ("", " \n", "@"):
        with pytest.raises(Misused):
            journal.add_alter(nothing)
    assert journal.alters.all() == []


def test_names_are_of_one_line_and_no_alias_is_there_twice(journal: Journal) -> None:
    bea = who(journal, add(journal, "Be\na\x1b", aliases=("bee", "BEE", "", "be a"), kind=AlterKind.PET))
    assert (bea.name, bea.aliases, bea.kind) == ("Be a", ("BEE",), AlterKind.PET)


def test_a_name_that_is_given_up_becomes_an_alias(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.edit_alter(replace(who(journal, bea), name="Beatrice"))
    assert (who(journal, bea).name, who(journal, bea).aliases) == ("Beatrice", ("Bea",))
    assert journal.alters.by_name("@bea") == journal.alters.by_name("BEATRICE") == (who(journal, bea),)
    journal.edit_alter(replace(who(journal, bea), name="Bea"))
    assert who(journal, bea).aliases == ("Beatrice",)


def test_what_two_devices_wrote_of_somebody_at_once_is_joined(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    bea = add(here, "Bea")
    here.write_card(Card(helps=("tea",)))
    there = Journal(made.reopen(state=tmp_path / "other"), clock)
    here.edit_alter(replace(who(here, bea), name="Beatrice", notes="sings"))
    there.edit_alter(replace(who(there, bea), name="Trix", notes="plays"))
    here.write_card(Card(helps=("a walk",), words="here"))
    there.write_card(Card(helps=("tea", "sleep"), words="there"))
    here.refresh()
    assert here.alters.conflicts() == (bea,)
    here.edit_alter(replace(who(here, bea), pronouns="she"))
    joined = who(here, bea)
    assert {joined.name, *joined.aliases} == {"Bea", "Beatrice", "Trix"}
    assert ("sings" in joined.notes, "plays" in joined.notes) == (True, True)
    here.write_card(here.card)
    assert set(here.card.helps) == {"a walk", "tea", "sleep"}
    assert ("here" in here.card.words, "there" in here.card.words) == (True, True)
    assert here.alters.conflicts() == here.cards.conflicts() == ()


def test_shared_names_give_everybody_who_bears_them(journal: Journal) -> None:
    both = {add(journal, "Lee"), add(journal, "Bruce", aliases=("lee",))}
    assert {one.id for one in journal.alters.by_name("lee")} == both
    assert journal.alters.by_name("nobody") == ()


def test_alters_come_by_name(journal: Journal) -> None:
    for name in ("ugo", "Émile", "Bea"):
        add(journal, name)
    assert [one.name for one in journal.alters.all()] == ["Bea", "ugo", "Émile"]


def test_completion_ranks_the_start_first_and_then_who_was_mentioned_last(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    journal = new_journal(tmp_path, clock)
    for name in ("Ann", "Anton", "Old Ana", "Johanna", "Bea"):
        add(journal, name)
    add(journal, "Maria", aliases=("Annie",))
    assert [one.name for one in journal.alters.complete("an")] == ["Ann", "Anton", "Maria", "Old Ana", "Johanna"]
    for words in ("@Anton", "@Bea", "@Johanna"):
        clock.advance(60)
        journal.keep_page(PageText(body=words))
    assert [one.name for one in journal.alters.complete("@AN")] == ["Anton", "Ann", "Maria", "Old Ana", "Johanna"]
    assert [one.name for one in journal.alters.complete("")][:3] == ["Johanna", "Bea", "Anton"]
    assert journal.alters.complete("xyz") == []


def test_merged_alters_are_one_until_they_are_parted(journal: Journal) -> None:
    bea, trix, ana = (add(journal, name) for name in ("Bea", "Trix", "Ana"))
    journal.state(trix, "gives.listening", 2)
    journal.state((trix, ana), "knows", 1)
    journal.record_moment(trix, "time")
    journal.merge_alters(bea, trix)
    assert [one.name for one in journal.alters.all()] == ["Ana", "Bea"]
    assert journal.alters.get(trix) == who(journal, bea)
    assert journal.alters.by_name("trix") == (who(journal, bea),)
    assert [one.name for one in journal.alters.complete("tri")] == ["Bea"]
    assert (tie(journal, bea).gives, len(tie(journal, trix).moments)) == ({"listening": 2}, 1)
    assert len(journal.moments.of(bea)) == 1
    assert {fact.field for fact in journal.circle.history(bea)} == {"status", "gives.listening"}
    with pytest.raises(Misused):
        journal.merge_alters(bea, trix)
    journal.part_alters(trix)
    assert (tie(journal, bea).gives, tie(journal, trix).gives) == ({}, {"listening": 2})
    assert len(journal.circle.as_of(TODAY).ties) == 1


def test_deleting_somebody_keeps_the_words_and_can_be_undone(journal: Journal) -> None:
    bea, ana = add(journal, "Bea"), add(journal, "Ana")
    journal.state((bea, ana), "knows", 2)
    journal.record_moment(bea, "listening")
    kept = journal.keep_page(PageText(body="@Bea listened")).made["entries"][0]
    before = journal.circle.as_of(TODAY)
    journal.delete_alter(bea)
    assert [bond.alter.id for bond in journal.circle.as_of(TODAY).bonds] == [ana]
    assert (journal.circle.as_of(TODAY).ties, journal.moments.all(), journal.alters.get(bea)) == ((), [], None)
    page = journal.pages.get(kept)
    assert page is not None
    assert (page.body, page.names) == ("@Bea listened", {"Bea": bea})
    journal.undo()
    assert journal.circle.as_of(TODAY) == before


# -- what is said -------------------------------------------------------------------------------------------------


def test_a_change_writes_a_new_fact_and_a_correction_edits_one(journal: Journal) -> None:
    bea = add(journal, "Bea", since=TODAY - 100 * DAY)
    journal.state(bea, "ring", Ring.OUTER, from_=TODAY - 50 * DAY)
    journal.state(bea, "ring", Ring.INNER)
    assert [tie(journal, bea, TODAY - n * DAY).ring for n in (60, 50, 0)] == [None, Ring.OUTER, Ring.INNER]
    facts = [fact for fact in journal.circle.history(bea) if fact.field == "ring"]
    journal.correct(facts[1].id, value=Ring.MIDDLE, from_=TODAY - DAY)
    assert [tie(journal, bea, TODAY - n * DAY).ring for n in (50, 1, 0)] == [Ring.OUTER, Ring.MIDDLE, Ring.MIDDLE]
    assert len(journal.circle.history(bea)) == 3
    journal.retract(facts[1].id)
    assert tie(journal, bea).ring is Ring.OUTER
    assert journal.circle.days_of_change() == [TODAY - 100 * DAY, TODAY - 50 * DAY]


def test_of_two_statements_in_the_same_second_the_second_one_holds(journal: Journal) -> None:
    bea = add(journal, "Bea")
    for ring in (Ring.INNER, Ring.OUTER, Ring.MIDDLE, Ring.OUTER, Ring.INNER):
        journal.state(bea, "ring", ring)
        assert tie(journal, bea).ring is ring


def test_several_things_are_said_as_one_act(journal: Journal) -> None:
    bea, ana = add(journal, "Bea"), add(journal, "Ana")
    journal.state_all([(bea, "ring", "inner"), (bea, "gives.time", 3), ((ana, bea), "knows", 1)])
    assert (tie(journal, bea).ring, tie(journal, bea).gives) == (Ring.INNER, {"time": 3})
    journal.undo()
    assert (tie(journal, bea).ring, journal.circle.as_of(TODAY).ties) == (None, ())


def test_nonsense_and_strangers_are_refused(journal: Journal) -> None:
    bea = add(journal, "Bea")
    for field, value in (("ring", "near"), ("gives.time", 5), ("shoe", 1)):
        with pytest.raises(Misused):
            journal.state(bea, field, value)
    for stranger in (journal.retract, journal.forget_moment, journal.delete_alter, journal.delete_page):
        with pytest.raises(NotFound):
            stranger("none")
    with pytest.raises(NotFound):
        journal.state("none", "ring", "inner")
    with pytest.raises(NotFound):
        journal.record_moment("none", "listening")
    with pytest.raises(NotFound):
        journal.record_moment(bea, "listening", entry="none")


# -- moments ------------------------------------------------------------------------------------------------------


def test_a_moment_takes_the_day_of_its_page(journal: Journal) -> None:
    bea = add(journal, "Bea")
    page = journal.keep_page(PageText(body="@Bea", day=TODAY - 5 * DAY)).made["entries"][0]
    journal.record_moment(bea, "listening", entry=page)
    journal.record_moment(bea, "practical", direction=Direction.TO_THEM, strength=3)
    first, second = journal.moments.of(bea)
    assert (first.day, first.kind, first.subkind, first.entry) == (TODAY - 5 * DAY, Kind.EMOTIONAL, "listening", page)
    assert (second.day, second.kind, second.subkind, second.strength) == (TODAY, Kind.PRACTICAL, None, 3)
    assert journal.moments.of_entry(page) == [first]
    assert journal.moments.between(TODAY, TODAY) == [second]
    journal.forget_moment(first.id)
    assert (journal.moments.of(bea), journal.moments.of_entry(page)) == ([second], [])


def test_own_ways_of_giving_stand_under_a_kind(journal: Journal) -> None:
    bea = add(journal, "Bea")
    with pytest.raises(Misused):
        journal.record_moment(bea, "silence")
    journal.choose("own_subkinds", {"silence": {"kind": "emotional", "label": "silence", "past": "was quiet with me"}})
    journal.record_moment(bea, "silence")
    (moment,) = journal.moments.all()
    assert (moment.kind, moment.subkind) == (Kind.EMOTIONAL, "silence")
    assert journal.choices.own_subkinds[0].past == "was quiet with me"


def test_the_circle_of_a_journal_is_the_fold_of_its_values(journal: Journal) -> None:
    alters, facts, moments = circle_of(25)
    journal.take_in("circle", [*alters, *facts, *moments])
    for days in (0, 100, 400, 800):
        day = TODAY - days * DAY
        assert journal.circle.as_of(day) == standing(alters, facts, moments, day)
        assert journal.circle.as_of(day) is journal.circle.as_of(day)


def test_the_circle_is_fresh_after_every_kind_of_change(journal: Journal) -> None:
    bea = add(journal, "Bea")
    assert tie(journal, bea).moments == ()
    journal.record_moment(bea, "time")
    assert len(tie(journal, bea).moments) == 1
    journal.edit_alter(alter("Beatrice", id_=bea))
    assert tie(journal, bea).alter.name == "Beatrice"
    journal.undo()
    journal.undo()
    assert (tie(journal, bea).moments, tie(journal, bea).alter.name) == ((), "Bea")
