"""What still speaks of deleted pages: to be taken away before a purge."""

from __future__ import annotations

from collections.abc import Sequence

from kinship.journal.acts import change
from kinship.journal.journal import Journal
from kinship.journal.records import KeptAct
from kinship.vault import Change, Vault


def leftovers(journal: Journal) -> Sequence[Change]:
    """Return the changes that remove former texts and starred lines of pages that are gone.

    Kept acts go too that remember a document which was deleted since: taking such an act back would bring it back.
    """
    vault = journal.vault
    gone = [change("revisions", one.id, None) for one in journal.revisions if _is_deleted(vault, "entries", one.entry)]
    gone += [change("lines", one.id, None) for one in journal.lines if _is_deleted(vault, "entries", one.entry)]
    gone += [change("acts", act.id, None) for act in journal.kept_acts if _remembers_deleted(vault, act)]
    return gone


def _is_deleted(vault: Vault, table: str, id_: str) -> bool:
    """Return whether a document was deleted; one that was never seen, or is damaged, was not."""
    return vault.heads(table, id_) == (None,)


def _remembers_deleted(vault: Vault, act: KeptAct) -> bool:
    return any(former.before is not None and _is_deleted(vault, former.table, former.id) for former in act.formers)
