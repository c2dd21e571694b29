"""The history of a tie in plain words: what was said of somebody, day by day, as it changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from kinship.journal.kinds import label_of
from kinship.journal.model import Alter, AlterKind, Status

Value = int | str | None

_GROUPS = frozenset({AlterKind.GROUP, AlterKind.ONLINE, AlterKind.PLACE, AlterKind.PRACTICE})


_MOST_NAMES = 6
"""Names that one statement lists before it counts the rest."""


class Turn(Struct, frozen=True):
    """A day on which something else begins to hold: the field, what held before, what holds, and of whom beside."""

    day: dt.date
    field: str
    before: Value
    after: Value
    other: Alter | None = None
    """The other end, for a tie between two alters."""


class Told(Struct, frozen=True):
    """One dated statement."""

    day: dt.date
    text: str

    @property
    def line(self) -> str:
        """The statement behind its day, as in "3 May 2025: moved to the inner ring"."""
        return f"{self.day.day} {self.day:%B %Y}: {self.text}"


def in_words(alter: Alter, first: dt.date | None, turns: Iterable[Turn]) -> tuple[Told, ...]:
    """Return the statements, oldest first; those of one day in the order ring, circle, status, support, others.

    `first` is the day from which the alter is on the map, None for always.
    """
    by_day: defaultdict[dt.date, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_day[turn.day].append(turn)
    if first is not None:
        by_day.setdefault(first, [])
    return tuple(Told(day, text) for day in sorted(by_day) for text in _day(alter, by_day[day], came=day == first))


def _day(alter: Alter, turns: list[Turn], *, came: bool) -> Iterator[str]:
    plain = {turn.field: turn for turn in turns if turn.other is None}
    ring, sector, status = plain.get("ring"), plain.get("sector"), plain.get("status")
    if came:
        yield _coming(ring, sector)
        if status is not None and status.after is not None and status.after != Status.ACTIVE:
            yield _STATUS_AT_FIRST.get(str(status.after), "on the map")
    else:
        for turn, told in ((ring, _ring), (sector, _sector), (status, _status)):
            if turn is not None and (text := told(turn)):
                yield text
    for head, told_of in _CLAIMS.items():
        yield from told_of(_claims(plain.values(), head))
    yield from _others(alter, [turn for turn in turns if turn.other is not None])


def _coming(ring: Turn | None, sector: Turn | None) -> str:
    where = f", in the {ring.after} ring" if ring is not None and ring.after is not None else ""
    which = f" ({sector.after})" if sector is not None and sector.after is not None else ""
    return f"came onto the map{where}{which}"


def _ring(turn: Turn) -> str:
    if turn.after is None:
        return "ring left open"
    return f"placed in the {turn.after} ring" if turn.before is None else f"moved to the {turn.after} ring"


def _sector(turn: Turn) -> str:
    if turn.after is None:
        return f"no longer in the circle “{turn.before}”"
    return f"in the circle “{turn.after}”" + ("" if turn.before is None else f", before in “{turn.before}”")


_STATUS_AT_FIRST = {
    Status.WISHED.value: "wished for",
    Status.PAUSED.value: "paused",
    Status.REMEMBERED.value: "remembered",
    Status.ENDED.value: "ended",
    Status.NO_CONTACT.value: "no contact",
}
_STATUS_THEN = {
    Status.WISHED.value: "wished for",
    Status.PAUSED.value: "paused",
    Status.REMEMBERED.value: "remembered from here on",
    Status.ENDED.value: "the tie ended",
    Status.NO_CONTACT.value: "no contact from here on",
}


def _status(turn: Turn) -> str:
    if turn.after in _STATUS_THEN:
        return _STATUS_THEN[str(turn.after)]
    match turn.before:
        case Status.WISHED.value:
            return "no longer only wished for"
        case Status.PAUSED.value | Status.ENDED.value | Status.NO_CONTACT.value:
            return "in touch again"
        case Status.REMEMBERED.value:
            return "active again"
        case _:
            return ""


_WHOLE = {"emotional": "emotional support", "practical": "practical support", "identity": "belonging"}
"""What a whole kind is called where no subkind is said."""


class _Claim(Struct, frozen=True):
    """What changed in one claim of a day."""

    label: str
    before: int
    after: int


def _claims(turns: Iterable[Turn], head: str) -> list[_Claim]:
    found = []
    for turn in turns:
        start, _, word = turn.field.partition(".")
        if start == head and word:
            found.append(_Claim(_WHOLE.get(word, label_of(word)), _strength(turn.before), _strength(turn.after)))
    return sorted(found, key=lambda claim: claim.label)


def _strength(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _claimed(begins: str, ends: str, more: str, less: str) -> Callable[[list[_Claim]], Iterator[str]]:
    def told(claims: list[_Claim]) -> Iterator[str]:
        sorts: tuple[tuple[str, Callable[[_Claim], bool]], ...] = (
            (begins, lambda one: one.before == 0 < one.after),
            (more, lambda one: one.after > one.before > 0),
            (less, lambda one: one.before > one.after > 0),
            (ends, lambda one: one.after == 0 < one.before),
        )
        for sentence, holds in sorts:
            labels = [one.label for one in claims if holds(one)]
            if labels:
                yield sentence.format(", ".join(labels))

    return told


_CLAIMS = {
    "gives": _claimed(
        "can be turned to for {}", "no longer marked for {}", "counted on more for {}", "counted on less for {}"
    ),
    "receives": _claimed("can turn to me for {}", "no longer turns to me for {}", "I give more: {}", "I give less: {}"),
    "strain": _claimed("weighs: {}", "no longer weighs: {}", "weighs more: {}", "weighs less: {}"),
}


def _others(alter: Alter, turns: list[Turn]) -> Iterator[str]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for turn in sorted(turns, key=lambda turn: (turn.field, turn.other.name.casefold() if turn.other else "")):
        if turn.other is None or (turn.before is not None and turn.after is not None):
            continue
        begins = turn.after is not None
        if turn.field == "knows":
            said["knows {}" if begins else "no longer marked as knowing {}"].append(turn.other.name)
        elif turn.other.kind in _GROUPS or alter.kind not in _GROUPS:
            said["part of {}" if begins else "no longer part of {}"].append(turn.other.name)
        else:
            said["with {} in it" if begins else "without {}"].append(turn.other.name)
    for sentence, names in said.items():
        more = len(names) - _MOST_NAMES
        told = f"{', '.join(names[:_MOST_NAMES])} and {more} more" if more > 0 else ", ".join(names)
        yield sentence.format(told)
