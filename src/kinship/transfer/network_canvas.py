"""A set of CSV files as Network Canvas exports it: one interview of it becomes the map.

`attributeList_<Type>.csv` holds who is there (a row each), `edgeList_<Type>.csv` the ties between them, `ego.csv` the
interview; their names may begin with the case and session. Rows of one interview share `networkCanvasEgoUUID`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from kinship.ground.errors import Misused, Refused
from kinship.journal.model import AlterKind
from kinship.privacy.text import clean_line
from kinship.transfer.attributes import Row, is_taken, kind_in, name_in, notes_in, said_in
from kinship.transfer.files import text_of
from kinship.transfer.plan import Known, Newcomer, Plan, Said

SOURCE = "Map from Network Canvas"
TABLE = re.compile(r"(attributeList|edgeList)_(.+)\.csv$", re.IGNORECASE)
EGO_TABLE = re.compile(r"(^|_)ego\.csv$", re.IGNORECASE)
EGO, OWN = "networkCanvasEgoUUID", "networkCanvasUUID"
FROM, TO = "networkCanvasSourceUUID", "networkCanvasTargetUUID"
BEGAN = "sessionStart"
MOST_ROWS = 50_000
_IDS = frozenset(
    {EGO, OWN, FROM, TO, "nodeID", "edgeID", "from", "to", "networkCanvasCaseID", "networkCanvasSessionID"}
)


class _Tables(Struct):
    people: list[tuple[str, Row]] = []
    """The type of the table, and the row."""
    ties: list[Row] = []
    egos: list[Row] = []


def read(files: Mapping[str, bytes], today: dt.date, ego: str = "") -> Plan:
    """Return what one interview of the set would bring, as of the day it began.

    `ego` names the interview by its UUID or case where the set holds several. Raises Refused for no such set, Misused
    where the interview has to be named.
    """
    tables = _tables(files)
    wanted = _interview(tables, ego)
    day = _day(tables, wanted, today)
    people, doubts, left_out = _people(tables, wanted, day)
    refs = {one.ref for one in people}
    known = [one for one in _known(tables, wanted, day) if {one.a, one.b} <= refs and one.a != one.b]
    return Plan(
        source=SOURCE,
        people=tuple(people),
        known=tuple(dict.fromkeys(known)),
        doubts=tuple(f"{what} ({times})" for what, times in doubts.items()),
        left_out=tuple(f"{what} ({times})" for what, times in left_out.most_common()),
    )


def _tables(files: Mapping[str, bytes]) -> _Tables:
    found = _Tables()
    for name, data in files.items():
        table = TABLE.search(name)
        if table is None:
            if EGO_TABLE.search(name):
                found.egos += _rows(name, data)
        elif table[1].casefold() == "attributelist":
            found.people += ((table[2], row) for row in _rows(name, data))
        else:
            found.ties += _rows(name, data)
    if not found.people:
        raise Refused(
            "There is no attributeList_….csv with anybody in it.",
            "Export from Network Canvas as CSV; give the folder or zip.",
        )
    return found


def _rows(name: str, data: bytes) -> Iterator[Row]:
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text_of(data), newline=""), strict=True)):
            if number >= MOST_ROWS:
                raise Refused(f"{clean_line(name)} has more than {MOST_ROWS:,} rows.")
            yield {key: value for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
    except csv.Error as error:
        raise Refused(f"{clean_line(name)} is no table that can be read.") from error


def _interview(tables: _Tables, ego: str) -> str:
    """Return the UUID of the interview that is meant."""
    there = dict.fromkeys(row.get(EGO, "") for _, row in tables.people)
    if ego:
        cases = {row.get("networkCanvasCaseID", ""): row.get(EGO, "") for row in tables.egos}
        wanted = ego if ego in there else cases.get(ego, "")
        if wanted not in there:
            raise Misused("There is no such interview in the set.", f"There are {len(there)}.")
        return wanted
    if len(there) > 1:
        raise Misused(
            f"The set holds {len(there)} interviews.", f"Name one with --ego, such as {clean_line(next(iter(there)))}."
        )
    return next(iter(there))


def _day(tables: _Tables, wanted: str, today: dt.date) -> dt.date:
    """Return the day the interview began, today where it does not say."""
    told = (row.get(BEGAN, "") for row in tables.egos if row.get(EGO, "") == wanted)
    for words in told:
        try:
            return min(dt.datetime.fromisoformat(words).date(), today)
        except ValueError:
            continue
    return today


def _people(tables: _Tables, wanted: str, day: dt.date) -> tuple[list[Newcomer], Counter[str], Counter[str]]:
    people: list[Newcomer] = []
    doubts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for type_, row in ((type_, row) for type_, row in tables.people if row.get(EGO, "") == wanted):
        name, ref = name_in(row), row.get(OWN) or row.get("nodeID", "")
        left_out.update(key for key, value in row.items() if value and not is_taken(key) and key not in _IDS)
        if not name or not ref:
            doubts["somebody without a name is left out"] += 1
            continue
        kind = kind_in(row, type_)
        if kind is None:
            doubts[f"{clean_line(type_)} is no kind known here and is taken as a person"] += 1
        said = tuple(Said(field, value, day) for field, value in said_in(row))
        people.append(
            Newcomer(ref=ref, name=name, kind=kind or AlterKind.PERSON, since=day, notes=notes_in(row), said=said)
        )
    return people, doubts, left_out


def _known(tables: _Tables, wanted: str, day: dt.date) -> Iterator[Known]:
    ids = {row.get("nodeID", ""): row.get(OWN, "") for _, row in tables.people if row.get(EGO, "") == wanted}
    for row in tables.ties:
        if row.get(EGO, "") not in ("", wanted):
            continue
        ends = (row.get(FROM) or ids.get(row.get("from", ""), ""), row.get(TO) or ids.get(row.get("to", ""), ""))
        if all(ends):
            a, b = sorted(ends)
            yield Known(a, b, day)
