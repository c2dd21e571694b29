"""What every screen is given besides the journal: the clock, places, settings, randomness and environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinship import __version__
from kinship.ground.clock import Clock, SystemClock
from kinship.ground.places import Places, find_places
from kinship.ground.settings import Settings
from kinship.tui.again import Locked


@dataclass(frozen=True)
class Context:
    """The world around the screens; tests pass frozen parts."""

    clock: Clock = field(default_factory=SystemClock)
    places: Places = field(default_factory=find_places)
    settings: Settings = field(default_factory=Settings)
    randomness: Callable[[int], bytes] = os.urandom
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    version: str = __version__
    demo: bool = False
    """Whether the open journal is the synthetic one, which lives for this run only."""
    locked: Locked | None = None
    """What the lock screen comes from, where it comes from a lock."""
    exports: Path = field(default_factory=Path.cwd)
    """The folder that a written file is offered to go to."""
