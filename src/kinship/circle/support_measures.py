"""What the counted alters give and take, and how evenly: measures of support and of strain.

Coverage, depth, sole providers, multiplexity and reciprocity ask who *gives* (expected, or received in the year);
concentration and give-and-take count moments of the year alone. Strain stands beside support and is never netted off.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kinship.circle.network import counted
from kinship.circle.support import ambivalent, from_them, kinds_given, kinds_returned, strained, to_them
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import AlterId, Bond, Circle

SEVERAL = 2
"""A tie with so many kinds is multiplex (Fischer 1982)."""
FEW = 3
"""With fewer alters nothing can be called concentrated."""


class SupportMeasures(Struct, frozen=True):
    """Support among n counted alters; None where it is not defined."""

    coverage: int
    """Kinds of support with at least one who gives it: 0 to 3."""
    depth: dict[Kind, int]
    """How many give each kind."""
    sole_providers: dict[Kind, AlterId]
    """Kinds that exactly one alter gives, and who."""
    multiplexity: float | None
    """Share of alters who give two kinds or more: 0 to 1; None for n = 0."""
    mean_kinds: float | None
    """Kinds that an alter gives on average: 0 to 3; None for n = 0."""
    concentration: float | None
    """Herfindahl index of the shares in moments from them: 1/n to 1; None without such moments or for n < 3."""
    effective_givers: float | None
    """1 / concentration, "as if so many shared it evenly" (Laakso & Taagepera 1979); None where that is."""
    reciprocity: float | None
    """Share of supporting ties that go both ways: 0 to 1; None without supporting ties."""
    given_share: float | None
    """Moments given / (given + received): 0 to 1; None without moments."""
    strain_load: float | None
    """Share of ties that weigh: 0 to 1; None for n = 0."""
    ambivalence: float | None
    """Share of ties that both weigh and support: 0 to 1; None for n = 0."""


def support_measures(circle: Circle) -> SupportMeasures:
    """Return what can be said of support among the counted alters of `circle`."""
    bonds = counted(circle)
    n = len(bonds)
    given = {bond.alter.id: kinds_given(bond) for bond in bonds}
    givers = {kind: [alter for alter, kinds in given.items() if kind in kinds] for kind in SUPPORT}
    shared = concentration(circle)
    return SupportMeasures(
        coverage=sum(bool(alters) for alters in givers.values()),
        depth={kind: len(alters) for kind, alters in givers.items()},
        sole_providers={kind: alters[0] for kind, alters in givers.items() if len(alters) == 1},
        multiplexity=sum(len(kinds) >= SEVERAL for kinds in given.values()) / n if n else None,
        mean_kinds=sum(map(len, given.values())) / n if n else None,
        concentration=shared,
        effective_givers=1 / shared if shared else None,
        reciprocity=reciprocity(bonds),
        given_share=given_share(bonds),
        strain_load=sum(map(strained, bonds)) / n if n else None,
        ambivalence=sum(map(ambivalent, bonds)) / n if n else None,
    )


def concentration(circle: Circle) -> float | None:
    """Return sum p^2 over the shares of the counted alters in moments of support from them (Herfindahl 1950).

    1/n where all gave alike, 1 where one gave all; None without such moments or with fewer than three alters.
    """
    bonds = counted(circle)
    return herfindahl([len(from_them(bond)) for bond in bonds]) if len(bonds) >= FEW else None


def herfindahl(amounts: Sequence[float]) -> float | None:
    """Return the sum of squared shares of `amounts`; None where they add up to nothing."""
    total = sum(amounts)
    return sum((amount / total) ** 2 for amount in amounts) if total else None


def reciprocity(bonds: Sequence[Bond]) -> float | None:
    """Return the share of ties that go both ways among those where support goes one way at least."""
    ways = [(bool(kinds_given(bond)), bool(kinds_returned(bond))) for bond in bonds]
    supporting = [both for both in ways if any(both)]
    return sum(map(all, supporting)) / len(supporting) if supporting else None


def given_share(bonds: Sequence[Bond]) -> float | None:
    """Return moments given over moments given and received; None where there are none."""
    given, taken = sum(len(to_them(bond)) for bond in bonds), sum(len(from_them(bond)) for bond in bonds)
    return given / (given + taken) if given + taken else None
