"""Who is asked about in a round of who knows whom, and of whom it is likely that they know each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from kinship.journal.model import AlterId, Bond, Circle, Entry, Ring

_CLOSE = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2, None: 3}
_SAME_SECTOR = 3
_MOST_PAGES = 3
_MOST_SHARED = 2


def round_of(circle: Circle) -> tuple[Bond, ...]:
    """Return whom a round asks about, the closest first: only those who count, so that nobody is brought up again."""
    return tuple(
        sorted(
            (bond for bond in circle.bonds if bond.counted),
            key=lambda bond: (_CLOSE[bond.ring], bond.alter.name.casefold(), bond.alter.id),
        )
    )


def acquainted(circle: Circle, alter: AlterId) -> dict[AlterId, int]:
    """Return whom an alter knows (or is a member of, or has as one), each with the strength of the tie."""
    return {
        tie.b if tie.a == alter else tie.a: tie.strength for tie in circle.ties if alter in (tie.a, tie.b)
    }  # fmt: skip


def together(pages: Iterable[Entry], kin: Collection[AlterId]) -> Counter[AlterId]:
    """Return how many of the pages name each other alter beside one of `kin`."""
    return Counter(other for page in pages for other in set(page.names.values()) if other not in kin)


def likely_first(
    me: Bond, circle: Circle, beside: Counter[AlterId], asked: Collection[AlterId] = ()
) -> tuple[Bond, ...]:
    """Return everybody `me` may know: those they do, then the likely ones, and last whom was asked about before.

    Likely are those of the same sector, those on the same pages, and those who share acquaintances.
    """
    mine = acquainted(circle, me.alter.id)
    shared = Counter(far for near in mine for far in acquainted(circle, near))
    sector = (me.sector or "").strip().casefold()

    def place(bond: Bond) -> tuple[bool, bool, int, str, AlterId]:
        id_ = bond.alter.id
        same = bool(sector) and sector == (bond.sector or "").strip().casefold()
        score = same * _SAME_SECTOR + min(beside[id_], _MOST_PAGES) + min(shared[id_], _MOST_SHARED)
        return id_ not in mine, id_ in asked, -score, bond.alter.name.casefold(), id_

    others = (bond for bond in circle.bonds if bond.alter.id != me.alter.id)
    return tuple(sorted((one for one in others if one.alter.id in mine or one.counted), key=place))
