"""Ways of giving in the person's own words, keeping in touch, and places that are remembered without being acts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec import structs

from builders.journals import TODAY, new_journal
from kinship.circle.support import kinds_given
from kinship.ground.errors import Misused, NotFound
from kinship.journal.journal import Journal
from kinship.journal.kinds import Kind, is_own, kind_of, label_of, subkind
from kinship.journal.model import Bond, Direction


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def add(journal: Journal, name: str) -> str:
    return journal.add_alter(name).made["alters"][0]


def bond(journal: Journal, id_: str) -> Bond:
    found = journal.circle.bond(id_, TODAY)
    assert found is not None
    return found


def test_an_own_way_is_named_and_said_in_one_act(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.EMOTIONAL, "Sunday phone calls", of=bea)
    assert bond(journal, bea).gives == {"emotional.Sunday phone calls": 2}
    assert kinds_given(bond(journal, bea)) == {Kind.EMOTIONAL}
    assert [way.label for way in journal.ways_of(Kind.EMOTIONAL)][-1] == "Sunday phone calls"
    journal.undo()
    assert bond(journal, bea).gives == {}
    assert journal.choices.own_subkinds == ()


def test_an_own_way_explains_itself_wherever_it_stands() -> None:
    way = "identity.singing"
    assert (kind_of(way), label_of(way), is_own(way)) == (Kind.IDENTITY, "singing", True)
    assert (subkind("love.singing"), subkind("identity."), kind_of("singing")) == (None, None, None)
    assert not is_own("listening")
    assert not is_own("emotional")


def test_a_moment_can_be_of_an_own_way(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.PRACTICAL, "soup")
    journal.record_moment(bea, "practical.soup")
    (moment,) = journal.moments.of(bea)
    assert (moment.kind, moment.subkind) == (Kind.PRACTICAL, "practical.soup")


def test_a_way_that_is_there_already_is_not_named_twice(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.EMOTIONAL, "Listening", of=bea)
    assert journal.choices.own_subkinds == ()
    assert set(bond(journal, bea).gives) == {"listening"}


def test_own_ways_of_strain_and_of_what_i_give(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.STRAIN, "money", of=bea)
    journal.add_way(Kind.PRACTICAL, "soup", of=bea, direction=Direction.TO_THEM)
    assert (set(bond(journal, bea).strain), set(bond(journal, bea).receives)) == ({"strain.money"}, {"practical.soup"})


@pytest.mark.parametrize("word", ["Hands-on help", "tangible", "HANDS_ON_HELP"])
def test_a_way_is_found_however_it_is_spelt(journal: Journal, word: str) -> None:
    assert journal.way_named(word) == "tangible"
    assert journal.way_named(word, (Kind.STRAIN,)) is None


@pytest.mark.parametrize("label", ["", " . ", "x" * 41])
def test_a_way_without_a_usable_name_is_refused(journal: Journal, label: str) -> None:
    with pytest.raises(Misused):
        journal.add_way(Kind.EMOTIONAL, label)


def test_a_way_is_forgotten_and_what_was_said_with_it_stays(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.PRACTICAL, "soup", of=bea)
    journal.forget_way("practical.soup")
    assert journal.choices.own_subkinds == ()
    assert set(bond(journal, bea).gives) == {"practical.soup"}
    with pytest.raises(NotFound):
        journal.forget_way("practical.soup")


def test_keeping_in_touch_is_only_ever_with_somebody_in_ones_life(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.keep_in_touch(bea, 14)
    assert journal.choices.touch(bea) == 14
    journal.undo()
    assert journal.choices.touch(bea) is None
    for status in ("paused", "remembered", "ended", "no_contact", "wished"):
        journal.state(bea, "status", status)
        with pytest.raises(Misused):
            journal.keep_in_touch(bea, 14)


@pytest.mark.parametrize("every", [0, -3, 400])
def test_a_rhythm_is_a_number_of_days_within_a_year(journal: Journal, every: int) -> None:
    with pytest.raises(Misused):
        journal.keep_in_touch(add(journal, "Bea"), every)


def test_deleting_somebody_takes_their_rhythm_along_and_undo_brings_both(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.keep_in_touch(bea, 14)
    journal.delete_alter(bea)
    assert journal.choices.touch(bea) is None
    journal.undo()
    assert journal.choices.touch(bea) == 14


def test_who_was_made_one_with_somebody_can_be_listed(journal: Journal) -> None:
    bea, trix, tom = add(journal, "Bea"), add(journal, "Trix"), add(journal, "Tom")
    journal.merge_alters(bea, trix)
    journal.merge_alters(trix, tom)
    assert [one.name for one in journal.alters.merged(bea)] == ["Tom", "Trix"]
    journal.part_alters(tom)
    assert [one.name for one in journal.alters.merged(bea)] == ["Trix"]


def test_how_far_somebody_came_is_no_act(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.remember("mapping", "friends")
    assert journal.choices.value("mapping") == "friends"
    assert journal.can_undo == "New on the map"
    journal.undo()
    assert journal.alters.get(bea) is None
    assert journal.choices.value("mapping") == "friends"
    journal.remember("mapping", None)
    assert journal.choices.value("mapping") is None


def test_a_claim_since_another_day_holds_from_then(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.add_way(Kind.PRACTICAL, "soup", of=bea, from_=TODAY - dt.timedelta(days=90))
    then = journal.circle.bond(bea, TODAY - dt.timedelta(days=80))
    assert then is not None
    assert set(then.gives) == {"practical.soup"}


def test_what_is_typed_of_somebody_is_cleaned_on_the_way_in(journal: Journal) -> None:
    bea = add(journal, "Bea")
    own = journal.alters.get(bea)
    assert own is not None
    journal.edit_alter(structs.replace(own, notes="a\x1b[2Jb\r\nc ", pronouns="she\nher", birthday="3\x00 May"))
    kept = journal.alters.get(bea)
    assert kept is not None
    assert (kept.notes, kept.pronouns, kept.birthday) == ("a[2Jb\nc", "she her", "3 May")
