"""What keeping costs: saving one page and loading ten thousand, beside the bare writes the disk needs anyway."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from builders.vaults import new_vault
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import Entry
from kinship.vault import open_vault
from lives import big_life
from table import Row, median_cpu

PAGES = 10_000
SAVES = 200
LOADS = 7
BODY = "Met Bea on the stairs and she listened. " * 20
FRAME = 1100
"""Bytes of one encrypted page of 800 B, for the bare write beside it."""
EVENING = FrozenClock(dt.datetime(2026, 11, 22, 21, 0, tzinfo=dt.UTC))


def store_rows() -> list[Row]:
    """Return the rows for a vault of ten thousand pages of 800 B (CPU milliseconds, bytes)."""
    life = big_life(PAGES)
    pages = [value for value in life if isinstance(value, Entry)]
    return [
        *_saving(life),
        Row(f"loading {PAGES:,} pages of 800 B after the key, all read", _loading(pages), "ms", 400),
        Row(f"the same with {len(life) - PAGES:,} people, ties and moments", _loading(life), "ms"),
    ]


def _saving(life: Iterable[Struct]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder), EVENING)
        with Journal(made.vault, EVENING) as journal:
            journal.take_in("benchmark", life)
            journal.keep_page(PageText(body=BODY))
            before = size_of(made.path)
            journal.keep_page(PageText(body=BODY))
            page = size_of(made.path) - before
            save = median_cpu(lambda: journal.keep_page(PageText(body=BODY)), SAVES)
        bare = median_cpu(bare_writer(Path(folder) / "bare"), SAVES)
    return [
        Row(f"a save, CPU beside the bare write and fsync, at {PAGES:,} pages", save - bare, "ms", 1.0),
        Row("bytes on disk for one new page of 800 B", page, "B", 2500),
    ]


def _loading(values: Iterable[Struct]) -> float:
    """Return the median CPU milliseconds from the key to every page of a vault with `values` read."""
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder), EVENING)
        with Journal(made.vault, EVENING) as journal:
            journal.take_in("benchmark", values)
        key = made.key()
        times = []
        for _ in range(LOADS):
            began = time.process_time()
            with Journal(open_vault(made.path, key, state=made.state, clock=EVENING), EVENING) as journal:
                assert len(journal.pages.latest(PAGES)) == PAGES
                times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def bare_writer(path: Path) -> Callable[[], None]:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def write() -> None:
        os.write(handle, b"\0" * FRAME)
        os.fsync(handle)

    return write


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
