"""What is done by itself when a session is over: tidying, a backup a day, purging what was deleted a month ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress

from kinship.ground.errors import KinshipError
from kinship.vault import durable
from kinship.vault.backups import has_backup_of, make_daily_backup, rotate
from kinship.vault.identity import is_backup
from kinship.vault.purge import WAITING, purge
from kinship.vault.site import Site
from kinship.vault.tidy import is_untidy, tidy
from kinship.vault.values import Change
from kinship.vault.vault import Vault

PURGE_AFTER = dt.timedelta(days=30)
PURGE_AGAIN_AFTER = dt.timedelta(days=7)
"""Where something could not be purged (a session elsewhere that never ended), it is tried again so much later."""
PURGE_DAY = "purge.day"

Leftovers = Callable[[], Sequence[Change]]
"""Returns the changes that take away what belonged to deleted documents and was not deleted with them."""


def look_after(vault: Vault, leftovers: Leftovers) -> None:
    """Close a vault whose last save was acknowledged and do what is due; a refusal of the disk waits for next time.

    Most often that is one listing of a folder. `doctor` tells of backups that fail. A backup that was opened, and a
    vault of a later version, are left as they are.
    """
    if vault.read_only or is_backup(vault.path):
        vault.close()
        return
    with suppress(KinshipError, OSError):
        _look_after(vault, leftovers)
    vault.close()


def _look_after(vault: Vault, leftovers: Leftovers) -> None:
    site = vault.site
    backup_due = not has_backup_of(site, site.clock.now().date())
    if backup_due and _is_purge_due(vault):
        vault.commit(leftovers())
        note_purge(site)
        rotate(site, purge(vault).backup)
        return
    vault.close()
    if is_untidy(site.path):
        tidy(site)
    if backup_due:
        make_daily_backup(site)


def _is_purge_due(vault: Vault) -> bool:
    now = vault.site.clock.now()
    last = _last_purge(vault.site)
    return (
        (last is None or not last <= now.date() < last + PURGE_AGAIN_AFTER)
        and bool(vault.deleted_by(now - PURGE_AFTER))
        and not any(notice.what in WAITING for notice in vault.notices)
    )


def _last_purge(site: Site) -> dt.date | None:
    try:
        return dt.date.fromisoformat(durable.read_regular(site.state.folder / PURGE_DAY).decode().strip())
    except (OSError, ValueError):
        return None


def note_purge(site: Site) -> None:
    """Remember on which day a purge was begun here."""
    site.state.make()
    durable.replace_durable(site.state.folder / PURGE_DAY, f"{site.clock.now().date()}\n".encode())
