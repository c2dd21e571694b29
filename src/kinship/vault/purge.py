"""Purging: true deletion, as far as it goes, of what was deleted or written over, and a new backup without it."""

from __future__ import annotations

from msgspec import Struct

from kinship.ground.errors import Refused
from kinship.vault.backups import Backup, make_backup, own_backups
from kinship.vault.fold import Whole
from kinship.vault.tidy import Order, Tidied, quarantined, tidy
from kinship.vault.vault import Vault

OUT_OF_REACH = (
    "Out of reach are the older versions that a syncer, git or file system snapshots keep, copies of the folder "
    "elsewhere, and what the drive itself still holds."
)
WAITING = frozenset({"missing", "older"})
"""Kinds of notice that say that something is still to come, or was here and is not."""


class Purged(Struct, frozen=True):
    """What a purge did, and what may still hold words that were deleted."""

    tidied: Tidied
    backup: Backup
    """Made afterwards, without what was purged."""
    older: tuple[Backup, ...]
    """Backups from before, which hold it."""
    left: tuple[str, ...]
    """A sentence for each place on this computer or in the folder that could not be purged."""


def purge(vault: Vault) -> Purged:
    """Close the vault and write everything that can be folded anew: heads and marks of deletion, nothing else.

    Then a new backup is made and verified; older ones are only named. Raises Refused while writing sessions are missing
    (their saves may need what would be dropped) or another program tidies; NotSaved and Damaged as tidying does.
    """
    missing = [notice for notice in vault.notices if notice.what in WAITING]
    if missing:
        raise Refused(
            f"Purging waits: {missing[0].sentence} ({missing[0].where})",
            "Let the folder sync first, or restore a backup.",
        )
    vault.close()
    site = vault.site
    older = own_backups(site)
    done = tidy(site, Order(asked=True, everything=True))
    if done is None:
        raise Refused("Another program is tidying this vault just now.", "Try again in a moment.")
    backup = make_backup(site)
    left = [_still_open(whole, ours=_is_ours(vault, whole)) for whole in done.open]
    left += [f"{name} in log/ cannot be read to its end and was left alone." for name in done.unreadable]
    set_aside = len(quarantined(site))
    if set_aside:
        left.append(
            f"{set_aside} file{'s' * (set_aside > 1)} in quarantine on this computer may hold what was deleted."
        )
    return Purged(done, backup, older, tuple(left))


def _is_ours(vault: Vault, whole: Whole) -> bool:
    return whole.opening is not None and whole.opening.device == vault.device


def _still_open(whole: Whole, *, ours: bool) -> str:
    began = f" from {whole.opening.at[:10]}" if whole.opening is not None else ""
    where = "this computer" if ours else whole.device or "an unknown computer"
    return f"A writing session on {where}{began} has not ended and was left alone; it keeps what stands in it."
