"""A table of entries: columns are found by their names, or told; which one was taken for what is shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from msgspec import Struct

from kinship.ground.errors import Misused, Refused
from kinship.privacy.text import clean, clean_line
from kinship.transfer.entries import MOST_PAGES, Asides, Page, Pages, ref_of
from kinship.transfer.entry_text import tags_in, words_of
from kinship.transfer.whens import Order, When, read_form, read_when, zone_of

SOURCE = "Pages from a table"
NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("full_date", "date", "day", "datetime", "date_time", "created", "created_at", "timestamp", "entry_date"),
    "time": ("time", "hour", "clock"),
    "title": ("title", "subject", "heading", "headline", "note_title", "name"),
    "text": ("text", "body", "content", "entry", "note", "notes", "journal_entry", "description", "words"),
    "tags": ("tags", "tag", "labels", "keywords", "activities", "categories"),
    "mood": ("mood", "mood_score", "rating", "score"),
    "starred": ("starred", "star", "favorite", "favourite"),
    "zone": ("timezone", "time_zone", "tz"),
    "id": ("id", "uuid", "entry_id"),
}
"""What columns are called, for each thing a page has."""
_YES = frozenset({"true", "yes", "1", "y", "x", "*"})
_DELIMITERS = (",", ";", "\t", "|")
_FIELD_LIMIT = 4 * 1024 * 1024
_MOST_COLUMNS = 500
_HIGHEST_MOOD = 10
Scale = tuple[int, int]
"""The lowest and the highest mood of the source."""


class Table(Struct, frozen=True):
    """A table and what its columns were taken for: from what a page has to a column's name."""

    columns: dict[str, str]
    rows: list[dict[str, str]]


def read(
    data: bytes,
    *,
    told: Mapping[str, str] | None = None,
    order: Order | None = None,
    form: str = "",
    scale: Scale | None = None,
) -> Pages:
    """Return the pages of a table; `told` names columns, `scale` the lowest and highest mood it has.

    Raises Refused for what is no table of entries, Misused for a column that is not there or an unclear day.
    """
    text = words_of(data)
    if text.count("\n") > 4 * MOST_PAGES:
        raise Refused("The table has too many rows.")
    table = _table(text, dict(told or {}))
    asides = Asides()
    for what, column in table.columns.items():
        asides.doubt(f"the column {clean_line(column)[:60]} as {what}")
    pages = tuple(_pages(table, order, form, scale, asides))
    if not pages:
        raise Refused("No row has a day and words.", "Give the way days are written with --time-format.")
    plan = asides.plan(SOURCE, pages)
    shown = tuple(one.removesuffix(" (1)") for one in plan.doubts)
    return Pages(source=plan.source, pages=plan.pages, doubts=shown, left_out=plan.left_out)


def _table(text: str, told: dict[str, str]) -> Table:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    limit = csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = [clean_line(one) for one in next(reader, [])]
        if not 0 < len(names) <= _MOST_COLUMNS:
            raise Refused("That is no table whose first line names its columns.")
        columns = _columns(names, told)
        places = {what: names.index(column) for what, column in columns.items()}
        others = {column: number for number, column in enumerate(names) if column not in columns.values()}
        rows = list(_rows(reader, places, others))
    except csv.Error as error:
        raise Refused("That is no table that can be read.") from error
    finally:
        csv.field_size_limit(limit)
    return Table(columns, rows)


def _rows(reader: Iterator[list[str]], places: dict[str, int], others: dict[str, int]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(reader):
        if number >= MOST_PAGES:
            raise Refused(f"The table has more than {MOST_PAGES:,} rows.")
        found = {what: row[place].strip() for what, place in places.items() if place < len(row)}
        left = [column for column, place in others.items() if place < len(row) and row[place].strip()]
        if any(found.values()) or left:
            yield found | {f"left {column}": "" for column in left}


def _columns(names: list[str], told: dict[str, str]) -> dict[str, str]:
    """Return which column is taken for what: those that were told, then those whose names say it."""
    found: dict[str, str] = {}
    for what, column in told.items():
        if what not in NAMES:
            raise Misused(f"{clean_line(what)} is nothing a page has.", f"One of: {', '.join(NAMES)}.")
        named = next((one for one in names if one.casefold() == clean_line(column).casefold()), None)
        if named is None:
            raise Misused(f"There is no column {clean_line(column)}.")
        found[what] = named
    free = {"_".join(one.casefold().replace("-", " ").split()): one for one in names if one not in found.values()}
    for what, words in NAMES.items():
        column = next((free[word] for word in words if word in free), "")
        if what not in found and column:
            found[what] = column
    if "date" not in found or not ({"text", "title"} & found.keys()):
        raise Refused(
            "The table has no column that is clearly a day and one that is clearly words.",
            "Say which: --column date=NAME --column text=NAME.",
        )
    return found


def _pages(table: Table, order: Order | None, form: str, scale: Scale | None, asides: Asides) -> Iterator[Page]:
    for row in table.rows:
        for name in row:
            if name.startswith("left "):
                asides.leave(f"column {name[5:45]}")
        when = _when(row, order, form)
        if when is None:
            asides.leave("rows without a day")
            continue
        title, body = clean_line(row.get("title", "")), clean(row.get("text", "")).strip("\n")
        if not title and not body:
            asides.leave("rows without words", str(when.day))
            continue
        zone = row.get("zone", "")
        yield Page(
            ref=row.get("id", "") or ref_of(when.at, title, body),
            at=when.at,
            zone=zone if zone_of(zone) is not None else "",
            day=when.given_day,
            title=title,
            body=body,
            tags=tags_in(row.get("tags", "").replace("|", ",").replace(";", ",")),
            mood=_mood(row.get("mood", ""), scale, asides),
            starred=row.get("starred", "").casefold() in _YES,
        )


def _when(row: Mapping[str, str], order: Order | None, form: str) -> When | None:
    words = row.get("date", "")
    if form:
        return read_form(f"{words} {row['time']}" if row.get("time") else words, form) or read_form(words, form)
    found = read_when(words, order)
    if found is not None and found.time is None and row.get("time"):
        return read_when(f"{found.day} {row['time']}") or found
    return found


def _mood(words: str, scale: Scale | None, asides: Asides) -> int | None:
    """Return a mood from 0 to 10; one whose scale was not told is left out."""
    if not words:
        return None
    value = float(words) if words.replace(".", "", 1).isdecimal() and words.isascii() else None
    if scale is None or value is None or not scale[0] <= value <= scale[1]:
        asides.leave("moods, as long as their scale is not told")
        return None
    return round(_HIGHEST_MOOD * (value - scale[0]) / (scale[1] - scale[0]))
