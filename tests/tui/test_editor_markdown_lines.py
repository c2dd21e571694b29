"""Markdown read one line at a time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.tui.widgets.markdown_lines import fence_after, runs_of, spans_of


def roles(line: str, fence: str | None = None) -> list[tuple[str, str]]:
    return [(line[start:end], role) for start, end, role in spans_of(line, fence)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("plain words", []),
        ("# Today", [("# ", "mark"), ("Today", "heading")]),
        ("#work is a tag", []),
        ("she *listened* to me", [("*", "mark"), ("listened", "emphasis"), ("*", "mark")]),
        ("**all** of it", [("**", "mark"), ("all", "strong"), ("**", "mark")]),
        ("~~no~~", [("~~", "mark"), ("no", "struck"), ("~~", "mark")]),
        ("`a*b*`", [("`", "mark"), ("a*b*", "code"), ("`", "mark")]),
        ("``a`b``", [("``", "mark"), ("a`b", "code"), ("``", "mark")]),
        ("one ` alone", []),
        ("snake_case_word", []),
        ("2 * 3 * 4", []),
        ("\\*not\\*", [("\\", "mark"), ("\\", "mark")]),
        ("> said Bea", [("> ", "mark"), ("said Bea", "quote")]),
        ("- milk", [("- ", "bullet")]),
        ("  2. [x] milk", [("  2. [x] ", "bullet")]),
        ("---", [("---", "mark")]),
        ("[the choir](https://a.example)", [("[", "mark"), ("the choir", "link"), ("](https://a.example)", "address")]),
        ("see https://a.example/b_c_d", [("https://a.example/b_c_d", "address")]),
    ],
)
def test_a_line_is_read_as_markdown(line: str, expected: list[tuple[str, str]]) -> None:
    assert roles(line) == expected


def test_emphasis_lies_within_a_heading_and_in_strong_words() -> None:
    line = "# **very *much***"
    assert {"heading", "strong"} <= {role for _, role in roles(line)}
    assert ("very", ["heading", "strong"]) in [
        (line[run.start : run.end].strip(), [role for role in run.roles if role != "emphasis"])
        for run in runs_of(line, spans_of(line))
    ]


def test_a_fence_holds_until_one_as_long_closes_it() -> None:
    fence = fence_after("````python", None)
    assert fence == "````"
    assert roles("*not* emphasis", fence) == [("*not* emphasis", "code")]
    assert fence_after("```", fence) == fence
    assert fence_after("````", fence) is None
    assert fence_after("~~~~", fence) == fence
    assert roles("````", fence) == [("````", "mark")]


def test_a_line_of_code_marks_is_no_fence() -> None:
    assert fence_after("```a``` b", None) is None


@given(st.text(alphabet="ab *_`~[]()\\#>-@\t1.x", max_size=80))
def test_runs_cover_each_line_once_and_in_order(line: str) -> None:
    runs = runs_of(line, spans_of(line))
    assert "".join(line[run.start : run.end] for run in runs) == line
    assert all(run.start < run.end for run in runs)


@pytest.mark.parametrize(
    "piece", ["*a ", "*a **b ", "`" * 3 + "a ` ", "[a](", "[", "_a* ", "> ", "- - -  ", "*a* ", "\\"]
)
def test_no_line_takes_long_to_read(piece: str) -> None:
    line = piece * (65_000 // len(piece))
    begun = time.process_time()
    runs_of(line, spans_of(line))
    assert time.process_time() - begun < 1.0
