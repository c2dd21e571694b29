"""Where words that are looked for stand in a page: places to go to, and what is marked of each line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from kinship.journal.marks import marks_in
from kinship.journal.mentions import fold
from kinship.journal.search import one_spaced

Location = tuple[int, int]
"""Line and character."""
Place = tuple[Location, Location]
"""From where to where, the end not included."""


def places_of(lines: Sequence[str], words: str) -> tuple[Place, ...]:
    """Return where `words` stand, whatever their case; they may go over the end of a line."""
    folded = fold(one_spaced(words))
    if not folded.strip():
        return ()
    starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def at(index: int) -> Location:
        line = min(bisect_right(starts, index) - 1, len(lines) - 1)
        return line, index - starts[line]

    return tuple((at(start), at(end)) for start, end in marks_in("\n".join(lines), (folded,)))


def marked_lines(lines: Sequence[str], places: Sequence[Place]) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Return each line that has a part of a place, with the characters that are marked in it."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for (row, start), (last, end) in places:
        for line in range(row, last + 1):
            span = start if line == row else 0, end if line == last else len(lines[line])
            found[line] = (*found.get(line, ()), span)
    return found


def nearest(places: Sequence[Place], here: Location) -> int:
    """Return the number of the first place that begins at `here` or behind it, else of the first of all."""
    return next((number for number, (start, _) in enumerate(places) if start >= here), 0)
