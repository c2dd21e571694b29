"""`kinship privacy` says what is protected, what is not, and how the computer stands; nothing is opened for it."""

from __future__ import annotations

from pathlib import Path

from builders.console import Console, console
from kinship.privacy.standing import NOT_PROTECTED, PROTECTED

STATES = {"fine", "look at this", "cannot know"}


def test_it_works_without_a_vault_and_without_a_passphrase(tmp_path: Path) -> None:
    machine = Console(tmp_path)
    told = machine.fine("privacy")
    assert all(heading in told.out for heading in ("What is protected", "What is not", "How this computer stands"))
    assert "There is no vault at" in " ".join(told.out.split())
    assert told.err == ""


def test_it_ends_with_0_whatever_it_finds(tmp_path: Path) -> None:
    machine = console(tmp_path)
    (machine.vault / "log").chmod(0o777)
    found = [line for line in machine.fine("privacy", "--json").json["machine"] if line["about"] == "owners and modes"]
    assert [(line["state"], line["remedy"]) for line in found] == [
        ("look at this", f"chmod -R go= {machine.vault / 'log'}")
    ]


def test_the_machine_shape_holds_every_line_with_its_state(tmp_path: Path) -> None:
    told = console(tmp_path).fine("privacy", "--json").json
    assert told["protected"] == list(PROTECTED)
    assert told["not_protected"] == list(NOT_PROTECTED)
    assert all(set(line) == {"about", "state", "sentence", "remedy"} for line in told["machine"])
    assert {line["state"] for line in told["machine"]} <= STATES


def test_plain_is_one_line_for_each_thing(tmp_path: Path) -> None:
    lines = console(tmp_path).fine("privacy", "--plain").out.splitlines()
    assert sum(line.startswith("Protected: ") for line in lines) == len(PROTECTED)
    assert sum(line.startswith("Not protected: ") for line in lines) == len(NOT_PROTECTED)
    assert any(line.startswith("Swap, ") for line in lines)


def test_it_fits_a_narrow_terminal(tmp_path: Path) -> None:
    assert max(map(len, console(tmp_path).fine("privacy", terminal=True).out.splitlines())) <= 80


def test_a_hostile_environment_gives_no_orders_to_the_terminal(tmp_path: Path) -> None:
    machine = console(tmp_path, {"TERM": "x\x1b]52;c;SEVJ\x07", "TERM_PROGRAM": "\x1b[2J"})
    assert "\x1b" not in machine.fine("privacy", terminal=True).out


def test_settings_that_are_wrong_do_not_stand_in_the_way(tmp_path: Path) -> None:
    machine = console(tmp_path)
    settings = tmp_path / ".config/kinship/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("nonsense = 1\n")
    assert "another editor" in machine.fine("privacy").out
