"""What readers of journals share: text in files, JSON within bounds, tags, and changes that leave code alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from kinship.ground.errors import Refused
from kinship.journal.mentions import code_spans, tag_of
from kinship.privacy.text import clean, clean_line
from kinship.transfer.entries import MOST_PAGES
from kinship.transfer.files import text_of

MOST_OBJECTS, MOST_COMMAS = 400_000, 1_500_000
"""Bounds on what one JSON file holds, which bound the memory it takes."""
MOST_TAGS = 200
_LONGEST_TAG = 80


def words_of(data: bytes) -> str:
    """Return a text file's words, cleaned. Raises Refused for what is no text."""
    return clean(text_of(data))


def json_of(data: bytes, program: str) -> dict[str, Any] | list[Any]:
    """Return a JSON file's content. Raises Refused for what is none, too deep or out of bounds."""
    refused = Refused(f"That is no JSON file that {program} wrote.")
    if data.count(b"{") > MOST_OBJECTS or data.count(b",") > MOST_COMMAS or data.count(b"[") > MOST_OBJECTS:
        raise Refused("There is more in that file than one import takes.", "Export it in parts.")
    try:
        found = json.loads(text_of(data))
    except (ValueError, RecursionError) as error:
        raise refused from error
    if not isinstance(found, dict | list):
        raise refused
    return found


def entries_in(found: dict[str, Any] | list[Any], program: str) -> list[Any]:
    """Return the list of entries of a JSON file, bare or under `entries`. Raises Refused where there is none."""
    entries = found.get("entries") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise Refused(f"That is no JSON file that {program} wrote.")
    if len(entries) > MOST_PAGES:
        raise Refused(f"That is more than {MOST_PAGES:,} entries.")
    return entries


def line_in(entry: dict[str, Any], field: str) -> str:
    """Return a field of one line, empty where it holds none."""
    value = entry.get(field)
    return clean_line(value) if isinstance(value, str) else ""


def text_in(entry: dict[str, Any], field: str) -> str:
    """Return a field of text, empty where it holds none."""
    value = entry.get(field)
    return clean(value).strip("\n").rstrip() if isinstance(value, str) else ""


def tags_in(told: object) -> tuple[str, ...]:
    """Return the tags of a list, or of a line with commas or blanks between them, as they are kept here."""
    if isinstance(told, str):
        told = told.split(",") if "," in told else told.split()
    if not isinstance(told, list):
        return ()
    found = (as_tag(one) for one in told[:MOST_TAGS] if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in found if one))


def as_tag(word: str) -> str:
    """Return a tag as it is kept, a hyphen where it had a blank; empty for none."""
    return "-".join(tag_of(clean_line(word.strip().removeprefix("#"))).split())[:_LONGEST_TAG]


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return `text` with what stands outside code changed."""
    spans = code_spans(text)
    if not spans:
        return change(text)
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [change(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, change(text[at:])])
