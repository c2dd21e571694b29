"""The first honest measures of a circle, each None where it is not defined, each with one plain sentence.

Ego is left out: n counted alters, t ties among them (definitions after Wasserman & Faust 1994; support measures own).
"""

from __future__ import annotations

from msgspec import Struct

from kinship.circle.network import counted, network
from kinship.circle.support import kinds_given
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import AlterId, Circle

PAIR = 2
"""Below so many alters nothing can be said about ties among them."""


class Measures(Struct, frozen=True):
    """The measures of one circle as of its day."""

    size: int
    """n, how many count."""
    ties: int
    """t, how many pairs of them know each other."""
    mean_degree: float | None
    """2t/n: 0 to n-1; None for n = 0."""
    density: float | None
    """2t / n(n-1): 0 to 1; None for n < 2."""
    components: int | None
    """Parts that are not connected but through ego: 1 to n; None for n < 2."""
    isolates: int | None
    """Alters who know none of the others: 0 to n; None for n < 2."""
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


class Finding(Struct, frozen=True):
    """One measure as it is told: its id, what it is called, the number ("n/a" where undefined), and a sentence."""

    id: str
    name: str
    value: str
    sentence: str


def measure(circle: Circle) -> Measures:
    """Return the measures of the counted alters of `circle`."""
    bonds = counted(circle)
    graph = network(circle)
    n, t = len(bonds), graph.number_of_edges()
    given = {bond.alter.id: kinds_given(bond) for bond in bonds}
    givers = {kind: [alter for alter, kinds in given.items() if kind in kinds] for kind in SUPPORT}
    return Measures(
        size=n,
        ties=t,
        mean_degree=2 * t / n if n else None,
        density=2 * t / (n * (n - 1)) if n >= PAIR else None,
        components=_components(graph) if n >= PAIR else None,
        isolates=sum(degree == 0 for _, degree in graph.degree) if n >= PAIR else None,
        coverage=sum(bool(alters) for alters in givers.values()),
        depth={kind: len(alters) for kind, alters in givers.items()},
        sole_providers={kind: alters[0] for kind, alters in givers.items() if len(alters) == 1},
        multiplexity=sum(len(kinds) >= PAIR for kinds in given.values()) / n if n else None,
        mean_kinds=sum(map(len, given.values())) / n if n else None,
    )


def _components(graph: object) -> int:
    import networkx as nx  # noqa: PLC0415 - slow, needed by measures only

    return int(nx.number_connected_components(graph))


def findings(circle: Circle, measures: Measures | None = None) -> tuple[Finding, ...]:
    """Return every measure with its number and one sentence about this circle."""
    found = measures or measure(circle)
    names = {bond.alter.id: bond.alter.name for bond in circle.bonds}
    sole = "; ".join(f"{kind.value}: {names[alter]}" for kind, alter in found.sole_providers.items())
    depth = ", ".join(f"{kind.value} {count}" for kind, count in found.depth.items())
    return (
        Finding("size", "Size", str(found.size), _size(found.size)),
        Finding("ties", "Ties", str(found.ties), f"{_many(found.ties, 'pair')} of them know each other."),
        Finding("mean_degree", "Mean degree", _number(found.mean_degree), _degree(found.mean_degree)),
        Finding("density", "Density", _number(found.density), _density(found.density)),
        Finding("components", "Components", _number(found.components), _parts(found.components)),
        Finding("isolates", "Isolates", _number(found.isolates), _alone(found.isolates)),
        Finding("coverage", "Coverage", f"{found.coverage} of {len(SUPPORT)}", _coverage(found)),
        Finding("depth", "Depth", depth, "So many are marked for each kind of support."),
        Finding("sole_providers", "Sole providers", sole or "none", _sole(found, names)),
        Finding("multiplexity", "Multiplexity", _number(found.multiplexity), _multiplex(found.multiplexity)),
    )


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _number(value: float | None) -> str:
    if value is None:
        return "n/a"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def _size(size: int) -> str:
    return f"{size} {'counts' if size == 1 else 'count'} in your circle today."


def _degree(value: float | None) -> str:
    if value is None:
        return "Nobody counts yet, so there is nothing to average."
    return f"On average, each of them knows {value:.1f} of the others."


def _density(value: float | None) -> str:
    if value is None:
        return "It takes two people before anyone can know another."
    return f"Of all pairs that could know each other, {value:.0%} do (0 none, 1 all)."


def _parts(value: int | None) -> str:
    if value is None:
        return "It takes two people before a circle has parts."
    return "They are all linked to each other." if value == 1 else f"They form {value} parts that meet only in you."


def _alone(value: int | None) -> str:
    if value is None:
        return "It takes two people before one can stand apart."
    if value == 0:
        return "Everybody knows at least one of the others."
    return f"{value} {'knows' if value == 1 else 'know'} none of the others."


def _coverage(found: Measures) -> str:
    missing = [kind.value for kind, count in found.depth.items() if count == 0]
    if not missing:
        return "For every kind of support somebody is marked."
    return f"Nobody is marked yet for {' or '.join(missing)} support."


def _sole(found: Measures, names: dict[AlterId, str]) -> str:
    if not found.sole_providers:
        return "No kind of support rests on one alone."
    said = [f"{kind.value} support rests on {names[alter]} alone" for kind, alter in found.sole_providers.items()]
    text = ", and ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _multiplex(value: float | None) -> str:
    if value is None:
        return "Nobody counts yet, so there is nothing to share out."
    return f"{value:.0%} of them give more than one kind of support."
