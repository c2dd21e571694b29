"""The map as one web page: the picture, a table and a card for each person; nothing in it runs, loads or is sent.

Colours follow the reader's screen (light or dark) and paper. A policy in the page forbids all but its own style sheet,
which is known by its digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinship.journal.model import AlterId, Bond, Circle
from kinship.snapshot.drawing import Drawing, Since
from kinship.snapshot.escaping import escaped
from kinship.snapshot.legend import Legend, Row
from kinship.snapshot.marks import Node
from kinship.snapshot.share import NamesMode, Share, told_date
from kinship.snapshot.style import BY_READER, Style
from kinship.snapshot.svg import map_only
from kinship.snapshot.svg_signs import row_sign
from kinship.snapshot.table import NOTHING, Table, table_of
from kinship.snapshot.web_page import head_of


def html(
    circle: Circle, drawing: Drawing, share: Share, style: Style | None = None, since: Since | None = None
) -> bytes:
    """Return the page of a circle that has passed `careful`, and of its drawing; the same bytes for the same circle.

    Without a style it is light or dark as the reader has it, and made for paper in print.
    """
    return ("\n".join(_page(circle, drawing, share, style, since)) + "\n").encode("utf-8", "replace")


def _page(circle: Circle, drawing: Drawing, share: Share, style: Style | None, since: Since | None) -> Iterator[str]:
    anchors = {bond.alter.id: f"who-{number}" for number, bond in enumerate(circle.bonds, 1)}
    table = table_of(circle, since)
    yield from head_of(drawing.title, "page.css", style)
    yield '<body><a class="skip" href="#everybody">Past the picture, to the table</a>'
    yield f'<header><h1 dir="auto">{escaped(drawing.title)}</h1>'
    yield from (f'<p dir="auto">{escaped(line)}</p>' for line in drawing.subtitle)
    yield "</header><main>"
    yield from _picture(drawing, anchors)
    yield from _table(table, anchors)
    yield from _cards(circle, table, anchors, share)
    yield f"</main><footer><p>{escaped(drawing.footer)}</p></footer></body></html>"


def _picture(drawing: Drawing, anchors: dict[AlterId, str]) -> Iterator[str]:
    def link(node: Node) -> str:
        return f"#{anchors[node.id]}"

    yield '<section aria-labelledby="picture"><h2 id="picture">The picture</h2>'
    yield '<input type="checkbox" id="larger"><label for="larger">Larger, to scroll</label>'
    yield '<div class="picture" role="region" aria-label="The picture, can be scrolled" tabindex="0">'
    yield map_only(drawing, BY_READER, link)
    yield "</div>"
    yield from _legend(drawing.legend)
    yield "</section>"


def _legend(legend: Legend) -> Iterator[str]:
    columns: dict[float, list[Row]] = {round(heading.x, 1): [] for heading in legend.headings}
    for row in legend.rows:
        columns[row.x].append(row)
    yield '<div class="legend">'
    for heading in legend.headings:
        yield f"<div><h3>{escaped(heading.text)}</h3><ul>"
        for row in columns[round(heading.x, 1)]:
            sign = row_sign(row, BY_READER)
            yield (
                f'<li><svg viewBox="-14 -14 28 28" width="28" height="28" aria-hidden="true">{sign}</svg>'
                f"<span>{escaped(' '.join(row.words))}</span></li>"
            )
        yield "</ul></div>"
    yield "</div>"


def _table(table: Table, anchors: dict[AlterId, str]) -> Iterator[str]:
    yield '<section aria-labelledby="everybody"><h2 id="everybody">Everybody in a table</h2>'
    yield '<div class="table" role="region" aria-label="The table, can be scrolled" tabindex="0"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escaped(column)}</th>' for column in table.columns)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        name, *cells = row.cells
        yield f'<tr><th scope="row" dir="auto"><a href="#{anchors[row.id]}">{escaped(name)}</a></th>'
        yield "".join(f'<td dir="auto">{escaped(cell)}</td>' for cell in cells)
        yield "</tr>"
    yield "</tbody></table></div></section>"


def _cards(circle: Circle, table: Table, anchors: dict[AlterId, str], share: Share) -> Iterator[str]:
    bonds = {bond.alter.id: bond for bond in circle.bonds}
    more = share.moments or (share.notes and share.names is NamesMode.FULL)
    paper = "" if more else ' class="again"'
    yield f'<section{paper} aria-labelledby="one-by-one"><h2 id="one-by-one">One by one</h2><div class="cards">'
    for row in table.rows:
        name, *cells = row.cells
        yield f'<article id="{anchors[row.id]}"><h3 dir="auto">{escaped(name)}</h3><dl>'
        said = [*zip(table.columns[1:], cells, strict=True), *_more(bonds[row.id], share)]
        for column, cell in said:
            if cell != NOTHING:
                yield f'<dt>{escaped(column)}</dt><dd dir="auto">{escaped(cell)}</dd>'
        yield "</dl></article>"
    yield "</div></section>"


def _more(bond: Bond, share: Share) -> Iterator[tuple[str, str]]:
    """Give what leaves only where it was ticked: notes and the like with full names, single moments."""
    alter = bond.alter
    if share.notes and share.names is NamesMode.FULL:
        told = (
            ("Also called", ", ".join(alter.aliases)),
            ("Pronouns", alter.pronouns),
            ("Birthday", alter.birthday),
            ("Notes", alter.notes),
        )
        yield from ((word, " ".join(text.split())) for word, text in told if text.strip())
    if share.moments and bond.moments:
        days = (f"{told_date(one.day, share)}: {one.subkind or one.kind.value}" for one in bond.moments)
        yield "What happened", "; ".join(days)
