"""The vault: an encrypted, append-only log of documents, and a TinyDB on top of it.

`create_vault` makes one; `unlock` turns a passphrase into a `Key`; `open_vault` reads the log and returns the `Vault`.
Importing this package loads neither `cryptography` nor `tinydb`.
"""

from kinship.vault.crypto import Key
from kinship.vault.making import create_vault
from kinship.vault.opening import check_place, exists, open_vault, remains, unlock, unlock_with_recovery
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
