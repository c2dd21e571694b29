"""Each measure in one plain sentence, with its range: said of a circle as it stands, never as a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinship.circle.cohesion import MOST_CLIQUES, Cohesion
from kinship.circle.composition import Composition
from kinship.circle.figures import UNDEFINED, Finding, Measures
from kinship.circle.support_measures import SupportMeasures
from kinship.journal.kinds import SUPPORT
from kinship.journal.model import AlterId

GLANCE, SUPPORTED = "At a glance", "What is given"
KNOWN, HOLES, MADE_OF = "Who knows whom", "Between them", "Who they are"
"""The headings that measures stand under."""

Names = Mapping[AlterId, str]


def tell(found: Measures, names: Names) -> tuple[Finding, ...]:
    """Return every measure of `found` as it is told; `names` says what alters are called."""
    n = found.size
    return (
        Finding("size", "Size", str(n), f"{n} {_verb(n, 'count')} in your circle.", "0 or more", GLANCE),
        Finding("shape", "Shape", found.shape.name.value, found.shape.sentence, found.shape.rule, GLANCE),
        *_support(found.support, names, n),
        *_cohesion(found.cohesion, names),
        *_holes(found),
        *_made_of(found),
    )


def number(value: float | None) -> str:
    """Return a value as it is read: whole numbers plain, others with two decimals, n/a for None."""
    if value is None:
        return UNDEFINED
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def share(value: float | None) -> str:
    """Return a share as a percentage, n/a for None."""
    return UNDEFINED if value is None else f"{value:.0%}"


def listed(words: list[str], most: int = 3) -> str:
    """Return names with commas and "and"; at most so many, then how many more."""
    told = words if len(words) <= most else [*words[:most], f"{len(words) - most} more"]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _cohesion(found: Cohesion, names: Names) -> Iterator[Finding]:
    group = KNOWN
    yield Finding("ties", "Ties", str(found.ties), _ties(found.ties), "0 to n(n-1)/2", group)
    yield Finding(
        "mean_degree", "Mean degree", number(found.mean_degree), _degree(found.mean_degree), "0 to n-1", group
    )
    yield Finding("density", "Density", number(found.density), _density(found.density), "0 none to 1 all", group)
    yield Finding("isolates", "Isolates", number(found.isolates), _alone(found.isolates), "0 to n", group)
    yield Finding("components", "Components", number(found.components), _parts(found.components), "1 to n", group)
    ratio, broken = found.component_ratio, found.fragmentation
    yield Finding(
        "component_ratio", "Component ratio", number(ratio), _ratio(ratio), "0 one part to 1 all apart", group
    )
    yield Finding("fragmentation", "Fragmentation", number(broken), _broken(broken), "0 none to 1 all apart", group)
    cut = None if found.cut_persons is None else [names[one] for one in found.cut_persons]
    yield Finding("cut_persons", "Cut persons", number(None if cut is None else len(cut)), _cut(cut), "0 to n-2", group)
    groups = None if found.communities is None else [len(one) for one in found.communities]
    told = number(None if groups is None else len(groups))
    yield Finding("communities", "Communities", told, _communities(groups), "1 to n", group)
    capped = found.cliques == MOST_CLIQUES
    told = f"{MOST_CLIQUES}+" if capped else number(found.cliques)
    yield Finding("cliques", "Cliques", told, _cliques(found.cliques), "0 or more", group)


def _holes(found: Measures) -> Iterator[Finding]:
    n, group, size = found.size, HOLES, found.holes.effective_size
    efficiency, constraint, hierarchy = found.holes.efficiency, found.holes.constraint, found.holes.hierarchy
    yield Finding("effective_size", "Effective size", number(size), _effective(size, n), "1 to n", group)
    yield Finding("efficiency", "Efficiency", number(efficiency), _efficiency(efficiency), "1/n to 1", group)
    yield Finding("constraint", "Constraint", number(constraint), _constraint(n), "1/n to 1.125", group)
    yield Finding("hierarchy", "Hierarchy", number(hierarchy), _hierarchy(hierarchy), "0 even to 1 one alone", group)
    between = found.ego_betweenness_share
    yield Finding(
        "ego_betweenness", "Ego betweenness", number(between), _between(between), "0 to 1 of all pairs", group
    )


def _made_of(found: Measures) -> Iterator[Finding]:
    for id_, name, made in (
        ("circles", "Circles", found.circles),
        ("kinds", "Sorts", found.kinds),
        ("rings", "Rings", found.rings),
    ):
        value = ", ".join(f"{word} {part:.0%}" for word, part in list(made.shares.items())[:3]) or UNDEFINED
        yield Finding(id_, name, value, _made(made, found.size), "shares", MADE_OF)
        yield Finding(f"blau_{id_}", f"{name}, Blau", number(made.blau), _blau(made), "0 to 1 - 1/k", MADE_OF)
        yield Finding(f"iqv_{id_}", f"{name}, IQV", number(made.iqv), _iqv(made), "0 alike to 1 even", MADE_OF)
        bits = number(made.entropy)
        yield Finding(f"entropy_{id_}", f"{name}, entropy", bits, _entropy(made), "0 to log2 k", MADE_OF)
    ei = found.ei_index
    yield Finding("ei_index", "E-I index", number(ei), _ei(ei), "-1 inside to 1 across", MADE_OF)


def _support(found: SupportMeasures, names: Names, n: int) -> Iterator[Finding]:
    group, kinds = SUPPORTED, len(SUPPORT)
    depth = ", ".join(f"{kind.value} {count}" for kind, count in found.depth.items())
    sole = "; ".join(f"{kind.value}: {names[alter]}" for kind, alter in found.sole_providers.items()) or "none"
    yield Finding("coverage", "Coverage", f"{found.coverage} of {kinds}", _coverage(found), f"0 to {kinds}", group)
    yield Finding("depth", "Depth", depth, "So many are marked for each kind of support.", "0 to n each", group)
    yield Finding("sole_providers", "Sole providers", sole, _sole(found, names), f"0 to {kinds} kinds", group)
    several, each = found.multiplexity, found.mean_kinds
    yield Finding("multiplexity", "Multiplexity", number(several), _multiplex(several), "0 to 1", group)
    yield Finding("mean_kinds", "Mean kinds", number(each), _kinds(each), f"0 to {kinds}", group)
    shared, givers = found.concentration, found.effective_givers
    yield Finding("concentration", "Concentration", number(shared), _concentration(shared, n), "1/n even to 1", group)
    yield Finding("effective_givers", "Effective number", _one(givers), _givers(givers), "1 to n", group)
    both = found.reciprocity
    yield Finding("reciprocity", "Reciprocity", number(both), _reciprocity(both), "0 to 1", group)
    give = found.given_share
    yield Finding("given_share", "Give and take", number(give), _give(give), "0 taken to 1 given", group)
    strain, mixed = found.strain_load, found.ambivalence
    yield Finding("strain_load", "Strain load", number(strain), _strain(strain), "0 to 1", group)
    yield Finding("ambivalence", "Ambivalence", number(mixed), _mixed(mixed), "0 to 1", group)


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


def _one(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.1f}"


EVEN, ONE_SIDED = 0.2, 0.5
"""Below the first, hierarchy is said to be even; from the second on, one-sided. Only words hang on it."""
NOBODY = "Nobody counts yet, so there is nothing to average."
TWO = "It takes two before anyone can know another."
UNTIED = "None of them is marked as knowing another, so there is nothing to find."


def _ties(ties: int) -> str:
    if ties == 0:
        return "No two of them are marked as knowing each other yet."
    return f"{ties} {'pair' if ties == 1 else 'pairs'} of them {_verb(ties, 'know')} each other."


def _degree(value: float | None) -> str:
    return NOBODY if value is None else f"On average, each of them knows {value:.1f} of the others."


def _density(value: float | None) -> str:
    return TWO if value is None else f"Of all pairs that could know each other, {value:.0%} do."


def _alone(value: int | None) -> str:
    if value is None:
        return TWO
    return f"{value} {_verb(value, 'know')} none of the others." if value else "Everybody knows at least one other."


def _parts(value: int | None) -> str:
    if value is None:
        return TWO
    return "They are all linked to each other." if value == 1 else f"They form {value} parts that meet only in you."


def _ratio(value: float | None) -> str:
    if value is None:
        return TWO
    if value in (0, 1):
        return "All of them stand apart." if value else "All of them hang together."
    return f"They are {value:.0%} of the way from one part to all apart."


def _broken(value: float | None) -> str:
    if value is None:
        return TWO
    if value in (0, 1):
        return (
            "No two of them can reach each other but through you."
            if value
            else "All of them reach each other without you."
        )
    return f"{value:.0%} of all pairs cannot reach each other but through you."


def _cut(names: list[str] | None) -> str:
    if names is None:
        return UNTIED
    if not names:
        return "Nobody alone holds two parts of your circle together."
    return f"Without {'any one of ' if len(names) > 1 else ''}{listed(names)}, a part of your circle would fall in two."


def _communities(sizes: list[int] | None) -> str:
    if sizes is None:
        return UNTIED
    groups, alone = [size for size in sizes if size > 1], sizes.count(1)
    rest = f"; {alone} {_verb(alone, 'stand')} apart" if alone else ""
    if len(groups) == 1:
        return f"{groups[0]} of them form one group that mostly know each other{rest}."
    return f"They form {len(groups)} groups that mostly know each other, the largest of {groups[0]}{rest}."


def _cliques(count: int | None) -> str:
    if count is None:
        return UNTIED
    if count == 0:
        return "No three of them all know each other."
    return f"{count} {'set' if count == 1 else 'sets'} of three or more all know each other."


def _effective(value: float | None, n: int) -> str:
    if value is None:
        return NOBODY
    return f"Leaving out what they share with each other, your {n} count like {value:.1f} separate ones."


def _efficiency(value: float | None) -> str:
    return NOBODY if value is None else f"{value:.0%} of your ties lead somewhere the others do not."


def _constraint(n: int) -> str:
    if n == 0:
        return NOBODY
    if n == 1:
        return "With one alone, all of your circle is that one."
    return f"If nobody knew another it would be {1 / n:.2f}, if everybody did {(2 * n - 1) ** 2 / n**3:.2f}."


def _hierarchy(value: float | None) -> str:
    if value is None:
        return NOBODY
    if value < EVEN:
        return "The closeness of your circle comes from many of them alike."
    return f"The closeness of your circle comes from {'some' if value < ONE_SIDED else 'one or two'} of them above all."


def _between(value: float | None) -> str:
    return TWO if value is None else f"For {value:.0%} of their pairs the shortest way to each other leads through you."


def _made(made: Composition, n: int) -> str:
    if made.known == 0:
        return "It is said of nobody yet."
    word, part = next(iter(made.shares.items()))
    unknown = f"; of {n - made.known} it is not said" if made.known < n else ""
    return f"The largest share is {word}, {part:.0%}{unknown}."


def _blau(made: Composition) -> str:
    if made.blau is None:
        return "It is said of nobody yet."
    if made.blau == 0:
        return "In this all of them are the same."
    return f"Two of them picked by chance differ in {made.blau:.0%} of picks."


def _iqv(made: Composition) -> str:
    if made.iqv is None:
        return "It takes somebody, and two categories, before there can be a mix."
    return f"That is {made.iqv:.0%} of the most mixed that {made.possible} categories allow."


def _entropy(made: Composition) -> str:
    if made.entropy is None:
        return "It is said of nobody yet."
    if made.entropy == 0:
        return "In this all of them are the same."
    return f"As mixed as {2**made.entropy:.1f} categories of equal size."


def _ei(value: float | None) -> str:
    if value is None:
        return "No tie among them has a circle named at both ends."
    if value == 0:
        return "As many ties cross circles as stay inside one."
    return f"More ties {'cross circles than stay inside one' if value > 0 else 'stay inside one circle than cross'}."


def _coverage(found: SupportMeasures) -> str:
    missing = [kind.value for kind, count in found.depth.items() if count == 0]
    if not missing:
        return "For every kind of support somebody is marked."
    return f"Nobody is marked yet for {' or '.join(missing)} support."


def _sole(found: SupportMeasures, names: Names) -> str:
    if not found.sole_providers:
        return "No kind of support rests on one alone."
    said = [f"{kind.value} support rests on {names[alter]} alone" for kind, alter in found.sole_providers.items()]
    text = ", and ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _multiplex(value: float | None) -> str:
    if value is None:
        return NOBODY
    return f"{value:.0%} of them give more than one kind." if value else "Nobody is marked for more than one kind."


def _kinds(value: float | None) -> str:
    return NOBODY if value is None else f"Each gives {value:.2g} kinds of support on average."


def _concentration(value: float | None, n: int) -> str:
    if value is None:
        return "It takes three people, and a moment from one of them, before shares can be compared."
    return f"It would be {1 / n:.2f} if moments came from all alike, and 1 if they came from one."


def _givers(value: float | None) -> str:
    if value is None:
        return "It takes three people, and a moment from one of them, before shares can be compared."
    if value == 1:
        return "The moments of the year all came from one."
    return f"The moments of the year came as if {value:.1f} people had shared them evenly."


def _reciprocity(value: float | None) -> str:
    if value is None:
        return "No support is marked yet."
    return f"{value:.0%} of supporting ties go both ways." if value else "No supporting tie is marked both ways yet."


def _give(value: float | None) -> str:
    return "No moment is marked in this year." if value is None else f"{value:.0%} of the year's moments went from you."


def _strain(value: float | None) -> str:
    if value is None:
        return NOBODY
    return f"{value:.0%} of the ties weigh at times." if value else "None of the ties is marked as weighing."


def _mixed(value: float | None) -> str:
    if value is None:
        return NOBODY
    return f"{value:.0%} both weigh and support." if value else "None of them both weighs and supports."
