"""A document as one web page: nothing in it runs, loads or is sent, and it prints as it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    headings,
)
from kinship.snapshot.escaping import escaped
from kinship.snapshot.style import BY_READER, Style
from kinship.snapshot.svg import within_page
from kinship.snapshot.web_page import head_of

_TOP = 1
"""The level of the document's own title in HTML."""
_LOWEST = 6
_AUTO = '"auto"'


def document_html(document: Document, style: Style | None = None) -> bytes:
    """Return the page; without a style it is light or dark as the reader has it. The same bytes each time."""
    return ("\n".join(_page(document, style)) + "\n").encode("utf-8", "replace")


def _page(document: Document, style: Style | None) -> Iterator[str]:
    yield from head_of(document.title, "document.css", style)
    yield "<body>"
    yield f'<header><h1 dir="auto">{escaped(document.title)}</h1>'
    yield from (f'<p dir="auto">{escaped(line)}</p>' for line in document.subtitle)
    yield "</header>"
    if document.contents:
        yield '<nav aria-label="Contents"><ul>'
        for number, told in enumerate(headings(document), 1):
            yield f'<li><a href="#part-{number}">{escaped(told)}</a></li>'
        yield "</ul></nav>"
    yield "<main>"
    yield from _with_parts(document)
    yield f"</main><footer><p>{escaped(document.footer)}</p></footer></body></html>"


def _with_parts(document: Document) -> Iterator[str]:
    """Give the blocks, with a place to go to at each heading of the first level."""
    part = 0
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            part += 1
            yield f'<a id="part-{part}"></a>'
        yield from _block(block)


@singledispatch
def _block(block: Block) -> Iterator[str]:
    """Give the element of a block, line by line."""
    raise TypeError(type(block).__name__)


@_block.register
def _heading(block: Heading) -> Iterator[str]:
    tag = f"h{min(_LOWEST, _TOP + block.level)}"
    aside = f" <small>{escaped(block.aside)}</small>" if block.aside else ""
    yield f'<{tag} dir="auto">{escaped(block.text)}{aside}</{tag}>'


@_block.register
def _words(block: Words) -> Iterator[str]:
    soft = ' class="soft"' if block.soft else ""
    yield f'<p dir="auto"{soft}>{_runs(block.runs)}</p>'


@_block.register
def _items(block: Items) -> Iterator[str]:
    tag, start = ("ul", "") if block.start is None else ("ol", f' start="{block.start}"')
    yield f"<{tag}{start}>"
    yield from (f'<li dir="auto">{"".join(_all(item))}</li>' for item in block.items)
    yield f"</{tag}>"


@_block.register
def _quote(block: Quote) -> Iterator[str]:
    yield f"<blockquote>{''.join(_all(block.blocks))}</blockquote>"


@_block.register
def _code(block: Code) -> Iterator[str]:
    # A line break directly behind the tag would be dropped by the reader.
    yield f'<pre tabindex="0">{_lines(block.text)}</pre>'


@_block.register
def _rule(_: Rule) -> Iterator[str]:
    yield "<hr>"


@_block.register
def _page_end(_: PageEnd) -> Iterator[str]:
    yield '<div class="page-end"></div>'


@_block.register
def _picture(block: Picture) -> Iterator[str]:
    yield f'<div class="picture">{within_page(block.drawing, BY_READER)}</div>'


@_block.register
def _rows(block: Rows) -> Iterator[str]:
    yield '<div class="table" role="region" aria-label="A table, can be scrolled" tabindex="0"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escaped(column)}</th>' for column in block.columns)
    yield "</tr></thead><tbody>"
    for row in block.rows:
        yield f"<tr>{''.join(f'<td dir={_AUTO}>{escaped(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"


def _all(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _runs(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    told = "<br>".join(escaped(line) for line in run.text.split("\n"))
    for wanted, tag in ((run.code, "code"), (run.slanted, "em"), (run.strong, "strong")):
        if wanted:
            told = f"<{tag}>{told}</{tag}>"
    return told


def _lines(text: str) -> str:
    return "\n".join(escaped(line) for line in ("", *text.split("\n")))
