"""What looking back costs: ten years of days, put together and held against chance."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from builders.journals import new_journal
from kinship.ground.clock import FrozenClock
from kinship.insight.material import gather
from kinship.insight.patterns import patterns
from kinship.insight.views import views
from lives import AS_OF, YEARS, big_life
from table import Row, median_cpu

WRITTEN, TRIED = 400.0, 4000.0
"""Milliseconds that all views of what was written may take, and all that is held against chance."""


def patterns_rows() -> list[Row]:
    """Return the rows for gathering and showing what was written, and for the statistics."""
    with TemporaryDirectory() as folder:
        journal = new_journal(Path(folder), FrozenClock(dt.datetime.combine(AS_OF, dt.time(21), dt.UTC)))
        journal.perform("A life", [journal.put(value) for value in big_life()])
        gather(journal)
        material = gather(journal)
        shown = median_cpu(lambda: views(gather(journal)), 7)
        tried = median_cpu(partial(patterns, material.days), 3)
    return [
        Row(f"every view of what was written in {YEARS} years", shown, "ms", WRITTEN),
        Row(f"mood and support of {YEARS} years, held against chance", tried, "ms", TRIED),
    ]
