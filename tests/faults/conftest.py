"""Figures of the fault tests, added up over all of them and printed at the end of a run.

A test takes the fixture `tally` and tells what it did before it judges: `tally("torn writes", states=33, wrong=0)`.
A negative control is known by its name, which ends in `would_be_noticed`: one that passes has caught its sabotage.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CONTROL = "would_be_noticed"
PROPERTY = "fault figures"

PARTS = 4
"""Into how many tests a long loop is cut, so that several processes share it."""

Counted = Callable[[int, int], int]
"""Takes the short and the long count of a loop and returns how often it runs."""

Tally = Callable[..., None]
"""Takes the row of the table that a test belongs to, and its counts by name."""


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one: for files by the hundred thousand, whose disk is not what is tested."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="kinship-faults-", dir=memory))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Counted:
    share: float = request.config.getoption("--share")
    if not request.config.getoption("--long"):
        return lambda short, _: short
    return lambda short, long: max(short, round(long * share))


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    def add(row: str, **counts: int) -> None:
        record_property(PROPERTY, (row, counts))

    return add


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", range(PARTS if metafunc.config.getoption("--long") else 1))


class Summary:
    """Adds up what the tests of this run tell, wherever they ran."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[str]] = defaultdict(Counter)
        self.caught = 0
        self.missed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        told: list[tuple[str, Any]] = report.user_properties
        for name, value in told:
            if name == PROPERTY:
                self.rows[value[0]].update(value[1])
        if CONTROL in report.nodeid:
            self.caught += report.passed
            if not report.passed:
                self.missed.append(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.rows:
            return
        share = terminalreporter.config.getoption("--share")
        how = f"long counts, {share:.0%} of them" if terminalreporter.config.getoption("--long") else "short counts"
        terminalreporter.section(f"faults ({how}): what was run, and what came out")
        width = max(len(row) for row in self.rows)
        together: Counter[str] = Counter()
        for row, counts in sorted(self.rows.items()):
            together.update(counts)
            terminalreporter.write_line(f"{row:{width}}  {_line(counts)}")
        controls = self.caught + len(self.missed)
        terminalreporter.write_line(
            f"{'altogether':{width}}  {together['saves']:,} acknowledged saves, {together['lost']:,} lost, "
            f"{together['wrong']:,} wrong answers; {self.caught} of {controls} sabotages caught"
        )
        for missed in self.missed:
            terminalreporter.write_line(f"not caught: {missed}")


def _line(counts: Counter[str]) -> str:
    told = [f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items() if name not in _LAST]
    return ", ".join([*told, *(f"{counts[name]:,} {name}" for name in ("lost", "wrong") if name in counts)])


_LAST = frozenset({"lost", "wrong"})


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Summary(), "kinship-faults")
