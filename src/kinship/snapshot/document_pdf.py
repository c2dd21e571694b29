"""A document as PDF by typst: tagged, its words selectable, without a date or any other mark of who made it."""

from __future__ import annotations

from functools import singledispatch

from kinship.snapshot.document import (
    Block,
    Code,
    Document,
    Heading,
    Items,
    PageEnd,
    Picture,
    Quote,
    Rows,
    Rule,
    Run,
    Words,
)
from kinship.snapshot.pdf import PAPER_NAMES, Paper
from kinship.snapshot.picture import FAMILIES, picture_data
from kinship.snapshot.style import PALETTES, Style
from kinship.snapshot.typesetting import typeset_pdf


def document_pdf(document: Document, style: Style = Style.PRINT, *, paper: Paper = Paper.A4) -> bytes:
    """Return the document on pages; the same bytes for the same fonts. Raises KinshipError."""
    palette = PALETTES[style]
    return typeset_pdf(
        "document.typ",
        {
            "paper": PAPER_NAMES[paper],
            "fonts": FAMILIES,
            "title": document.title,
            "subtitle": document.subtitle,
            "footer": document.footer,
            "contents": document.contents,
            "blocks": [_block(block, style) for block in document.blocks],
            "fill": palette.paper,
            "ink": palette.ink,
            "soft": palette.soft,
            "rim": palette.rim,
            "shade": palette.bands[2],
        },
    )


@singledispatch
def _block(block: Block, style: Style) -> dict[str, object]:
    """Return what the template is told of a block."""
    raise TypeError(type(block).__name__, style)


@_block.register
def _heading(block: Heading, _: Style) -> dict[str, object]:
    return {"is": "heading", "level": block.level, "text": block.text, "aside": block.aside}


@_block.register
def _words(block: Words, _: Style) -> dict[str, object]:
    return {"is": "words", "runs": [_run(run) for run in block.runs], "soft": block.soft}


@_block.register
def _items(block: Items, style: Style) -> dict[str, object]:
    items = [[_block(inner, style) for inner in item] for item in block.items]
    return {"is": "items", "items": items, "start": block.start}


@_block.register
def _quote(block: Quote, style: Style) -> dict[str, object]:
    return {"is": "quote", "blocks": [_block(inner, style) for inner in block.blocks]}


@_block.register
def _code(block: Code, _: Style) -> dict[str, object]:
    return {"is": "code", "text": block.text}


@_block.register
def _rows(block: Rows, _: Style) -> dict[str, object]:
    return {"is": "rows", "columns": block.columns, "rows": block.rows}


@_block.register
def _picture(block: Picture, style: Style) -> dict[str, object]:
    return {"is": "picture", "picture": picture_data(block.drawing, style)}


@_block.register
def _page_end(_: PageEnd, __: Style) -> dict[str, object]:
    return {"is": "page-end"}


@_block.register
def _rule(_: Rule, __: Style) -> dict[str, object]:
    return {"is": "rule"}


def _run(run: Run) -> dict[str, object]:
    return {"lines": run.text.split("\n"), "strong": run.strong, "slanted": run.slanted, "code": run.code}
