"""docs/privacy.md names, for each thing that could happen, where the measure lives and a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinship.ground.settings import Settings
from kinship.privacy.editor import KNOWN

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs" / "privacy.md").read_text("utf-8")
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("|")][2:]
PATHS = re.compile(r"`((?:src|tests|docs)/[\w./-]+)`")


def paths_in(text: str) -> list[str]:
    return PATHS.findall(text)


def test_the_table_is_whole() -> None:
    assert len(ROWS) >= 18
    assert all(len(row) == 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip()[:40] for row in ROWS])
def test_every_row_names_the_code_and_a_test_that_exist(row: list[str]) -> None:
    code, tests = paths_in(row[1]), paths_in(row[2])
    assert [path for path in code if path.startswith("src/")]
    assert [path for path in tests if path.startswith("tests/")]
    assert [path for path in (*code, *tests) if not (TOP / path).is_file()] == []
    for path in tests:
        assert "def test_" in (TOP / path).read_text("utf-8") or path.startswith("tests/look/")


def test_every_path_on_the_page_is_there() -> None:
    assert [path for path in paths_in(PAGE) if not (TOP / path).exists()] == []


def test_a_row_whose_test_is_gone_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        test_every_row_names_the_code_and_a_test_that_exist(
            ["x", "`src/kinship/cli/main.py`", "`tests/leaks/test_gone.py`"]
        )


def test_the_editors_and_settings_of_the_page_are_the_ones_that_are() -> None:
    told = PAGE.partition("## Another editor")[2]
    assert all(re.search(rf"\b{name}\b", told) for name in KNOWN)
    assert {"editor", "editor_flags", "lock_after"} <= set(Settings.__struct_fields__)
