"""What upkeep costs: purging a vault of fifty thousand pages, and opening one that a thousand commands wrote into."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from builders.vaults import Made, new_vault
from kinship.vault import Change, durable, open_vault
from kinship.vault.purge import purge
from kinship.vault.tidy import tidy
from kinship.vault.vault import Vault
from table import Row

PAGES = 50_000
SESSIONS = 1000
BODY = "Met Bea on the stairs and she listened. " * 20
AT_ONCE = 500


def upkeep_rows() -> list[Row]:
    """Return the rows for purging (seconds) and for opening after tidying, beside before (CPU milliseconds)."""
    return [_purge_row(), _open_row()]


def _purge_row() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder))
        for start in range(0, PAGES, AT_ONCE):
            made.vault.commit([_page(number) for number in range(start, start + AT_ONCE)])
        made.vault.commit([Change("entries", f"{number:032x}", None) for number in range(0, PAGES, 100)])
        made.vault.close()
        vault = made.reopen()
        began = time.process_time()
        done = purge(vault)
        seconds = time.process_time() - began
        assert done.tidied.into is not None
    return Row(f"purging {PAGES:,} pages of 800 B, new backup included", seconds, "s", 1.5)


def _open_row() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder))
        made.vault.close()
        synced = durable.sync_file
        durable.sync_file = lambda file: None  # noqa: ARG005 - only for making the thousand
        for number in range(SESSIONS):
            with Vault(made.path, made.key(), state=made.state, clock=made.clock, randomness=os.urandom) as vault:
                vault.commit([_page(number)])
        durable.sync_file = synced
        before = _opening(made)
        tidy(made.vault.site)
        after = _opening(made)
    return Row(f"opening after tidying {SESSIONS:,} files", after, "ms", 0.25, before, "the same before")


def _page(number: int) -> Change:
    return Change("entries", f"{number:032x}", {"body": BODY, "number": number})


def _opening(made: Made) -> float:
    times = []
    for _ in range(3):
        key = made.key()
        began = time.process_time()
        open_vault(made.path, key, state=made.state, clock=made.clock).close()
        times.append((time.process_time() - began) * 1000)
    return sorted(times)[1]
