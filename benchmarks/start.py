"""What starting costs: the help text beside a bare interpreter, the lock screen beside a minimal Textual program."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from builders.terminal import Terminal
from builders.vaults import new_vault
from table import Row

RUNS = 9
TURNS = 21

MINIMAL = """
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

class Minimal(App):
    def compose(self) -> ComposeResult:
        yield Static("ready")
        yield Input(password=True)

Minimal().run()
"""


def start_rows() -> list[Row]:
    """Return the rows for the help text and the lock screen (CPU of whole processes, milliseconds)."""
    bare = _command_cpu([sys.executable, "-c", "pass"])
    helped = _command_cpu([sys.executable, "-m", "kinship", "--help"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        vault = _vault_in(home)
        script = home / "minimal.py"
        script.write_text(MINIMAL)
        minimal, lock, ratio = _in_turns(
            lambda: _paint_cpu([sys.executable, str(script)], home, "ready"),
            lambda: _paint_cpu([sys.executable, "-m", "kinship", "--vault", str(vault)], home, "[Pp]assphrase"),
        )
    return [
        Row("kinship --help, on top of a bare interpreter", helped - bare, "ms", 60),
        Row("lock screen painted", lock, "ms", 1.25, minimal, "a minimal Textual program", ratio),
    ]


def _command_cpu(command: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return statistics.median(times)


def _in_turns(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float, float]:
    """Return the medians of both and the median of their ratios: pairs stand closer in time than a machine drifts."""
    pairs = [(first(), second()) for _ in range(TURNS)]
    ratio = statistics.median(b / a for a, b in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio


def _paint_cpu(command: list[str], home: Path, seen: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Terminal(command, {"HOME": str(home), "PATH": os.environ["PATH"]}, columns=120, rows=40) as terminal:
        terminal.wait_for(seen)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _vault_in(home: Path) -> Path:
    made = new_vault(home)
    made.vault.close()
    return made.path
