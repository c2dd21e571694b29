"""Sealed notes: left in a vault's inbox as a jot leaves them, or as somebody else would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.vaults import NOON
from kinship.vault import Vault
from kinship.vault.sealing import FOLDER, Address, put_in_inbox, seal


def note_file(address: Address, text: str = "the blue house", at: dt.datetime = NOON, zone: str = "UTC") -> bytes:
    """Return the file of a note."""
    return seal(address, text, at, zone)


def jotted(vault: Vault, *texts: str, at: dt.datetime = NOON) -> None:
    """Leave notes in the vault's inbox, a minute apart."""
    for minute, text in enumerate(texts):
        put_in_inbox(vault.path, note_file(vault.inbox.address, text, at + dt.timedelta(minutes=minute)))


def planted(vault: Vault | Path, name: str, data: bytes) -> Path:
    """Put a file into the inbox as anybody who can write the folder might."""
    folder = (vault if isinstance(vault, Path) else vault.path) / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def files_in(vault: Vault | Path) -> list[str]:
    """Return the names in the inbox."""
    folder = (vault if isinstance(vault, Path) else vault.path) / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
