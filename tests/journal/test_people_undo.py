"""Every act on people is taken back by one undo, and done again by one redo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from builders.journals import TODAY, alter, fact, moment, new_journal
from kinship.journal.journal import Journal
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Direction, Ring, Status

ACTS: dict[str, Callable[[Journal], Any]] = {
    "add": lambda journal: journal.add_alter("Zoë", ring=Ring.INNER, sector="choir", birthday="--05-03"),
    "edit": lambda journal: journal.edit_alter(alter("Beatrix", id_="bea", notes="tea", aliases=("B",))),
    "edit at once": lambda journal: journal.edit_person(
        alter("Beatrix", id_="bea"), [("ring", "outer"), ("gives.time", 3)], touch=7
    ),
    "delete": lambda journal: journal.delete_alter("bea"),
    "merge": lambda journal: journal.merge_alters("bea", "ana"),
    "part": lambda journal: journal.part_alters("old"),
    "ring": lambda journal: journal.state("bea", "ring", "outer"),
    "ring on a day": lambda journal: journal.state("bea", "ring", "outer", from_=TODAY - dt.timedelta(days=400)),
    "status": lambda journal: journal.state("bea", "status", Status.REMEMBERED.value),
    "several": lambda journal: journal.state_all([("bea", "gives.time", 2), ("bea", "receives.time", 2)]),
    "end": lambda journal: journal.state("bea", "gives.listening", None),
    "belongs": lambda journal: journal.say_belongs("ana", "home", AlterKind.PET),
    "knows": lambda journal: journal.say_knows("ana", "bea", 3),
    "knows no longer": lambda journal: journal.say_knows("bea", "choir", None),
    "way": lambda journal: journal.add_way(Kind.STRAIN, "money", of="bea"),
    "way forgotten": lambda journal: journal.forget_way("practical.soup"),
    "touch": lambda journal: journal.keep_in_touch("bea", 30),
    "touch ended": lambda journal: journal.keep_in_touch("ana", None),
    "moment": lambda journal: journal.record_moment("bea", "practical.soup", direction=Direction.TO_THEM),
    "moment forgotten": lambda journal: journal.forget_moment(journal.moments.of("bea")[0].id),
    "correction": lambda journal: journal.correct("f1", value="outer", from_=TODAY - dt.timedelta(days=9)),
    "retraction": lambda journal: journal.retract("f1"),
}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = new_journal(tmp_path)
    journal.take_in(
        "People",
        [
            alter("Bea"),
            alter("Ana"),
            structs.replace(alter("Old"), merged_into="bea"),
            alter("choir", kind=AlterKind.GROUP),
            fact("bea", "ring", "inner", id_="f1"),
            fact("bea", "gives.listening", 2),
            fact(("bea", "choir"), "member_of", 1),
            moment("bea", "listening"),
        ],
    )
    journal.add_way(Kind.PRACTICAL, "soup")
    journal.keep_in_touch("ana", 14)
    return journal


def everything(journal: Journal) -> dict[str, list[tuple[str, object]]]:
    return {
        table: sorted(((id_, dict(document)) for id_, document in journal.vault.all(table)), key=lambda one: one[0])
        for table in ("alters", "facts", "moments", "choices")
    }


@pytest.mark.parametrize("name", ACTS)
def test_one_undo_takes_an_act_back_and_one_redo_does_it_again(journal: Journal, name: str) -> None:
    before = everything(journal)
    ACTS[name](journal)
    after = everything(journal)
    assert after != before
    journal.undo()
    assert everything(journal) == before
    journal.redo()
    assert everything(journal) == after
