"""What is measured of a circle, as one value, and a measure as it is told."""

from __future__ import annotations

from msgspec import Struct

from kinship.circle.cohesion import Cohesion
from kinship.circle.composition import Composition
from kinship.circle.shape import Shape
from kinship.circle.structural import Holes
from kinship.circle.support_measures import SupportMeasures
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterId

UNDEFINED = "n/a"
"""What stands for a value that is not defined."""


class Measures(Struct, frozen=True):
    """The measures of one circle as of its day, by subject; None where one is not defined.

    The properties are the same numbers under their own names, for those who need a few.
    """

    cohesion: Cohesion
    """Among the alters; ego is left out."""
    holes: Holes
    """Around ego, who is tied to every alter."""
    ego_betweenness: float
    """Pairs of alters that ego joins: 0 to n(n-1)/2."""
    ego_betweenness_share: float | None
    """The same over all pairs: 0 to 1; None for n < 2."""
    circles: Composition
    """Which circle (family, friends, …) the alters belong to; k is every circle named on the map."""
    kinds: Composition
    """What sort of node they are; k is every sort that counts."""
    rings: Composition
    """How close they are; k is 3."""
    ei_index: float | None
    """How far ties among alters cross their circles: -1 to 1; None where no tie has two known ends."""
    support: SupportMeasures
    shape: Shape
    weighted: bool = False
    """Whether closeness (3/2/1) and the strength of ties (1-3) counted for structural holes and communities."""

    @property
    def size(self) -> int:
        return self.cohesion.size

    @property
    def ties(self) -> int:
        return self.cohesion.ties

    @property
    def mean_degree(self) -> float | None:
        return self.cohesion.mean_degree

    @property
    def density(self) -> float | None:
        return self.cohesion.density

    @property
    def components(self) -> int | None:
        return self.cohesion.components

    @property
    def isolates(self) -> int | None:
        return self.cohesion.isolates

    @property
    def coverage(self) -> int:
        return self.support.coverage

    @property
    def depth(self) -> dict[Kind, int]:
        return self.support.depth

    @property
    def sole_providers(self) -> dict[Kind, AlterId]:
        return self.support.sole_providers

    @property
    def multiplexity(self) -> float | None:
        return self.support.multiplexity

    @property
    def mean_kinds(self) -> float | None:
        return self.support.mean_kinds

    @property
    def concentration(self) -> float | None:
        return self.support.concentration


class Finding(Struct, frozen=True):
    """One measure as it is told: "n/a" stands for a value that is not defined."""

    id: str
    name: str
    value: str
    sentence: str
    """One plain sentence about this circle."""
    range: str = ""
    """What the value can be, as text."""
    group: str = ""
    """Under which heading it stands."""
