"""Maps of easyNWK: every version of the record with its date, so that the history comes along.

The record (easyNWK Web 2.7): versions, each with a date and a network of ego, alteri and connections. An alter stands
at an angle (four sectors) and a distance of 0-100 from ego; each of five supports is 0 none, 1 I support, 2 supports
me, 3 each other; an edge to ego is 0 none at present, 1 or 2.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from kinship.ground.errors import Refused
from kinship.journal.model import AlterKind, Ring, Status
from kinship.privacy.text import clean_line
from kinship.transfer.files import text_of
from kinship.transfer.plan import Known, Newcomer, Plan, Said

SOURCE = "Map from easyNWK"
INNER, MIDDLE, OUTER = 100 / 3, 200 / 3, 100.0
"""Distances at which the horizons end."""
SECTORS = ("family", "friends", "work", "professional help")
"""By quarter turns from the positive x axis, counter-clockwise."""
PROFESSIONAL = 3
USUAL = 2
"""The strength of what is said without one."""
SUPPORTS = {
    "support_emotional": "emotional",
    "support_instrumental": "tangible",
    "support_informational": "advice",
    "support_social": "belonging",
    "support_linking": "practical",
}
"""Their kinds to ours; linking (bringing into contact) is help of the practical kind."""
I_SUPPORT, SUPPORTS_ME, EACH_OTHER = 1, 2, 3
NO_PLACE = (("current_gender", "nicht festgelegt", "gender"), ("age", "", "age"), ("emoji", "", "emoji"))


class _Alter(Struct, rename="camel"):
    id: int
    name: str = ""
    role: str = ""
    role_default: bool = True
    human: bool = True
    current_gender: str = "nicht festgelegt"
    age: str = ""
    note: str = ""
    deceased: bool = False
    edge_type: int = 1
    angle: float = 0
    distance: float = 0
    emoji: str = ""
    conflict: bool = False
    support_emotional: int = 0
    support_instrumental: int = 0
    support_informational: int = 0
    support_social: int = 0
    support_linking: int = 0


class _Connection(Struct):
    id1: int
    id2: int


class _Network(Struct):
    alteri: list[_Alter]
    connections: list[_Connection] = []


class _Version(Struct):
    nwk: _Network
    title: str = ""
    date: str = ""


class _Record(Struct):
    versions: list[_Version]


def read(data: bytes, today: dt.date) -> Plan:
    """Return what a record, or a single network, would bring; a version without a date is taken as of `today`.

    Raises Refused for what is neither.
    """
    versions = _versions(text_of(data))
    dated = sorted(((_day(one.date, today), one.nwk) for one in versions), key=lambda one: one[0])
    return _Reading(dated).plan()


def _versions(text: str) -> list[_Version]:
    try:
        try:
            return msgspec.json.decode(text, type=_Record).versions
        except msgspec.ValidationError:
            return [_Version(nwk=msgspec.json.decode(text, type=_Network))]
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused("That is no map of easyNWK.", "Its JSON file, saved by easyNWK Web, is read.") from error


def _day(text: str, today: dt.date) -> dt.date:
    try:
        return min(dt.date.fromisoformat(text), today)
    except ValueError:
        return today


class _Reading:
    """All versions of one record, the oldest first."""

    def __init__(self, versions: list[tuple[dt.date, _Network]]) -> None:
        self._versions = versions
        self._doubts: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def plan(self) -> Plan:
        ids = dict.fromkeys(one.id for _, network in self._versions for one in network.alteri)
        people = [one for id_ in ids if (one := self._newcomer(id_)) is not None]
        refs = {one.ref for one in people}
        known = [one for one in self._known() if {one.a, one.b} <= refs]
        return Plan(
            source=SOURCE,
            people=tuple(people),
            known=tuple(known),
            doubts=tuple(f"{what} ({times})" for what, times in self._doubts.items()),
            left_out=tuple(f"{what} ({times})" for what, times in self._left_out.items()),
        )

    def _states(self, id_: int) -> list[tuple[dt.date, _Alter | None]]:
        """Return how somebody stands in each version, None where they are not in it."""
        return [(day, next((one for one in network.alteri if one.id == id_), None)) for day, network in self._versions]

    def _newcomer(self, id_: int) -> Newcomer | None:
        states = self._states(id_)
        there = [(day, one) for day, one in states if one is not None]
        last = there[-1][1]
        name = clean_line(last.name)
        if not name:
            self._doubts["somebody without a name is left out"] += 1
            return None
        said: list[Said] = []
        former: dict[str, int | str | None] = {}
        for day, one in states:
            if one is None and not former:
                continue
            now: dict[str, int | str | None] = {**former, "status": str(Status.ENDED)} if one is None else _said(one)
            fields = dict.fromkeys((*former, *now))
            said += [Said(field, now.get(field), day) for field in fields if now.get(field) != former.get(field)]
            former = now
        self._note(last, gone=states[-1][1] is None)
        return Newcomer(
            ref=str(id_), name=name, kind=_kind(last), since=there[0][0], notes=_notes(last), said=tuple(said)
        )

    def _note(self, one: _Alter, *, gone: bool) -> None:
        if not one.human:
            self._doubts["somebody who is no person in easyNWK is taken as a pet"] += 1
        if one.edge_type == 0 and one.human and not one.deceased:
            self._doubts["a tie that is none at present is taken as paused"] += 1
        if one.distance > OUTER:
            self._doubts["somebody beyond the outer horizon stands on no ring"] += 1
        if gone:
            self._doubts["somebody who is in no later version is taken as ended"] += 1
        for field, empty, called in NO_PLACE:
            if getattr(one, field) not in ("", empty):
                self._left_out[called] += 1

    def _known(self) -> Iterator[Known]:
        """Yield who knows whom, from the version where that begins to the one where it is no longer drawn."""
        former: set[tuple[int, int]] = set()
        for day, network in self._versions:
            now = {(min(one.id1, one.id2), max(one.id1, one.id2)) for one in network.connections if one.id1 != one.id2}
            yield from (Known(str(a), str(b), day) for a, b in sorted(now - former))
            yield from (Known(str(a), str(b), day, None) for a, b in sorted(former - now))
            former = now


def _said(one: _Alter) -> dict[str, int | str | None]:
    """Return what a version says of somebody, by the field of the fact."""
    told: dict[str, int | str | None] = {"status": str(_status(one)), "sector": SECTORS[_quarter(one.angle)]}
    if one.distance <= OUTER:
        rings = ((INNER, Ring.INNER), (MIDDLE, Ring.MIDDLE), (OUTER + 1, Ring.OUTER))
        told["ring"] = str(next(ring for end, ring in rings if one.distance < end))
    for field, kind in SUPPORTS.items():
        way = getattr(one, field)
        if way in (SUPPORTS_ME, EACH_OTHER):
            told[f"gives.{kind}"] = USUAL
        if way in (I_SUPPORT, EACH_OTHER):
            told[f"receives.{kind}"] = USUAL
    if one.conflict:
        told["strain.conflict"] = USUAL
    return told


def _status(one: _Alter) -> Status:
    if one.deceased:
        return Status.REMEMBERED
    return Status.PAUSED if one.edge_type == 0 and one.human else Status.ACTIVE


def _quarter(angle: float) -> int:
    """Return the sector of an angle from -180 to 180 degrees."""
    return int(angle // 90) % len(SECTORS)


def _kind(one: _Alter) -> AlterKind:
    if not one.human:
        return AlterKind.PET
    return AlterKind.PROFESSIONAL if _quarter(one.angle) == PROFESSIONAL else AlterKind.PERSON


def _notes(one: _Alter) -> str:
    role = clean_line(one.role) if not one.role_default else ""
    return "\n".join(part for part in (role, one.note.strip()) if part)
