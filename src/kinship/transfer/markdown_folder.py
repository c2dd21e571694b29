"""A folder of Markdown: daily notes of Obsidian and its like, dated by front matter or by the names of files."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct, structs

from kinship.ground.errors import Refused
from kinship.privacy.text import clean_line
from kinship.transfer.entries import Asides, Page, Pages
from kinship.transfer.entry_text import outside_code, tags_in, words_of
from kinship.transfer.whens import Order, When, find_when, read_when, zone_of
from kinship.transfer.yaml_subset import Node, read_yaml

SOURCE = "Pages from Markdown"
ENDINGS = (".md", ".markdown")
DATES = ("date", "created", "created_at", "creation_date", "creation-date", "day", "datetime")
"""Where front matter says the day, in this order."""
_TAKEN = frozenset({*DATES, "time", "title", "tags", "tag", "keywords", "starred", "star", "favorite", "favourite"})
_STARS = ("starred", "star", "favorite", "favourite")
_ZONES = frozenset({"timezone", "time_zone", "tz"})
_OWN = "written"
"""What only the front matter of kinship's own export has: when it was written, with the offset of that place."""
_OF_OUR_OWN = frozenset({_OWN, "journal", "topic", "mood", "stress", "feelings", "people"})
_HIGHEST = 10
_YES = frozenset({"true", "yes", "on", "1"})
_LONGEST_HEAD = 64 * 1024
"""Characters of front matter."""
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_EMBED = re.compile(r"!\[\[([^\[\]\n|]{1,500})(?:\|[^\[\]\n]{0,200})?\]\]")
_WIKI = re.compile(r"\[\[([^\[\]\n|]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\]")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\(<?([^()<>\s]{1,500})")
_DIGITS_TIME = re.compile(r"[-_ T]*(\d\d)[.hH_-]?(\d\d)(?:[._-]?\d\d)?(?!\d)")
_IN_A_NAME = re.compile(r"(?<!\d)(?:\d{4}[-_.]\d\d[-_.]\d\d|\d{8}(?!\d{7})|\d\d?[-.]\d\d?[-.]\d{4})(?!\d\d[^\d]|\d$)")
_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(?:\d{4}-)?(\d\d)[^/]{0,20}/(?:\d{4}-\d\d-)?(\d\d)(?!\d)")


class _Note(Struct, frozen=True):
    """A file: its front matter and its words."""

    head: dict[str, Node]
    body: str


def read(files: Mapping[str, bytes], others: Mapping[str, int] | None = None, *, order: Order | None = None) -> Pages:
    """Return the pages of a folder: files by their names, `others` counts what else is there by its ending.

    Raises Refused where no note says a day, Misused for a day that reads in two ways.
    """
    asides = Asides()
    pages: list[Page] = []
    for name, data in sorted(files.items()):
        page = _page(name, data, order, asides)
        if page is not None:
            pages.append(page)
    if not pages:
        raise Refused(
            "No note says what day it is of.",
            "A date in the front matter or in the file's name is needed: 2024-05-03.md.",
        )
    for ending, times in Counter(others or {}).most_common():
        asides.leave(f"files {ending}", times=times)
    return asides.plan(SOURCE, pages)


def _page(name: str, data: bytes, order: Order | None, asides: Asides) -> Page | None:
    try:
        note = _note(words_of(data), asides)
    except Refused:
        asides.leave("files that are no text", clean_line(name)[:80])
        return None
    when, stem = _when(name, note.head, order)
    if when is None:
        asides.leave("notes without a day", clean_line(name)[:80])
        return None
    links: list[str] = []
    body = outside_code(note.body, lambda part: _plain(part, links, asides)).strip("\n").rstrip()
    title = _title(note.head, order) or stem
    if not body and not title:
        asides.leave("notes without words", clean_line(name)[:80])
        return None
    own = read_when(_line(note.head.get(_OWN)))
    taken = _TAKEN | _ZONES | (_OF_OUR_OWN if own is not None else frozenset())
    for key in note.head:
        if key.casefold() not in taken and note.head[key] is not None:
            asides.leave(f"front matter: {clean_line(key)[:40]}")
    zone = next((_line(value) for key, value in note.head.items() if key.casefold() in _ZONES), "")
    page = Page(
        ref=name,
        at=when.at,
        zone=zone if zone_of(zone) is not None else "",
        day=when.given_day,
        title=title,
        body=body,
        tags=_tags(note.head),
        starred=any(_line(note.head.get(star)).casefold() in _YES for star in _STARS),
        links=tuple(dict.fromkeys(links)),
    )
    return page if own is None else _of_our_own(page, note, when.day, own)


def _of_our_own(page: Page, note: _Note, day: dt.date, written: When) -> Page:
    """Return a page that kinship wrote, its words as they stand, with all else that its front matter says."""
    feelings = note.head.get("feelings")
    return structs.replace(
        page,
        at=written.at,
        day=day,
        title=_line(note.head.get("title")),
        body=note.body.strip("\n").rstrip(),
        journal=_line(note.head.get("journal")),
        topic=_line(note.head.get("topic")),
        mood=_scale(note.head.get("mood")),
        stress=_scale(note.head.get("stress")),
        feelings=tuple(one for one in map(_line, feelings) if one) if isinstance(feelings, list) else (),
        links=(),
    )


def _scale(value: Node) -> int | None:
    words = _line(value)
    return int(words) if words.isdecimal() and words.isascii() and int(words) <= _HIGHEST else None


def _note(text: str, asides: Asides) -> _Note:
    """Part a file into its front matter and its words; front matter that cannot be read stays with the words."""
    text = text.removeprefix("\ufeff")
    if not text.startswith("---\n"):
        return _Note({}, text)
    end = _FENCE.search(text, 4, _LONGEST_HEAD)
    if end is None:
        return _Note({}, text)
    try:
        head = read_yaml(text[4 : end.start()])
    except Refused:
        asides.doubt("front matter that cannot be read stays in the text")
        return _Note({}, text)
    return _Note(head if isinstance(head, dict) else {}, text[end.end() :])


def _when(name: str, head: Mapping[str, Node], order: Order | None) -> tuple[When | None, str]:
    """Return when a note is of, and what its file's name says beside the day."""
    place = PurePosixPath(name)
    by_name, rest = _in_name(place.stem, order)
    title = "" if by_name is not None and not rest.strip("-_ .") else clean_line(rest).strip("-_ .")
    told = {key.casefold(): value for key, value in head.items()}
    for key in DATES:
        words = _line(told.get(key)).removeprefix("[[").removesuffix("]]")
        found = read_when(words, order) if words else None
        if found is not None:
            clock = _line(told.get("time")) if found.time is None else ""
            return (read_when(f"{found.day} {clock}") if clock else None) or found, title
    if by_name is None and (folders := _FOLDERS.search(name)) is not None:
        return read_when("-".join(folders.groups())), ""
    return by_name, title


def _in_name(stem: str, order: Order | None) -> tuple[When | None, str]:
    """Return the day (and time) in a file's name, and what is left of the name."""
    written = find_when(stem, order)
    if written is None:
        found = _IN_A_NAME.search(stem)
        written = find_when(stem[found.start() :], order) if found is not None else None
        if found is None or written is None:
            return None, stem
        start, (when, length) = found.start(), written
    else:
        start, (when, length) = 0, written
    end = start + length
    clock = _DIGITS_TIME.match(stem, end) if when.time is None else None
    if clock is not None and int(clock[1]) < 24 and int(clock[2]) < 60:  # noqa: PLR2004 - hours and minutes
        when, end = When(when.day, dt.time(int(clock[1]), int(clock[2]))), clock.end()
    return when, f"{stem[:start].strip('-_ .')} {stem[end:].strip('-_ .')}".strip()


def _line(value: Node) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _title(head: Mapping[str, Node], order: Order | None) -> str:
    """Return the title that front matter gives; the day alone is none."""
    words = _line(head.get("title"))
    return "" if read_when(words, order or Order.DAY_FIRST) is not None else words


def _tags(head: Mapping[str, Node]) -> tuple[str, ...]:
    found: list[str] = []
    for key, value in head.items():
        if key.casefold() in ("tags", "tag", "keywords"):
            found += tags_in(value)
    return tuple(dict.fromkeys(found))


def _plain(text: str, links: list[str], asides: Asides) -> str:
    """Return a text with wiki links as the words they show; what it embeds is listed."""

    def embedded(found: re.Match[str]) -> str:
        name = clean_line(PurePosixPath(found[1].partition("#")[0]).name)
        asides.leave("embedded files", name[:80])
        return f"({name})"

    def shown(found: re.Match[str]) -> str:
        target, _, part = found[1].partition("#")
        name = clean_line(PurePosixPath(target).name)
        if name:
            links.append(name)
        return (found[2] or "").strip() or name or part

    for picture in _PICTURE.finditer(text):
        if "://" not in picture[1]:
            asides.leave("pictures", clean_line(PurePosixPath(picture[1]).name)[:80])
    return _WIKI.sub(shown, _EMBED.sub(embedded, text))
