"""Journals on throw-away vaults, and small values to put into them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from builders.vaults import new_vault
from kinship.ground.clock import Clock, FrozenClock
from kinship.journal.facts import subject_of
from kinship.journal.journal import Journal
from kinship.journal.kinds import SUBKINDS, Kind, kind_of, subkind
from kinship.journal.model import Alter, AlterKind, Bond, Direction, Entry, Fact, Moment, Ring, Status
from kinship.vault import new_id

EVENING = dt.datetime(2024, 5, 3, 21, 4, tzinfo=dt.UTC)
TODAY = EVENING.date()
NAMES = (
    "Bea", "Ana", "Ugo", "Tomás", "Grace", "Noor", "Søren", "Hana", "Yusuf", "Lee", "Priya", "Mei", "Dr Okonkwo",
    "Farida", "Carlos", "Émile", "the choir", "小林さくら", "Great-aunt Philippa", "김민준", "Zoë", "Old Tom",
)  # fmt: skip
SECTORS = ("family", "friends", "work", "neighbourhood")


def new_journal(tmp_path: Path, clock: Clock | None = None, name: str = "journal") -> Journal:
    """Return the journal of a fresh vault under `tmp_path`; its clock stands at EVENING unless given."""
    time = clock or FrozenClock(EVENING)
    return Journal(new_vault(tmp_path, time, name).vault, time)


def entry(body: str = "A short one.", *, day: dt.date = TODAY, id_: str | None = None, **fields: Any) -> Entry:
    """Return a page of a day, written at nine in the evening."""
    at = fields.pop("at", dt.datetime.combine(day, dt.time(21, 0), dt.UTC))
    return Entry(id=id_ or new_id(), at=at, zone="UTC", day=day, body=body, **fields)


def alter(name: str = "Bea", *, id_: str | None = None, kind: AlterKind = AlterKind.PERSON, **fields: Any) -> Alter:
    """Return an alter; the id is the name in lower case unless given."""
    return Alter(id=id_ or name.casefold().replace(" ", "-"), kind=kind, name=name, **fields)


def fact(
    subject: str | tuple[str, ...],
    field: str,
    value: int | str | None,
    from_: dt.date = TODAY,
    *,
    recorded: dt.datetime = EVENING,
    id_: str | None = None,
) -> Fact:
    """Return a statement about one alter or two."""
    alters = (subject,) if isinstance(subject, str) else subject
    return Fact(
        id=id_ or new_id(), subject=subject_of(*alters), field=field, value=value, from_=from_, recorded=recorded
    )


def moment(who: str, word: str = "listening", day: dt.date = TODAY, *, to_them: bool = False, **fields: Any) -> Moment:
    """Return a moment with an alter of a kind or subkind."""
    direction = Direction.TO_THEM if to_them else Direction.FROM_THEM
    own = word if subkind(word) is not None else None
    kind = kind_of(word) or Kind.EMOTIONAL
    return Moment(id=new_id(), day=day, alter=who, direction=direction, kind=kind, subkind=own, **fields)


def bond(name: str = "Bea", *, gives: Iterable[str] = (), moments: tuple[Moment, ...] = (), **fields: Any) -> Bond:
    """Return the tie with one alter that gives these."""
    return Bond(alter=alter(name), gives=dict.fromkeys(gives, 2), moments=moments, **fields)


def circle_of(n: int, seed: int = 7, *, day: dt.date = TODAY) -> tuple[list[Alter], list[Fact], list[Moment]]:
    """Return `n` alters with statements and moments of the two years up to `day`, the same for the same seed."""
    dice = random.Random(seed)
    alters = [alter(_name(i), id_=f"a{i:03d}") for i in range(n)]
    facts = [one for each in alters for one in _facts_of(each.id, dice, day)]
    for _ in range(2 * n if n > 1 else 0):
        a, b = dice.sample(alters, 2)
        facts.append(_said((a.id, b.id), "knows", dice.randint(1, 3), dice, day))
    moments = [
        moment(dice.choice(alters).id, dice.choice(SUBKINDS).id, _before(dice, day), to_them=dice.random() < 0.3)
        for _ in range(4 * n)
    ]
    return alters, facts, moments


def _name(i: int) -> str:
    turn, at = divmod(i, len(NAMES))
    return NAMES[at] if not turn else f"{NAMES[at]} {turn + 1}"


def _before(dice: random.Random, day: dt.date) -> dt.date:
    return day - dt.timedelta(days=dice.randrange(730))


def _said(subject: str | tuple[str, ...], field: str, value: int | str, dice: random.Random, day: dt.date) -> Fact:
    return fact(subject, field, value, _before(dice, day), id_=f"{dice.getrandbits(128):032x}")


def _facts_of(id_: str, dice: random.Random, day: dt.date) -> list[Fact]:
    status = dice.choices(tuple(Status), weights=(20, 1, 1, 1, 1, 1))[0]
    return [
        fact(id_, "status", Status.ACTIVE, day - dt.timedelta(days=730)),
        _said(id_, "status", status, dice, day),
        _said(id_, "ring", dice.choice(tuple(Ring)), dice, day),
        _said(id_, "sector", dice.choice(SECTORS), dice, day),
        *(_said(id_, f"gives.{one.id}", dice.randint(1, 3), dice, day) for one in dice.sample(SUBKINDS[:12], 2)),
    ]
