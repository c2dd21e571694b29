"""Keyfiles: the second factor beside a passphrase."""

from __future__ import annotations

import os
from pathlib import Path

from kinship.ground.errors import Misused
from kinship.vault.slots import LARGEST_KEYFILE, check_keyfile
from kinship.vault.values import Randomness

FRESH_BYTES = 64


def read_keyfile(path: Path) -> bytes:
    """Return what a keyfile holds. Raises Misused where it cannot be read, is empty or larger than 1 MiB."""
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(LARGEST_KEYFILE + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise Misused(f"The keyfile {path} cannot be read.", "Is its drive connected?") from error
    check_keyfile(data)
    return data


def fresh_keyfile(randomness: Randomness = os.urandom) -> bytes:
    """Return the content of a new keyfile: 64 random bytes."""
    return randomness(FRESH_BYTES)
