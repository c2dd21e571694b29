"""The map through the command line: careful everywhere but on the person's own terminal."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    for name, ring in (("Beatrix", "inner"), ("Cornelius", "outer")):
        machine.fine("people", "add", name, "--ring", ring, "--circle", "Friends", "--since", "2026-03-01")
    machine.fine("people", "add", "Deirdre", "--since", "2026-09-01")
    machine.fine("support", "Beatrix", "--gives", "listening", "--strain", "drains")
    return machine


NAMES = ("Beatrix", "Cornelius", "Deirdre")


@pytest.mark.parametrize("words", [["map"], ["map", "--format", "list"], ["map", "--plain"]])
def test_names_are_shown_on_a_terminal_alone(machine: Console, words: list[str]) -> None:
    on_terminal, piped = machine.fine(*words, terminal=True).out, machine.fine(*words).out
    assert all(name in on_terminal for name in NAMES)
    assert not any(name in piped for name in NAMES)


@pytest.mark.parametrize("form", ["text", "list", "svg", "html", "graphml", "json"])
@pytest.mark.parametrize("terminal", [False, True])
def test_a_file_names_nobody_unless_told_to(machine: Console, form: str, *, terminal: bool) -> None:
    file = machine.home / "map"
    machine.fine("map", "--format", form, "--output", str(file), terminal=terminal)
    assert not any(name in file.read_text() for name in NAMES)
    assert "drains" not in file.read_text()
    words = ["map", "--format", form, "--output", str(file), "--names", "full", "--force", "--yes"]
    machine.fine(*words, terminal=terminal)
    assert all(name in file.read_text() for name in NAMES)


@pytest.mark.parametrize("form", ["svg", "json"])
def test_machine_formats_name_nobody_even_on_a_terminal(machine: Console, form: str) -> None:
    out = machine.fine("map", "--format", form, terminal=True).out
    assert not any(name in out for name in NAMES)


def test_initials_and_roles_stand_for_names(machine: Console) -> None:
    assert "B." in machine.fine("map", "--names", "initials").out
    assert "friend 1" in machine.fine("map", "--names", "roles").out


def test_the_svg_is_well_formed_and_private(machine: Console) -> None:
    file = machine.home / "map.svg"
    result = machine.fine("map", "--output", str(file))
    assert result.out == ""
    assert str(file) in result.err
    assert ET.fromstring(file.read_bytes()).tag.endswith("svg")
    assert file.stat().st_mode & 0o777 == 0o600
    assert machine.fine("map", "--format", "svg", "--output", "-").out.encode() == file.read_bytes()


def test_a_file_that_is_there_is_never_replaced_without_force(machine: Console) -> None:
    file = machine.home / "map.svg"
    file.write_text("mine")
    result = machine.run("map", "--output", str(file))
    assert (result.code, result.out) == (1, "")
    assert "--force" in result.err
    assert file.read_text() == "mine"
    machine.fine("map", "--output", str(file), "--force")
    assert file.read_text() != "mine"


def test_the_ending_says_the_format(machine: Console) -> None:
    file = machine.home / "map.json"
    machine.fine("map", "--output", str(file))
    assert json.loads(file.read_text())["format"] == "kinship-map"
    assert machine.fine("map", "--json").json == json.loads(file.read_text())


def test_the_map_of_another_day_is_another_map(machine: Console) -> None:
    words = ["map", "--format", "list", "--names", "full"]
    assert "Deirdre" in machine.fine(*words).out
    assert "Deirdre" not in machine.fine(*words, "--as-of", "2026-06-01").out
    assert "nobody" in machine.fine(*words, "--as-of", "2025-01-01").out.casefold()


def test_one_kind_shows_those_alone_who_give_it(machine: Console) -> None:
    words = ["map", "--format", "list", "--names", "full"]
    assert [name for name in NAMES if name in machine.fine(*words, "--kind", "emotional").out] == ["Beatrix"]
    assert [name for name in NAMES if name in machine.fine(*words, "--kind", "practical").out] == []
    seen = machine.fine(*words, "--kind", "strain", terminal=True).out
    assert [name for name in NAMES if name in seen] == ["Beatrix"]


def test_who_strains_never_leaves_in_a_pipe_or_a_file(machine: Console, tmp_path: Path) -> None:
    assert machine.run("map", "--kind", "strain").code == 2
    assert machine.run("map", "--kind", "strain", "--output", str(tmp_path / "m.svg"), terminal=True).code == 2
    assert not (tmp_path / "m.svg").exists()


def test_plain_has_no_drawing(machine: Console) -> None:
    assert any("\u2800" < one <= "\u28ff" for one in machine.fine("map").out)
    assert not any("\u2500" <= one <= "\u28ff" for one in machine.fine("map", "--plain").out)


def test_an_empty_map_is_a_sentence(tmp_path: Path) -> None:
    assert "nobody" in console(tmp_path / "other").fine("map", "--plain").out.casefold()


def test_a_folder_that_is_not_there_is_a_sentence(machine: Console) -> None:
    result = machine.run("map", "--output", str(machine.home / "nowhere" / "map.svg"))
    assert result.code == 5
    assert "no such file" in result.err


def test_the_settings_choose_plain_signs(machine: Console) -> None:
    settings = machine.home / ".config/kinship/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('glyphs = "ascii"\n')
    assert machine.fine("map").out.isascii()


def test_a_settings_file_that_is_wrong_is_a_sentence(machine: Console) -> None:
    settings = machine.home / ".config/kinship/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('glyph = "ascii"\n')
    result = machine.run("map")
    assert result.code == 2
    assert "Did you mean glyphs?" in result.err
