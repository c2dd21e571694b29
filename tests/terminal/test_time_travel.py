"""Ten years of a hundred and fifty people, walked through in the real program at eighty columns."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from builders.terminal import Terminal

pytestmark = pytest.mark.terminal

YEAR_BACK, MONTH_BACK = "\x1b[1;2D", "left"
ORDER = ("kinship", "demo", "--years", "10", "--people", "150", "--as-of", "2026-11-22")


def test_the_demo_of_ten_years_is_walked_through_in_time(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    with Terminal([sys.executable, "-m", *ORDER], environment) as terminal:
        terminal.wait_for("Lately")
        terminal.press("c")
        terminal.wait_for("enter open")
        terminal.press("t")
        terminal.wait_for("as of")
        terminal.press(MONTH_BACK)
        terminal.wait_for("as of 22 October 2026")
        for year in range(2025, 2016, -1):
            terminal.press(YEAR_BACK)
            screen = terminal.wait_for(f"as of 22 October {year}")
            assert "count on that day" in screen
        assert "Opa Josef" in terminal.text()
        assert "Noor" not in terminal.text()
        terminal.press("esc")
        terminal.wait_for("Noor")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
