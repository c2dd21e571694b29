"""`kinship import` of journals: a preview with counts and doubts, one act, nothing twice, and the way back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders.console import Console, console
from builders.hostile import CONTROLS, MARKUP, ODD, leaks
from builders.journals_of_others import PASSWORD, day_one, day_one_entry, everywhere, jrnl_encrypted

FILES = everywhere()


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    for name, data, _ in FILES.values():
        (tmp_path / name).write_bytes(data)
    return console(tmp_path / "home")


def pages(machine: Console) -> list[dict[str, object]]:
    found: list[dict[str, object]] = machine.fine("list", "--json").json
    return found


@pytest.mark.parametrize("command", FILES)
def test_a_journal_comes_once_and_goes_again(machine: Console, tmp_path: Path, command: str) -> None:
    name, _, options = FILES[command]
    told = (command, str(tmp_path / name), *options)
    shown = machine.fine("import", *told, "--dry-run").out
    assert " new, 2024-05-0" in shown or " new, 1971-" in shown
    assert pages(machine) == []
    kept = machine.fine("import", *told, "--journal", "old").id
    came = pages(machine)
    assert len(came) > 1
    assert {one["journal"] for one in came} == {"old"}
    again = machine.fine("import", *told, "--journal", "old")
    assert (again.out, again.err.strip()) == ("", "Nothing new is in it.")
    machine.fine("import", "undo", kept[:8])
    assert pages(machine) == []


def test_a_preview_says_what_comes_who_is_named_and_what_is_left_out(machine: Console, tmp_path: Path) -> None:
    machine.fine("people", "add", "Marta")
    file = str(tmp_path / "Export.zip")
    shown = machine.fine("import", "dayone", file, "--dry-run").out
    assert "5 new, 1971-01-01 to 2024-05-31." in shown
    assert "With tags: 2, starred: 1, with a mood: 0." in shown
    assert "On your map already: Marta (1)" in shown
    assert "Left out: photos (3: 2024-05-03)" in shown
    told = machine.fine("import", "dayone", file, "--dry-run", "--json").json
    assert (told["new"], told["people"]) == (5, [{"name": "Marta", "pages": 1}])
    assert (
        "Not on your map: garden (1)" in machine.fine("import", "jrnl", str(tmp_path / "journal.txt"), "--dry-run").out
    )


def test_a_name_comes_onto_the_map_where_that_is_said(machine: Console, tmp_path: Path) -> None:
    file = str(tmp_path / "journal.txt")
    told = machine.fine("import", "jrnl", file, "--add", "Marta")
    assert "3 new, 1 onto your map." in told.err
    assert [one["name"] for one in machine.fine("people", "--json").json] == ["Marta"]
    machine.fine("import", "undo", told.id)
    assert machine.fine("people", "--json").json == []


def test_an_encrypted_jrnl_asks_for_its_password(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "sealed.txt"
    file.write_bytes(jrnl_encrypted())
    machine.ask = lambda _question: PASSWORD
    assert "3 new" in machine.fine("import", "jrnl", str(file), "--dry-run").out
    machine.ask = lambda _question: "wrong"
    result = machine.run("import", "jrnl", str(file))
    assert (result.code, pages(machine)) == (3, [])
    assert PASSWORD not in result.err
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode() + b"\n")
    os.close(writer)
    assert "3 new" in machine.fine("import", "jrnl", str(file), "--password-fd", str(reader), "--dry-run").out
    os.close(reader)


def test_what_is_unclear_is_asked_for_and_nothing_is_kept(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "unclear.txt"
    file.write_text("03/04/2024\nWords\n")
    result = machine.run("import", "text", str(file))
    assert (result.code, pages(machine)) == (2, [])
    assert "--dates day-first" in result.err
    machine.fine("import", "text", str(file), "--dates", "day-first")
    assert pages(machine)[0]["date"] == "2024-04-03"
    for options in (("--mood-scale", "5"), ("--mood-scale", "5-1"), ("--column", "text"), ("--column", "x=y")):
        assert machine.run("import", "csv", str(tmp_path / "days.csv"), *options).code == 2
    assert machine.run("import", "jrnl", str(tmp_path / "journal.txt"), "--zone", "Nowhere/X").code == 2


def test_a_terminal_is_asked_before_anything_is_kept(machine: Console, tmp_path: Path) -> None:
    file = str(tmp_path / "journal.txt")
    shown = machine.run("import", "jrnl", file, piped="n\n", terminal=True)
    assert "Nothing was changed." in shown.err
    assert pages(machine) == []
    machine.run("import", "jrnl", file, "--yes", terminal=True)
    assert len(pages(machine)) == 3


def test_many_pages_say_how_far_they_are_on_a_terminal_only(machine: Console, tmp_path: Path) -> None:
    file = tmp_path / "many.json"
    file.write_bytes(day_one(*(day_one_entry(f"Page {n}", uuid=str(n)) for n in range(1200))))
    assert "of 1,200 pages" in machine.run("import", "dayone", str(file), "--dry-run", terminal=True).err
    assert machine.fine("import", "dayone", str(file), "--dry-run").err == ""


def test_hostile_words_come_as_words(machine: Console, tmp_path: Path) -> None:
    words = [one.encode("utf-8", "replace").decode() for one in (*CONTROLS.values(), *MARKUP.values(), *ODD.values())]
    entries = [
        day_one_entry(f"@x{one} {one}"[:300], uuid=one[:50], tags=[one], timeZone=one, creationDevice=one)
        for one in words
    ]
    (tmp_path / "hostile.json").write_bytes(day_one(*entries))
    result = machine.run("import", "dayone", str(tmp_path / "hostile.json"), "--yes", terminal=True)
    assert result.code == 0
    assert leaks(result.out) == []
    assert leaks(result.err) == []
    assert len(pages(machine)) > 10
