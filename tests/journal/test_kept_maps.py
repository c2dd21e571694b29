"""Commands on kept maps, and who stands in one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders.journals import TODAY, new_journal
from kinship.ground.errors import NotFound
from kinship.journal.journal import Journal
from kinship.journal.kept_maps import holding, names_kept, newest_first, nodes_of, unreadable
from kinship.journal.known_names import names_of_people, names_of_things


def keep(journal: Journal, *nodes: dict[str, str], title: str = "", names: str = "full") -> str:
    told = json.dumps({"nodes": nodes})
    (made,) = journal.keep_snapshot(told, as_of=TODAY, title=title, names=names).made["snapshots"]
    return made


ANA = {"id": "a", "name": "Ana", "kind": "person"}
CHOIR = {"id": "c", "name": "the choir", "kind": "group"}


def test_a_kept_map_is_renamed_deleted_and_brought_back(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    id_ = keep(journal, ANA, title="May")
    journal.rename_snapshot(id_, "  Before\nthe move ")
    assert journal.find_snapshot("before the move").id == id_
    journal.delete_snapshot(id_)
    assert len(journal.snapshots) == 0
    journal.undo()
    assert journal.find_snapshot(id_[:4]).title == "Before the move"
    journal.delete_snapshot(id_, kept=True)
    with pytest.raises(NotFound):
        journal.find_snapshot(id_)
    journal.bring_back_snapshot(id_[:6])
    assert nodes_of(journal.find_snapshot(id_))[0].name == "Ana"
    with pytest.raises(NotFound):
        journal.bring_back_snapshot(id_)


@pytest.mark.parametrize("told", ["", "abc", "zzzz", "July"])
def test_what_means_none_or_several_is_said(tmp_path: Path, told: str) -> None:
    journal = new_journal(tmp_path)
    for _ in range(2):
        keep(journal, ANA, title="July")
    with pytest.raises(NotFound):
        journal.find_snapshot(told)
    for act in (journal.delete_snapshot, lambda id_: journal.rename_snapshot(id_, "x")):
        with pytest.raises(NotFound):
            act("nothing")


def test_names_that_only_a_kept_map_knows_are_known(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    keep(journal, ANA, CHOIR)
    keep(journal, {"id": "x", "name": "K4B7", "kind": "person"}, names="none")
    assert "Ana" in set(names_of_people(journal))
    assert "the choir" in set(names_of_things(journal)) - set(names_of_people(journal))
    assert "K4B7" not in {one.name for one in names_kept(journal.snapshots)}


def test_who_is_taken_off_the_map_stays_in_the_kept_maps_that_are_named(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    named, _ = keep(journal, ANA, CHOIR), keep(journal, ANA, names="none")
    assert [one.id for one in holding(journal.snapshots, ["a", "b"])] == [named]
    assert holding(journal.snapshots, ["b"]) == []


def test_a_copy_that_cannot_be_read_is_found_and_names_nobody(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    fine = keep(journal, ANA)
    journal.keep_snapshot('{"nodes": 7}', as_of=TODAY, title="", names="full")
    assert [one.id for one in newest_first(journal.snapshots) if one not in unreadable(journal.snapshots)] == [fine]
    assert [one.name for one in names_kept(journal.snapshots)] == ["Ana"]
