"""The support map of any day, fast: what was said and what happened, ordered once, looked up by day ever after.

`Timeline(...).as_of(day)` equals `facts.standing(..., day)`; that fold stays the definition, this is its index.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from kinship.journal.facts import YEAR, Subject, order, roots, subject_of
from kinship.journal.model import Alter, AlterId, AlterTie, Bond, Circle, Fact, Moment, Ring, Status
from kinship.journal.statements import CLAIMS, PAIRED
from kinship.journal.tie_history import Told, Turn, in_words

_RINGS = {str(ring): ring for ring in Ring}
_STATUSES = {str(status): status for status in Status}


class Slot:
    """All that was said in one field of one subject, by the day it holds from."""

    __slots__ = ("facts", "field", "froms", "head", "word")

    def __init__(self, field: str, facts: Iterable[Fact]) -> None:
        self.field = field
        self.facts = sorted(facts, key=order)
        self.froms = [fact.from_ for fact in self.facts]
        self.head, _, self.word = field.partition(".")

    def on(self, day: dt.date) -> int | str | None:
        """Return what holds on `day`; None where nothing does."""
        found = bisect_right(self.froms, day)
        return self.facts[found - 1].value if found else None

    def turns(self) -> Iterable[tuple[dt.date, int | str | None, int | str | None]]:
        """Yield each day on which something else holds than before: the day, what held, what holds."""
        held: int | str | None = None
        for index, fact in enumerate(self.facts):
            last_of_day = index + 1 == len(self.facts) or self.froms[index + 1] != fact.from_
            if last_of_day and fact.value != held:
                yield fact.from_, held, fact.value
                held = fact.value

    def latest(self) -> int | str | None:
        """Return the last thing that was said and not only ended."""
        return next((fact.value for fact in reversed(self.facts) if fact.value is not None), None)


class _Track:
    """One alter through time."""

    __slots__ = ("alter", "days", "first", "moments", "slots")

    def __init__(self, alter: Alter, first: dt.date | None, slots: list[Slot], moments: list[Moment]) -> None:
        self.alter = alter
        self.first = first
        self.slots = sorted(slots, key=lambda slot: slot.field)
        self.moments = tuple(sorted(moments, key=lambda moment: (moment.day, moment.id)))
        self.days = [moment.day for moment in self.moments]

    def there(self, day: dt.date) -> bool:
        return self.first is None or self.first <= day

    def in_the_year(self, day: dt.date) -> tuple[Moment, ...]:
        start = bisect_right(self.days, day - YEAR) if day - dt.date.min >= YEAR else 0
        return self.moments[start : bisect_right(self.days, day)]


class _Pair(Struct, frozen=True):
    """Two alters who know each other at some time."""

    a: AlterId
    b: AlterId
    knows: Slot | None
    member: Slot | None

    def on(self, day: dt.date) -> AlterTie | None:
        knows = self.knows.on(day) if self.knows is not None else None
        member = self.member.on(day) if self.member is not None else None
        said = knows if knows is not None else member
        return AlterTie(self.a, self.b, strength=said, member=member is not None) if isinstance(said, int) else None

    def ever(self) -> AlterTie | None:
        """Return the tie as it was last, whether or not it ended."""
        knows = self.knows.latest() if self.knows is not None else None
        member = self.member.latest() if self.member is not None else None
        said = knows if knows is not None else member
        return AlterTie(self.a, self.b, strength=said, member=member is not None) if isinstance(said, int) else None


class Timeline:
    """Everything that was said and that happened, ready for any day."""

    def __init__(self, alters: Iterable[Alter], facts: Iterable[Fact], moments: Iterable[Moment]) -> None:
        by_id = {alter.id: alter for alter in alters}
        root = roots(by_id.values())
        said: defaultdict[Subject, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        first: dict[AlterId, dt.date] = {}
        for fact in facts:
            if any(one not in root for one in fact.subject):
                continue
            subject = tuple(root[one] for one in fact.subject)
            for one in subject:
                first[one] = min(fact.from_, first.get(one, fact.from_))
            said[subject_of(*subject)][fact.field].append(fact)
        happened: defaultdict[AlterId, list[Moment]] = defaultdict(list)
        for moment in moments:
            if moment.alter in root:
                happened[root[moment.alter]].append(moment)
        self._slots: dict[Subject, dict[str, Slot]] = {
            subject: {field: Slot(field, its) for field, its in fields.items()} for subject, fields in said.items()
        }
        self._root = root
        tracks = [
            _Track(alter, first.get(one), list(self._slots.get((one,), {}).values()), happened[one])
            for one, alter in by_id.items()
            if root[one] == one
        ]
        self._tracks = sorted(tracks, key=lambda track: (track.alter.name.casefold(), track.alter.id))
        self._by_id = {track.alter.id: track for track in self._tracks}
        pairs = (_pair(subject, self._slots[subject]) for subject in sorted(self._slots))
        self._pairs = [pair for pair in pairs if pair is not None]
        self._days: tuple[dt.date, ...] | None = None
        self._union: Circle | None = None

    def as_of(self, day: dt.date) -> Circle:
        """Return the circle as of `day`: bonds by name, ties by their ids."""
        there = [track for track in self._tracks if track.there(day)]
        ids = {track.alter.id for track in there}
        ties = (pair.on(day) for pair in self._pairs if pair.a in ids and pair.b in ids)
        return Circle(
            as_of=day,
            bonds=tuple(_bond(track, day) for track in there),
            ties=tuple(tie for tie in ties if tie is not None),
        )

    def union(self) -> Circle:
        """Return everybody who is ever on the map, as they were last: the frame that every day's drawing shares.

        A ring or sector that was ended is the one before; ties are all that ever were. `as_of` is the last day of
        change. Moments are left out.
        """
        if self._union is None:
            days = self.days()
            ties = (pair.ever() for pair in self._pairs if pair.a in self._root and pair.b in self._root)
            self._union = Circle(
                as_of=days[-1] if days else dt.date.min,
                bonds=tuple(_bond(track, None) for track in self._tracks),
                ties=tuple(tie for tie in ties if tie is not None),
            )
        return self._union

    def days(self) -> tuple[dt.date, ...]:
        """Return the days on which something else begins to hold, or somebody comes onto the map, oldest first."""
        if self._days is None:
            found = {track.first for track in self._tracks if track.first is not None}
            for fields in self._slots.values():
                for slot in fields.values():
                    found.update(day for day, _, _ in slot.turns())
            self._days = tuple(sorted(found))
        return self._days

    def history_of(self, alter: AlterId) -> tuple[Told, ...]:
        """Return what was said of an alter (or of whom it was merged into) as dated words, oldest first."""
        one = self._root.get(alter, alter)
        track = self._by_id.get(one)
        if track is None:
            return ()
        turns = [Turn(day, slot.field, was, now) for slot in track.slots for day, was, now in slot.turns()]
        for pair in self._pairs:
            other = self._by_id.get(pair.b if pair.a == one else pair.a)
            if one not in (pair.a, pair.b) or other is None:
                continue
            for slot in (pair.knows, pair.member):
                if slot is not None:
                    turns += (Turn(day, slot.field, was, now, other.alter) for day, was, now in slot.turns())
        return in_words(track.alter, track.first, turns)

    def first(self) -> dt.date | None:
        """Return the first day that anything is said of anybody, None for an empty map."""
        days = self.days()
        return days[0] if days else None


def _pair(subject: Subject, fields: dict[str, Slot]) -> _Pair | None:
    match subject:
        case (a, b) if a != b and not fields.keys().isdisjoint(PAIRED):
            return _Pair(a, b, fields.get("knows"), fields.get("member_of"))
        case _:
            return None


def _bond(track: _Track, day: dt.date | None) -> Bond:
    """Return the tie with one alter as of `day`; with None, all that was said last and no moments."""
    claims: dict[str, dict[str, int]] = {head: {} for head in CLAIMS}
    words: dict[str, str] = {}
    for slot in track.slots:
        value = slot.on(day) if day is not None else slot.latest()
        if value is None:
            continue
        if slot.head in claims:
            if isinstance(value, int):
                claims[slot.head][slot.word] = value
        elif isinstance(value, str):
            words[slot.field] = value
    return Bond(
        alter=track.alter,
        status=_STATUSES.get(words.get("status", ""), Status.ACTIVE),
        ring=_RINGS.get(words.get("ring", "")),
        sector=words.get("sector"),
        moments=track.in_the_year(day) if day is not None else (),
        **claims,
    )
