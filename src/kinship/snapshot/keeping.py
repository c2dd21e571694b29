"""From a journal to a kept map, and from a kept map to what may leave of it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from kinship.journal.journal import Journal
from kinship.journal.model import AlterId, Circle, Snapshot
from kinship.privacy.text import clean_line
from kinship.snapshot.kept import LONGEST_TITLE, check_names, frozen, names_of, seed_for, thawed
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.share import NamesMode, Share


class Leaving(Struct, frozen=True):
    """A map that may leave: what `render` and `preview` are given."""

    circle: Circle
    share: Share
    seed: str
    order: tuple[AlterId, ...]

    def __repr__(self) -> str:
        return f"Leaving({len(self.circle.bonds)})"


def keep_map(journal: Journal, circle: Circle, *, title: str = "", names: NamesMode = NamesMode.FULL) -> Snapshot:
    """Keep `circle` in the vault as it is, and return it as it was kept. Raises NotSaved."""
    told, mode = frozen(circle, names=names, seed=journal.vault.id, order=order_of_coming(journal.facts))
    act = journal.keep_snapshot(told, as_of=circle.as_of, title=clean_line(title)[:LONGEST_TITLE].strip(), names=mode)
    (made,) = act.made["snapshots"]
    return journal.find_snapshot(made)


def leaving_of(journal: Journal, kept: Snapshot, share: Share, names: NamesMode | None = None) -> Leaving:
    """Return a kept map as it may leave under `share`, people called as `names` says.

    Without `names` it is as `share` says, or as it was kept where it can only leave so. Raises Refused where the map
    was kept without such names, Damaged where it cannot be read.
    """
    if names is not None:
        check_names(kept, names)
        share = msgspec.structs.replace(share, names=names)
    elif names_of(kept) is not NamesMode.FULL:
        share = msgspec.structs.replace(share, names=names_of(kept))
    return Leaving(thawed(kept), share, seed_for(kept, journal.vault.id), order_of_coming(journal.facts))


def leaving_now(journal: Journal, circle: Circle, share: Share) -> Leaving:
    """Return a map of the journal, of whatever day, as it may leave under `share`."""
    return Leaving(circle, share, journal.vault.id, order_of_coming(journal.facts))
