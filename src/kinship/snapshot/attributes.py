"""What a table or graph file says of everybody: one set of columns for CSV and GraphML, in one order."""

from __future__ import annotations

from kinship.circle.support import kinds_given, kinds_returned
from kinship.journal.kinds import SUPPORT, Kind, subkinds_of
from kinship.journal.model import AlterId, Bond, Direction
from kinship.snapshot.names import pseudonymous_id
from kinship.snapshot.share import Share

Value = str | bool | int
"""A missing string is empty."""


def attributes(bond: Bond, share: Share) -> dict[str, Value]:
    """Return what leaves of a bond that has passed `careful`, by column; every bond has the same columns.

    `support_emotional` is whether they give that kind, expected or received in the year; `support_listening` whether
    that way of it is marked; `receives_emotional` whether the person gives it to them; `moments_emotional` how often it
    came from them in the 365 days. Strain has its columns where it leaves at all.
    """
    told: dict[str, Value] = {
        "name": bond.alter.name,
        "kind": bond.alter.kind.value,
        "status": bond.status.value,
        "ring": bond.ring.value if bond.ring is not None else "",
        "circle": bond.sector or "",
        "counted": bond.counted,
        "marked": is_marked(bond),
    }
    given, returned = kinds_given(bond), kinds_returned(bond)
    for kind in SUPPORT:
        told[f"support_{kind.value}"] = kind in given
        told |= {f"support_{one.id}": _ways(bond, one.id) for one in subkinds_of(kind)}
    told |= {f"receives_{kind.value}": kind in returned for kind in SUPPORT}
    told |= {f"moments_{kind.value}": _often(bond, kind) for kind in SUPPORT}
    if share.strain:
        told["strain_strain"] = bool(bond.strain) or _often(bond, Kind.STRAIN) > 0
        told |= {f"strain_{one.id}": one.id in bond.strain for one in subkinds_of(Kind.STRAIN)}
    return told


def is_marked(bond: Bond) -> bool:
    """Return whether anything at all was said of what goes to and fro; else nothing is known, not that nothing is."""
    return bool(bond.gives or bond.receives or bond.moments)


def depends_on_marks(column: str) -> bool:
    """Return whether a column is a missing value for somebody of whom nothing is marked."""
    return column.startswith(("support_", "receives_", "moments_"))


def code_of(id_: AlterId, seed: str) -> str:
    """Return a UUID that is the same in every export of one vault and cannot be traced to the id inside it."""
    digits = pseudonymous_id(id_, seed) + pseudonymous_id(f"{id_} ", seed)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"


def _ways(bond: Bond, word: str) -> bool:
    happened = any(one.subkind == word and one.direction is Direction.FROM_THEM for one in bond.moments)
    return word in bond.gives or happened


def _often(bond: Bond, kind: Kind) -> int:
    return sum(one.kind is kind and one.direction is Direction.FROM_THEM for one in bond.moments)
