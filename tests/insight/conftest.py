"""Rates of the simulations, printed at the end of a run: how often chance was called a pattern, with its interval.

A test takes the fixture `rate` and tells how often something happened among so many lives before it judges. With
`--long` (`pytest tests/insight --long`) it goes through twenty times as many lives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kinship.insight.numbers import wilson

PROPERTY = "rates"
LIVES, LONG = 20, 400
SURE = 1.96

Rate = Callable[..., None]
"""Takes the row, what happened, and among how many; or a row and a sentence."""


@pytest.fixture
def lives(request: pytest.FixtureRequest) -> int:
    share: float = request.config.getoption("--share")
    return max(LIVES, round(LONG * share)) if request.config.getoption("--long") else LIVES


@pytest.fixture
def rate(record_property: Callable[[str, object], None]) -> Rate:
    def tell(row: str, hits: int, among: int, what: str = "") -> None:
        record_property(PROPERTY, (row, hits, among, what))

    return tell


class Summary:
    """Prints what the simulations of this run told, wherever they ran."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int, int, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            told: list[tuple[str, Any]] = report.user_properties
            self.rows += [value for name, value in told if name == PROPERTY]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.rows:
            return
        terminalreporter.section("simulated lives: how often, and roughly how often at most and at least")
        width = max(len(row) for row, *_ in self.rows)
        for row, hits, among, what in sorted(self.rows):
            share = wilson(hits, among, SURE)
            between = f"{share.low:.1%} to {share.high:.1%}" if share is not None else ""
            terminalreporter.write_line(f"{row:{width}}  {hits:4} of {among} ({between}){f'  {what}' if what else ''}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Summary(), "kinship-rates")
