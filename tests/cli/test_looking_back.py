"""`kinship lookback`: the last month, or the one that is named; kept only where that is asked for."""

from __future__ import annotations

from pathlib import Path

from builders.console import console


def test_a_month_is_shown_told_to_a_script_and_kept(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", "Bea")
    machine.fine("write", "Tea with @Bea.", "--date", "2026-10-02")
    machine.fine("support", "Bea", "--gives", "listening", "--on", "2026-10-02")
    shown = machine.fine("lookback").out
    assert shown.startswith("Looking back at October 2026\n\nWho came up\n  Bea.\n")
    told = machine.fine("lookback", "2026-10", "--without", "people", "--json").json
    assert (told["month"], told["pages"], told["people"]) == ("2026-10", 1, [])
    assert told["kinds"] == ["There was emotional support on 1 day."]
    page = machine.fine("lookback", "--keep").id
    assert machine.fine("show", page, "--json").json["title"] == "Looking back at October 2026"


def test_a_month_without_anything_is_one_sentence(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    ended = machine.fine("lookback", "2020-02")
    assert (ended.out, ended.err) == (
        "",
        "Nothing of February 2020 is kept here, so there is nothing to look back at.\n",
    )
    assert machine.run("lookback", "2020-02", "--keep").code == 2
