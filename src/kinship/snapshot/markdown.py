"""A page's Markdown as blocks of a document: nothing of it is lost, nothing in it is markup for any reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from kinship.privacy.text import clean
from kinship.snapshot.document import Block, Code, Heading, Items, Quote, Rows, Rule, Run, Words, words

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

DEEPEST = 6
"""Headings below this level look like it."""
_TOO_DEEP = re.compile(r"^[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]*){12}", re.MULTILINE)
"""A line nested deeper than anybody writes: such a page is taken as plain paragraphs, for Markdown would drop it."""
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def blocks_of(text: str, *, below: int = 0) -> tuple[Block, ...]:
    """Return the blocks of a page; its headings go `below` that level, none of them left out in between."""
    told = clean(text)
    if _TOO_DEEP.search(told):
        return tuple(words(part.strip("\n")) for part in _BLANK_LINES.split(told) if part.strip())
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where something is shared
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - the same

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table").disable("reference")
    return tuple(_blocks(SyntaxTreeNode(reader.parse(told)).children, _Levels(below)))


class _Levels:
    """How deep each heading of a page stands: one below the last that is above it, whatever it is marked as."""

    def __init__(self, below: int) -> None:
        self._below = below
        self._above: list[int] = []

    def of(self, marked: int) -> int:
        while self._above and self._above[-1] >= marked:
            self._above.pop()
        self._above.append(marked)
        return min(DEEPEST, self._below + len(self._above))


def _blocks(nodes: list[SyntaxTreeNode], levels: _Levels) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(levels.of(int(node.tag[1:])), _text(node))
            case "paragraph":
                yield Words(tuple(_runs(node)))
            case "bullet_list":
                yield Items(tuple(tuple(_blocks(item.children, levels)) for item in node.children))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield Items(tuple(tuple(_blocks(item.children, levels)) for item in node.children), start)
            case "blockquote":
                yield Quote(tuple(_blocks(node.children, levels)))
            case "fence" | "code_block":
                yield Code(node.content.rstrip("\n"))
            case "hr":
                yield Rule()
            case "table":
                yield _table(node)
            case _:
                yield words(node.content)


def _table(node: SyntaxTreeNode) -> Rows:
    rows = tuple(tuple(_text(cell) for cell in row.children) for part in node.children for row in part.children)
    return Rows(rows[0], rows[1:])


def _text(node: SyntaxTreeNode) -> str:
    return " ".join("".join(run.text for run in _runs(node)).split())


def _runs(node: SyntaxTreeNode) -> Iterator[Run]:
    for inline in node.children:
        yield from (run for run in _inline(inline.children, Run("")) if run.text)


def _inline(nodes: list[SyntaxTreeNode], look: Run) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "softbreak" | "hardbreak":
                yield msgspec.structs.replace(look, text="\n")
            case "strong":
                yield from _inline(node.children, msgspec.structs.replace(look, strong=True))
            case "em":
                yield from _inline(node.children, msgspec.structs.replace(look, slanted=True))
            case "code_inline":
                yield msgspec.structs.replace(look, text=node.content, code=True)
            case "link":
                yield from _inline(node.children, look)
                yield from _where(node, "href", look)
            case "image":
                yield msgspec.structs.replace(look, text=node.content)
                yield from _where(node, "src", look)
            case _:
                yield msgspec.structs.replace(look, text=node.content)


def _where(node: SyntaxTreeNode, name: str, look: Run) -> Iterator[Run]:
    """Give where a link leads, in words: a document holds no link that could be followed by accident."""
    shown = "".join(run.text for run in _inline(node.children, look)) if node.children else ""
    address = str(node.attrs.get(name, ""))
    if address and address != shown:
        yield msgspec.structs.replace(look, text=f" ({address})" if shown or node.content else address)
