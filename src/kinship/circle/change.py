"""What is different between two days of the map: who came, who is no longer counted on, who moved, what they give."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct

from kinship.circle.sentences import listed
from kinship.circle.support import expected, kinds_given
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind
from kinship.journal.model import AlterId, AlterTie, Bond, Circle, Ring, Status

_Told = Callable[[dt.date], str]

MOST_NAMES = 6
"""Names that one sentence lists before it counts the rest."""


class Move(Struct, frozen=True):
    """Somebody who stands on another ring now; None where no ring was stated."""

    alter: AlterId
    before: Ring | None
    after: Ring | None


class Support(Struct, frozen=True):
    """A kind of support of one alter."""

    alter: AlterId
    kind: Kind


class Turn(Struct, frozen=True):
    """How a tie stood and stands; None where it was not on the map."""

    alter: AlterId
    before: Status | None
    after: Status | None


class Change(Struct, frozen=True):
    """The difference between two circles; everybody in the order of the later circle, then of the earlier one."""

    before: dt.date
    after: dt.date
    kept: tuple[AlterId, ...]
    """Whose tie is active on both days."""
    new: tuple[AlterId, ...]
    """Whose tie is active on the later day only."""
    gone: tuple[AlterId, ...]
    """Whose tie is active on the earlier day only: paused, ended, no contact, wished for, deleted (see `turned`).

    Never somebody who is remembered: they are in `remembered`."""
    moved: tuple[Move, ...]
    """Who changed ring, among those whose tie stands (active or not) as it stood."""
    gained: tuple[Support, ...]
    """Kinds given on the later day only, expected or received in the year; all kinds of those who are new."""
    lost: tuple[Support, ...]
    """Kinds given on the earlier day only; all kinds of those who are gone, none of those who are remembered."""
    ties_new: tuple[tuple[AlterId, AlterId], ...]
    """Who knows whom on the later day only, among those whose ties are active then."""
    ties_gone: tuple[tuple[AlterId, AlterId], ...]
    jaccard: float | None
    """Counted alters of both days among those of either: 0 to 1; None where nobody counts on either (Jaccard 1901)."""
    turnover: float | None
    """(new + gone) / (size before + size after), of counted alters: 0 to 1; None like `jaccard` (Diamond 1969)."""
    turned: tuple[Turn, ...] = ()
    """Who is on both days' maps with another status, and who is on one of them only."""
    remembered: tuple[AlterId, ...] = ()
    """Whose tie is active on the earlier day, and who is remembered on the later."""
    lapsed: tuple[Support, ...] = ()
    """Those of `lost` who are kept and whose kind was never said: only no moment of it fell into the later year."""


def compare(before: Circle, after: Circle) -> Change:
    """Return what is different in `after`; the days may come in any order, `before` is what it is compared with."""
    was, now = _by_alter(before), _by_alter(after)
    everybody = tuple(dict.fromkeys((*now, *was)))
    held, holds = _active(was), _active(now)
    kept = tuple(one for one in everybody if one in held and one in holds)
    ties_then, ties_now = _pairs(before, held), _pairs(after, holds)
    counted_then = {one for one, bond in was.items() if bond.counted}
    counted_now = {one for one, bond in now.items() if bond.counted}
    either = counted_then | counted_now
    remembered = frozenset(one for one in held if one in now and now[one].status is Status.REMEMBERED)
    lost = _differing(everybody, was, held - remembered, now, holds)
    return Change(
        before=before.as_of,
        after=after.as_of,
        kept=kept,
        new=tuple(one for one in everybody if one in holds and one not in held),
        gone=tuple(one for one in everybody if one in held - holds - remembered),
        moved=tuple(
            Move(one, was[one].ring, now[one].ring)
            for one in everybody
            if one in was and one in now and was[one].ring != now[one].ring and (one in held) == (one in holds)
        ),
        gained=_differing(everybody, now, holds, was, held),
        lost=lost,
        ties_new=tuple(pair for pair in ties_now if pair not in ties_then),
        ties_gone=tuple(pair for pair in ties_then if pair not in ties_now),
        jaccard=len(counted_then & counted_now) / len(either) if either else None,
        turnover=len(counted_then ^ counted_now) / (len(counted_then) + len(counted_now)) if either else None,
        remembered=tuple(one for one in everybody if one in remembered),
        lapsed=tuple(one for one in lost if one.alter in holds and one.kind not in expected(was[one.alter])),
        turned=tuple(
            Turn(one, was[one].status if one in was else None, now[one].status if one in now else None)
            for one in everybody
            if one not in was or one not in now or was[one].status is not now[one].status
        ),
    )


def both(before: Circle, after: Circle) -> Circle:
    """Return everybody of either day in one circle as of the later one; those who are gone keep their old bond.

    Whoever is remembered on the later day stands there as they are remembered.
    """
    was, now = _by_alter(before), _by_alter(after)
    gone = frozenset(compare(before, after).gone)
    bonds = {one: was[one] if one in gone or one not in now else now[one] for one in (*now, *was)}
    ties = {(tie.a, tie.b): tie for tie in (*before.ties, *after.ties)}
    return Circle(
        as_of=after.as_of,
        bonds=tuple(sorted(bonds.values(), key=lambda bond: (bond.alter.name.casefold(), bond.alter.id))),
        ties=tuple(ties[pair] for pair in sorted(ties)),
    )


def change_in_words(change: Change, before: Circle, after: Circle, *, day: _Told | None = None) -> tuple[str, ...]:
    """Return the difference as sentences, what matters most first; one that says so where nothing changed.

    `day` says a date in words; as it is written out where None.
    """
    told = day or _day
    names = {bond.alter.id: bond.alter.name for bond in (*before.bonds, *after.bonds)}
    said = (
        *_came(change, names),
        *_left(change, names, told),
        *_rings(change, names),
        *_support(change, names, told),
        *_whole(before, after, told),
        *_known(change, names),
    )
    return said or (f"Nothing changed on the map between {told(change.before)} and {told(change.after)}.",)


def _came(change: Change, names: dict[AlterId, str]) -> list[str]:
    turned = {turn.alter: turn for turn in change.turned}
    again = (Status.PAUSED, Status.ENDED, Status.NO_CONTACT, Status.REMEMBERED)
    back = [names[one] for one in change.new if turned[one].before in again]
    wished = [names[one] for one in change.new if turned[one].before is Status.WISHED]
    fresh = [names[one] for one in change.new if turned[one].before is None]
    hoped = [names[turn.alter] for turn in change.turned if turn.after is Status.WISHED and turn.before is None]
    said = []
    if fresh:
        said.append(f"New on the map: {listed(fresh, MOST_NAMES)}.")
    if wished:
        said.append(f"Once wished for, now part of it: {listed(wished, MOST_NAMES)}.")
    if back:
        said.append(f"In touch again: {listed(back, MOST_NAMES)}.")
    if hoped:
        said.append(f"Wished for: {listed(hoped, MOST_NAMES)}.")
    return said


_LEFT = (
    (Status.REMEMBERED, "Remembered now: {}."),
    (Status.PAUSED, "Paused: {}."),
    (Status.ENDED, "Ended: {}."),
    (Status.NO_CONTACT, "No contact: {}."),
    (Status.WISHED, "Wished for again: {}."),
)
"""What is said of those whose tie is not active any more: how it stands, never more."""


def _left(change: Change, names: dict[AlterId, str], day: _Told) -> list[str]:
    said = []
    for status, sentence in _LEFT:
        those = [
            names[turn.alter]
            for turn in change.turned
            if turn.after is status and (turn.before is not None or status is not Status.WISHED)
        ]
        if those:
            said.append(sentence.format(listed(those, MOST_NAMES)))
    if absent := [names[turn.alter] for turn in change.turned if turn.after is None]:
        said.append(f"Not on the map on {day(change.after)}: {listed(absent, MOST_NAMES)}.")
    return said


_ORDER = {Ring.INNER: 0, Ring.MIDDLE: 1, Ring.OUTER: 2, None: 3}
_RING = ("inner", "middle", "outer", "no ring")


def _rings(change: Change, names: dict[AlterId, str]) -> list[str]:
    """Return who moved, those of one way together: the closest first, nearer ones before those further out."""
    ways: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for move in change.moved:
        ways[_ORDER[move.before], _ORDER[move.after]].append(names[move.alter])
    said = []
    for before, after in sorted(ways, key=lambda way: (way[1] > way[0], way[1], way[0])):
        word = "Closer" if after < before else "Further out"
        said.append(f"{word}, from {_RING[before]} to {_RING[after]}: {listed(ways[before, after], MOST_NAMES)}.")
    return said


def _support(change: Change, names: dict[AlterId, str], day: _Told) -> list[str]:
    """Return who gives more or less than before; a kind that only was not written of in the year is told apart."""
    kept, lapsed = set(change.kept), set(change.lapsed)
    ended = tuple(one for one in change.lost if one not in lapsed)
    said = []
    for supports, sentence in (
        (change.gained, "Now also marked for {}: {}."),
        (ended, "No longer marked for {}: {}."),
        (change.lapsed, f"No moment of {{}} in the year to {day(change.after)}: {{}}."),
    ):
        for kind in SUPPORT:
            those = [names[one.alter] for one in supports if one.kind is kind and one.alter in kept]
            if those:
                said.append(sentence.format(KIND_WORDS[kind], listed(those, MOST_NAMES)))
    return said


def _whole(before: Circle, after: Circle, day: _Told) -> list[str]:
    """Return what became of each kind of support as a whole, where that is worth a sentence."""
    said = []
    for kind in SUPPORT:
        had, has = (sum(bond.counted and kind in kinds_given(bond) for bond in one.bonds) for one in (before, after))
        if had and not has:
            said.append(f"Nobody is marked for {KIND_WORDS[kind]} on {day(after.as_of)}; it may be worth knowing.")
        elif has and not had:
            said.append(f"Somebody is marked for {KIND_WORDS[kind]} now; on {day(before.as_of)} nobody was.")
        elif has == 1 and had > 1:
            said.append(f"For {KIND_WORDS[kind]} one alone is marked now, where there were {had}.")
    return said


def _known(change: Change, names: dict[AlterId, str]) -> list[str]:
    """Return who of those there on both days have come to know each other."""
    kept = set(change.kept)
    met = [f"{names[a]} and {names[b]}" for a, b in change.ties_new if a in kept and b in kept]
    return [f"Marked as knowing each other now: {listed(met, MOST_NAMES)}."] if met else []


def _by_alter(circle: Circle) -> dict[AlterId, Bond]:
    return {bond.alter.id: bond for bond in circle.bonds}


def _active(bonds: dict[AlterId, Bond]) -> frozenset[AlterId]:
    return frozenset(one for one, bond in bonds.items() if bond.status is Status.ACTIVE)


def _pairs(circle: Circle, among: frozenset[AlterId]) -> dict[tuple[AlterId, AlterId], AlterTie]:
    return {(tie.a, tie.b): tie for tie in circle.ties if tie.a in among and tie.b in among}


def _differing(
    everybody: tuple[AlterId, ...],
    has: dict[AlterId, Bond],
    active: frozenset[AlterId],
    had: dict[AlterId, Bond],
    was_active: frozenset[AlterId],
) -> tuple[Support, ...]:
    """Return the kinds that those `active` in `has` give and did not give, being active, in `had`."""
    found = []
    for one in everybody:
        if one not in active:
            continue
        more = kinds_given(has[one]) - (kinds_given(had[one]) if one in was_active else frozenset())
        found += [Support(one, kind) for kind in SUPPORT if kind in more]
    return tuple(found)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
