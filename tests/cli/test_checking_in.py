"""`kinship checkin`: how one is, the weekly three, and a made-up scale with its change."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console

SCALE = """
[meta]
schema = 1
name = "weather"
[[instruments]]
id = "weather"
title = "Inner weather"
options = [{ value = 0, label = "never" }, { value = 1, label = "often" }]
items = [{ id = "sun", text = "There was sun." }, { id = "rain", text = "There was rain.", reverse = true }]
bands = [{ least = 0, label = "grey" }, { least = 2, label = "bright" }]
change = { deviation = 0.2, reliability = 0.9 }
"""


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    (tmp_path / "weather.toml").write_text(SCALE)
    made.fine("prompts", "add", str(tmp_path / "weather.toml"))
    return made


def test_everything_may_be_said_and_everything_left_out(machine: Console) -> None:
    machine.fine("checkin", "--mood", "6", "--stress", "3", "--feelings", "tired, hopeful", "--pulse", "7,-,0")
    machine.fine("checkin", "--mood", "0")
    told = machine.fine("checkin", "--list", "--json").json["checkins"]
    second, first = sorted(told, key=lambda one: one["mood"])
    assert (first["mood"], first["stress"], first["feelings"]) == (6, 3, ["tired", "hopeful"])
    assert first["pulse"] == {"heard": 7, "helped": None, "belonging": 0}
    assert (second["mood"], second["pulse"]) == (0, None)
    shown = machine.fine("checkin", "--list").out
    assert "mood 6 · stress 3 · tired, hopeful · heard 7 · belonging 0" in shown
    assert "weather  Inner weather" in shown


def test_without_an_option_it_is_asked_a_line_at_a_time(machine: Console) -> None:
    told = machine.fine("checkin", piped="eleven\n6\n/back\n7\n\ntired, hopeful\n")
    assert "A number from 0 to 10, please." in told.err
    (kept,) = machine.fine("checkin", "--list", "--json").json["checkins"]
    assert (kept["mood"], kept["stress"], kept["feelings"]) == (7, None, ["tired", "hopeful"])
    machine.fine("checkin", piped="3\n/stop\n")
    assert len(machine.fine("checkin", "--list", "--json").json["checkins"]) == 2
    assert machine.run("checkin", piped="\n\n\n").code == 2


@pytest.mark.parametrize("words", [(), ("--mood", "11"), ("--pulse", "7"), ("--pulse", "7,11,3"), ("--pulse", "a,b,c")])
def test_what_is_no_answer_is_one_sentence_and_nothing_is_kept(machine: Console, words: tuple[str, ...]) -> None:
    assert machine.run("checkin", *words).code == 2
    assert machine.fine("checkin", "--list", "--json").json["checkins"] == []


def test_a_scale_is_asked_scored_and_compared_with_the_last_time(machine: Console) -> None:
    first = machine.fine("checkin", "--scale", "weather", piped="often\nnever\n")
    assert "1 of 2 · There was sun." in first.out
    assert "Inner weather: 2 (from 0 to 2), bright." in first.out
    assert "since" not in first.out
    again = machine.fine("checkin", "--scale", "weather", piped="1\n/back\nnever\nmaybe\n2\n")
    assert "A number from 1 to 2, or the word." in again.err
    assert "Inner weather: 0 (from 0 to 2), grey." in again.out
    assert "since 2026-11-22: Lower by 2.0" in again.out
    (whole,) = machine.fine("checkin", "--scale", "weather", "--json", piped="1\n1\n").json
    assert (whole["value"], whole["most"], whole["band"]) == (1, 2, "grey")


def test_a_scale_that_was_passed_over_has_no_score_and_an_empty_one_is_not_kept(machine: Console) -> None:
    assert "no score; 1 of 2 were answered" in machine.fine("checkin", "--scale", "weather", piped="often\n/stop\n").out
    result = machine.run("checkin", "--scale", "weather", piped="\n\n")
    assert result.code == 2
    assert "Nothing was answered" in result.err


def test_a_scale_that_is_not_there_says_which_are(machine: Console) -> None:
    result = machine.run("checkin", "--scale", "mood")
    assert result.code == 1
    assert "There is: weather." in result.err
