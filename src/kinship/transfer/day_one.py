"""Journals of Day One: the JSON of its export, in a zip, in a folder or bare; photos and sounds are only listed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from kinship.ground.errors import Refused
from kinship.privacy.text import clean, clean_line
from kinship.transfer.entries import Asides, Page, Pages, ref_of
from kinship.transfer.entry_text import entries_in, json_of, line_in, outside_code, tags_in, text_in
from kinship.transfer.whens import zone_of

SOURCE = "Pages from Day One"
PROGRAM = "Day One"
_MEDIA = {"photos": "photos", "audios": "sound recordings", "videos": "videos", "pdfAttachments": "PDF files"}
_ASIDE = {
    "weather": "weather", "location": "places", "userActivity": "activity", "music": "music",
    "isPinned": "pins", "duration": "durations", "templateID": "templates",
}  # fmt: skip
"""What entries may carry that kinship has no place for, and what it is called."""
_MOMENT = re.compile(r"!\[[^\[\]\n]{0,200}\]\(dayone-moment:[^()\s]{0,200}\)[ \t]*\n?")
_OWN_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\(dayone2?:[^()\s]{0,500}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_STARTS = re.compile(r"^[ \t]{0,12}(?:\d{1,9})?$")
_MANY_LINES = re.compile(r"\n{4,}")
_ALWAYS = frozenset("\"$%&',/;=?@^{}:()|")
"""Signs that mean nothing in Markdown, wherever they stand."""
_AT_A_START = frozenset("-+.#>!")
"""Signs that mean something at the start of a line, or `!` before a bracket."""
_START = 24
"""How far into a line its start is looked at."""


def read(files: Mapping[str, bytes], others: Mapping[str, int] | None = None, *, places: bool = False) -> Pages:
    """Return the pages of an export; with `places`, where each was written stands as its last line.

    `others` counts files of the export that were not read, by their ending. Raises Refused for what is no export.
    """
    asides = Asides()
    pages: list[Page] = []
    named = [name for name in files if name.lower().endswith(".json")] or list(files)
    for name in sorted(named):
        found = json_of(files[name], PROGRAM)
        if len(named) > 1 and (not isinstance(found, dict) or "entries" not in found):
            asides.leave("files that are no export", clean_line(name)[:80])
            continue
        entries = entries_in(found, PROGRAM)
        journal = clean_line(PurePosixPath(name).stem) if len(named) > 1 else ""
        pages += _pages(entries, journal, asides, places=places)
    if not pages and not asides.left_out:
        raise Refused("There is no entry of Day One in it.")
    for ending, times in Counter(others or {}).most_common():
        asides.leave(f"files {ending}", times=times)
    return asides.plan(SOURCE, pages)


def _pages(entries: list[Any], journal: str, asides: Asides, *, places: bool) -> Iterator[Page]:
    for entry in entries:
        at = _moment(entry, asides) if isinstance(entry, dict) else None
        if at is None:
            asides.leave("entries without a date")
            continue
        media = _media(entry, at.date(), asides)
        tags, starred = tags_in(entry.get("tags")), entry.get("starred") is True
        for field, what in _ASIDE.items():
            if entry.get(field) and not (places and field == "location"):
                asides.leave(what)
        body = _words(entry)
        if not body and not (tags or starred):
            asides.leave("entries without words", str(at.date()))
            continue
        body = "\n\n".join(one for one in (body or _without_words(media), _place(entry) if places else "") if one)
        ref = line_in(entry, "uuid") or ref_of(at, body)
        zone = line_in(entry, "timeZone")
        yield Page(ref=ref, body=body, at=at, zone=zone, tags=tags, starred=starred, journal=journal)


def _moment(entry: dict[str, Any], asides: Asides) -> dt.datetime | None:
    """Return when an entry was written, in the zone it names."""
    try:
        at = dt.datetime.fromisoformat(line_in(entry, "creationDate"))
    except ValueError:
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
    if not 1 < at.year < dt.MAXYEAR:
        return None
    name = line_in(entry, "timeZone")
    zone = zone_of(name)
    if name and zone is None:
        asides.doubt(f"the zone {name[:40]} is not known; those times are in UTC")
    return at.astimezone(zone) if zone is not None else at


def _media(entry: dict[str, Any], day: dt.date, asides: Asides) -> Counter[str]:
    """Count what an entry carries beside words, which is listed by its day."""
    found: Counter[str] = Counter()
    for field, what in _MEDIA.items():
        told = entry.get(field)
        if isinstance(told, list) and told:
            found[what] = len(told)
            asides.leave(what, str(day), times=len(told))
    return found


def _without_words(media: Counter[str]) -> str:
    told = ", ".join(f"{times} {what}" for what, times in media.items())
    return f"(no words; {told})" if told else "(no words)"


def _place(entry: dict[str, Any]) -> str:
    """Return where an entry was written, in words and without coordinates."""
    place = entry.get("location")
    if not isinstance(place, dict):
        return ""
    told = dict.fromkeys(line_in(place, field) for field in ("userLabel", "placeName", "localityName", "country"))
    return f"At {', '.join(one for one in told if one)}." if any(told) else ""


def _words(entry: dict[str, Any]) -> str:
    """Return the words of an entry as Markdown without Day One's escapes and links to its own things."""
    text = text_in(entry, "text") or _rich(entry.get("richText"))
    return _MANY_LINES.sub("\n\n\n", outside_code(text, _plain)).strip("\n").rstrip() if text else ""


def _rich(told: object) -> str:
    """Return the words of a rich text, for entries that have nothing else."""
    if not isinstance(told, str):
        return ""
    try:
        contents = json.loads(told).get("contents", [])
    except (ValueError, RecursionError, AttributeError):
        return ""
    parts = (one.get("text") for one in contents if isinstance(one, dict)) if isinstance(contents, list) else ()
    return clean("".join(one for one in parts if isinstance(one, str))).strip("\n")


def _plain(text: str) -> str:
    return _ESCAPED.sub(_unescaped, _OWN_LINK.sub(r"\1", _MOMENT.sub("", text)))


def _unescaped(found: re.Match[str]) -> str:
    r"""Return a sign without its backslash where it means no more than itself: `\.` in a sentence, not in `1\.`."""
    sign, text = found[1], found.string
    if sign in _ALWAYS:
        return sign
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if sign in _AT_A_START:
        start = text.rfind("\n", max(0, found.start() - _START), found.start()) + 1
        leads = (start > 0 or found.start() < _START) and _LINE_STARTS.match(text[start : found.start()])
        follows = after == "[" if sign == "!" else after in (" ", "\t", "\n", "#", "") or sign == ">"
        return found[0] if (leads or sign == "!") and follows else sign
    if sign == "_" and before.isalnum() and after.isalnum():
        return sign
    return found[0]
