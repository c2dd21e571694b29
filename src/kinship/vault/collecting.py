"""Work during which the collector has nothing to find: everything made only grows until it ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 5000
"""Documents of a table from which on each walk of the collector over them would be felt."""


def lasting(count: int) -> None:
    """Spare the collector what is there now, where `count` documents are many: they stay as long as the program does.

    What is let go of is freed as before; only cycles that were garbage at this moment stay.
    """
    if count >= MANY:
        gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from walking all documents again and again while many more are made."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
