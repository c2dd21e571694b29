"""An edge list: `source,target[,weight]` with a head line, by commas, semicolons or tabs; other columns are left alone.

A line without a target names a node that has no tie. A column `type` (Directed, Undirected) is heeded, as Gephi has it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from kinship.circle.graph_parts import Tie, Told, quoted, weight_of
from kinship.ground.errors import Refused

SEPARATORS = ",;\t"
LONGEST_HEAD = 10_000
FORM = "An edge list begins with the line source,target or source,target,weight."
DIRECTIONS = {"directed": True, "undirected": False}


def read(data: bytes, *, directed: bool) -> Told:
    """Return the edges of a list; Refused, with the line, for what is none."""
    text = _text(data)
    head = text.partition("\n")[0]
    if len(head) > LONGEST_HEAD:
        raise Refused(f"its first line is longer than {LONGEST_HEAD:,} characters.", FORM)
    separator = max(SEPARATORS, key=head.count)
    told = Told(directed=directed)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(rows, []))
        for row in rows:
            if any(field.strip() for field in row):
                _take(told, row, columns, f"line {rows.line_num}", decimal_comma=separator == ";")
    except csv.Error as error:
        raise Refused(f"line {rows.line_num} is no line of a table.") from error
    return told


def _text(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data and not wide:
        raise Refused("it is no text.", "GraphML, GEXF and edge lists are read.")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("it is no UTF-8 text.", "GraphML, GEXF and edge lists are read.") from error


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return where the columns that matter stand; Refused where one that is needed does not."""
    found = {name.strip().casefold(): at for at, name in reversed(list(enumerate(head)))}
    missing = [name for name in ("source", "target") if name not in found]
    if missing:
        there = ", ".join(quoted(name) for name in head[:4]) or "nothing"
        raise Refused(f"it has no column {' and no column '.join(missing)}; its first line has {there}.", FORM)
    return {name: found[name] for name in ("source", "target", "weight", "type") if name in found}


def _take(told: Told, row: Sequence[str], columns: dict[str, int], where: str, *, decimal_comma: bool) -> None:
    said = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    source, target, weight = said["source"], said["target"], said.get("weight", "")
    if not source:
        raise Refused(f"{where} has no source.", FORM)
    if not target:
        told.node(source)
        return
    if decimal_comma:
        weight = weight.replace(",", ".")
    told.tie(
        Tie(
            source,
            target,
            weight=weight_of(weight, where) if weight else None,
            directed=DIRECTIONS.get(said.get("type", "").casefold()),
        )
    )
