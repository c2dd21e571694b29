"""A document of pages: what a sheet, a person's page and a book are made of, whatever they are written as.

A document is a value; `document_html`, `document_pdf` and `document_text` each write all of it, so that a preview in
text holds every word that leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from kinship.snapshot.drawing import Drawing


class Run(Struct, frozen=True):
    """Words that look alike; a line ends where they hold a newline."""

    text: str
    strong: bool = False
    slanted: bool = False
    code: bool = False


class Heading(Struct, frozen=True):
    """A heading; 1 is below the title of the document."""

    level: int
    text: str
    aside: str = ""
    """Quieter words behind it."""


class Words(Struct, frozen=True):
    """A paragraph."""

    runs: tuple[Run, ...]
    soft: bool = False


class Items(Struct, frozen=True):
    """A list, numbered from `start` where that is given."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


class Quote(Struct, frozen=True):
    """What somebody else said."""

    blocks: tuple[Block, ...]


class Code(Struct, frozen=True):
    """Lines that stand as they are."""

    text: str


class Rule(Struct, frozen=True):
    """A line across."""


class PageEnd(Struct, frozen=True):
    """What follows begins on a new page of paper."""


class Picture(Struct, frozen=True):
    """A map as large as the page has room for."""

    drawing: Drawing


class Rows(Struct, frozen=True):
    """A table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Words | Items | Quote | Code | Rule | PageEnd | Picture | Rows


class Document(Struct, frozen=True, kw_only=True):
    """A whole document."""

    title: str
    subtitle: tuple[str, ...] = ()
    footer: str
    blocks: tuple[Block, ...]
    contents: bool = False
    """Whether the headings of the first level are listed at its beginning."""


def words(text: str, *, soft: bool = False) -> Words:
    """Return a plain paragraph."""
    return Words((Run(text),), soft=soft)


def points(lines: Sequence[str]) -> Items:
    """Return a list of plain lines."""
    return Items(tuple((words(line),) for line in lines))


def headings(document: Document) -> tuple[str, ...]:
    """Return the headings of the first level, in order."""
    return tuple(block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1)
