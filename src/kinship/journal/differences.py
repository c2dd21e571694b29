"""What two texts of a page differ in, line by line and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

MOST_LINES = 4000
"""Lines of one text that are compared; beyond that all of one stands against all of the other."""


class Mark(StrEnum):
    """What became of a line."""

    SAME = " "
    GONE = "-"
    NEW = "+"
    GAP = "…"
    """Stands for same lines that are left out."""


class Line(Struct, frozen=True):
    """One line of two texts laid over each other."""

    mark: Mark
    text: str


def differences(before: str, after: str, *, around: int = 1) -> tuple[Line, ...]:
    """Return the lines that are gone and new, with `around` lines that stayed on either side; none where all stayed."""
    if before == after:
        return ()
    old, new = before.split("\n"), after.split("\n")
    if max(len(old), len(new)) > MOST_LINES:
        return (*_marked(Mark.GONE, old), *_marked(Mark.NEW, new))
    found: list[Line] = []
    at = 0
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around)
    for group in groups:
        if group[0][1] > at:
            found.append(Line(Mark.GAP, ""))
        for word, start, end, new_start, new_end in group:
            if word == "equal":
                found += _marked(Mark.SAME, old[start:end])
            else:
                found += (*_marked(Mark.GONE, old[start:end]), *_marked(Mark.NEW, new[new_start:new_end]))
        at = group[-1][2]
    if at < len(old):
        found.append(Line(Mark.GAP, ""))
    return tuple(found)


def _marked(mark: Mark, lines: Sequence[str]) -> Iterator[Line]:
    return (Line(mark, line) for line in lines)


WORD = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
MOST_WORDS = 4000
"""Words of one changed passage that are compared; of a longer one all of it stands as gone, and all as new."""

Row = tuple[Line, ...]
"""One line of two texts laid over each other, in parts that stayed, are gone or are new."""


def words_changed(before: str, after: str, *, around: int = 2) -> tuple[Row, ...]:
    """Return the lines in which words changed, with `around` lines on either side; none where all stayed.

    A row with the mark GAP stands for lines left out.
    """
    rows: list[Row] = []
    waiting: dict[Mark, list[str]] = {Mark.GONE: [], Mark.NEW: []}

    def let_out() -> None:
        if waiting[Mark.GONE] or waiting[Mark.NEW]:
            rows.extend(_woven("\n".join(waiting[Mark.GONE]), "\n".join(waiting[Mark.NEW]), waiting))
        waiting[Mark.GONE], waiting[Mark.NEW] = [], []

    for line in differences(before, after, around=around):
        if line.mark in waiting:
            waiting[line.mark].append(line.text)
        else:
            let_out()
            rows.append((line,))
    let_out()
    return tuple(rows)


def marked_up(row: Row) -> str:
    """Return a row as it is read without colour: [-gone-] and {+new+}."""
    signs = {Mark.GONE: "[-{}-]", Mark.NEW: "{{+{}+}}", Mark.SAME: "{}", Mark.GAP: "…"}
    return "".join(signs[part.mark].format(part.text) for part in row)


def _woven(old: str, new: str, lines: Mapping[Mark, Sequence[str]]) -> Iterator[Row]:
    """Yield the rows of a passage, cut at the ends of its lines."""
    if not lines[Mark.GONE] or not lines[Mark.NEW]:
        mark = Mark.GONE if lines[Mark.GONE] else Mark.NEW
        yield from ((line,) for line in _marked(mark, lines[mark]))
        return
    row: list[Line] = []
    for part in _parts(old, new):
        first, *rest = part.text.split("\n")
        row += [Line(part.mark, first)] if first else []
        for text in rest:
            yield tuple(row)
            row = [Line(part.mark, text)] if text else []
    yield tuple(row)


def _parts(old: str, new: str) -> Iterator[Line]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        yield from (Line(Mark.GONE, old), Line(Mark.SAME, "\n"), Line(Mark.NEW, new))
        return
    gone: list[str] = []
    come: list[str] = []
    for word, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = "".join(before[start:end]) if word == "equal" else ""
        if word == "equal" and ((not gone and not come) or same.strip()):
            yield from _both(gone, come)
            gone, come = [], []
            yield Line(Mark.SAME, same)
        else:
            gone += before[start:end]
            come += after[new_start:new_end]
    yield from _both(gone, come)


def _both(gone: Sequence[str], come: Sequence[str]) -> Iterator[Line]:
    for mark, words in ((Mark.GONE, gone), (Mark.NEW, come)):
        if words:
            yield Line(mark, "".join(words))
