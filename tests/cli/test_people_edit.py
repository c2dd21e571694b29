"""Changing people through the command line: each line one act, each wrong word one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import hostile
from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", "Bea", "--since", "January 2024")
    return machine


def shown(machine: Console, name: str = "Bea", *more: str) -> Any:
    return machine.fine("people", "show", name, "--json", *more).json


def test_many_things_are_said_on_one_line(machine: Console) -> None:
    result = machine.fine(
        "people", "edit", "bea", "--name", "Beatrix", "--alias", "Trix", "--pronouns", "she/her", "--birthday", "3 May",
        "--notes", "tea, no milk", "--ring", "inner", "--circle", "friends", "--expects", "listening=3,advice",
        "--offers", "time", "--weighs", "drains=1", "--keep-in-touch", "monthly", "--json",
    ).json  # fmt: skip
    assert (result["name"], result["aliases"]) == ("Beatrix", ["Trix", "Bea"])
    assert (result["pronouns"], result["birthday"], result["notes"]) == ("she/her", "--05-03", "tea, no milk")
    assert (result["ring"], result["circle"], result["keep_in_touch"]) == ("inner", "friends", 30)
    assert result["gives"] == {"advice": 2, "listening": 3}
    assert (result["receives"], result["strain"]) == ({"time": 2}, {"drains": 1})


def test_what_was_said_ends_and_fields_are_emptied(machine: Console) -> None:
    machine.fine("people", "edit", "Bea", "--expects", "listening,time", "--offers", "time", "--alias", "Trix")
    machine.fine("people", "edit", "Bea", "--ring", "inner", "--circle", "work", "--keep-in-touch", "7")
    machine.fine(
        "people", "edit", "Bea", "--no-longer", "time", "--no-alias", "trix", "--ring", "none", "--circle", "",
        "--keep-in-touch", "never",
    )  # fmt: skip
    found = shown(machine)
    assert (found["gives"], found["receives"], found["aliases"]) == ({"listening": 2}, {}, [])
    assert (found["ring"], found["circle"], found["keep_in_touch"]) == (None, None, None)


def test_a_change_holds_from_the_day_it_is_said_to(machine: Console) -> None:
    machine.fine("people", "edit", "Bea", "--expects", "listening", "--since", "since June 2024")
    assert shown(machine, "Bea", "--as-of", "May 2024")["gives"] == {}
    assert shown(machine, "Bea", "--as-of", "2 June 2024")["gives"] == {"listening": 2}
    (told,) = [one for one in shown(machine)["history"] if "listening" in one["text"]]
    assert told["date"] == "2024-06-01"
    assert "2024-06-01" in machine.fine("people", "show", "Bea").out


def test_a_status_is_one_word_and_nobody_is_asked_to_be_in_touch_with(machine: Console) -> None:
    assert "remembered" in machine.fine("people", "status", "Bea", "remembered", "--since", "yesterday").out
    assert shown(machine)["status"] == "remembered"
    result = machine.run("people", "edit", "Bea", "--keep-in-touch", "weekly")
    assert result.code == 2
    assert "nobody is reminded" in result.err


def test_who_knows_whom_is_said_and_ended(machine: Console) -> None:
    machine.fine("people", "add", "Ana")
    machine.fine("people", "add", "choir", "--kind", "group")
    machine.fine("people", "knows", "Ana", "Bea", "--strength", "3")
    machine.fine("people", "knows", "choir", "Bea")
    assert {(one["name"], one["strength"], one["member"]) for one in shown(machine)["knows"]} == {
        ("Ana", 3, False),
        ("choir", 1, True),
    }
    machine.fine("people", "knows", "Bea", "choir", "--not")
    machine.fine("people", "knows", "Bea", "Ana", "--not")
    assert shown(machine)["knows"] == []
    for words in (["Bea", "Ana", "--not"], ["Bea", "Bea"]):
        result = machine.run("people", "knows", *words)
        assert (result.code, result.out) == (2 if words[0] == words[1] else 1, "")


def test_two_are_made_one_and_parted(machine: Console) -> None:
    trix = machine.fine("people", "add", "Trix").id
    machine.fine("support", "Trix", "--gives", "listening")
    assert trix[:8] in machine.fine("people", "merge", "Bea", "Trix").out
    assert [one["name"] for one in machine.fine("people", "--json").json] == ["Bea"]
    assert shown(machine)["one_with"] == [{"id": trix, "name": "Trix"}]
    assert len(shown(machine)["evidence"]) == 1
    machine.fine("people", "part", "trix")
    assert shown(machine)["evidence"] == []
    assert machine.run("people", "merge", "Bea", "Bea").code == 2
    result = machine.run("people", "part", "Trix")
    assert result.code == 1
    assert "was made one with" in result.err


def test_deleting_takes_somebody_off_the_map_and_leaves_pages(machine: Console) -> None:
    id_ = machine.fine("write", "A walk with @Bea.").id
    machine.fine("people", "delete", "Bea")
    assert machine.fine("people", "--json").json == []
    assert "@Bea" in machine.fine("show", id_).out


def test_ways_of_ones_own_are_listed_used_and_removed(machine: Console) -> None:
    machine.fine("people", "ways", "--add", "practical", "Sunday soup")
    assert {"id": "practical.Sunday soup", "label": "Sunday soup"} in machine.fine("people", "ways", "--json").json[
        "practical"
    ]
    machine.fine("people", "edit", "Bea", "--expects", "sunday soup")
    machine.fine("support", "Bea", "--gives", "Sunday-soup")
    assert shown(machine)["gives"] == {"practical.Sunday soup": 2}
    assert shown(machine)["evidence"][0]["kind"] == "practical"
    assert "Sunday soup" in machine.fine("people").out
    machine.fine("people", "ways", "--remove", "Sunday soup")
    assert "Sunday soup" not in machine.fine("people", "ways").out
    assert machine.run("people", "ways", "--remove", "Sunday soup").code == 1
    assert machine.run("people", "ways", "--add", "musical", "x").code == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["edit", "Beo", "--ring", "inner"], 1, "Bea"),
        (["edit", "Bea"], 2, "Say what changes"),
        (["edit", "Bea", "--expects", "listning"], 2, "listening"),
        (["edit", "Bea", "--expects", "listening=9"], 2, "1, 2 or 3"),
        (["edit", "Bea", "--expects", "drains"], 2, "none of"),
        (["edit", "Bea", "--no-longer", "time"], 1, "cannot end"),
        (["edit", "Bea", "--no-alias", "Trix"], 1, "not called"),
        (["edit", "Bea", "--birthday", "soon"], 2, "3 May 1980"),
        (["edit", "Bea", "--since", "soon", "--ring", "inner"], 2, "June 2024"),
        (["edit", "Bea", "--keep-in-touch", "often"], 2, "weekly"),
        (["edit", "Bea", "--keep-in-touch", "400"], 2, "366"),
        (["edit", "Bea", "--name", " "], 2, "name"),
        (["status", "Bea", "gone"], 2, "remembered"),
        (["knows", "Bea", "Zoe"], 1, "Zoe"),
        (["show", "Be a"], 1, "Bea"),
        (["add", "Zoe", "--birthday", "soon"], 2, "birthday"),
    ],
)
def test_a_wrong_word_is_one_sentence_and_changes_nothing(
    machine: Console, words: list[str], code: int, said: str
) -> None:
    before = machine.fine("people", "--json").out
    result = machine.run("people", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert machine.fine("people", "--json").out == before


def test_half_a_line_is_never_kept(machine: Console) -> None:
    assert machine.run("people", "edit", "Bea", "--name", "Trix", "--expects", "juggling").code == 2
    assert machine.run("people", "edit", "Bea", "--name", "Trix", "--keep-in-touch", "999").code == 2
    assert shown(machine)["name"] == "Bea"


@pytest.mark.parametrize("name", [*hostile.CONTROLS, *hostile.MARKUP])
def test_hostile_words_do_no_harm(machine: Console, name: str) -> None:
    text = f"A{hostile.corpus()[name]}".replace("\0", "")
    machine.fine("people", "edit", "Bea", "--notes", text, "--alias", text, "--pronouns", text, "--circle", text)
    machine.run("people", "ways", "--add", "emotional", text[:30])
    for words in (["people", "show", "Bea"], ["people", "ways"], ["people", "show", "Bea", "--json"]):
        result = machine.fine(*words, terminal=True)
        assert hostile.obeyed_in(result.out.replace("\n", "")) == []
