"""What days with support and days without say of each other: the estimates, from sums over the two groups."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct


class Sums(NamedTuple):
    """Sums over a group of days, u what is adjusted for and v what is looked at."""

    n: float = 0
    u: float = 0
    v: float = 0
    uu: float = 0
    uv: float = 0
    vv: float = 0

    def less(self, other: Sums) -> Sums:
        """Return the sums of the days that are not in `other`, a part of these."""
        return Sums(*(mine - its for mine, its in zip(self, other, strict=True)))

    @property
    def spread_u(self) -> float:
        """Squares of u around its mean."""
        return self.uu - self.u * self.u / self.n

    @property
    def spread_uv(self) -> float:
        return self.uv - self.u * self.v / self.n

    @property
    def spread_v(self) -> float:
        return self.vv - self.v * self.v / self.n


class Estimate(Struct, frozen=True):
    """An effect, and how many of its own standard errors it is away from none."""

    value: float
    t: float


Effect = Callable[[Sums, Sums], Estimate | None]
"""From the days with and the days without; None where it cannot be told."""

NOTHING = 1e-9
"""A sum of squares below this is none."""


def difference(with_: Sums, without: Sums) -> Estimate | None:
    """Return by how much the mean of v is higher on the days with, u left aside (Student 1908, pooled)."""
    if min(with_.n, without.n) < 1:
        return None
    value = with_.v / with_.n - without.v / without.n
    left = with_.spread_v + without.spread_v
    return _estimate(value, left, with_.n + without.n - 2, 1 / with_.n + 1 / without.n)


def adjusted(with_: Sums, without: Sums) -> Estimate | None:
    """Return b of the model v = a + b·with + c·u: by how much v is higher on the days with, at the same u.

    Least squares with one covariate (analysis of covariance, Fisher 1932; Cochran 1957, eq. 8).
    """
    if min(with_.n, without.n) < 1:
        return None
    uu = with_.spread_u + without.spread_u
    if uu < NOTHING:
        return difference(with_, without)
    uv = with_.spread_uv + without.spread_uv
    apart = with_.u / with_.n - without.u / without.n
    value = with_.v / with_.n - without.v / without.n - uv / uu * apart
    left = with_.spread_v + without.spread_v - uv * uv / uu
    return _estimate(value, left, with_.n + without.n - 3, 1 / with_.n + 1 / without.n + apart * apart / uu)


def slopes_apart(with_: Sums, without: Sums) -> Estimate | None:
    """Return d of the model v = a + b·with + c·u + d·with·u: how much less steeply v falls with u on the days with.

    The product term of moderated regression (Cohen & Wills 1985 for stress buffering): each group has its own line.
    """
    if min(with_.n, without.n) < 2:  # noqa: PLR2004 - a line needs two
        return None
    if min(with_.spread_u, without.spread_u) < NOTHING:
        return None
    value = with_.spread_uv / with_.spread_u - without.spread_uv / without.spread_u
    left = sum(one.spread_v - one.spread_uv**2 / one.spread_u for one in (with_, without))
    return _estimate(value, left, with_.n + without.n - 4, 1 / with_.spread_u + 1 / without.spread_u)


def _estimate(value: float, left: float, freedom: float, leverage: float) -> Estimate | None:
    """Return the estimate whose variance is `leverage` times that of what is left over."""
    if freedom < 1 or left < NOTHING:
        return None
    return Estimate(value, value / math.sqrt(left / freedom * leverage))
