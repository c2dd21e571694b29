"""People and moments through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def test_adding_somebody_prints_the_new_id_alone(machine: Console) -> None:
    id_ = machine.fine(
        "people", "add", "Bea", "--ring", "inner", "--circle", "friends", "--alias", "Beatrice"
    ).id  # fmt: skip
    (bea,) = machine.fine("people", "--json").json
    assert bea["id"] == id_
    assert (bea["name"], bea["kind"], bea["ring"], bea["circle"]) == ("Bea", "person", "inner", "friends")
    assert (bea["status"], bea["aliases"]) == ("active", ["Beatrice"])


@pytest.mark.parametrize("kind", ["person", "professional", "group", "place", "online", "pet", "practice"])
def test_every_kind_of_node_can_be_added(machine: Console, kind: str) -> None:
    machine.fine("people", "add", "Somebody", "--kind", kind)
    assert machine.fine("people", "list", "--json").json[0]["kind"] == kind


def test_an_unknown_ring_names_those_there_are(machine: Console) -> None:
    result = machine.run("people", "add", "Bea", "--ring", "best")
    assert result.code == 2
    assert "inner" in result.err


def test_a_name_of_nothing_is_refused(machine: Console) -> None:
    for name in ("", "  ", "\x1b\u202e", "@"):
        assert machine.run("people", "add", name).code == 2
    assert machine.fine("people", "--json").json == []


def test_a_second_one_of_the_same_name_is_kept_and_said(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    result = machine.fine("people", "add", "bea")
    assert "already" in result.err
    result = machine.run("people", "show", "Bea")
    assert result.code == 1
    assert "More than one" in result.err
    machine.fine("people", "show", machine.fine("people", "--json").json[0]["id"])


def test_somebody_is_shown_with_the_pages_behind_them(machine: Console) -> None:
    machine.fine("people", "add", "Bea", "--ring", "inner")
    id_ = machine.fine("write", "A walk with @Bea.").id
    machine.fine("support", "Bea", "--gives", "listening")
    shown = machine.fine("people", "show", "bea").out
    assert "Bea" in shown
    assert "inner ring" in shown
    assert id_[:8] in shown
    assert machine.fine("people", "show", "bea", "--json").json["entries"] == [id_]


def test_somebody_unknown_is_a_sentence(machine: Console) -> None:
    for words in (["people", "show", "Zoe"], ["support", "Zoe", "--gives", "listening"], ["list", "--person", "Zoe"]):
        result = machine.run(*words)
        assert (result.code, result.out) == (1, "")
        assert "Zoe" in result.err


def test_moments_are_recorded_for_each_kind_and_direction(machine: Console) -> None:
    bea = machine.fine("people", "add", "Bea").id
    entry = machine.fine("write", "a page", "--date", "2026-11-20").id
    moments = machine.fine(
        "support", "Bea", "--gives", "listening,emotional", "--receives", "time", "--strain", "drains",
        "--on", "2026-11-19", "--entry", entry[:10], "--json",
    ).json  # fmt: skip
    assert [(one["kind"], one["subkind"], one["direction"]) for one in moments] == [
        ("emotional", "listening", "from_them"),
        ("emotional", None, "from_them"),
        ("practical", "time", "to_them"),
        ("strain", "drains", "from_them"),
    ]
    assert {(one["date"], one["person"], one["entry"]) for one in moments} == {("2026-11-19", bea, entry)}
    assert machine.fine("people", "--json").json[0]["moments"] == 4


def test_without_a_day_it_is_the_entrys_or_today(machine: Console) -> None:
    machine.fine("people", "add", "Bea", "--since", "2026-01-01")
    entry = machine.fine("write", "a page", "--date", "2026-11-20").id
    words = ["support", "Bea", "--gives", "advice", "--json"]
    assert machine.fine(*words, "--entry", entry).json[0]["date"] == "2026-11-20"
    assert machine.fine(*words).json[0]["date"] == "2026-11-22"


@pytest.mark.parametrize(
    "words", [[], ["--gives", "juggling"], ["--gives", "drains"], ["--strain", "listening"], ["--on", "yesterday"]]
)
def test_a_moment_without_a_known_kind_is_wrong_use(machine: Console, words: list[str]) -> None:
    machine.fine("people", "add", "Bea")
    assert machine.run("support", "Bea", *words).code == 2
    assert machine.fine("people", "--json").json[0]["moments"] == 0


def test_several_moments_are_one_act(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    assert machine.run("support", "Bea", "--gives", "listening,juggling").code == 2
    assert machine.fine("people", "--json").json[0]["moments"] == 0


@pytest.mark.parametrize("name", [*hostile.CONTROLS, *hostile.MARKUP])
def test_a_hostile_name_does_no_harm(machine: Console, name: str) -> None:
    text = f"A{hostile.corpus()[name]}".replace("\0", "")
    id_ = machine.fine("people", "add", text, "--circle", text).id
    for words in (["people"], ["people", "show", id_], ["people", "--json"], ["map"], ["map", "--plain"]):
        result = machine.fine(*words, terminal=True)
        assert hostile.obeyed_in(result.out.replace("\n", "")) == []
    (kept,) = machine.fine("people", "--json").json
    assert len(kept["name"].splitlines()) == 1
