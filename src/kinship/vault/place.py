"""The folder of a vault seen from outside: whether one is there, and whether one could be. Loads next to nothing."""

from __future__ import annotations

from pathlib import Path

from kinship.ground.errors import Refused
from kinship.vault import durable

IDENTITY = "vault.kin"
KEYS, KEY_ENDING = "keys", ".key"
LOG, SEGMENT_ENDING = "log", ".seg"
DEVICE = "device"
"""The folder of the local state for the key files of this computer's keyring."""
BY_PASSPHRASE, BY_KEYFILE, BY_DEVICE = "passphrase", "keyfile", "device"
"""A passphrase; a passphrase and a keyfile together; a secret in the keyring of one computer."""
KEYFILE_VARIABLE = "KINSHIP_KEYFILE"
"""The environment variable that may name the keyfile."""


def exists(path: Path) -> bool:
    """Return whether there is a vault."""
    return (path / IDENTITY).is_file()


def remains(path: Path) -> bool:
    """Return whether a vault lies here that has lost its `vault.kin`: it can be opened, and gets a new one then."""
    return not exists(path) and any(
        entry.is_file()
        for folder, ending in ((KEYS, KEY_ENDING), (LOG, SEGMENT_ENDING))
        for entry in (path / folder).glob(f"*{ending}")
    )


def check_place(path: Path) -> None:
    """Raise Refused when a vault cannot be at `path`: a file, somebody else's, a folder of other things."""
    if path.is_symlink() and not path.exists():
        raise Refused(f"{path} is a link that leads nowhere.")
    if not path.exists():
        return
    if not path.is_dir():
        raise Refused(f"{path} is a file; a vault is a folder.", "Name another place.")
    durable.check_owner(path)
    for name in (IDENTITY, KEYS, LOG):
        if (path / name).is_symlink():
            raise Refused(f"{name} in {path} is a link; a vault has none.", "It may have been tampered with.")
    if not exists(path) and not remains(path) and any(path.iterdir()):
        raise Refused(f"{path} holds other things than a vault.", "Name a folder that is empty or not there yet.")
