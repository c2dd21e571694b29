"""The search language on the command line: the same words as on the screen, and filters that are its keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, console


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    made = console(tmp_path / "home")
    made.fine("people", "add", "Bea Novak")
    made.fine("write", "rain on the stairs with @Bea Novak #sea", "--mood", "6", "--date", "2026-11-01")
    made.fine("write", "rain in the garden", "--mood", "3", "--date", "2026-11-10", "--topic", "Rest")
    made.fine("write", "sun in the garden")
    return made


def found(machine: Console, *words: str) -> list[str]:
    return [page["body"].split(" ", 1)[0] + page["body"][-2:] for page in machine.fine(*words).json]


ALL = ["sunen", "rainen", "rainea"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["rain"], ALL[1:]),
        (["rain -garden"], ["rainea"]),
        (["--", "rain", "-garden"], ["rainea"]),
        (['"the stairs"', "or", "sun"], ["sunen", "rainea"]),
        (["person:bea"], ["rainea"]),
        (["person:nov mood:>=5"], ["rainea"]),
        (["mood:3..6", "since:2026-11-05"], ["rainen"]),
        (["tag:sea", "or", "topic:rest"], ALL[1:]),
        (["has:mood", "until:2026-11-05"], ["rainea"]),
        (["rain", "--mood", "3..4"], ["rainen"]),
        (["rain", "--person", "Bea Novak"], ["rainea"]),
        (["--", "-rain"], ["sunen"]),
    ],
)
def test_a_search_line_asks_for_these(machine: Console, words: list[str], wanted: list[str]) -> None:
    assert found(machine, "search", "--json", *words) == wanted


def test_the_filters_of_list_are_keys_of_the_language(machine: Console) -> None:
    assert (
        found(machine, "list", "--json", "--mood", ">=5")
        == found(machine, "search", "--json", "mood:>=5")
        == ["rainea"]
    )
    assert found(machine, "list", "--json", "--stress", "0..10") == []
    assert found(machine, "list", "--json", "--starred") == []
    assert found(machine, "list", "--json", "--topic", "rest") == ["rainen"]
    assert found(machine, "list", "--json", "--journal", "none") == []
    assert found(machine, "list", "--json", "--tag", "two words") == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["search", "moods:3"], 2, "mood:"),
        (["search", "mood:12"], 2, "0 to 10"),
        (["list", "--mood", "well"], 2, "mood:3..6"),
        (["search", "person:Boa"], 1, "did you mean Bea"),
        (["search", "since:soonish"], 2, "yesterday"),
    ],
)
def test_what_means_nothing_is_one_sentence(machine: Console, words: list[str], code: int, said: str) -> None:
    result = machine.run(*words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_hostile_lines_reach_no_terminal(machine: Console) -> None:
    for told in hostile.short_corpus().values():
        for line in (f"x{told}", f"tag:{told}", f"zz:{told}", f"mood:{told}", f"person:{told}"):
            result = machine.run("search", line, terminal=True)
            assert hostile.leaks(result.out + result.err) == [], line
            assert "unexpectedly" not in result.err, line
