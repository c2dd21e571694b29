"""`kinship export` and `kinship import json`: careful by default, whole where it is asked for, never over a file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Quill")
    made.fine("write", "rain with @Quill #sea", "--mood", "6", "--date", "2026-11-01", "--title", "Quill's day")
    made.fine("write", "sun", "--date", "2026-11-10")
    return made


FILES = ("markdown-file", "text")


@pytest.mark.parametrize("form", ["markdown", *FILES])
def test_names_are_initials_unless_they_are_asked_for_and_what_left_is_said(machine: Console, form: str) -> None:
    path = machine.home / "out"
    told = machine.fine("export", form, str(path))
    assert told.out == ""
    assert "2 pages of 2026-11-01 to 2026-11-10 left, with titles, moods, tags." in told.err
    assert "initials" in told.err
    assert "not encrypted" in told.err
    files = sorted(path.iterdir()) if form == "markdown" else [path]
    words = "".join(file.read_text() for file in files)
    assert "Quill" not in words
    assert "rain with @Q." in words
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize("form", ["markdown", *FILES, "json"])
def test_names_leave_only_with_a_second_yes(machine: Console, form: str) -> None:
    path = machine.home / "out"
    names = [] if form == "json" else ["--names", "full"]
    refused = machine.run("export", form, str(path), *names)
    assert (refused.code, path.exists()) == (2, False)
    assert "--yes" in refused.err
    assert "Nothing was written" in machine.fine("export", form, str(path), *names, piped="n\n", terminal=True).err
    assert not path.exists()
    machine.fine("export", form, str(path), *names, "--yes")
    files = path.iterdir() if form == "markdown" else [path]
    assert "Quill" in "".join(file.read_text() for file in files)


@pytest.mark.parametrize("form", ["markdown", *FILES, "json"])
def test_what_is_there_stays_without_force(machine: Console, form: str) -> None:
    path = machine.home / "out"
    if form == "markdown":
        path.mkdir()
        (path / "2026-11-10.md").write_text("mine")
    else:
        path.write_text("mine")
    before = path / "2026-11-10.md" if form == "markdown" else path
    result = machine.run("export", form, str(path), "--yes")
    assert (result.code, before.read_text()) == (1, "mine")
    assert "--force" in result.err
    machine.fine("export", form, str(path), "--yes", "--force")
    assert before.read_text() != "mine"


def test_pages_are_chosen_by_the_search_language_and_the_filters(machine: Console) -> None:
    assert "sun" not in machine.fine("export", "text", "-", "tag:sea", "mood:>=5").out
    assert "rain" not in machine.fine("export", "text", "-", "--since", "2026-11-05").out
    for words in (["nothing"], ["moods:3"]):
        assert machine.run("export", "text", "-", *words).code == (1 if words == ["nothing"] else 2)


def test_standard_output_takes_one_file_and_no_folder(machine: Console) -> None:
    assert machine.fine("export", "markdown-file", "-").out.startswith("# 2026-11-01: Q.'s day\n")
    assert machine.run("export", "markdown", "-").code == 2
    assert machine.run("export", "json", "-", "--names", "initials").code == 2


def test_json_is_everything_and_comes_back_into_a_new_vault(machine: Console, tmp_path: Path) -> None:
    id_ = machine.fine("write", "once").id
    machine.fine("edit", id_, "twice")
    path = machine.home / "all.json"
    machine.fine("export", "json", str(path), "--yes")
    other = console(tmp_path / "other")
    assert "3 pages, 1 on the map" in other.fine("import", "json", str(path), "--dry-run").out
    assert other.fine("list", "--json").json == []
    other.fine("import", "json", str(path))
    for words in (["list", "--json"], ["people", "--json"], ["history", id_, "--json"]):
        assert other.fine(*words).json == machine.fine(*words).json
    again = other.fine("import", "json", str(path))
    assert (again.out, again.err) == ("", "Nothing new is in it.\n")
    assert "are here already" in other.fine("import", "json", str(path), "--dry-run").out
    other.fine("export", "json", str(other.home / "all.json"), "--yes")
    ours, theirs = (json.loads(one.read_text())["documents"] for one in (path, other.home / "all.json"))
    assert {table: found for table, found in ours.items() if table != "meta"} == {
        table: found for table, found in theirs.items() if table != "meta"
    }


def test_into_a_journal_with_pages_the_import_says_how_to_take_it_back(machine: Console, tmp_path: Path) -> None:
    path = machine.home / "all.json"
    machine.fine("export", "json", str(path), "tag:sea", "--yes")
    other = console(tmp_path / "other")
    other.fine("write", "mine")
    told = other.fine("import", "json", str(path))
    assert len(other.fine("list", "--json").json) == 2
    other.fine("import", "undo", told.id)
    assert [page["body"] for page in other.fine("list", "--json").json] == ["mine"]


def test_a_broken_file_is_a_sentence_and_changes_nothing(machine: Console) -> None:
    path = machine.home / "broken.json"
    for words in ("", "{", "[1]", '{"format": "kinship-journal", "version": 9}'):
        path.write_text(words)
        result = machine.run("import", "json", str(path))
        assert result.code in (1, 6)
        assert len(result.err.splitlines()) == 1
    assert machine.run("import", "json", str(machine.home / "none.json")).code == 1
    assert len(machine.fine("list", "--json").json) == 2


def test_a_hostile_journal_leaves_to_a_terminal_harmless(machine: Console) -> None:
    for told in hostile.short_corpus().values():
        machine.run("write", "-", "--title", told, "--tag", told, piped=f"x{told}".encode("utf-8", "replace"))
    for form in (*FILES, "json"):
        for names in ([], ["--names", "full"]):
            result = machine.fine("export", form, "-", *names, "--yes", terminal=True)
            assert hostile.leaks(result.out + result.err) == []
    machine.fine("export", "markdown", str(machine.home / "out"), "--yes")
    assert {file.suffix for file in (machine.home / "out").iterdir()} == {".md"}
