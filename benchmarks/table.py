"""A row of the benchmark and the table that shows the rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, against which baseline of the same run (if any), and the limit where there is one."""

    what: str
    measured: float
    unit: str
    budget: float | None = None
    baseline: float | None = None
    against: str = ""
    ratio: float | None = None
    """The median of measured/baseline pair by pair, where the two were run in turns."""

    @property
    def figure(self) -> float:
        """Return what the budget speaks of: the ratio where there is a baseline, the measured value otherwise."""
        if self.ratio is not None:
            return self.ratio
        return self.measured / self.baseline if self.baseline else self.measured

    @property
    def kept(self) -> bool:
        return self.budget is None or self.figure <= self.budget


def median_cpu(act: Callable[[], object], runs: int) -> float:
    """Return the median CPU milliseconds of this process for one call of `act`, waiting not counted."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def show(rows: list[Row]) -> None:
    """Print the rows under one head, a line each."""
    print(f"{'what':60} {'measured':>12} {'baseline':>12} {'figure':>8} {'budget':>8}")
    for row in rows:
        base = f"{row.baseline:.2f} {row.unit}" if row.baseline else "-"
        limit = f"{'-' if row.budget is None else _told(row.budget):>8}"
        mark = "" if row.kept else "  OVER"
        print(
            f"{row.what:60} {row.measured:>9.2f} {row.unit:2} {base:>12} {_told(row.figure):>8} {limit}{mark}"
            + (f"   against {row.against}" if row.against else "")
        )


def _told(figure: float) -> str:
    return f"{figure:.2f}" if figure >= 0.1 else f"{figure:.2g}"
