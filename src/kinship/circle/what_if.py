"""What would rest on whom if somebody were away: pure, gentle, and never a verdict on anyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec import Struct

from kinship.circle.network import counted
from kinship.circle.support import kinds_given, marked
from kinship.circle.support_measures import concentration
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind, kind_of, label_of
from kinship.journal.model import AlterId, Bond, Circle, Status

PAIR = 2
"""With fewer alters there are no parts to speak of."""

_MOST = 4
"""Names, ways of support or groups that one sentence lists."""

_FEWER = 0.8
"""From so small a share of "as if so many shared it" on, it is worth a sentence."""


class WhatIf(Struct, frozen=True):
    """The map without some, beside the map as it is; only counted alters matter to it."""

    away: tuple[AlterId, ...]
    """Those of the asked for who are on the map, by name."""
    kinds_lost: tuple[Kind, ...]
    """Kinds of support that somebody gives, and nobody would."""
    left_with_one: dict[Kind, AlterId]
    """Kinds that several give, and exactly one would: who."""
    subkinds_lost: tuple[str, ...]
    """Subkinds that somebody is marked for, and nobody would be, nor for the kind as a whole."""
    parts_before: int | None
    """Components of the counted alters, ego left out: None for n < 2."""
    parts_after: int | None
    cut_off: tuple[tuple[AlterId, ...], ...]
    """Where a part falls into pieces: every piece but its largest, each by name, largest first."""
    concentration_before: float | None
    """Herfindahl index of moments of support, 1/n to 1; None without moments or for n < 3."""
    concentration_after: float | None
    size_before: int = 0
    """How many count."""
    size_after: int = 0


def without(circle: Circle, away: Collection[AlterId]) -> Circle:
    """Return the circle without these alters and their ties."""
    gone = frozenset(away)
    return Circle(
        as_of=circle.as_of,
        bonds=tuple(bond for bond in circle.bonds if bond.alter.id not in gone),
        ties=tuple(tie for tie in circle.ties if tie.a not in gone and tie.b not in gone),
    )


def what_if(circle: Circle, away: Collection[AlterId]) -> WhatIf:
    """Return what would change if these were away; ids that are not on the map are left out."""
    gone = frozenset(away)
    rest = without(circle, gone)
    had, has = counted(circle), counted(rest)
    givers_then, givers_now = _givers(had), _givers(has)
    parts, pieces = _parts(circle, had), _parts(rest, has)
    return WhatIf(
        away=tuple(bond.alter.id for bond in circle.bonds if bond.alter.id in gone),
        kinds_lost=tuple(kind for kind in SUPPORT if givers_then[kind] and not givers_now[kind]),
        left_with_one={
            kind: givers_now[kind][0] for kind in SUPPORT if len(givers_now[kind]) == 1 and len(givers_then[kind]) > 1
        },
        subkinds_lost=_subkinds_lost(had, has),
        parts_before=len(parts) if len(had) >= PAIR else None,
        parts_after=len(pieces) if len(has) >= PAIR else None,
        cut_off=_cut_off(parts, pieces, gone),
        concentration_before=concentration(circle),
        concentration_after=concentration(rest),
        size_before=len(had),
        size_after=len(has),
    )


def what_if_in_words(what_if: WhatIf, circle: Circle) -> tuple[str, ...]:
    """Return it as sentences, said with care; those who are remembered, ended or out of contact weigh nothing here."""
    bonds = {bond.alter.id: bond for bond in circle.bonds}
    away = [bonds[one] for one in what_if.away]
    counting = [bond for bond in away if bond.counted]
    aside = [_aside(bond) for bond in away if not bond.counted]
    if not counting:
        return tuple(aside) or ("Nobody is taken away.",)
    names = {one: bond.alter.name for one, bond in bonds.items()}
    lead = f"If {_and(bond.alter.name for bond in counting)} were away"
    said = [*_missing(what_if, lead), *_alone(what_if, names, lead), *_apart(what_if, names, lead), *_shares(what_if)]
    if not said:
        said = [f"{lead}, every kind of support would still have somebody, and nobody would be cut off."]
    else:
        said.append("Nothing is wrong with that; it may be worth knowing.")
    return (*said, *aside)


def _missing(what_if: WhatIf, lead: str) -> list[str]:
    lost = [KIND_WORDS[kind] for kind in what_if.kinds_lost]
    finer = [label_of(word) for word in what_if.subkinds_lost if kind_of(word) not in what_if.kinds_lost]
    said = [f"{lead}, nobody is marked for {_or(lost)}."] if lost else []
    if finer:
        more = len(finer) - _MOST
        told = finer[:_MOST] if more > 0 else finer
        rest = f", nor for {more} more" if more > 0 else ""
        said.append(f"{lead}, nobody is marked for {_or(told)}{rest}.")
    return said


def _alone(what_if: WhatIf, names: dict[AlterId, str], lead: str) -> list[str]:
    rests: defaultdict[AlterId, list[str]] = defaultdict(list)
    for kind, alter in what_if.left_with_one.items():
        rests[alter].append(KIND_WORDS[kind])
    return [f"{lead}, {names[alter]} alone is marked for {_and(kinds)}." for alter, kinds in rests.items()]


def _apart(what_if: WhatIf, names: dict[AlterId, str], lead: str) -> list[str]:
    if not what_if.cut_off:
        return []
    pieces = [_group([names[one] for one in piece]) for piece in what_if.cut_off]
    if len(pieces) == 1:
        return [f"{lead}, {pieces[0]} would know the others through you alone."]
    said = f"{lead}, {len(pieces)} small groups would know the others through you alone"
    return [f"{said}: {'; '.join(pieces)}." if len(pieces) <= _MOST else f"{said}."]


def _group(names: list[str]) -> str:
    if len(names) > _MOST:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return _and(names)


def _shares(what_if: WhatIf) -> list[str]:
    """Return the sentence for support that would rest on clearly fewer; both are told in people, never as an index."""
    was, would = what_if.concentration_before, what_if.concentration_after
    if not was or not would or would * _FEWER <= was:
        return []
    now, then = round(1 / was), round(1 / would)
    if now == then:
        return []
    told = f"What happened in the year before is spread as if {now} people shared it; without them it would be {then}."
    return [told]


_ASIDE = {
    Status.REMEMBERED: "{} is remembered; what {} gave stays where it is, and the numbers ask nothing of it.",
    Status.WISHED: "{} is wished for; nothing rests on {} yet.",
    Status.PAUSED: "The tie with {} is paused; the numbers leave {} out already.",
    Status.ENDED: "The tie with {} has ended; the numbers leave {} out already.",
    Status.NO_CONTACT: "There is no contact with {}; the numbers leave {} out already.",
}


def _aside(bond: Bond) -> str:
    name = bond.alter.name
    if bond.status is Status.ACTIVE:
        return f"{name} is drawn on the map; the numbers count people and groups only."
    return _ASIDE[bond.status].format(name, name)


def _givers(bonds: Iterable[Bond]) -> dict[Kind, list[AlterId]]:
    found: dict[Kind, list[AlterId]] = {kind: [] for kind in SUPPORT}
    for bond in bonds:
        for kind in kinds_given(bond):
            found[kind].append(bond.alter.id)
    return found


def _subkinds_lost(had: Iterable[Bond], has: Iterable[Bond]) -> tuple[str, ...]:
    told: frozenset[str] = frozenset().union(*map(marked, had))
    theirs: frozenset[str] = frozenset().union(*map(marked, has))
    fine = sorted(word for word in told if word not in set(Kind) and kind_of(word) in SUPPORT)
    order = {kind: index for index, kind in enumerate(SUPPORT)}
    lost = [word for word in fine if not {word, str(kind_of(word))} & theirs]
    return tuple(sorted(lost, key=lambda word: (order[kind_of(word) or SUPPORT[0]], word)))


def _parts(circle: Circle, bonds: tuple[Bond, ...]) -> list[tuple[AlterId, ...]]:
    """Return the components of the counted alters, each in the order of the circle."""
    known: dict[AlterId, list[AlterId]] = {bond.alter.id: [] for bond in bonds}
    for tie in circle.ties:
        if tie.a in known and tie.b in known:
            known[tie.a].append(tie.b)
            known[tie.b].append(tie.a)
    rank = {alter: index for index, alter in enumerate(known)}
    seen: set[AlterId] = set()
    parts = []
    for alter in known:
        if alter in seen:
            continue
        seen.add(alter)
        part = [alter]
        for one in part:
            new = [other for other in known[one] if other not in seen]
            seen.update(new)
            part.extend(dict.fromkeys(new))
        parts.append(tuple(sorted(part, key=rank.__getitem__)))
    return parts


def _cut_off(
    parts: list[tuple[AlterId, ...]], pieces: list[tuple[AlterId, ...]], gone: frozenset[AlterId]
) -> tuple[tuple[AlterId, ...], ...]:
    of = {alter: index for index, part in enumerate(parts) for alter in part if not gone.isdisjoint(part)}
    by_part: defaultdict[int, list[tuple[AlterId, ...]]] = defaultdict(list)
    for piece in pieces:
        if piece[0] in of:
            by_part[of[piece[0]]].append(piece)
    cut = [piece for fallen in by_part.values() for piece in sorted(fallen, key=len, reverse=True)[1:]]
    return tuple(sorted(cut, key=len, reverse=True))


def _and(words: Iterable[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def _or(words: Iterable[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last
