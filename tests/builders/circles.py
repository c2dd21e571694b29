"""Circles out of nothing: so many people in rings and sectors, with ties and moments, always the same for one seed."""

from __future__ import annotations

import datetime as dt
import random

from kinship.journal.kinds import SUPPORT, subkinds_of
from kinship.journal.model import Alter, AlterKind, AlterTie, Bond, Circle, Direction, Moment, Ring, Status

DAY = dt.date(2025, 11, 22)
NAMES = (
    "Bea", "Ana", "Ugo", "Tomás", "Grace", "Noor", "Søren", "Hana", "Yusuf", "Lee", "Priya", "Mei", "Dr Okonkwo",
    "Farida", "Carlos", "Wanjiru", "Émile", "Ioan", "Jamal", "Liang", "Quentin", "Kaja", "Rosa", "Xiomara", "Mariam",
    "Oluwaseun", "Vera", "Dilnoza", "the choir", "小林さくら", "Tuesday runners", "Great-aunt Philippa", "Ødegård",
    "김민준", "Zoë", "Baptiste", "Ravi", "Ingrid", "Miss Abernathy", "Old Tom",
)  # fmt: skip
SECTORS = ("family", "friends", "work", "neighbourhood", "treatment", "choir")
STATUSES = (Status.WISHED, Status.PAUSED, Status.REMEMBERED, Status.ENDED, Status.NO_CONTACT)


def a_bond(
    name: str = "Bea",
    *,
    ring: Ring | None = Ring.INNER,
    sector: str | None = "friends",
    gives: tuple[str, ...] = (),
    receives: tuple[str, ...] = (),
    strain: tuple[str, ...] = (),
    status: Status = Status.ACTIVE,
    kind: AlterKind = AlterKind.PERSON,
    moments: tuple[Moment, ...] = (),
) -> Bond:
    """Return one bond; the id is the name in lower case."""
    return Bond(
        alter=Alter(id=name.casefold(), kind=kind, name=name),
        status=status,
        ring=ring,
        sector=sector,
        gives=dict.fromkeys(gives, 2),
        receives=dict.fromkeys(receives, 2),
        strain=dict.fromkeys(strain, 1),
        moments=moments,
    )


def a_moment(alter: str, word: str = "listening", *, days_ago: int = 7, to_them: bool = False) -> Moment:
    """Return something that happened so many days before DAY."""
    one = next(one for kind in SUPPORT for one in subkinds_of(kind) if one.id == word)
    direction = Direction.TO_THEM if to_them else Direction.FROM_THEM
    day = DAY - dt.timedelta(days=days_ago)
    return Moment(
        id=f"m-{alter}-{days_ago}-{word}", day=day, alter=alter, direction=direction, kind=one.kind, subkind=word
    )


def a_circle(*bonds: Bond, ties: tuple[tuple[str, str], ...] = ()) -> Circle:
    """Return a circle as of DAY of these bonds; ties by id."""
    return Circle(DAY, bonds, tuple(AlterTie(min(pair), max(pair)) for pair in ties))


def crowd(count: int, seed: int = 7) -> Circle:
    """Return a circle of `count` people; a bigger one of the same seed holds the same people first."""
    bonds = tuple(_somebody(index, seed) for index in range(count))
    rng = random.Random(f"ties {seed}")
    ties = set()
    for index in range(1, count):
        for _ in range(2):
            other = rng.randrange(index)
            if rng.random() < (0.9 if bonds[other].sector == bonds[index].sector else 0.25):
                ties.add((bonds[other].alter.id, bonds[index].alter.id))
    return a_circle(*bonds, ties=tuple(sorted(ties)))


def _somebody(index: int, seed: int) -> Bond:
    rng = random.Random(f"{seed} {index}")
    name = NAMES[index % len(NAMES)] + (f" {index // len(NAMES) + 1}" if index >= len(NAMES) else "")
    alter = f"a{index:03}"
    kind = AlterKind.GROUP if name.startswith(("the ", "Tuesday")) else AlterKind.PERSON
    words = tuple(rng.sample([one.id for kind in SUPPORT for one in subkinds_of(kind)], rng.choice((0, 1, 1, 2, 3))))
    heard = tuple(a_moment(alter, word, days_ago=rng.randrange(1, 300)) for word in words if rng.random() < 0.6)
    return Bond(
        alter=Alter(id=alter, kind=kind, name=name),
        status=rng.choice(STATUSES) if rng.random() < 0.1 else Status.ACTIVE,
        ring=rng.choices((*Ring, None), (2, 4, 8, 0.5))[0],
        sector=rng.choices((*SECTORS, None), (4, 5, 3, 2, 1, 2, 1))[0],
        gives=dict.fromkeys(words, 2),
        moments=tuple(sorted(heard, key=lambda one: one.day)),
    )
