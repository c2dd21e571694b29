"""From a plan to the journal: who is there already is found again, nothing comes twice, one act takes it back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator

from msgspec import Struct

from kinship.journal.facts import order, subject_of
from kinship.journal.journal import Act, Journal
from kinship.journal.mentions import fold
from kinship.journal.model import Alter, AlterId, Fact, Status
from kinship.transfer.plan import Newcomer, Plan, Ref, Said

ID_BYTES = 16


class Matched(Struct, frozen=True):
    """What a plan means for this journal."""

    plan: Plan
    ids: dict[Ref, AlterId]
    """Everybody of the plan to who they are here."""
    new: tuple[Newcomer, ...]
    there: tuple[Newcomer, ...]
    """Those who are on the map already, by their name."""
    values: tuple[Struct, ...]
    """What would be kept."""
    doubts: tuple[str, ...] = ()


def match(journal: Journal, plan: Plan, only: Collection[Ref] | None = None) -> Matched:
    """Return what a plan would do: of `only` these people, or of all.

    Somebody whose name one person on the map bears is that person; what is said of them is added from its day on, and
    nothing that was said here is changed. Ids come from the names, so that a second import finds the first.
    """
    people = [one for one in plan.people if only is None or one.ref in only]
    ids: dict[Ref, AlterId] = {}
    new: list[Newcomer] = []
    there: list[Newcomer] = []
    shared = 0
    for one in people:
        bearers = journal.alters.by_name(one.name)
        shared += len(bearers) > 1
        if len(bearers) == 1:
            ids[one.ref] = bearers[0].id
            there.append(one)
        else:
            ids[one.ref] = _id(journal, plan, one, taken=ids.values())
            new.append(one)
    told = (f"{shared} bear a name that several on your map have; they come as new",) if shared else ()
    values = (*_alters(ids, new), *_facts(journal, plan, ids, people, {one.ref for one in new}))
    return Matched(plan, ids, tuple(new), tuple(there), values, (*plan.doubts, *told))


def keep(journal: Journal, matched: Matched) -> Act:
    """Keep what was matched as one act, which can be taken back even after a restart. Raises NotSaved."""
    return journal.take_in(matched.plan.source, matched.values)


def _id(journal: Journal, plan: Plan, one: Newcomer, taken: Collection[AlterId]) -> AlterId:
    words = "\n".join((journal.vault.id, plan.source, fold(one.name)))
    id_ = hashlib.sha256(words.encode()).hexdigest()[: 2 * ID_BYTES]
    if id_ in taken or journal.alters.as_written(id_) is not None:
        return hashlib.sha256(f"{words}\n{one.ref}".encode()).hexdigest()[: 2 * ID_BYTES]
    return id_


def _alters(ids: dict[Ref, AlterId], new: list[Newcomer]) -> Iterator[Alter]:
    for one in new:
        yield Alter(
            id=ids[one.ref], kind=one.kind, name=one.name.replace("@", " ").strip(), aliases=one.aliases,
            pronouns=one.pronouns, birthday=one.birthday, notes=one.notes,
        )  # fmt: skip


def _facts(
    journal: Journal, plan: Plan, ids: dict[Ref, AlterId], people: list[Newcomer], new: set[Ref]
) -> Iterator[Fact]:
    """Yield what the file says and the journal does not: it never changes what was said here, only goes on from it."""
    said: dict[tuple[AlterId, ...], list[Said]] = {}
    for one in people:
        told = list(one.said)
        if one.ref in new and all(other.field != "status" for other in told):
            told.insert(0, Said("status", str(Status.ACTIVE), one.since))
        said.setdefault((ids[one.ref],), []).extend(told)
    for tie in plan.known:
        if tie.a in ids and tie.b in ids and ids[tie.a] != ids[tie.b]:
            said.setdefault(subject_of(ids[tie.a], ids[tie.b]), []).append(Said("knows", tie.strength, tie.from_))
    for subject, told in said.items():
        for field in dict.fromkeys(one.field for one in told):
            yield from _field(journal, plan, subject, [one for one in told if one.field == field])


def _field(journal: Journal, plan: Plan, subject: tuple[AlterId, ...], told: list[Said]) -> Iterator[Fact]:
    """Yield the facts of one field: all of them where nothing is said here, else those later than the last one."""
    last = max(journal.facts.of(subject, told[0].field), key=order, default=None)
    value, since = (last.value, last.from_) if last is not None else (None, dt.date.min)
    for one in sorted(told, key=lambda one: one.from_):
        if one.from_ > since and one.value != value:
            yield _fact(journal, plan, subject, one)
            value, since = one.value, one.from_


def _fact(journal: Journal, plan: Plan, subject: tuple[AlterId, ...], said: Said) -> Fact:
    words = "\n".join((plan.source, *subject, said.field, str(said.from_), str(said.value)))
    return Fact(
        id=hashlib.sha256(f"{journal.vault.id}\n{words}".encode()).hexdigest()[: 2 * ID_BYTES],
        subject=subject,
        field=said.field,
        value=said.value,
        from_=said.from_,
        recorded=journal.clock.now(),
    )
