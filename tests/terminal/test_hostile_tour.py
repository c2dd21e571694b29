"""Hostile words in every table, on every screen and widget: only what the program itself means reaches the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widget import Widget

from builders import tour
from builders.hostile import CONTROLS, MARKUP, ODD, leaks, short_corpus
from builders.terminal import Terminal

pytestmark = pytest.mark.terminal

UNWRITABLE = {"lone high surrogate", "lone low surrogate", "undecodable argument", "pair of surrogates"}
"""What no document can hold; a test of the doors shows that it is dropped there."""
AMBIGUOUS = {"CSI clear", "CSI colour", "CSI report", "CSI modes", "CSI keyboard", "device answer", "keys as text"} | {
    "carriage return",
    "bare escape",
}
"""What the program writes too, byte for byte; the rest of the corpus stands in for it."""
ORDERS = [text for name, text in CONTROLS.items() if name not in UNWRITABLE | AMBIGUOUS and len(text) < 1_000]
NAMES = [f"Zzq{text}" for text in (*ORDERS, *MARKUP.values())][:40]
WORDS = [text for text in (*ORDERS, *MARKUP.values(), *ODD.values()) if 0 < len(text) < 3_000]
NEVER_ALONE = {"RatesBody"}
"""Comes up once people were chosen in a session; it is made of what other steps show too."""
WITHOUT_FILTER = (
    "from kinship.tui.guard import OnlyText\n"
    "OnlyText.apply = lambda self, segments, background: segments\n"
    "from builders import tour\ntour.main()\n"
)


def toured(
    folder: Path, *, columns: int = 80, rows: int = 24, code: str = "", sessions: bool = False, only: Sequence[str] = ()
) -> tuple[bytes, int, str]:
    """Tour every screen with the corpus in every table; return what was written, the exit code and where it broke."""
    told = {"names": NAMES, "words": WORDS, "safe": False, "sessions": sessions, "only": only}
    (folder / "tour.json").write_text(json.dumps(told))
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(tour.__file__).parents[1])}
    command = [sys.executable, *(["-c", code] if code else [str(tour.__file__)]), str(folder)]
    with Terminal(command, environment, columns=columns, rows=rows) as terminal:
        ended = terminal.end(240)
        return bytes(terminal.raw), ended, terminal.text() if ended else ""


def test_no_word_is_obeyed_on_any_small_screen(tmp_path: Path) -> None:
    raw, code, shown = toured(tmp_path, columns=60, rows=20)
    assert code == 0, shown
    assert leaks(raw) == []
    assert b"Zzq" in raw


def test_every_screen_and_widget_is_on_the_tour_and_no_word_is_obeyed_there(tmp_path: Path) -> None:
    assert tour.unvisited() == []
    raw, code, shown = toured(tmp_path, columns=120, rows=40, sessions=True)
    assert code == 0, shown
    seen = set(json.loads((tmp_path / "seen.json").read_text()))
    assert {kind.__name__ for kind in tour.own(Widget)} - seen - NEVER_ALONE == set()
    assert leaks(raw) == []
    assert b"Zzq" in raw


def test_words_without_the_filter_would_be_noticed(tmp_path: Path) -> None:
    raw, _, _ = toured(tmp_path, code=WITHOUT_FILTER, only=["TodayScreen", "PersonScreen", "PageScreen"])
    assert leaks(raw)


def test_the_corpus_is_large_and_every_order_is_one() -> None:
    assert len(short_corpus()) > 100
    assert all(leaks(text) for text in ORDERS)
