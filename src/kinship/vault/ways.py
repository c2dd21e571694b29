"""Which ways to open a vault there are, as far as that shows without a key. Loads next to nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kinship.ground.errors import KinshipError
from kinship.vault import durable, place

_LONGEST = 64 * 1024


class Ways(NamedTuple):
    """What a person may be asked for; the printed sheet always opens it besides."""

    passphrase: bool
    """Alone, as far as is known: a vault whose key files cannot be read is asked for one as well."""
    keyfile: bool
    """Beside a passphrase."""
    device: bool
    """A secret in this computer's keyring."""


class _Slot(Struct):
    kind: str


def ways(path: Path, state: Path) -> Ways:
    """Return how the vault at `path` may be opened here; `state` is the folder of all local states."""
    kinds = {_kind(file) for file in (path / place.KEYS).glob(f"*{place.KEY_ENDING}")}
    keyfile = place.BY_KEYFILE in kinds
    return Ways(place.BY_PASSPHRASE in kinds or not keyfile, keyfile, _has_device(path, state))


def _kind(file: Path) -> str:
    with suppress(OSError, ValueError):
        return msgspec.json.decode(durable.read_regular(file, most=_LONGEST), type=_Slot).kind
    return ""


def _has_device(path: Path, state: Path) -> bool:
    folders = {file.parent for file in state.glob(f"*/{place.DEVICE}/*{place.KEY_ENDING}")}
    if not folders:
        return False
    from kinship.vault.identity import read_identity  # noqa: PLC0415 - most have no such slot

    with suppress(OSError, KinshipError):
        return state / read_identity(path).vault.hex() / place.DEVICE in folders
    return False
