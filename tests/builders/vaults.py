"""Throw-away vaults with a passphrase that costs nothing to try."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from kinship.ground.clock import Clock, FrozenClock
from kinship.vault import KdfCost, Key, Vault, create_vault, open_vault, unlock

CHEAP = KdfCost(64, 1)
PASSPHRASE = "correct horse battery staple"
NOON = dt.datetime(2024, 5, 3, 12, 0, tzinfo=dt.UTC)


@dataclass
class Made:
    """A vault on disk and how to get into it again."""

    path: Path
    state: Path
    recovery: str
    vault: Vault
    clock: Clock = field(default_factory=lambda: FrozenClock(NOON))
    passphrase: str = PASSPHRASE

    def key(self) -> Key:
        return unlock(self.path, self.passphrase, state=self.state, floor=CHEAP)

    def reopen(self, *, state: Path | None = None, path: Path | None = None) -> Vault:
        """Return the vault opened once more, beside whatever is open; `state` and `path` make it another computer."""
        return open_vault(path or self.path, self.key(), state=state or self.state, clock=self.clock)


def new_vault(tmp_path: Path, clock: Clock | None = None, name: str = "journal") -> Made:
    """Return a fresh open vault under `tmp_path`."""
    time = clock or FrozenClock(NOON)
    path, state = tmp_path / f"{name}.kinship", tmp_path / f"{name}-state"
    vault, recovery = create_vault(path, PASSPHRASE, state=state, clock=time, cost=CHEAP)
    return Made(path, state, recovery, vault, time)
