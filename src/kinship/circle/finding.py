"""Finding somebody on the map by the first letters that come to mind."""

from __future__ import annotations

from kinship.circle.sentences import in_order
from kinship.journal.mentions import fold
from kinship.journal.model import AlterId, Bond, Circle

_NOWHERE = 4


def found_in(circle: Circle, words: str) -> tuple[AlterId, ...]:
    """Return who is meant by `words`, best first; nobody for no words.

    First whose name begins so, then one of whose words does, then who bears it anywhere in name or aliases, then whose
    circle word (family, work, ...) begins so; in each by ring, circle word and name.
    """
    typed = fold(words.strip())
    if not typed:
        return ()
    ranked = [(_rank(bond, typed), at, bond.alter.id) for at, bond in enumerate(in_order(circle))]
    return tuple(alter for rank, _, alter in sorted(ranked) if rank < _NOWHERE)


def _rank(bond: Bond, typed: str) -> int:
    names = [fold(name) for name in (bond.alter.name, *bond.alter.aliases)]
    if any(name.startswith(typed) for name in names):
        return 0
    if any(word.startswith(typed) for name in names for word in name.replace("-", " ").split()):
        return 1
    if any(typed in name for name in names):
        return 2
    return 3 if fold((bond.sector or "").strip()).startswith(typed) else _NOWHERE
