"""Who is in a synthetic life, from when to when, and what is said of them on which day."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct

from kinship.demo.scenes import words
from kinship.journal.model import Alter, AlterKind, Fact, Status

When = Callable[[float], dt.date]
Ids = Callable[[], str]

CLOSED = frozenset({Status.ENDED, Status.PAUSED, Status.NO_CONTACT})
"""From such a day on nothing more happens with somebody."""
SHUT = CLOSED | {Status.REMEMBERED}
EXTRA = "extra"
"""How the key of a passer-by begins."""
MOVE = 0.5


class Member(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the cast: times run from 0 (first day) through 0.5 (the move) to 1 (last day)."""

    key: str
    name: str
    sector: str
    kind: AlterKind = AlterKind.PERSON
    aliases: tuple[str, ...] = ()
    pronouns: str = ""
    birthday: str = ""
    notes: str = ""
    first: float = 0
    rings: tuple[tuple[float, str], ...] = ()
    statuses: tuple[tuple[float, Status], ...] = ()
    gives: dict[str, int] = {}
    receives: dict[str, int] = {}
    strain: dict[str, int] = {}
    later: tuple[tuple[float, str, int], ...] = ()
    """Statements that come later; 0 ends one."""
    knows: dict[str, int] = {}
    member_of: dict[str, int] = {}

    @property
    def closes(self) -> float | None:
        """When nothing more happens with them, None for never."""
        shut = [(at, status) for at, status in self.statuses if at > self.first or status in CLOSED]
        for index, (at, status) in enumerate(shut):
            if status in SHUT and all(after in SHUT for _, after in shut[index:]):
                return at
        return None

    @property
    def breaks(self) -> tuple[tuple[float, float], ...]:
        """From when to when nothing happens with them in between: a wish, a pause, until they are in touch again."""
        return tuple(
            (at, until)
            for (at, status), (until, after) in pairwise(self.statuses)
            if status in {*SHUT, Status.WISHED} and after is Status.ACTIVE
        )


def passes_by(one: Member) -> bool:
    """Return whether this is one of those who fill up a large cast."""
    return one.key.startswith(EXTRA)


@cache
def written_cast() -> tuple[Member, ...]:
    """Return the people the story is about, those it needs most first."""
    told = [*words("cast_near")["alter"], *words("cast_more")["alter"]]
    return msgspec.convert(told, tuple[Member, ...])


def cast_of(people: int, chance: random.Random) -> tuple[Member, ...]:
    """Return a cast of the size asked for: the written one, cut short or filled up with passers-by."""
    written = written_cast()[:people]
    return (*written, *_passers_by(people - len(written), chance))


def _passers_by(count: int, chance: random.Random) -> Iterator[Member]:
    if count <= 0:
        return
    names = words("names")
    sectors: dict[str, Any] = names["sectors"]
    taken: set[str] = set()
    near: dict[tuple[str, bool], list[str]] = {}
    for n in range(count):
        sector = chance.choices(list(sectors), [told["share"] for told in sectors.values()])[0]
        told = sectors[sector]
        name = _name(names, taken, chance)
        old = _happens(MOVE, chance) or told["stays"]
        first = 0.0 if old and _happens(0.7, chance) else chance.uniform(*((0, 0.4) if old else (0.52, 0.95)))
        key = f"{EXTRA}{n}"
        known = near.setdefault((sector, old), [])
        friends = chance.sample(known, min(len(known), chance.choice((0, 1, 1, 2, 3))))
        known.append(key)
        yield Member(
            key=key,
            name=name,
            sector=sector,
            first=first,
            rings=_rings(first, old and not told["stays"], chance),
            statuses=((chance.uniform(0.55, 0.9), Status.ENDED),) if old and _happens(told["lost"], chance) else (),
            gives={chance.choice(told["gives"]): chance.choice((1, 1, 2, 3)) for _ in range(chance.choice((1, 1, 2)))},
            receives={chance.choice(told["gives"]): 1} if _happens(0.3, chance) else {},
            strain={"drains": 1} if _happens(0.06, chance) else {},
            knows=dict.fromkeys(friends, chance.choice((1, 2))),
            member_of={group: 2} if (group := told["group"][0 if old else 1]) else {},
        )


def _happens(share: float, chance: random.Random) -> bool:
    return chance.random() < share


def _name(names: dict[str, Any], taken: set[str], chance: random.Random) -> str:
    while (name := f"{chance.choice(names['first'])} {chance.choice(names['last'])}") in taken:
        pass
    taken.add(name)
    return name


def _rings(first: float, leaves: bool, chance: random.Random) -> tuple[tuple[float, str], ...]:
    begin = chance.choices(("outer", "middle", "inner"), (68, 27, 5))[0]
    if leaves and begin != "outer":
        return (first, begin), (chance.uniform(0.52, 0.8), "outer")
    if not leaves and begin == "outer" and _happens(0.25, chance):
        return (first, "outer"), (chance.uniform(max(first, 0.6), 0.99), "middle")
    return ((first, begin),)


class Cast(Struct, frozen=True):
    """The cast of one life with their ids and days."""

    members: dict[str, Member]
    ids: dict[str, str]
    opens: dict[str, dt.date]
    closes: dict[str, dt.date]
    """The day from which nothing more happens with somebody; a far day for most."""
    breaks: dict[str, tuple[tuple[dt.date, dt.date], ...]]
    """Days in between on which nothing happens with somebody, the last one left out."""

    def there(self, key: str, day: dt.date) -> bool:
        return key in self.opens and self.opens[key] <= day

    def open(self, key: str, day: dt.date) -> bool:
        return self.there(key, day) and day < self.closes[key] and not self.away(key, day)

    def away(self, key: str, day: dt.date) -> bool:
        return any(since <= day < until for since, until in self.breaks[key])


def settle(members: tuple[Member, ...], when: When, ids: Ids) -> Cast:
    """Return the cast with an id and days for each."""
    return Cast(
        members={one.key: one for one in members},
        ids={one.key: ids() for one in members},
        opens={one.key: when(one.first) for one in members},
        closes={one.key: dt.date.max if one.closes is None else when(one.closes) for one in members},
        breaks={one.key: tuple((when(since), when(until)) for since, until in one.breaks) for one in members},
    )


def alters_of(cast: Cast) -> tuple[Alter, ...]:
    """Return everybody as alters."""
    return tuple(
        Alter(
            id=cast.ids[one.key],
            kind=one.kind,
            name=one.name,
            aliases=one.aliases,
            pronouns=one.pronouns,
            birthday=one.birthday,
            notes=one.notes,
        )
        for one in cast.members.values()
    )


def facts_of(cast: Cast, when: When, until: dt.date, ids: Ids) -> tuple[Fact, ...]:
    """Return what is said of everybody, each statement from its day on and none after `until`."""
    told = [fact for one in cast.members.values() for fact in _statements(one, cast, when)]
    return tuple(
        Fact(id=ids(), subject=subject, field=field, value=value, from_=day, recorded=_evening(day))
        for day, subject, field, value in told
        if day <= until
    )


Statement = tuple[dt.date, tuple[str, ...], str, int | str | None]


def _statements(one: Member, cast: Cast, when: When) -> Iterator[Statement]:
    subject = (cast.ids[one.key],)
    first = when(one.first)
    if not one.statuses or one.statuses[0][0] > one.first:
        yield first, subject, "status", Status.ACTIVE.value
    yield first, subject, "sector", one.sector
    for at, ring in one.rings:
        yield when(at), subject, "ring", ring
    for at, status in one.statuses:
        yield when(at), subject, "status", status.value
    for head, claims in (("gives", one.gives), ("receives", one.receives), ("strain", one.strain)):
        for kind, strength in claims.items():
            yield first, subject, f"{head}.{kind}", strength
    for at, field, strength in one.later:
        yield when(at), subject, field, strength or None
    for field, ties in (("knows", one.knows), ("member_of", one.member_of)):
        for other, strength in ties.items():
            if other in cast.ids:
                pair = tuple(sorted((cast.ids[one.key], cast.ids[other])))
                yield max(first, cast.opens[other]), pair, field, strength


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(21, 30), dt.UTC)
