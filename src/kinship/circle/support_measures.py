"""What the counted alters give and take, and how evenly: measures of support and of strain.

Coverage, depth, sole providers, multiplexity and reciprocity ask who *gives* (expected, or received in the year);
concentration and give-and-take count moments of the year alone. Strain stands beside support and is never netted off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from kinship.circle.network import counted
from kinship.circle.support import from_them, kinds_given, kinds_returned, strained, to_them
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import AlterId, Bond, Circle

SEVERAL = 2
"""A tie with so many kinds is multiplex (Fischer 1982)."""
FEW = 3
"""With fewer alters nothing can be called concentrated."""


class Exchange(Struct, frozen=True):
    """What goes between ego and one alter."""

    alter: AlterId
    gives: frozenset[Kind] = frozenset()
    takes: frozenset[Kind] = frozenset()
    moments_from: float = 0
    moments_to: float = 0
    strained: bool = False


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
    return measured([exchange(bond) for bond in counted(circle)])


def concentration(circle: Circle) -> float | None:
    """Return sum p^2 over the shares of the counted alters in moments of support from them (Herfindahl 1950).

    1/n where all gave alike, 1 where one gave all; None without such moments or with fewer than three alters.
    """
    bonds = counted(circle)
    return herfindahl([len(from_them(bond)) for bond in bonds]) if len(bonds) >= FEW else None


def exchange(bond: Bond) -> Exchange:
    """Return what goes between the person and one alter, by what was said and by the moments of the year."""
    return Exchange(
        alter=bond.alter.id,
        gives=kinds_given(bond),
        takes=kinds_returned(bond),
        moments_from=len(from_them(bond)),
        moments_to=len(to_them(bond)),
        strained=strained(bond),
    )


def measured(alters: Sequence[Exchange]) -> SupportMeasures:
    """Return the measures of support over `alters`, whatever they were read from."""
    n = len(alters)
    givers = {kind: [one.alter for one in alters if kind in one.gives] for kind in SUPPORT}
    shared = herfindahl([one.moments_from for one in alters]) if n >= FEW else None
    supporting = [one for one in alters if one.gives or one.takes]
    given, taken = sum(one.moments_to for one in alters), sum(one.moments_from for one in alters)
    return SupportMeasures(
        coverage=sum(bool(found) for found in givers.values()),
        depth={kind: len(found) for kind, found in givers.items()},
        sole_providers={kind: found[0] for kind, found in givers.items() if len(found) == 1},
        multiplexity=_share((len(one.gives) >= SEVERAL for one in alters), n),
        mean_kinds=sum(len(one.gives) for one in alters) / n if n else None,
        concentration=shared,
        effective_givers=1 / shared if shared else None,
        reciprocity=_share((bool(one.gives and one.takes) for one in supporting), len(supporting)),
        given_share=given / (given + taken) if given + taken else None,
        strain_load=_share((one.strained for one in alters), n),
        ambivalence=_share((one.strained and bool(one.gives) for one in alters), n),
    )


def herfindahl(amounts: Sequence[float]) -> float | None:
    """Return the sum of squared shares of `amounts`; None where they add up to nothing."""
    total = sum(amounts)
    return sum((amount / total) ** 2 for amount in amounts) if total else None


def _share(true: Iterable[bool], count: int) -> float | None:
    return sum(true) / count if count else None
