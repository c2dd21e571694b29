"""An import finds who is there already, changes nothing that was said, comes once, and is taken back whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from builders.journals import new_journal
from builders.maps_of_others import two_years
from builders.screens import EVENING
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Refused
from kinship.journal.journal import Journal
from kinship.journal.model import Ring, Status
from kinship.transfer.easynwk import read
from kinship.transfer.keeping import keep, match

TODAY = EVENING.date()
PLAN = read(two_years(), TODAY)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path, FrozenClock(EVENING))


def names(journal: Journal, day: dt.date) -> dict[str, tuple[Status, Ring | None]]:
    return {bond.alter.name: (bond.status, bond.ring) for bond in journal.circle.as_of(day).bonds}


def test_a_map_comes_with_its_history(journal: Journal) -> None:
    keep(journal, match(journal, PLAN))
    assert names(journal, dt.date(2023, 6, 1)) == {
        "Marta": (Status.ACTIVE, Ring.INNER),
        "Paul": (Status.ACTIVE, Ring.OUTER),
        "Rex": (Status.ACTIVE, Ring.MIDDLE),
        "Hugo": (Status.ACTIVE, Ring.MIDDLE),
    }
    assert names(journal, TODAY)["Marta"] == (Status.ACTIVE, Ring.MIDDLE)
    assert names(journal, TODAY)["Paul"][0] is Status.REMEMBERED
    assert names(journal, TODAY)["Hugo"][0] is Status.ENDED
    assert len(journal.circle.as_of(dt.date(2023, 6, 1)).ties) == 2
    assert len(journal.circle.as_of(TODAY).ties) == 1
    assert names(journal, dt.date(2022, 1, 1)) == {}


def test_nothing_comes_twice(journal: Journal) -> None:
    keep(journal, match(journal, PLAN))
    again = match(journal, PLAN)
    assert (again.new, again.values) == ((), ())
    assert len(again.there) == 4


def test_who_is_on_the_map_already_is_found_and_what_was_said_of_them_stays(journal: Journal) -> None:
    (marta,) = journal.add_alter("marta", ring=Ring.OUTER, since=dt.date(2025, 1, 1)).made["alters"]
    matched = match(journal, PLAN)
    assert [one.name for one in matched.there] == ["Marta"]
    keep(journal, matched)
    assert len(journal.alters.by_name("Marta")) == 1
    assert names(journal, TODAY)["marta"] == (Status.ACTIVE, Ring.OUTER)
    (bond,) = [one for one in journal.circle.as_of(TODAY).bonds if one.alter.id == marta]
    assert bond.gives == {"emotional": 2}


def test_one_act_takes_it_back_and_refuses_where_something_was_changed_since(journal: Journal) -> None:
    act = keep(journal, match(journal, PLAN))
    (kept,) = act.made["acts"]
    journal.take_back(kept)
    assert journal.alters.all() == []
    assert list(journal.facts) == []
    (kept,) = keep(journal, match(journal, PLAN)).made["acts"]
    (marta,) = journal.alters.by_name("Marta")
    journal.edit_alter(msgspec.structs.replace(marta, notes="mine"))
    with pytest.raises(Refused):
        journal.take_back(kept)
    assert len(journal.alters.all()) == 4


def test_only_those_who_are_wanted_come(journal: Journal) -> None:
    keep(journal, match(journal, PLAN, {"1"}))
    assert [one.name for one in journal.alters.all()] == ["Marta"]
    assert journal.circle.as_of(TODAY).ties == ()


def test_a_name_that_several_bear_comes_as_somebody_new(journal: Journal) -> None:
    journal.add_alter("Marta")
    journal.add_alter("Marta")
    matched = match(journal, PLAN)
    assert "Marta" in {one.name for one in matched.new}
    assert any("several on your map" in one for one in matched.doubts)
