"""Kept maps through the command line: kept, listed, shown as they were, compared, renamed, deleted, brought back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    for name, ring in (("Beatrix", "inner"), ("Cornelius", "outer")):
        machine.fine("people", "add", name, "--ring", ring, "--circle", "Friends", "--since", "2026-03-01")
    machine.fine("people", "edit", "Beatrix", "--notes", "her sister moved", "--weighs", "drains")
    return machine


def test_a_map_is_kept_listed_shown_and_stays_as_it_was_known(machine: Console) -> None:
    assert "No map is kept yet" in machine.fine("snapshots").err
    id_ = machine.fine("snapshots", "keep", "--title", "Before the move").id
    machine.fine("people", "edit", "Cornelius", "--ring", "inner", "--since", "2026-03-01")
    (listed,) = machine.fine("snapshots", "list", "--json").json
    assert listed["taken"].startswith("2026-11-22")
    del listed["taken"]
    assert listed == {"id": id_, "as_of": "2026-11-22", "title": "Before the move", "names": "full", "people": 2}
    assert "Before the move  (2 on it, with names" in machine.fine("snapshots").out
    shown = machine.fine("snapshots", "show", "before the move", terminal=True).out
    assert shown.index("Outer ring") < shown.index("Cornelius")
    assert "sister" not in shown


def test_a_kept_map_names_nobody_in_a_pipe(machine: Console) -> None:
    id_ = machine.fine("snapshots", "keep").id
    piped = machine.fine("snapshots", "show", id_).out
    assert not any(word in piped for word in ("Beatrix", "Cornelius", "strain"))
    assert "Beatrix" in machine.fine("snapshots", "show", id_, "--names", "full").out
    told = machine.fine("snapshots", "show", id_, "--json").out
    assert json.loads(told)["names"] == "none"
    assert "Beatrix" not in told


def test_a_map_kept_without_names_has_none_anywhere(machine: Console) -> None:
    id_ = machine.fine("snapshots", "keep", "--names", "roles").id
    assert "friend 1" in machine.fine("snapshots", "show", id_, terminal=True).out
    refused = machine.run("snapshots", "show", id_, "--names", "full")
    assert refused.code == 1
    assert "--names roles" in refused.err


def test_two_days_are_compared_and_one_with_today(machine: Console) -> None:
    first = machine.fine("snapshots", "keep", "--as-of", "2026-06-01").id
    machine.fine("people", "add", "Deirdre", "--ring", "middle", "--since", "2026-09-01")
    assert "Deirdre" in machine.fine("snapshots", "compare", first).out
    second = machine.fine("snapshots", "keep").id
    change = machine.fine("snapshots", "compare", second, first, "--json").json
    assert [one["name"] for one in change["new"]] == ["Deirdre"]
    assert (change["before"], change["after"]) == ("2026-06-01", "2026-11-22")


def test_it_is_renamed_deleted_and_brought_back(machine: Console) -> None:
    id_ = machine.fine("snapshots", "keep").id
    machine.fine("snapshots", "rename", id_[:6], "June")
    told = machine.fine("snapshots", "delete", "june").err
    assert "--undo" in told
    assert machine.fine("snapshots", "--json").json == []
    assert machine.fine("snapshots", "delete", "--undo", id_[:6]).id == id_
    assert machine.run("snapshots", "show", "July").code == 1


def test_a_day_with_nobody_on_it_is_not_kept(machine: Console) -> None:
    refused = machine.run("snapshots", "keep", "--as-of", "2020-01-01")
    assert (refused.code, refused.out) == (1, "")


def test_the_safe_screen_hides_names_that_only_a_kept_map_knows(machine: Console) -> None:
    machine.fine("snapshots", "keep", "--title", "with Cornelius")
    machine.fine("people", "delete", "Cornelius")
    listed = machine.fine("snapshots", "list", terminal=True).out
    assert "Cornelius" in listed
    machine.environment["KINSHIP_SAFE_SCREEN"] = "1"
    hidden = machine.fine("snapshots", "list", terminal=True).out
    shown = machine.fine("snapshots", "show", "with Cornelius", terminal=True)
    assert "Cornelius" not in hidden + shown.out + shown.err
    assert "C." in hidden


def test_whoever_is_deleted_stays_on_kept_maps_and_that_is_said(machine: Console) -> None:
    id_ = machine.fine("snapshots", "keep").id
    machine.fine("snapshots", "keep", "--names", "none")
    assert "1 kept map still shows them" in machine.fine("people", "delete", "Cornelius").err
    assert "1 of them deleted since" in machine.fine("purge", "--remove-older").out
    assert "Cornelius" in machine.fine("snapshots", "show", id_, "--names", "full").out
    machine.fine("snapshots", "delete", id_)
    assert "kept" not in machine.fine("purge", "--remove-older").out
    assert machine.run("snapshots", "delete", "--undo", id_).code == 1


def test_a_kept_map_goes_with_the_whole_journal_and_comes_back(machine: Console, tmp_path: Path) -> None:
    id_ = machine.fine("snapshots", "keep", "--title", "June").id
    machine.fine("export", "json", str(tmp_path / "all.json"), "--yes")
    other = console(tmp_path / "other")
    other.fine("import", "json", str(tmp_path / "all.json"), "--yes")
    assert [one["id"] for one in other.fine("snapshots", "--json").json] == [id_]
    shown = ("snapshots", "show", id_, "--names", "full")
    assert other.fine(*shown).out == machine.fine(*shown).out


def test_a_copy_that_is_no_map_is_named_by_verify(machine: Console) -> None:
    machine.fine("snapshots", "keep")
    assert machine.fine("verify", "--json").json["unreadable_maps"] == []
    whole = json.loads(machine.fine("export", "json", "-", "--yes").out)
    (document,) = whole["documents"]["snapshots"].values()
    whole["documents"]["snapshots"] = {"feedfacefeedface": {**document, "map": "no map"}}
    file = machine.home / "broken.json"
    file.write_text(json.dumps(whole))
    machine.fine("import", "json", str(file), "--yes")
    assert machine.fine("verify", "--json").json["unreadable_maps"] == ["feedfacefeedface"]
    assert "cannot be read as a map" in machine.fine("verify").out
    assert machine.run("snapshots", "show", "feedface").code == 4


def test_a_kept_map_leaves_as_any_file(machine: Console) -> None:
    id_ = machine.fine("snapshots", "keep").id
    file = machine.home / "kept.svg"
    machine.fine("map", "--snapshot", id_, "--output", str(file))
    assert b"Beatrix" not in file.read_bytes()
    assert machine.run("map", "--snapshot", id_, "--as-of", "yesterday").code == 2
