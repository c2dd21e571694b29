"""Two days compared and somebody away, through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Bea", "--ring", "inner", "--circle", "friends", "--since", "2025-01-01")
    made.fine(
        "people", "add", "Ana", "--ring", "outer", "--circle", "work", "--since", "2026-05-01", "--alias", "Anita"
    )
    made.fine("support", "Bea", "--gives", "listening", "--on", "2026-11-01")
    return made


def test_two_days_are_compared_in_words_whichever_comes_first(machine: Console) -> None:
    told = machine.fine("compare", "today", "2025-06-01").out
    assert told == machine.fine("compare", "2025-06-01", "2026-11-22").out
    assert told.splitlines() == [
        "Your circle on 2025-06-01 and on 2026-11-22",
        "",
        "New on the map: Ana.",
        "Now also marked for emotional support: Bea.",
        "Somebody is marked for emotional support now; on 1 June 2025 nobody was.",
        "",
        "1 on both days, 1 new, 0 not active any more. Overlap (Jaccard) 0.50, turnover 0.33, each from 0 to 1.",
        "",
        "  Ana · new · work · outer ring",
        "  Bea · now also emotional support",
    ]


def test_the_history_stands_below_everybody_concerned(machine: Console) -> None:
    lines = machine.fine("compare", "2025-06-01", "today", "--history").out.splitlines()
    assert lines[-3:] == [
        "  Ana · new · work · outer ring",
        "      1 May 2026: came onto the map, in the outer ring (work)",
        "  Bea · now also emotional support",
    ]


def test_the_comparison_is_json_for_programs(machine: Console) -> None:
    shape = machine.fine("compare", "2025-06-01", "today", "--json").json
    bea, ana = (
        {"id": one["id"], "name": one["name"]} for one in machine.fine("people", "--json").json
    )  # in the order of rings
    assert shape["kept"] == [bea]
    assert shape["new"] == [ana]
    assert shape["gained"] == [{**bea, "kind": "emotional"}]
    assert (shape["gone"], shape["lost"], shape["moved"], shape["ties_new"]) == ([], [], [], [])
    assert shape["status"] == [{**ana, "before": None, "after": "active"}]
    assert (shape["before"], shape["after"]) == ("2025-06-01", "2026-11-22")
    assert (shape["jaccard"], shape["turnover"]) == (0.5, pytest.approx(1 / 3))


def test_a_day_before_the_map_is_said(machine: Console) -> None:
    result = machine.fine("compare", "2020-01-01", "today")
    assert "The map begins on 2025-01-01" in result.err
    assert "New on the map: Ana, Bea." in result.out


def test_the_same_day_twice_changed_nothing(machine: Console) -> None:
    assert "Nothing changed on the map" in machine.fine("compare", "today", "today").out


def test_a_word_that_is_no_day_is_refused(machine: Console) -> None:
    assert machine.run("compare", "today", "soon").code == 2
    assert machine.run("compare", "today").code == 2


def test_what_if_somebody_were_away_is_said_with_care(machine: Console) -> None:
    assert machine.fine("without", "Bea").out.splitlines() == [
        "If Bea were away, nobody is marked for emotional support.",
        "Nothing is wrong with that; it may be worth knowing.",
    ]
    assert "every kind of support" in machine.fine("without", "Ana").out


def test_several_may_be_away_and_the_day_may_be_another(machine: Console) -> None:
    shape = machine.fine("without", "bea", "ana", "--json").json
    assert [one["name"] for one in shape["away"]] == ["Ana", "Bea"]
    assert (shape["kinds_lost"], shape["size"]) == (["emotional"], {"before": 2, "after": 0})
    assert shape["components"] == {"before": 2, "after": None}
    assert machine.fine("without", "Bea", "--as-of", "2026-01-01", "--json").json["kinds_lost"] == []


@pytest.mark.parametrize("name", [*hostile.CONTROLS, *hostile.MARKUP])
def test_a_hostile_name_does_no_harm(machine: Console, name: str) -> None:
    text = f"A{hostile.corpus()[name]}".replace("\0", "")
    id_ = machine.fine("people", "add", text, "--circle", text, "--since", "2026-06-01").id
    for words in (["compare", "2026-01-01", "today"], ["without", id_], ["compare", "2020-01-01", "today", "--json"]):
        result = machine.fine(*words, terminal=True)
        assert hostile.obeyed_in((result.out + result.err).replace("\n", "")) == []
    result = machine.run("without", f"{text} x", terminal=True)
    assert hostile.obeyed_in((result.out + result.err).replace("\n", "")) == []


def test_an_unknown_name_is_one_sentence_with_the_nearest(machine: Console) -> None:
    result = machine.run("without", "Beo")
    assert (result.code, result.out) == (1, "")
    assert result.err.strip() == "Nobody in the circle is called Beo; did you mean Bea?"
    assert "people add" in machine.run("without", "Zacharias").err


def test_a_name_of_two_asks_for_the_id(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    result = machine.run("without", "Bea")
    assert result.code == 1
    assert "More than one" in result.err


def test_somebody_who_was_not_there_on_that_day_is_said_so(machine: Console) -> None:
    result = machine.run("without", "Ana", "--as-of", "2025-06-01")
    assert (result.code, result.err.strip()) == (1, "Ana is not on the map on 2025-06-01.")
