"""The fold from statements and moments to the support map as of a day: pure, and never reading the log's clocks.

For each subject and field the fact with the latest `from` up to the day holds (ties by `recorded`); an alter exists
from the first fact that speaks of it; moments count in the 365 days up to the day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kinship.journal.model import Alter, AlterId, AlterTie, Bond, Circle, Fact, Moment, Ring, Status

YEAR = dt.timedelta(days=365)
"""How far back a moment counts as received."""

Subject = tuple[AlterId, ...]
Held = dict[Subject, dict[str, Fact]]
"""What holds on a day: for each subject, each field and the fact that says it."""


def standing(alters: Iterable[Alter], facts: Iterable[Fact], moments: Iterable[Moment], day: dt.date) -> Circle:
    """Return the circle as of `day`: bonds by name, ties by their ids.

    An alter that no fact speaks of has no first day and is always there. What was said of, or happened with, somebody
    merged into another counts for that other one.
    """
    by_id = {alter.id: alter for alter in alters}
    root = roots(by_id.values())
    said = [fact for fact in facts if all(one in root for one in fact.subject)]
    there = existing(said, day, root)
    held = holding(said, day, root)
    happened = _in_the_year(moments, day, root)
    bonds = [_bond(by_id[one], held.get((one,), {}), happened.get(one, ())) for one in there]
    bonds.sort(key=lambda bond: (bond.alter.name.casefold(), bond.alter.id))
    return Circle(as_of=day, bonds=tuple(bonds), ties=_ties(held, there))


def roots(alters: Iterable[Alter]) -> dict[AlterId, AlterId]:
    """Return for each alter the one it was merged into at last, itself where it was not."""
    into = {alter.id: alter.merged_into for alter in alters}
    return {one: root_of(one, into.get) if into[one] is not None else one for one in into}


def root_of(alter: AlterId, merged_into: Callable[[AlterId], AlterId | None]) -> AlterId:
    """Follow the merges from `alter`; two devices that merged crosswise meet at the smallest id of the ring."""
    seen = [alter]
    while (after := merged_into(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]


def existing(facts: Iterable[Fact], day: dt.date, root: Mapping[AlterId, AlterId]) -> frozenset[AlterId]:
    """Return the alters of `root`, none of them merged away, that exist on `day`."""
    first: dict[AlterId, dt.date] = {}
    for fact in facts:
        for one in fact.subject:
            first[root[one]] = min(fact.from_, first.get(root[one], fact.from_))
    return frozenset(one for one, into in root.items() if one == into and first.get(one, day) <= day)


def holding(facts: Iterable[Fact], day: dt.date, root: Mapping[AlterId, AlterId]) -> Held:
    """Return what holds on `day`; a fact without a value ends what was said before it."""
    latest: defaultdict[Subject, dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.from_ > day:
            continue
        fields = latest[subject_of(*(root[one] for one in fact.subject))]
        if fact.field not in fields or order(fields[fact.field]) < order(fact):
            fields[fact.field] = fact
    return {
        subject: {field: fact for field, fact in fields.items() if fact.value is not None}
        for subject, fields in latest.items()
    }


def order(fact: Fact) -> tuple[dt.date, dt.datetime, str]:
    """Return what facts of one subject and field are ordered by: the day, then the writing, then the id."""
    return fact.from_, fact.recorded, fact.id


def subject_of(*alters: AlterId) -> Subject:
    """Return the subject of a statement about one alter, or about two (sorted: a tie has no direction)."""
    return tuple(sorted(alters))


def _in_the_year(
    moments: Iterable[Moment], day: dt.date, root: Mapping[AlterId, AlterId]
) -> dict[AlterId, tuple[Moment, ...]]:
    found: defaultdict[AlterId, list[Moment]] = defaultdict(list)
    for moment in moments:
        if day - YEAR < moment.day <= day and moment.alter in root:
            found[root[moment.alter]].append(moment)
    return {one: tuple(sorted(its, key=lambda moment: (moment.day, moment.id))) for one, its in found.items()}


def _bond(alter: Alter, held: Mapping[str, Fact], moments: tuple[Moment, ...]) -> Bond:
    claims: dict[str, dict[str, int]] = {"gives": {}, "receives": {}, "strain": {}}
    for field, fact in sorted(held.items()):
        head, _, kind = field.partition(".")
        if head in claims and isinstance(fact.value, int):
            claims[head][kind] = fact.value
    return Bond(
        alter=alter,
        status=Status(_word(held, "status", tuple(Status)) or Status.ACTIVE),
        ring=Ring(ring) if (ring := _word(held, "ring", tuple(Ring))) else None,
        sector=_word(held, "sector"),
        moments=moments,
        **claims,
    )


def _word(held: Mapping[str, Fact], field: str, known: tuple[str, ...] = ()) -> str | None:
    """Return the word said in `field`; None where there is none, or none of those `known` to this version."""
    value = held[field].value if field in held else None
    return value if isinstance(value, str) and (not known or value in known) else None


def _ties(held: Held, there: frozenset[AlterId]) -> tuple[AlterTie, ...]:
    found = []
    for subject, fields in held.items():
        match subject:
            case (a, b) if a != b and a in there and b in there:
                said = fields.get("knows", fields.get("member_of"))
                if said is not None and isinstance(said.value, int):
                    found.append(AlterTie(a, b, strength=said.value, member="member_of" in fields))
            case _:
                continue
    return tuple(sorted(found, key=lambda tie: (tie.a, tie.b)))
