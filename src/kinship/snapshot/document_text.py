"""A document as plain lines: what is read before it leaves, and a text file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinship.privacy.text import visible
from kinship.snapshot.document import Block, Code, Document, Heading, Items, PageEnd, Picture, Quote, Rows, Rule, Words
from kinship.snapshot.letters import letters


def document_text(document: Document) -> bytes:
    """Return the document as UTF-8 lines."""
    return ("\n".join(lines_of_document(document)) + "\n").encode("utf-8", "replace")


def lines_of_document(document: Document) -> tuple[str, ...]:
    """Return every word of a document, line by line, harmless on a terminal."""
    head = (document.title, *document.subtitle, "")
    return tuple(visible(line) for line in (*head, *_lines(document.blocks), "", document.footer))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number and not isinstance(block, PageEnd):
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {block.text}{f'  {block.aside}' if block.aside else ''}"
        case Words():
            yield from "".join(run.text for run in block.runs).split("\n")
        case Items():
            yield from _items(block)
        case Quote():
            yield from (f"> {line}" for line in _lines(block.blocks))
        case Code():
            yield from (f"    {line}" for line in block.text.split("\n"))
        case Rule():
            yield "---"
        case Rows():
            yield from (" | ".join(row) for row in (block.columns, *block.rows))
        case Picture():
            yield f"[{block.drawing.description}]"
            yield from _named(block)
        case PageEnd():
            return


def _items(block: Items) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start or 0):
        mark = f"{number}. " if block.start is not None else "- "
        for place, line in enumerate(_lines(item)):
            yield f"{mark if not place else ' ' * len(mark)}{line}"


def _named(block: Picture) -> Iterator[str]:
    """Give every text of a picture: what is written on it, and the sentence behind each sign."""
    yield from (f"  {one.text}" for one in letters(block.drawing))
    yield from (f"  {node.sentence}" for node in block.drawing.nodes)
