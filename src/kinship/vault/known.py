"""Which vaults this computer knows: where each was last opened, and what lies in the usual places. No key is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import KinshipError
from kinship.ground.places import VAULT_ENDING
from kinship.vault import durable
from kinship.vault.place import exists, remains

PLACE = "place"
"""The file of the local state that holds the folder a vault was last opened at: its path, and nothing else."""
LONGEST = 4096
_MOST = 200


class KnownVault(Struct, frozen=True):
    """A vault that was opened here, or that lies in one of the usual places."""

    path: Path
    opened: float
    """When it was last opened here, in seconds since 1970; 0 where it never was."""
    there: bool
    """Whether it lies there now; it does not while its drive is away."""

    def __repr__(self) -> str:
        return f"KnownVault(there={self.there})"


def note_place(state: Path, vault: bytes, path: Path) -> None:
    """Remember where a vault is; what the disk refuses is left for the next time."""
    place = state / vault.hex() / PLACE
    told = str(path.resolve()).encode("utf-8", "surrogateescape")
    with suppress(OSError, KinshipError):
        if place.is_file() and place.read_bytes() == told:
            place.touch()
            return
        durable.make_folder(place.parent)
        durable.replace_durable(place, told)


def known_vaults(state: Path, default: Path, beside: Iterable[Path] = ()) -> tuple[KnownVault, ...]:
    """Return the vaults this computer knows, the one that was opened last first.

    Known is what was opened here, and what lies beside the default place or beside one of `beside`.
    """
    found = {known.path: known for known in _remembered(state)}
    for folder in {default.parent, *(one.resolve().parent for one in beside)}:
        for path in sorted(folder.glob(f"*{VAULT_ENDING}"))[:_MOST]:
            if path.resolve() not in found and _is_vault(path):
                found[path.resolve()] = KnownVault(path.resolve(), 0, there=True)
    return tuple(sorted(found.values(), key=lambda one: (-one.opened, str(one.path))))


def _remembered(state: Path) -> Iterator[KnownVault]:
    for place in sorted(state.glob(f"*/{PLACE}"))[:_MOST]:
        with suppress(OSError, ValueError):
            path = Path(durable.read_regular(place, most=LONGEST).decode("utf-8", "surrogateescape"))
            if path.is_absolute():
                yield KnownVault(path, place.stat().st_mtime, there=_is_vault(path))


def _is_vault(path: Path) -> bool:
    try:
        return exists(path) or remains(path)
    except OSError:
        return False
