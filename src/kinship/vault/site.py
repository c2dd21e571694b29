"""Where a vault lies, what opens it and what it takes from the machine: all that work on its files needs."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from kinship.ground.clock import Clock
from kinship.vault.crypto import Key
from kinship.vault.log import FOLDER
from kinship.vault.state import LocalState
from kinship.vault.values import Randomness


class Site(Struct, frozen=True):
    """One vault as files, unlocked."""

    path: Path
    key: Key
    state: LocalState
    clock: Clock
    randomness: Randomness

    def __repr__(self) -> str:
        return f"Site({self.path})"

    @property
    def log(self) -> Path:
        return self.path / FOLDER
