"""The vault: an encrypted, append-only log of documents, and a TinyDB on top of it.

`create_vault` makes one; `unlock` turns a passphrase into a `Key`; `open_vault` reads the log and returns the `Vault`.
Importing this package loads nothing: each name is fetched from its module when it is first used, so that the lock
screen is there at once and `kinship jot` stays a matter of an instant. A new name stands in all three lists below.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinship.vault.crypto import Key
    from kinship.vault.making import create_vault
    from kinship.vault.opening import open_vault, unlock, unlock_with_recovery
    from kinship.vault.place import check_place, exists, remains
    from kinship.vault.values import (
        Change,
        Changed,
        Document,
        Draft,
        KdfCost,
        Notice,
        RecoveryText,
        Side,
        Version,
        Writing,
        new_id,
    )
    from kinship.vault.vault import Vault

__all__ = [
    "Change",
    "Changed",
    "Document",
    "Draft",
    "KdfCost",
    "Key",
    "Notice",
    "RecoveryText",
    "Side",
    "Vault",
    "Version",
    "Writing",
    "check_place",
    "create_vault",
    "exists",
    "new_id",
    "open_vault",
    "remains",
    "unlock",
    "unlock_with_recovery",
]

_HOMES = {
    "crypto": ("Key",),
    "making": ("create_vault",),
    "opening": ("open_vault", "unlock", "unlock_with_recovery"),
    "place": ("check_place", "exists", "remains"),
    "values": (
        "Change",
        "Changed",
        "Document",
        "Draft",
        "KdfCost",
        "Notice",
        "RecoveryText",
        "Side",
        "Version",
        "Writing",
        "new_id",
    ),
    "vault": ("Vault",),
}
"""Each module and what is fetched from it."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        for module, names in _HOMES.items():
            if name in names:
                found = getattr(importlib.import_module(f"{__name__}.{module}"), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
