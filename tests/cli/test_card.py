"""`kinship card` and `kinship prompts switches`: what is set by hand for hard days."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Bea")
    return made


def test_a_card_is_written_a_part_at_a_time_and_read_whole(machine: Console) -> None:
    assert "is empty" in machine.fine("card").err
    machine.fine("card", "set", "people", "Bea", "the neighbour")
    machine.fine("card", "set", "words", "-", piped="This passes.\nIt has before.\n")
    machine.fine("card", "set", "helps", "a walk")
    machine.fine("card", "add", "helps", "tea", "a walk")
    machine.fine("card", "add", "numbers", "Bea 0123\x1b[2J 456")
    told = machine.fine("card", "--json").json
    (bea,) = machine.fine("people", "--json").json
    assert told == {
        "words": "This passes.\nIt has before.",
        "people": [{"id": bea["id"], "name": "Bea"}, {"id": None, "name": "the neighbour"}],
        "numbers": ["Bea 0123[2J 456"],
        "helps": ["a walk", "tea"],
    }
    shown = machine.fine("card", "show").out
    assert shown.splitlines()[:2] == ["This passes.", "It has before."]
    assert "What helps:\n  a walk\n  tea\n" in shown
    machine.fine("card", "set", "words", "")
    assert machine.fine("card", "--json").json["words"] == ""


def test_who_there_is_no_contact_with_is_not_shown_and_comes_back(machine: Console) -> None:
    machine.fine("card", "set", "people", "Bea", "Ana")
    machine.fine("people", "status", "Bea", "no_contact")
    assert [one["name"] for one in machine.fine("card", "--json").json["people"]] == ["Ana"]
    machine.fine("card", "set", "people", "Zed")
    machine.fine("people", "status", "Bea", "active")
    assert [one["name"] for one in machine.fine("card", "--json").json["people"]] == ["Zed", "Bea"]


def test_switches_are_set_since_a_day_shown_and_turned_off(machine: Console) -> None:
    machine.fine("people", "add", "Rex", "--status", "no_contact")
    machine.fine("prompts", "switches", "loss", "on", "--since", "yesterday")
    told = machine.fine("prompts", "switches", "--json").json
    assert told["loss"]["since"] < told["loss"]["until"]
    assert told["separation"] == {"since": None, "until": None}
    assert ([one["name"] for one in told["no_contact"]], told["paused"]) == (["Rex"], [])
    assert "loss: since " in machine.fine("prompts", "switches").out
    machine.fine("prompts", "switches", "loss", "off")
    assert "loss: not set\nseparation: not set\n" in machine.fine("prompts", "switches").out


def test_a_switch_is_no_day_to_come(machine: Console) -> None:
    assert "has not been yet" in machine.run("prompts", "switches", "loss", "on", "--since", "2099-01-01").err
    assert machine.run("prompts", "switches", "loss", "off", "--since", "today").code == 2


def test_a_question_is_put_away_for_good_until_it_is_let_back(machine: Console) -> None:
    first = machine.fine("today", "--json").json["id"]
    machine.fine("prompts", "away", first)
    assert machine.fine("today", "--json").json["id"] != first
    assert machine.fine("prompts", "switches", "--json").json["put_away"] == [first]
    machine.fine("prompts", "away", first, "--back")
    assert machine.fine("prompts", "switches", "--json").json["put_away"] == []
    assert machine.run("prompts", "away", "no-such").code == 1
