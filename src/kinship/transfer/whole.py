"""Everything a journal holds as one JSON file, and back: the schema is in docs/export.md."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from kinship.ground.errors import NewerVault, Refused
from kinship.journal.acts import change, formers
from kinship.journal.codec import TYPES, clean_document, to_value
from kinship.journal.journal import Journal
from kinship.journal.model import AlterId, Entry
from kinship.journal.records import SCHEMA, SCHEMA_ID, KeptAct
from kinship.privacy.text import clean_line
from kinship.vault import Change, Changed, Document, new_id

FORMAT = "kinship-journal"
VERSION = 1
LARGEST = 1024 * 1024 * 1024
"""Bytes of a file that is read."""
LABEL = "A whole journal"
_LONGEST_ID = 200
_OF_THE_VAULT = frozenset({"unlocks"})
"""Tables that belong to the keys of one vault."""

Tables = dict[str, dict[str, Document]]
Beside = dict[str, dict[str, list[Document]]]


class Whole(Struct, frozen=True):
    """What a file holds: documents by table and id, and those that stand beside them, written elsewhere at once."""

    documents: Tables
    beside: Beside

    @property
    def count(self) -> int:
        return sum(map(len, self.documents.values()))

    def __repr__(self) -> str:
        return f"Whole({self.count} documents)"


class Coming(Struct, frozen=True):
    """What of a file a journal does not have yet."""

    new: tuple[Change, ...]
    beside: tuple[Change, ...]
    same: int
    """Documents that are here already."""
    different: int
    """Documents that are something else here; they stay as they are here."""

    def __repr__(self) -> str:
        return f"Coming({len(self.new)} documents)"


def whole(journal: Journal, now: dt.datetime) -> bytes:
    """Return everything that is in the vault as ASCII JSON, one document a line."""
    vault = journal.vault
    tables = {table: dict(found) for table, found in vault.live.items() if found and table not in _OF_THE_VAULT}
    beside: Beside = {}
    for table, id_ in vault.conflicts():
        others = [head for head in vault.heads(table, id_)[1:] if head is not None]
        if others and table not in _OF_THE_VAULT:
            beside.setdefault(table, {})[id_] = others
    return b"".join(_written(tables, beside, now, complete=True))


def part(journal: Journal, entries: Iterable[Entry], now: dt.datetime) -> bytes:
    """Return these pages with all that belongs to them, whom they name, and what is said of those, in the same form."""
    vault = journal.vault
    wanted = {one.id for one in entries}
    people = {id_ for one in entries for id_ in one.names.values() if id_}
    people |= {one.alter for one in journal.moments if one.entry in wanted}
    kin: set[AlterId] = set().union(*(journal.alters.kin(one) for one in people))
    tests: dict[str, Callable[[str, Document], bool]] = {
        "entries": lambda id_, _: id_ in wanted,
        "alters": lambda id_, _: id_ in kin,
        "facts": lambda _, told: kin.issuperset(told.get("subject", ("",))),
    }
    tests |= dict.fromkeys(("revisions", "lines", "moments", "checkins"), lambda _, told: told.get("entry") in wanted)
    tables = {
        table: {id_: told for id_, told in vault.live.get(table, {}).items() if holds(id_, told)}
        for table, holds in tests.items()
    }
    return b"".join(_written({table: found for table, found in tables.items() if found}, {}, now, complete=False))


def read(data: bytes) -> Whole:
    """Return what a file holds, every text in it clean. Raises Refused for another or a broken file, or NewerVault."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("The file is no JSON that can be read.") from error
    if isinstance(told, dict) and told.get("format") == "kinship-map":
        raise Refused("The file is a map of kinship, no whole journal.", "Bring it with: kinship import map FILE")
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Refused("The file is no whole journal of kinship.", "Make one with: kinship export json FILE")
    if told.get("version") != VERSION or not isinstance(schema := told.get("schema"), int) or schema > SCHEMA:
        raise NewerVault("The file was written by a later kinship.", "Update kinship on this computer.")
    documents: Tables = {}
    for table, id_, document in _addressed(told.get("documents")):
        documents.setdefault(table, {})[id_] = _document(table, id_, document)
    beside: Beside = {}
    for table, id_, others in _addressed(told.get("beside", {})):
        if not isinstance(others, list):
            raise _broken(table)
        beside.setdefault(table, {})[id_] = [_document(table, id_, one) for one in others]
    return Whole(documents, beside)


def compare(journal: Journal, whole: Whole) -> Coming:
    """Return what a journal does not have yet; what it has otherwise stays as it is."""
    live = journal.vault.live
    new: list[Change] = []
    beside: list[Change] = []
    same = different = 0
    for table, found in whole.documents.items():
        for id_, document in found.items():
            here = live.get(table, {}).get(id_)
            if here is not None:
                if table != "meta":
                    same, different = (same + 1, different) if here == document else (same, different + 1)
                continue
            others = whole.beside.get(table, {}).get(id_, [])
            beside += [msgspec.structs.replace(change(table, id_, other), began=()) for other in reversed(others)]
            new.append(msgspec.structs.replace(change(table, id_, document), began=() if others else None))
    return Coming(tuple(new), tuple(beside), same, different)


def keep(journal: Journal, coming: Coming) -> str:
    """Keep what comes as one act, and return the id that it can be taken back by: empty where nothing was here before.

    What stood side by side does so again. Raises NotSaved.
    """
    empty = not any(found for table, found in journal.vault.live.items() if table not in {"meta", *_OF_THE_VAULT})
    came = [Changed(one.table, one.id, None, one.document) for one in coming.new]
    kept = KeptAct(id=new_id(), label=LABEL, at=journal.clock.now(), formers=formers(came))
    for one in coming.beside:
        journal.vault.commit([one])
    journal.perform(LABEL, coming.new if empty else [*coming.new, journal.put(kept)])
    return "" if empty else kept.id


def _written(tables: Tables, beside: Beside, now: dt.datetime, *, complete: bool) -> Iterator[bytes]:
    head = {
        "format": FORMAT, "version": VERSION, "schema": SCHEMA, "complete": complete,
        "made": now.isoformat(timespec="seconds"),
    }  # fmt: skip
    yield json.dumps(head)[:-1].encode() + b',\n"documents": '
    yield from _tables(tables)
    yield b',\n"beside": '
    yield from _tables(beside)
    yield b"}\n"


def _tables(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    yield b"{"
    for number, (table, found) in enumerate(sorted(tables.items())):
        lines = ",\n".join(f"{json.dumps(id_)}: {json.dumps(told)}" for id_, told in sorted(found.items()))
        yield f"{',' if number else ''}\n{json.dumps(table)}: {{\n{lines}\n}}".encode()
    yield b"}"


def _addressed(tables: object) -> Iterator[tuple[str, str, Any]]:
    """Yield table, id and what stands there. Raises Refused for what is no such thing."""
    if not isinstance(tables, dict):
        raise _broken("documents")
    for table, found in tables.items():
        if not isinstance(found, dict) or not _is_id(table) or table in _OF_THE_VAULT:
            raise _broken(table)
        for id_, told in found.items():
            if not _is_id(id_):
                raise _broken(table)
            if (table, id_) != ("meta", SCHEMA_ID):
                yield table, id_, told


def _is_id(told: str) -> bool:
    return 0 < len(told) <= _LONGEST_ID and clean_line(told) == told


def _document(table: str, id_: str, told: object) -> Document:
    """Return a document as it may be kept. Raises Refused where this version cannot read it."""
    if not isinstance(told, dict):
        raise _broken(table)
    document = clean_document(table, told)
    try:
        if msgspec.json.decode(msgspec.json.encode(document)) != document:
            raise _broken(table)
        if table in TYPES:
            to_value(TYPES[table], id_, document)
    except (msgspec.MsgspecError, OverflowError, ValueError, RecursionError, TypeError) as error:
        raise _broken(table) from error
    return document


def _broken(table: str) -> Refused:
    return Refused(f"Something under {clean_line(table)[:40]} in the file cannot be read, so nothing was brought.")
