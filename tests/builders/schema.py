"""Checks a value against a JSON Schema, for the words of draft 2020-12 that our own schemas use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], where: str = "map") -> list[str]:
    """Return where `value` is not as `schema` says, `whole` being the document that its references point into."""
    if "$ref" in schema:
        return faults(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, where)
    if not _is_of_type(value, schema):
        return [f"{where}: type"]
    found = [f"{where}: {word}" for word in _broken(value, schema)]
    if "anyOf" in schema and all(faults(value, one, whole, where) for one in schema["anyOf"]):
        found.append(f"{where}: anyOf")
    if isinstance(value, dict):
        found += _object_faults(value, schema, whole, where)
    if isinstance(value, list):
        found += [
            fault
            for index, part in enumerate(value)
            for fault in faults(part, schema["items"], whole, f"{where}[{index}]")
        ]
    return found


def _is_of_type(value: Any, schema: dict[str, Any]) -> bool:
    named = schema.get("type", [])
    names = named if isinstance(named, list) else [named]
    fits = (isinstance(value, TYPES[name]) and (name == "boolean") == isinstance(value, bool) for name in names)
    return not names or any(fits)


def _broken(value: Any, schema: dict[str, Any]) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield "const"
    if "enum" in schema and value not in schema["enum"]:
        yield "enum"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield "pattern"
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield "minLength"
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield "range"


def _object_faults(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], where: str) -> Iterator[str]:
    known = schema["properties"]
    yield from (f"{where}: {name} is missing" for name in schema["required"] if name not in value)
    yield from (f"{where}: {name} is not described" for name in value if name not in known)
    for name, part in value.items():
        yield from faults(part, known.get(name, {}), whole, f"{where}.{name}")
