"""Moving house: a fresh vault with keys of its own, everything written into it anew, read again and compared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from kinship.ground.clock import Clock
from kinship.ground.errors import Damaged, KinshipError, NewerVault, Refused
from kinship.vault import sealing
from kinship.vault.making import create_vault
from kinship.vault.merge import Head, add_head
from kinship.vault.removing import is_held, remove_files
from kinship.vault.roots import Terms, root_by_passphrase, root_by_sheet
from kinship.vault.slots import FLOOR
from kinship.vault.state import WRITERS
from kinship.vault.values import KdfCost, Randomness, RecoveryText
from kinship.vault.vault import LABELS, Address, Vault

AT_ONCE = 256
"""Versions that are made durable together."""
_NOT_ALL = frozenset({"damaged", "missing", "older", "other_key", "newer", "foreign", "tail"})

Progress = Callable[[int, int], None]
"""Is told how many versions of how many were written."""


class Moved(Struct, frozen=True):
    """A vault that was moved into."""

    vault: Vault
    """The new one, open."""
    recovery: RecoveryText
    documents: int
    drafts: int
    keep: tuple[str, ...]
    """Why the old folder should be kept for now, a sentence each; empty where it may go."""

    def __repr__(self) -> str:
        return f"Moved({self.vault!r})"


def rotate(
    old: Vault,
    path: Path,
    passphrase: str,
    *,
    state: Path,
    clock: Clock,
    cost: KdfCost | None = None,
    randomness: Randomness = os.urandom,
    progress: Progress | None = None,
) -> Moved:
    """Move everything in `old` into a fresh vault at `path` and return it; `old` is only read.

    The new vault has its own id, root secret, sheet and one passphrase; every version is carried with its vector, so
    that what still arrives in the old folder merges. It stands at `path` only when all of it was read again and is
    the same. Raises NewerVault for a vault that is only read, Refused, Misused, NotSaved or Damaged; then there is no
    new one, and the old one is as it was.
    """
    if old.read_only:
        raise NewerVault("This vault was made by a later kinship and cannot be moved by this one.")
    path = path.expanduser().resolve()
    if path == old.path or old.path in path.parents or path in old.path.parents:
        raise Refused("The new vault cannot lie in the old one, nor around it.", "Name another place.")
    old.refresh()
    wanted = _worth_moving(old)

    def fill(new: Vault) -> None:
        _write(new, wanted, progress)
        _check_same(new, wanted, state, clock)

    new, recovery = create_vault(
        path, passphrase, state=state, clock=clock, cost=cost, randomness=randomness, fill=fill
    )
    try:
        _check_opens(path, passphrase, recovery, state, cost)
        drafts = _move_drafts(old, new)
    except KinshipError:
        new.close()
        raise
    old.refresh()
    behind = () if _worth_moving(old) == wanted else ("Something was written into it while it was moved.",)
    return Moved(new, recovery, len(wanted), drafts, (*behind, *_reasons(old)))


def _worth_moving(old: Vault) -> dict[Address, tuple[Head, ...]]:
    return {address: heads for address, heads in old.everything().items() if address[0] != LABELS}


def _write(new: Vault, wanted: dict[Address, tuple[Head, ...]], progress: Progress | None) -> None:
    _write_versions(new, [(address, head) for address, heads in wanted.items() for head in heads], progress)


def _write_versions(new: Vault, versions: list[tuple[Address, Head]], progress: Progress | None) -> None:
    for start in range(0, len(versions), AT_ONCE):
        new.adopt(versions[start : start + AT_ONCE])
        if progress is not None:
            progress(min(start + AT_ONCE, len(versions)), len(versions))


def _check_same(new: Vault, wanted: dict[Address, tuple[Head, ...]], state: Path, clock: Clock) -> None:
    """Raise Damaged unless the files of the new vault hold what was meant, and nothing else."""
    again = Vault(new.path, new.site.key, state=state, clock=clock, randomness=os.urandom)
    again.load()
    if again.everything() != wanted or any(notice.what in _NOT_ALL for notice in again.notices):
        raise Damaged("The new vault does not read as it was written, so it was not kept.", "The old one is untouched.")


def _check_opens(path: Path, passphrase: str, recovery: RecoveryText, state: Path, cost: KdfCost | None) -> None:
    root = root_by_passphrase(path, passphrase, state=state, terms=Terms(floor=cost or FLOOR))
    if root.secret != root_by_sheet(path, recovery).secret:
        raise Damaged("Passphrase and sheet of the new vault do not agree.", "Keep the old one, and move again.")


def news_of(other: Vault, vault: Vault) -> list[tuple[Address, Head]]:
    """Return the versions in `other` that `vault` has not seen: what a merge would bring."""
    have = vault.everything()
    return [
        (address, head)
        for address, heads in _worth_moving(other).items()
        for head in heads
        if add_head(have.get(address, ()), head) is not have.get(address)
    ]


def merge(other: Vault, vault: Vault, progress: Progress | None = None) -> int:
    """Bring into `vault` every version of `other` that it has not seen, and return how many documents that changed.

    Versions keep their vectors: what was moved before is known, a later edit replaces what it saw, and edits on both
    sides stand beside each other. Raises NotSaved; what was merged by then stays, and a second merge brings the rest.
    """
    other.refresh()
    vault.refresh()
    news = news_of(other, vault)
    _write_versions(vault, news, progress)
    return len({address for address, _ in news})


def _move_drafts(old: Vault, new: Vault) -> int:
    drafts = old.drafts()
    for draft in drafts:
        new.save_draft(draft)
    return len(drafts)


def _reasons(old: Vault) -> Iterator[str]:
    if any(notice.what in _NOT_ALL for notice in old.notices):
        yield "Parts of it could not be read here, and may be readable elsewhere or have not arrived."
    waiting = len(list((old.path / sealing.FOLDER).glob("*")))
    if waiting:
        yield f"Sealed notes wait in it ({waiting}): open it once more to take them in, then move again."
    if _others_write(old):
        yield "Another program has it open."


def _others_write(old: Vault) -> bool:
    """Return whether another process on this computer holds a writing session of the vault."""
    locks = (old.site.state.folder / WRITERS).glob("*")
    return any(lock.name != old.writing and is_held(lock) for lock in locks)


def remove_old(old: Vault) -> tuple[str, ...]:
    """Close a vault that was moved and remove it with its local state and the backups there; return what is left.

    Only kinship's own files go: anything else in the folder is named and stays. Raises NotSaved where a file cannot
    be removed.
    """
    old.close()
    return remove_files(old.path, old.site.state.folder, remedy="The new vault is whole; remove the rest.")
