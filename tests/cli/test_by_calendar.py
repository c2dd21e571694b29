"""Saved searches, a year as a calendar, and this day in years before, typed as commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Rex")
    for day, words in (
        ("2026-11-22", "tea"),
        ("2026-11-01", "rain"),
        ("2025-11-22", "a heron"),
        ("2024-11-22", "@Rex"),
    ):
        made.fine("write", words, "--date", day)
    made.fine("write", "more rain", "--date", "2026-11-01")
    return made


def test_a_search_is_saved_used_named_anew_and_deleted(machine: Console) -> None:
    machine.fine("searches", "save", "Wet days", "rain", "or", "heron")
    assert machine.fine("searches").out == "Wet days: rain or heron\n"
    assert len(machine.fine("search", "--saved", "wet days", "--json").json) == 3
    assert len(machine.fine("search", "--saved", "Wet days", "since:2026", "--json").json) == 2
    machine.fine("searches", "rename", "Wet days", "Rain")
    assert machine.fine("searches", "--json").json == [{"name": "Rain", "words": "rain or heron"}]
    assert "Did you mean Rain?" in machine.run("search", "--saved", "Rian").err
    machine.fine("searches", "delete", "rain")
    assert machine.fine("searches").out == ""
    assert machine.run("searches", "save", "x", "moods:3").code == 2
    assert machine.run("searches", "save", " ", "rain").code == 2
    assert machine.run("search").code == 2


def test_a_search_shows_where_its_words_stand_and_what_lists_say(machine: Console) -> None:
    machine.fine("write", "Sunday\n\nWe saw *the heron* by the weir.", "--mood", "6")
    first, second, *_ = machine.fine("search", "heron").out.splitlines()
    assert first.endswith("Sunday  (mood 6)")
    assert second == "    Sunday We saw *the heron* by the weir."


def test_a_year_is_drawn_said_and_counted(machine: Console) -> None:
    assert machine.fine("year", "--json").json == {
        "year": 2026, "pages": 3, "days": {"2026-11-01": 2, "2026-11-22": 1},
    }  # fmt: skip
    drawn = machine.fine("year", "2026").out.splitlines()
    assert drawn[0] == "2026: 3 pages on 2 days."
    assert " ".join(drawn[1].split()) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    assert {drawn[8].count("●"), drawn[8].count("•")} == {1}
    assert machine.fine("year", "2026", "tea", "--plain").out.splitlines()[1:] == ["November 2026: 1 page on 1 day."]
    assert machine.fine("year", "2020").out.startswith("2020: no page.\n")
    assert machine.run("year", "0000").code == 2


def test_this_day_in_years_before_is_shown_and_by_itself_only_once_chosen(machine: Console) -> None:
    bodies = [page["body"] for page in machine.fine("on-this-day", "--json").json]
    assert bodies == ["a heron", "@Rex"]
    assert machine.fine("on-this-day", "1 November").out == ""
    assert (
        machine.fine("search", "day:11-22", "until:2025", "--json").json == machine.fine("on-this-day", "--json").json
    )
    assert machine.fine("today", "--json").json["on_this_day"] == []
    machine.fine("on-this-day", "--on-today")
    assert [page["title"] for page in machine.fine("today", "--json").json["on_this_day"]] == ["a heron", "@Rex"]
    machine.fine("people", "edit", "Rex", "--status", "no_contact")
    today = machine.fine("today").out
    assert "On this day" in today
    assert "a heron" in today
    assert "@Rex" not in today
    machine.fine("on-this-day", "--not-on-today")
    assert "heron" not in machine.fine("today").out
