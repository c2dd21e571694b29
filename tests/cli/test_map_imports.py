"""`kinship import` of maps and people: a preview, one act, nothing twice, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console
from builders.hostile import CONTROLS, MARKUP, ODD
from builders.maps_of_others import GRAPHML, VCARD, alter, easynwk, network_canvas, two_years, zipped


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    (tmp_path / "map.json").write_bytes(two_years())
    (tmp_path / "set.zip").write_bytes(zipped(network_canvas()))
    (tmp_path / "map.graphml").write_bytes(GRAPHML)
    (tmp_path / "book.vcf").write_bytes(VCARD)
    return console(tmp_path / "home")


def people(machine: Console) -> set[str]:
    return {one["name"] for one in machine.fine("people", "--json").json}


@pytest.mark.parametrize(
    ("words", "come"),
    [
        (("easynwk", "map.json"), {"Marta", "Paul", "Rex", "Hugo"}),
        (("network-canvas", "set.zip"), {"Marta", 'Paul "P." Orth', "The rowing club"}),
        (("graphml", "map.graphml"), {"Marta", "Paul", "c"}),
        (("vcard", "book.vcf", "--all"), {"Marta Orth", "The Rowing Club", "Jörg Müller", "Town Library Lending"}),
        (("vcard", "book.vcf", "--only", "marta orth"), {"Marta Orth"}),
    ],
)
def test_a_map_comes_once_and_goes_again(
    machine: Console, tmp_path: Path, words: tuple[str, ...], come: set[str]
) -> None:
    command, file, *options = words
    told = (command, str(tmp_path / file), *options)
    preview = machine.fine("import", *told, "--dry-run")
    assert all(name in preview.out for name in come)
    assert people(machine) == set()
    kept = machine.fine("import", *told).id
    assert people(machine) == come
    again = machine.fine("import", *told)
    assert (again.out, again.err.strip()) == ("", "Nothing new is in it.")
    machine.fine("import", "undo", kept[:8])
    assert people(machine) == set()


def test_a_preview_says_what_is_new_known_doubtful_and_left_out(machine: Console, tmp_path: Path) -> None:
    machine.fine("people", "add", "Marta")
    shown = machine.fine("import", "easynwk", str(tmp_path / "map.json"), "--dry-run").out
    assert "3 new, 1 known already" in shown
    assert "On your map already: Marta" in shown
    assert "Understood as: " in shown
    told = machine.fine("import", "network-canvas", str(tmp_path / "set.zip"), "--dry-run", "--json").json
    assert (told["known_already"], told["left_out"]) == (["Marta"], ["shoe_size (1)"])


def test_an_address_book_is_not_poured_into_a_map_by_accident(machine: Console, tmp_path: Path) -> None:
    result = machine.run("import", "vcard", str(tmp_path / "book.vcf"))
    assert result.code == 2
    assert "--only NAME, or --all" in result.err
    result = machine.run("import", "vcard", str(tmp_path / "book.vcf"), "--only", "Nobody")
    assert (result.code, people(machine)) == (2, set())


@pytest.mark.parametrize("command", ["easynwk", "network-canvas", "graphml", "vcard"])
def test_a_file_that_is_none_is_one_sentence_and_nothing_is_kept(
    machine: Console, tmp_path: Path, command: str
) -> None:
    (tmp_path / "bad").write_bytes(b"\x00\x01not a map")
    for file in ("bad", "none"):
        result = machine.run("import", command, str(tmp_path / file), *(["--all"] if command == "vcard" else []))
        assert result.code == 1
        assert len(result.err.splitlines()) <= 2
    assert people(machine) == set()


def test_hostile_names_come_as_words(machine: Console, tmp_path: Path) -> None:
    words = (*CONTROLS.values(), *MARKUP.values(), *ODD.values())
    names = [word.encode("utf-8", "replace").decode() for word in words]
    alteri = [alter(n, f"x{text}"[:300]) for n, text in enumerate(names)]
    (tmp_path / "hostile.json").write_bytes(easynwk(("2024-01-01", alteri, [])))
    result = machine.run("import", "easynwk", str(tmp_path / "hostile.json"), "--dry-run", terminal=True)
    assert result.code == 0
    assert "\x1b" not in result.out + result.err


def test_an_import_that_is_not_there_cannot_be_taken_back(machine: Console) -> None:
    assert machine.run("import", "undo", "abcd1234").code == 2
