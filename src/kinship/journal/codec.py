"""Documents to values and back: the only code that knows the shape of a document.

A document has no id (the vault keeps it under one) and leaves out what is at its default. Fields this version does not
know are carried from the former document through every edit. Text is cleaned here, whoever it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kinship.journal.model import (
    Alter,
    Appointment,
    Card,
    CheckIn,
    Entry,
    Fact,
    Intention,
    Line,
    Moment,
    Note,
    Pulse,
    Revision,
    ScaleResult,
    Snapshot,
    Template,
)
from kinship.journal.records import Choice, KeptAct, Meta
from kinship.privacy.text import clean, clean_line

Value = TypeVar("Value", bound=Struct)
Document = dict[str, Any]

TYPES: dict[str, type[Struct]] = {
    "entries": Entry,
    "inbox": Note,
    "revisions": Revision,
    "alters": Alter,
    "facts": Fact,
    "moments": Moment,
    "checkins": CheckIn,
    "intentions": Intention,
    "appointments": Appointment,
    "lines": Line,
    "card": Card,
    "scale_results": ScaleResult,
    "snapshots": Snapshot,
    "templates": Template,
    "acts": KeptAct,
    "choices": Choice,
    "meta": Meta,
}
"""Every table of a vault, and the value that one of its documents becomes."""

_TABLES: dict[type[Struct], str] = {kind: table for table, kind in TYPES.items()}

_LONG = frozenset({"body", "notes", "words", "when_where", "if_blocked", "map", "text", "value", "documents"})
"""Fields that may have more than one line."""

_NESTED: dict[str, type[Struct]] = {"pulse": Pulse}
"""Fields that are a document of their own, whose unknown fields are carried too."""


def table_of(value: Struct) -> str:
    """Return the name of the table a value is kept in; KeyError for a value that is never kept by itself."""
    return _TABLES[type(value)]


def id_of(value: Struct) -> str:
    """Return the id a value is kept under."""
    return str(value.id)  # type: ignore[attr-defined]


def to_document(value: Struct, former: Mapping[str, Any] | None = None) -> Document:
    """Return the document of `value`, with what `former` (the document it replaces) says beyond this version."""
    kind = type(value)
    told = msgspec.to_builtins(value)
    document = {
        name: _plain(told[name], long=name in _LONG)
        for name, default in _fields(kind)
        if name != "id" and told[name] != default
    }
    if former is None:
        return document
    for name, nested in _NESTED.items():
        if isinstance(document.get(name), dict) and isinstance(former.get(name), Mapping):
            document[name] |= _unknown(nested, former[name])
    return document | _unknown(kind, former)


def to_value(kind: type[Value], id_: str, document: Mapping[str, Any]) -> Value:
    """Return the value of a document; raises msgspec.ValidationError where it has another shape."""
    return msgspec.convert({**document, "id": id_}, kind)


def clean_document(table: str, document: Mapping[str, Any]) -> Document:
    """Return a document from elsewhere with every text in it clean; fields this version does not know stay."""
    known = {name for name, _ in _fields(TYPES[table])} if table in TYPES else set()
    return {
        clean_line(name): _plain(value, long=name in _LONG or name not in known) for name, value in document.items()
    }


def _unknown(kind: type[Struct], document: Mapping[str, Any]) -> Document:
    known = {name for name, _ in _fields(kind)}
    return {name: value for name, value in document.items() if name not in known}


_NO_DEFAULT = object()
_FIELDS: dict[type[Struct], tuple[tuple[str, Any], ...]] = {}


def _fields(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    """Return each field's name in a document and its default as it would stand there."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple((field.encode_name, _default(field)) for field in msgspec.structs.fields(kind))
    return _FIELDS[kind]


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default_factory())
    return _NO_DEFAULT if field.default is msgspec.NODEFAULT else msgspec.to_builtins(field.default)


def _plain(value: Any, *, long: bool) -> Any:
    """Return `value` as JSON would give it back, every text in it clean."""
    if isinstance(value, str):
        return clean(value) if long else clean_line(value)
    if isinstance(value, Mapping):
        return {clean_line(str(name)): _plain(one, long=long or name in _LONG) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, long=long) for one in value]
    return value
