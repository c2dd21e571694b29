"""Of whom a circle is made: shares of categories, how mixed they are, and how far ties cross them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable

from msgspec import Struct


class Composition(Struct, frozen=True):
    """The categories of those whose category is known."""

    known: int
    """n, for how many the category is known."""
    possible: int
    """k, how many categories there could be."""
    shares: dict[str, float]
    """Category to its share, largest first; empty for n = 0."""
    blau: float | None = None
    """1 - sum p^2: 0 to 1 - 1/k; None for n = 0 (Blau 1977)."""
    iqv: float | None = None
    """Blau / (1 - 1/k): 0 to 1; None for n = 0 or k = 1 (Mueller & Schuessler 1961)."""
    entropy: float | None = None
    """-sum p log2 p, in bits: 0 to log2 k; None for n = 0 (Shannon 1948)."""


def composition(values: Iterable[str | None], possible: int) -> Composition:
    """Return the composition of `values`, None for those not known; `possible` is k, never less than what is found."""
    counts = Counter(value for value in values if value is not None)
    known, kinds = counts.total(), max(possible, len(counts))
    if known == 0:
        return Composition(known=0, possible=kinds, shares={})
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shares = {value: count / known for value, count in ordered}
    blau = 1 - sum(share**2 for share in shares.values())
    return Composition(
        known=known,
        possible=kinds,
        shares=shares,
        blau=blau,
        iqv=blau / (1 - 1 / kinds) if kinds > 1 else None,
        entropy=max(0.0, -sum(share * math.log2(share) for share in shares.values())),
    )


def ei_index(pairs: Iterable[tuple[Hashable | None, Hashable | None]]) -> float | None:
    """Return (external - internal) / (external + internal) over pairs of categories (Krackhardt & Stern 1988).

    -1 where every tie stays inside a category, 1 where every one crosses; pairs with an unknown end are left out, and
    None is returned where none is left.
    """
    told = [one == other for one, other in pairs if one is not None and other is not None]
    return (len(told) - 2 * sum(told)) / len(told) if told else None
