"""`kinship insights`: each view as a sentence and a table, as plain lines, and in a shape for scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders.console import Console, console

DRAWN = re.compile("[\u2190-\u21ff\u2500-\u25ff\u2800-\u28ff]")


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Bea Ruskin")
    for at in range(1, 7):
        made.fine("write", "Tea with @Bea Ruskin.", "--mood", str(at), "--date", f"2026-11-{at:02}")
    made.fine("support", "Bea Ruskin", "--gives", "listening", "--on", "2026-11-02")
    return made


def test_what_was_written_is_shown_and_what_is_missing_is_said(machine: Console) -> None:
    shown = machine.fine("insights").out
    assert "Mood through time\n  Not enough yet: a line needs 7 days with a mood, and there are 6." in shown
    assert "Bea Ruskin  6     1" in shown
    assert "  2026-11-02  a moment  Bea Ruskin: listened" in shown
    assert "Not enough yet: this needs 60 pairs of days" in shown
    assert "At least 90 more days are needed." in machine.fine("insights", "buffering").out


def test_plain_lines_name_every_value(machine: Console) -> None:
    told = machine.fine("insights", "--plain").out
    assert "  Bea Ruskin: days 6, days with support from them 1\n" in told
    assert "  2026-11-02, a moment: Bea Ruskin: listened\n" in told
    assert DRAWN.search(told) is None


def test_a_script_gets_numbers_and_null_for_what_is_missing(machine: Console) -> None:
    told = machine.fine("insights", "mood", "year", "next-day", "--json", "--since", "2026-11-01").json
    assert (told["since"], told["until"]) == ("2026-11-01", "2026-11-22")
    mood, year, *after = told["views"]
    assert (mood["state"], mood["missing"], mood["table"], mood["series"]) == ("not_yet", 1, None, [])
    assert year["series"][0]["points"][5:7] == [
        {"at": "2026-11-06", "value": 6.0, "low": None, "high": None},
        {"at": "2026-11-07", "value": None, "low": None, "high": None},
    ]
    assert year["table"] == {
        "header": ["month", "days noted", "with a mood", "middle mood"],
        "rows": [["2026-11", 6, 6, 3.5]],
    }
    assert [one["id"] for one in after] == ["next_day.emotional", "next_day.practical", "next_day.identity"]
    assert {(one["estimate"], one["interval"], one["p"]) for one in after} == {(None, None, None)}


def test_of_a_long_table_the_latest_rows_are_shown_and_all_where_it_is_asked_for(machine: Console) -> None:
    machine.fine("checkin", "--mood", "5")
    machine.fine("write", "Long ago.", "--mood", "5", "--date", "2026-01-05")
    short, whole = machine.fine("insights").out, machine.fine("insights", "mood").out
    assert "(the latest 12 rows; kinship insights mood shows 34 more)" in short
    assert len(re.findall(r"^  2026-\d\d-\d\d ", whole, re.MULTILINE)) == 46


def test_progress_stands_on_a_terminal_alone_and_names_can_be_hidden(machine: Console) -> None:
    quiet = machine.fine("insights")
    assert quiet.err == ""
    hidden = machine.fine("--safe-screen", "insights", terminal=True).out
    assert "Bea Ruskin" not in hidden
    assert "B.R." in hidden
    assert "looking at your days" in machine.fine("insights", terminal=True).err


def test_what_cannot_be_asked_is_refused_with_a_sentence(machine: Console) -> None:
    unknown = machine.run("insights", "Bea")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is no view called bea. There are: mood, year, who" in unknown.err
    assert "--since is after --until" in machine.run("insights", "--since", "today", "--until", "2026-01").err
    nothing = machine.fine("insights", "scale")
    assert (nothing.out, nothing.err) == ("", "Nothing is kept of these views in these days.\n")
