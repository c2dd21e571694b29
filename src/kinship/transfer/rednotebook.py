"""Journals of RedNotebook: its month files (`2024-05.txt`), with tags, categories and its own marks as Markdown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kinship.ground.errors import Refused
from kinship.privacy.text import clean, clean_line
from kinship.transfer.entries import NOON, Asides, Page, Pages
from kinship.transfer.entry_text import as_tag, outside_code, words_of
from kinship.transfer.yaml_subset import Node, read_yaml

SOURCE = "Pages from RedNotebook"
_MONTH = re.compile(r"^(\d{4})-(\d\d)\.txt$")
_SLANTED = re.compile(r"(?<![:/\w])//([^/\n]{1,500})//(?![/\w])")
_STRUCK = re.compile(r"(?<![-\w])--([^-\n]{1,500})--(?![-\w])")
_HEADING = re.compile(r"^(={1,6}) ?([^=\n]{1,200}?) ?\1[ \t]*$", re.MULTILINE)
_PICTURE = re.compile(r'\[""([^"\[\]\n]{1,500})""(\.\w{1,8})(?:\?\d{1,5})?\]')
_LINK = re.compile(r'\[([^"\[\]\n]{1,300}) ""([^"\[\]\n]{1,500})""\]')
_TAGS = frozenset({"tags", "tag"})


def read(files: Mapping[str, bytes]) -> Pages:
    """Return the pages of a folder's, an archive's or one month file. Raises Refused where there is none."""
    asides = Asides()
    pages: list[Page] = []
    months = 0
    for name, data in sorted(files.items()):
        month = _MONTH.match(PurePosixPath(name).name)
        if month is None:
            asides.leave("files that are no month", clean_line(name)[:80])
            continue
        months += 1
        try:
            told = read_yaml(words_of(data))
        except Refused as error:
            raise Refused(f"The month {month[0]} cannot be read as RedNotebook writes it.") from error
        if isinstance(told, dict):
            pages += _days(int(month[1]), int(month[2]), told, asides)
    if not months:
        raise Refused("There is no month file of RedNotebook, such as 2024-05.txt.", "Give the folder they are in.")
    return asides.plan(SOURCE, pages)


def _days(year: int, month: int, told: Mapping[str, Node], asides: Asides) -> Iterator[Page]:
    for number, content in told.items():
        try:
            day = dt.date(year, month, int(number))
        except ValueError:
            asides.leave("entries without a date")
            continue
        page = _page(day, content, asides) if isinstance(content, dict) else None
        if page is None:
            asides.leave("entries without words", str(day))
        else:
            yield page


def _page(day: dt.date, content: Mapping[str, Node], asides: Asides) -> Page | None:
    text = content.get("text")
    body = outside_code(clean(text), lambda part: _markdown(part, asides)).strip("\n") if isinstance(text, str) else ""
    tags: list[str] = []
    lines: list[str] = []
    for name, held in content.items():
        if name == "text":
            continue
        items = tuple(held) if isinstance(held, dict) else ()
        if name.casefold() in _TAGS:
            tags += map(as_tag, items)
        else:
            tags.append(as_tag(name))
            lines += (f"- {clean_line(name)}: {clean_line(item)}" for item in items)
    body = "\n\n".join(one for one in (body.rstrip(), "\n".join(lines)) if one)
    if not body and not tags:
        return None
    kept = tuple(dict.fromkeys(one for one in tags if one))
    return Page(ref=str(day), day=day, at=dt.datetime.combine(day, NOON), body=body or "(no words)", tags=kept)


def _markdown(text: str, asides: Asides) -> str:
    """Return a text with RedNotebook's slanted and struck words, headings, links and pictures as Markdown has them."""

    def picture(found: re.Match[str]) -> str:
        name = PurePosixPath(found[1] + found[2]).name
        asides.leave("pictures", name[:80])
        return f"({name})"

    text = _PICTURE.sub(picture, text)
    text = _LINK.sub(r"[\1](\2)", text)
    text = _HEADING.sub(lambda found: f"{'#' * len(found[1])} {found[2]}", text)
    return _STRUCK.sub(r"~~\1~~", _SLANTED.sub(r"*\1*", text))
