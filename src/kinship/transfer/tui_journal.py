"""Journals of tui-journal: the JSON it exports, or the file it keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from kinship.ground.errors import Refused
from kinship.transfer.entries import NOON, Asides, Page, Pages, ref_of
from kinship.transfer.entry_text import entries_in, json_of, line_in, tags_in, text_in

SOURCE = "Pages from tui-journal"
PROGRAM = "tui-journal"
_TAKEN = frozenset({"id", "date", "title", "content", "tags"})


def read(data: bytes) -> Pages:
    """Return the pages of an export (times are kept in UTC there). Raises Refused for what is none."""
    entries = entries_in(json_of(data, PROGRAM), PROGRAM)
    asides = Asides()
    pages = tuple(_pages(entries, asides))
    if entries and not pages and asides.left_out.keys() <= {"entries without a date"}:
        raise Refused(f"That is no JSON file that {PROGRAM} wrote.")
    return asides.plan(SOURCE, pages)


def _pages(entries: list[Any], asides: Asides) -> Iterator[Page]:
    for entry in entries:
        at = _moment(entry)
        if at is None:
            asides.leave("entries without a date")
            continue
        title, body = line_in(entry, "title"), text_in(entry, "content")
        if not title and not body:
            asides.leave("entries without words", str(at.date()))
            continue
        for field in sorted(entry.keys() - _TAKEN):
            if entry[field] not in (None, "", [], {}):
                asides.leave("priorities" if field == "priority" else field[:40])
        written = at if at.time() != dt.time() else dt.datetime.combine(at.date(), NOON)
        tags = tags_in(entry.get("tags"))
        yield Page(ref=ref_of(at, title), at=written, day=at.date(), title=title, body=body, tags=tags)


def _moment(entry: object) -> dt.datetime | None:
    """Return when an entry was written, in UTC; where only a day was given, that is midnight."""
    if not isinstance(entry, dict):
        return None
    try:
        at = dt.datetime.fromisoformat(line_in(entry, "date"))
    except ValueError:
        return None
    if not 1 < at.year < dt.MAXYEAR:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
