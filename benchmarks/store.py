"""What keeping costs: saving one page and loading ten thousand, beside the bare writes the disk needs anyway."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from pathlib import Path

from builders.vaults import new_vault
from kinship.journal.journal import Journal, PageText
from lives import big_life

from kinship.ground.clock import FrozenClock
from kinship.vault import open_vault
from table import Row, median_cpu

PAGES = 10_000
BODY = "Met Bea on the stairs and she listened. " * 20
FRAME = 1100
"""Bytes of one encrypted page of 800 B, for the bare write beside it."""


def store_rows() -> list[Row]:
    """Return the rows for a vault of ten thousand pages of 800 B (CPU milliseconds, bytes)."""
    clock = FrozenClock(dt.datetime(2026, 11, 22, 21, 0, tzinfo=dt.UTC))
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder), clock)
        journal = Journal(made.vault, clock)
        journal.take_in("benchmark", big_life(PAGES))
        before = _size(made.path)
        journal.keep_page(PageText(body=BODY))
        first = _size(made.path) - before
        journal.keep_page(PageText(body=BODY))
        page = _size(made.path) - before - first
        save = median_cpu(lambda: journal.keep_page(PageText(body=BODY)), 200)
        bare = median_cpu(_bare_writer(Path(folder) / "bare"), 200)
        key = made.key()
        made.vault.close()
        loads = []
        for _ in range(5):
            began = time.process_time()
            again = Journal(open_vault(made.path, key, state=made.state, clock=clock), clock)
            assert len(again.pages.latest(PAGES)) == PAGES
            loads.append((time.process_time() - began) * 1000)
            again.close()
    return [
        Row(f"a save, CPU beside the bare write and fsync, at {PAGES:,} pages", save - bare, "ms", 1.0),
        Row("bytes on disk for one new page of 800 B", page, "B", 2500),
        Row(f"loading {PAGES:,} pages of 800 B after the key", sorted(loads)[2], "ms", 400),
    ]


def _bare_writer(path: Path) -> object:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def write() -> None:
        os.write(handle, b"\0" * FRAME)
        os.fsync(handle)

    return write


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
