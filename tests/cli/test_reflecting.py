"""`kinship reflect`: a session through a pipe and on a terminal, left and taken up, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, Result, console

HEARD = ("6", "On the stairs, with Bea.\\", "In the cold.", "Bea, +Zed", "She put her bag down.")


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path)
    made.fine("people", "add", "Bea", "--ring", "inner")
    return made


def lines(*told: str) -> str:
    return "".join(f"{line}\n" for line in told)


def page(machine: Console, result: Result) -> dict[str, object]:
    (shown,) = [one for one in machine.fine("list", "--json").json if one["id"] == result.out.splitlines()[-1]]
    return dict(shown)


def test_a_whole_session_comes_through_a_pipe_and_leaves_page_people_moments_and_a_step(machine: Console) -> None:
    rest = ("listening; comfort", "", "yesterday", "That I can be heard.", "1", "on Sunday", "", "It was good.", "8")
    result = machine.fine("reflect", "val-heard", piped=lines(*HEARD, *rest))
    told = page(machine, result)
    assert told["title"] == "A time you felt heard"
    assert told["mood"] == 6
    assert "On the stairs, with Bea.\nIn the cold." in str(told["body"])
    assert "What did that moment say about you and Bea?" in str(told["body"])
    people = {one["name"]: one for one in machine.fine("people", "--json").json}
    assert set(people) == {"Bea", "Zed"}
    assert machine.fine("people", "show", "Bea", "--json").json["moments"] == 2
    assert result.err == ""


def test_how_much_it_meant_is_a_sign_behind_a_kind(machine: Console) -> None:
    rest = ("listening+; 2; drains −", "", "yesterday", "/stop")
    machine.fine("reflect", "val-heard", piped=lines(*HEARD, *rest))
    told = machine.fine("support", "Bea", "--gives", "listening=1", "--json").json
    assert [one["strength"] for one in told] == [1]
    kept = machine.fine("people", "show", "Bea", "--json").json["evidence"]
    assert sorted((one["subkind"], one["strength"] or 0) for one in kept) == [
        ("drains", 1),
        ("listening", 1),
        ("listening", 3),
        ("understanding", 0),
    ]


def test_the_command_for_what_an_answer_asked_for_is_said_at_the_end(machine: Console) -> None:
    told = machine.fine("reflect", "trt-keep", piped=lines("6", "1", *[""] * 12))
    assert "kinship appointments shows the list for your visit." in told.err.splitlines()


def test_an_empty_line_passes_and_a_session_of_nothing_leaves_nothing(machine: Console) -> None:
    result = machine.fine("reflect", "val-heard", piped=lines(*[""] * 12))
    assert machine.fine("list", "--json").json == []
    assert "1 of 10 · How are you, right now?" in result.out


def test_a_session_that_is_stopped_is_kept_and_goes_on_the_next_time(machine: Console) -> None:
    first = machine.fine("reflect", "val-heard", piped=lines(*HEARD[:3], "/stop"))
    assert "Kept as it is." in first.err
    assert "On the stairs" in str(page(machine, first)["body"])
    again = machine.fine("reflect", piped=lines("Bea", "", "", "", "", "", ""))
    assert "goes on from there" in again.err
    assert "3 of" in again.out
    assert again.out.splitlines()[-1] == first.out.splitlines()[-1]
    (only,) = machine.fine("list", "--json").json
    assert [one["name"] for one in only["people"]] == ["Bea"]
    assert "goes on from there" not in machine.fine("reflect", "val-heard", piped="/stop\n").err


def test_the_end_of_the_pipe_stops_and_keeps(machine: Console) -> None:
    result = machine.fine("reflect", "val-heard", piped=lines("6", "Only this."))
    assert "Only this." in str(page(machine, result)["body"])


def test_ctrl_c_keeps_what_was_answered_as_a_draft(machine: Console) -> None:
    result = machine.run("reflect", "val-heard", piped=lines("6", "Not lost."), terminal=True, stopped=True)
    assert result.code == 130
    again = machine.fine("reflect", piped=lines("", "", "", "", "", "", ""))
    assert "Not lost." in str(page(machine, again)["body"])


def test_a_new_session_can_be_begun_beside_the_one_that_waits(machine: Console) -> None:
    machine.fine("reflect", "val-heard", piped=lines("6", "x", "/stop"))
    result = machine.fine("reflect", "val-heard", "--new", piped=lines("6"))
    assert "1 of 10" in result.out


def test_going_back_asks_again(machine: Console) -> None:
    result = machine.fine("reflect", "val-heard", piped=lines("6", "first", "/back", "second", "/stop"))
    assert "second" in str(page(machine, result)["body"])
    assert "first" not in str(page(machine, result)["body"])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("eleven", "11", "-1", "6"), "A number from 0 to 10, please."),
        (("6", "x", "Nobody Known", "Bea"), "Nobody Known is not on your map yet; +Nobody Known adds them."),
        (("6", "x", "7", "Bea"), "There is no number 7."),
        (("3", "9", "1"), "A number from 1 to 5, or the word."),
    ],
)
def test_what_is_no_answer_gets_one_sentence_and_the_question_stands(
    machine: Console, told: tuple[str, ...], said: str
) -> None:
    assert said in machine.fine("reflect", "val-heard", piped=lines(*told)).err.splitlines()


def test_nobody_is_an_answer_with_a_path_of_its_own(machine: Console) -> None:
    result = machine.fine("reflect", "val-heard", piped=lines("6", "x", "nobody"))
    assert "No name is an honest answer." in result.out


def test_the_short_form_asks_less(machine: Console) -> None:
    result = machine.fine("reflect", "val-heard", "--short", piped=lines(*HEARD[:4]))
    assert "1 of 8 ·" in result.out


def test_a_session_can_be_chosen_by_number_by_name_or_left_to_the_day(machine: Console) -> None:
    (first, second, *_) = machine.fine("reflect", "--list", "--json").json
    assert first["title"] in machine.fine("reflect", piped=lines("", "6")).out.split("Which one?")[1]
    assert second["title"] in machine.fine("reflect", "--new", piped=lines("2", "6")).out.split("Which one?")[1]
    assert (
        second["title"] in machine.fine("reflect", "--new", piped=lines(second["id"], "6")).out.split("Which one?")[1]
    )


def test_no_heavy_session_is_offered_while_the_mood_is_not_known(machine: Console) -> None:
    assert {one["intensity"] for one in machine.fine("reflect", "--list", "--json").json} == {1}
    machine.fine("write", "good", "--mood", "8")
    assert {one["intensity"] for one in machine.fine("reflect", "--list", "--json").json} == {1, 2}


def test_a_session_that_is_not_there_is_one_sentence(machine: Console) -> None:
    result = machine.run("reflect", "no-such", piped="")
    assert result.code == 1
    assert "There is no reflection called no-such." in result.err


def test_a_load_is_sorted_a_request_drafted_and_a_plan_made(machine: Console) -> None:
    told = ("6", "4", "boxes; the form", "1", "shared", "Bea", "9", "1", "", "", "", "", "")
    result = machine.fine("reflect", "cop-load", piped=lines(*told))
    body = str(page(machine, result)["body"])
    assert "- boxes: mine, now" in body
    assert "> Bea, could you … on …? It is really all right if not." in body


def test_hostile_words_are_kept_as_words_and_never_reach_the_terminal(machine: Console) -> None:
    hostile = "\x1b]52;c;AAAA\x07 [/x] {person} \u202e"
    result = machine.run("reflect", "val-heard", piped=lines("6", hostile, f"+{hostile}"), terminal=True)
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err
