"""Journals of Mini Diary: the JSON it exports, one entry a day with a title and Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from kinship.ground.errors import Refused
from kinship.transfer.entries import NOON, Asides, Page, Pages
from kinship.transfer.entry_text import json_of, line_in, text_in

SOURCE = "Pages from Mini Diary"
PROGRAM = "Mini Diary"
_TAKEN = frozenset({"dateUpdated", "title", "text"})


def read(data: bytes) -> Pages:
    """Return the pages of an export. Raises Refused for what is none."""
    found = json_of(data, PROGRAM)
    entries = found.get("entries") if isinstance(found, dict) else None
    if not isinstance(entries, dict):
        raise Refused(f"That is no JSON file that {PROGRAM} wrote.")
    asides = Asides()
    return asides.plan(SOURCE, tuple(_pages(entries, asides)))


def _pages(entries: dict[str, Any], asides: Asides) -> Iterator[Page]:
    for name, entry in sorted(entries.items()):
        try:
            day = dt.date.fromisoformat(name)
        except ValueError:
            asides.leave("entries without a date")
            continue
        if not isinstance(entry, dict):
            asides.leave("entries without words", str(day))
            continue
        for field in entry.keys() - _TAKEN:
            asides.leave(field[:40])
        title, body = line_in(entry, "title"), text_in(entry, "text")
        if title or body:
            yield Page(ref=str(day), day=day, at=dt.datetime.combine(day, NOON), title=title, body=body)
        else:
            asides.leave("entries without words", str(day))
