"""What two texts of a page differ in, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
