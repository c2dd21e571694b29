"""The demo's journal: a throw-away vault with a synthetic life in it."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

from kinship.demo.life import Life
from kinship.ground.clock import Clock
from kinship.journal.journal import Journal
from kinship.vault import KdfCost, create_vault

CHEAP = KdfCost(memory_kib=1024, passes=1)
"""Enough for a vault that nobody keeps: its passphrase is made up here and known to nobody."""
CHUNK = 2000
"""Documents that are taken in as one transaction."""


def demo_vault(folder: Path, life: Life, clock: Clock) -> Journal:
    """Return an open journal that holds `life`, in a new vault below `folder`; whoever made the folder removes it.

    The vault's id follows the life, so that one seed asks the same questions and draws the same map every time. Nothing
    of the life can be undone from the screens. Raises what making a vault raises: Refused, NotSaved.
    """
    place, passphrase = folder / "demo.kinship", secrets.token_hex(16)
    same = random.Random(life.alters[0].id).randbytes  # noqa: S311 - nothing secret lies here
    vault, _ = create_vault(place, passphrase, state=folder / "state", clock=clock, cost=CHEAP, randomness=same)
    journal = Journal(vault, clock)
    values = list(life.values())
    for start in range(0, len(values), CHUNK):
        journal.take_in("The demo", values[start : start + CHUNK])
    return Journal(vault, clock)
