"""One effect to be tried: a calendar of days with or without, and what is compared on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from kinship.insight.effects import Effect, Estimate, Sums

Products = tuple[float, ...]
"""What one day adds to `Sums`."""


class Trial(Struct, frozen=True):
    """The days of one effect; `flags`, `u` and `v` are as long as the calendar."""

    flags: Sequence[bool | None]
    """With or without; None where nobody knows."""
    u: Sequence[float | None]
    """What is adjusted for."""
    v: Sequence[float | None]
    """What is looked at."""
    effect: Effect

    def __repr__(self) -> str:
        return f"Trial({len(self.flags)} days)"

    def rows(self) -> list[tuple[bool, Products] | None]:
        """Return for each day its group and what it adds; None for a day that cannot be compared."""
        return [
            (flag, products(u, v)) if flag is not None and u is not None and v is not None else None
            for flag, u, v in zip(self.flags, self.u, self.v, strict=True)
        ]

    def sums(self) -> tuple[Sums, Sums]:
        """Return the sums over the days with and over the days without."""
        rows = [row for row in self.rows() if row is not None]
        return _total(its for flag, its in rows if flag), _total(its for flag, its in rows if not flag)

    def estimate(self) -> Estimate | None:
        """Return the effect as these days show it."""
        return self.effect(*self.sums())


def products(u: float, v: float) -> Products:
    """Return what a day adds to each of the `Sums`."""
    return 1.0, u, v, u * u, u * v, v * v


def _total(rows: Iterable[Products]) -> Sums:
    columns = tuple(zip(*rows, strict=True))
    return Sums(*map(math.fsum, columns)) if columns else Sums()
