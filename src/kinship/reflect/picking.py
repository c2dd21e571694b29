"""Who may be picked in a step, who is offered first, and which sessions are offered at all."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Sequence

from kinship.ground.errors import Misused
from kinship.journal.model import Alter, AlterId, AlterKind, Bond, Circle, Entry, Ring, Status
from kinship.reflect.answers import Picked
from kinship.reflect.book import Book
from kinship.reflect.prompts import Condition
from kinship.reflect.sessions import Session, Step
from kinship.reflect.slots import SelectionState

DRIFTED = "drifted"
REST_DAYS = 21
"""Days for which a session that was done is not the one that is suggested."""
WEEK = 7
_NAMEABLE = tuple(status for status in Status if status is not Status.NO_CONTACT)
RINGS = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2, None: 3}


def pickable(circle: Circle, step: Step) -> tuple[Picked, ...]:
    """Return who is offered: the kinds and statuses the step names, never somebody marked no contact.

    The closest come first; where the step prefers those who drifted, those whose last moment is longest ago.
    """
    bonds = [
        bond
        for bond in circle.bonds
        if bond.alter.kind in step.kinds and bond.status in step.statuses and bond.status is not Status.NO_CONTACT
    ]
    order = _drifted if step.prefer == DRIFTED else _closest
    return tuple(picked(bond) for bond in sorted(bonds, key=order))


def picked(bond: Bond) -> Picked:
    """Return somebody as they are picked."""
    return Picked(bond.alter.id, bond.alter.name, remembered=bond.status is Status.REMEMBERED)


def named(circle: Circle, step: Step, name: str, bearers: Sequence[Alter]) -> Picked | None:
    """Return who is meant by a name that was typed whole and that `bearers` have; None where nobody on the map has it.

    Whoever it is may be named, offered at the step or not; only somebody marked no contact is left out wherever the
    step does not list that status. Raises Misused where nobody else has the name, or more than one.
    """
    ids = {one.id for one in bearers}
    bonds = [bond for bond in circle.bonds if bond.alter.id in ids]
    meant = [bond for bond in bonds if bond.status in (*_NAMEABLE, *step.statuses)]
    if bonds and not meant:
        raise Misused(f"{bonds[0].alter.name} is marked no contact and left out here.")
    if len(meant) > 1:
        raise Misused(f"More than one on your map is called {name}.")
    return picked(meant[0]) if meant else None


def left_out(circle: Circle) -> frozenset[AlterId]:
    """Return whom nothing is asked about: those marked no contact."""
    return frozenset(bond.alter.id for bond in circle.bonds if bond.status is Status.NO_CONTACT)


def kind_of_new(step: Step) -> AlterKind:
    """Return what a new name at a step is: a person where one may be picked, else the first kind it asks for."""
    return AlterKind.PERSON if AlterKind.PERSON in step.kinds or not step.kinds else step.kinds[0]


def _closest(bond: Bond) -> tuple[int, str, str]:
    return RINGS[bond.ring], bond.alter.name.casefold(), bond.alter.id


def _drifted(bond: Bond) -> tuple[dt.date, int, str]:
    last = bond.moments[-1].day if bond.moments else dt.date.min
    return last, RINGS[bond.ring], bond.alter.id


def offered(book: Book, state: SelectionState, done: Iterable[Entry], day: dt.date, seed: int) -> tuple[Session, ...]:
    """Return the sessions that are offered on a day, the suggested one first, then topic by topic.

    One that a condition speaks against is left out; a heavy one is offered only at a known mood that is high enough,
    and never more often in a week than the rules say. `done` are the pages of the days before. The order is the same
    all day long.
    """
    rules = book.pack.rules
    told = ((one.prompt or "", one.day) for one in sorted(done, key=lambda one: one.day))
    kept = {id_: then for id_, then in told if id_ in book.sessions}
    mood = next((state.moods[one] for one in _days_back(day, 3) if one in state.moods), None)
    low = mood is not None and mood <= rules.low_mood
    conditions = state.conditions | ({Condition.LOW_MOOD} if low else set())
    heavy = sum(book.sessions[id_].intensity > 1 for id_, then in kept.items() if (day - then).days < WEEK)
    strong = mood is not None and mood >= rules.intensity2_min_mood and heavy < rules.intensity2_max_per_7_days
    fit = [
        one
        for one in book.sessions.values()
        if conditions.isdisjoint(one.avoid_when) and (one.intensity == 1 or strong)
    ]
    topics = list(book.pack.topics)
    turn = topics[day.toordinal() % len(topics) :] + topics[: day.toordinal() % len(topics)]

    def order(one: Session) -> tuple[bool, int, int]:
        rested = one.id not in kept or (day - kept[one.id]).days >= REST_DAYS
        return not rested, turn.index(one.topic), zlib.crc32(f"{seed} {day} {one.id}".encode())

    return tuple(sorted(fit, key=order))


def _days_back(day: dt.date, days: int) -> list[dt.date]:
    return [day - dt.timedelta(days=back) for back in range(days)]
