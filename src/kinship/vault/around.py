"""Where the things of one vault lie, for a look at how private that is; nothing is opened."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kinship.ground.errors import KinshipError
from kinship.ground.places import Places
from kinship.ground.settings import Settings
from kinship.privacy.place_checks import Around
from kinship.vault.identity import read_identity

BACKUPS = "backups"


def around_vault(path: Path, places: Places, settings: Settings) -> Around:
    """Return the folders that belong to the vault at `path`, which need not exist or be whole."""
    own = places.state
    with suppress(OSError, KinshipError):
        own = places.state / read_identity(path).vault.hex()
    return Around(path, places.state, places.config, own / BACKUPS, settings.editor, settings.lock_after)
