"""A plain text whose entries stand under lines that are days: `3 May 2024`, `# 2024-05-03 21:30`, `Fri, 3.5.2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kinship.ground.errors import Refused
from kinship.privacy.text import clean_line
from kinship.transfer.entries import MOST_PAGES, Asides, Page, Pages, ref_of
from kinship.transfer.entry_text import words_of
from kinship.transfer.whens import Order, When, read_form, read_when

SOURCE = "Pages from text"
ENDINGS = (".txt", ".text", ".md")
_FRAME = re.compile(r"^[#*=\-_\[(<>\s|~]{0,12}|[#*=\-_\])<>:.\s|~]{0,12}$")


_SHORT_WITH_YEAR = re.compile(r"^[^\n]{0,40}?\d{4}[^\n]{0,40}$", re.MULTILINE)
_SHORT_WITH_DIGIT = re.compile(r"^[^\d\n]{0,40}\d[^\n]{0,50}$", re.MULTILINE)


class _Heading(NamedTuple):
    """A line that is a day."""

    start: int
    end: int
    when: When


def read(files: Mapping[str, bytes], *, order: Order | None = None, form: str = "") -> Pages:
    """Return the pages of text files; `form` is how their days are written, as strptime says it.

    Raises Refused where no line is a day, Misused for a day that reads in two ways.
    """
    asides = Asides()
    pages: list[Page] = []
    for name, data in sorted(files.items()):
        text = words_of(data)
        headings = list(_headings(text, order, form))
        before = text[: headings[0].start] if headings else text
        if before.strip():
            asides.leave("words before the first day", clean_line(name)[:80])
        pages += _pages(text, headings, asides)
    if not pages:
        raise Refused(
            "No line in it is a day, such as 2024-05-03 or 3 May 2024.",
            "Give the way days are written with --time-format.",
        )
    return asides.plan(SOURCE, pages)


def _headings(text: str, order: Order | None, form: str) -> Iterator[_Heading]:
    for number, line in enumerate((_SHORT_WITH_DIGIT if form else _SHORT_WITH_YEAR).finditer(text)):
        if number >= MOST_PAGES:
            raise Refused(f"That is more than {MOST_PAGES:,} lines that may be days.")
        when = _day_of(line[0], order, form)
        if when is not None:
            yield _Heading(line.start(), line.end(), when)


def _day_of(line: str, order: Order | None, form: str) -> When | None:
    words = _FRAME.sub("", line)
    if form:
        return read_form(line, form) or read_form(words, form)
    return read_when(words, order)


def _pages(text: str, headings: list[_Heading], asides: Asides) -> Iterator[Page]:
    for heading, after in zip(headings, [*headings[1:], None], strict=False):
        body = text[heading.end : after.start if after else len(text)].strip("\n").rstrip()
        when = heading.when
        if body.strip():
            yield Page(ref=ref_of(when.at, body), at=when.at, day=when.given_day, body=body)
        else:
            asides.leave("days without words", str(when.day))
