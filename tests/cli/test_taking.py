"""What leaves by a command: a yes for names, a seal that age opens, no readable byte on the way to a sealed file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.snapshot.sealing import unseal

NAME = "Beatrix"
WORDS = "otter lamp quiet harvest"


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", NAME, "--ring", "inner", "--circle", "Friends", "--since", "2026-03-01")
    machine.fine("people", "edit", NAME, "--notes", "her sister moved", "--weighs", "drains")
    return machine


def pair() -> tuple[str, str]:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that is written to any descriptor from now on."""
    found: list[bytes] = []
    write = os.write

    def watched(descriptor: int, data: bytes) -> int:
        found.append(bytes(data))
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", watched)
    return found


def test_a_file_is_sealed_to_several_keys_and_no_plain_byte_is_written(machine: Console, written: list[bytes]) -> None:
    (mine, to_me), (yours, to_you) = pair(), pair()
    file = machine.home / "map.html"
    done = machine.fine(
        "map", "--output", str(file), "--names", "full", "--yes", "--seal-to", to_me, "--seal-to", to_you
    )
    assert not file.exists()
    sealed = (machine.home / "map.html.age").read_bytes()
    assert (machine.home / "map.html.age").stat().st_mode & 0o777 == 0o600
    assert not any(NAME.encode() in data or b"<!DOCTYPE" in data for data in written)
    assert NAME.encode() in unseal(sealed, identity=mine)
    assert unseal(sealed, identity=mine) == unseal(sealed, identity=yours)
    assert "age -d -i" in done.err


def test_plain_bytes_on_the_way_to_a_file_would_be_noticed(machine: Console, written: list[bytes]) -> None:
    machine.fine("map", "--output", str(machine.home / "map.html"), "--names", "full", "--yes")
    assert any(NAME.encode() in data for data in written)


def test_a_passphrase_is_asked_twice_or_offered_or_read_from_a_descriptor(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def sealed(_data: bytes, *, passphrase: str, recipients: tuple[str, ...]) -> bytes:
        assert recipients == ()
        told.append(passphrase)
        return b"sealed"

    monkeypatch.setattr("kinship.snapshot.sealing.seal", sealed)
    file = str(machine.home / "map.svg")
    answers = iter([WORDS, WORDS])
    machine.ask = lambda _question: next(answers)
    machine.fine("map", "--output", file, "--seal")
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS} again\n".encode())
    os.close(writing)
    machine.fine("map", "--output", file, "--seal-fd", str(reading), "--force")
    os.close(reading)
    assert told == [WORDS, f"{WORDS} again"]
    answers = iter([WORDS, "another"])
    refused = machine.run("map", "--output", file, "--seal", "--force")
    assert refused.code == 2
    assert (machine.home / "map.svg.age").read_bytes() == b"sealed"


@pytest.mark.parametrize(
    "words",
    [
        ("--seal-to", "age1nonsense"),
        ("--seal", "--seal-fd", "9"),
        ("--output", "x.svg", "--include", "notes"),
        ("--output", "x.svg", "--size", "100x20"),
        ("--output", "x.txt", "--size", "900"),
        ("--output", "x.json", "--compare-to", "2026-01-01"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_asked_or_made(machine: Console, words: tuple[str, ...]) -> None:
    before = sorted(machine.home.rglob("*.svg*"))
    refused = machine.run("map", *words)
    assert (refused.code, refused.out) == (2, "")
    assert sorted(machine.home.rglob("*.svg*")) == before


def test_whole_names_go_into_a_file_after_a_yes_only(machine: Console) -> None:
    file = machine.home / "map.svg"
    words = ("map", "--output", str(file), "--names", "full")
    assert machine.run(*words).code == 2
    assert "Nothing was written" in machine.fine(*words, terminal=True, piped="n\n").err
    assert not file.exists()
    machine.fine(*words, terminal=True, piped="y\n")
    assert NAME in file.read_text()


def test_only_what_is_ticked_leaves(machine: Console) -> None:
    words = ["map", "--format", "json", "--names", "full"]
    bare = machine.fine(*words).out
    assert not any(told in bare for told in ("drains", "sister", "2026-11-22"))
    ticked = machine.fine(*words, "--include", "strain", "--include", "notes", "--include", "days").out
    assert all(told in ticked for told in ("drains", "sister", "2026-11-22"))


def test_the_preview_names_what_would_leave_and_writes_nothing(machine: Console) -> None:
    file = machine.home / "map.html"
    told = machine.fine("map", "--output", str(file), "--names", "full", "--preview").out
    assert "Names leave, as you wrote them." in told
    assert f"{NAME}: person, Friends, inner ring" in told
    assert not file.exists()
    assert NAME not in machine.fine("map", "--format", "pdf", "--preview", terminal=True).out


@pytest.mark.parametrize("form", ["png", "pdf", "html", "csv", "graphml"])
def test_every_format_by_its_ending_and_never_on_a_terminal_where_it_is_none(machine: Console, form: str) -> None:
    ending = "zip" if form == "csv" else form
    file = machine.home / f"map.{ending}"
    machine.fine("map", "--output", str(file), "--compare-to" if form == "html" else "--as-of", "2026-06-01")
    assert file.stat().st_size > 500
    if form in ("png", "pdf", "csv"):
        assert machine.run("map", "--format", form, terminal=True).code == 2


def test_tables_go_into_a_folder_where_no_zip_is_named(machine: Console) -> None:
    folder = machine.home / "tables"
    assert "as 3 tables" in machine.fine("map", "--format", "csv", "--output", str(folder)).err
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}
    assert machine.run("map", "--format", "csv", "--output", str(folder)).code == 1
    assert (
        "Nothing was written"
        in machine.fine(
            "map", "--format", "csv", "--output", str(folder), "--names", "full", "--force", terminal=True, piped="n\n"
        ).err
    )
    assert not any(NAME.encode() in one.read_bytes() for one in folder.iterdir())
