"""Where the lines of a page are broken; after a change in a very long line only what it moved is broken anew."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

LONG = 2048
"""Characters of a line from which on it is broken anew in part."""
ROWS_AT_ONCE = 48
"""Rows that are broken before it is looked whether the breaks are those of before again."""

_CHUNK = re.compile(r"(?<=\s)\S")
"""Where a word with the space behind it begins: such a chunk goes to the next row as a whole where it fits there."""


class PageWrap(WrappedDocument):
    """A wrapped document that remembers its last long line."""

    def __init__(self, done: WrappedDocument) -> None:
        """Take over what `done` has broken already."""
        vars(self).update(vars(done))
        self._last: tuple[str, list[int]] | None = None
        """A long line and the list of its breaks, as it stands in the document."""

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break anew what an edit changed."""
        index = start[0]
        line = self.document.lines[index] if index < len(self.document.lines) else ""
        one_line = index == old_end[0] == new_end[0] and index < len(self._wrap_offsets)
        if one_line and self._last is not None and self._last[1] is self._wrap_offsets[index] and self._fits(line):
            self._put(index, rewrapped(*self._last, line, self._width, self._tab_width))
        else:
            super().wrap_range(start, old_end, new_end)
        if index < len(self._wrap_offsets) and self._fits(line):
            self._last = line, self._wrap_offsets[index]

    def _fits(self, line: str) -> bool:
        """Return whether a line is one to remember; the width of a tab depends on all that stands before it."""
        return self._width > 0 and len(line) > LONG and "\t" not in line

    def _put(self, index: int, breaks: list[int]) -> None:
        """Let the line `index` be broken at `breaks`, and move all below it."""
        self._wrap_offsets[index] = breaks
        rows = self._line_index_to_offsets[index]
        moved = len(breaks) + 1 - len(rows)
        if not moved:
            return
        first = rows[0]
        self._offset_to_line_info[first : rows[-1] + 1] = [(index, row) for row in range(len(breaks) + 1)]
        self._line_index_to_offsets[index] = list(range(first, first + len(breaks) + 1))
        for below in range(index + 1, len(self._line_index_to_offsets)):
            self._line_index_to_offsets[below] = [row + moved for row in self._line_index_to_offsets[below]]

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of a line."""
        line = self.document[line_index]
        return [line[start:end] for start, end in pairwise([0, *self._wrap_offsets[line_index], len(line)])]


def rewrapped(old: str, breaks: list[int], new: str, width: int, tab_width: int) -> list[int]:
    """Return where `new` is broken at `width` cells, given the breaks of the text it was made from.

    The breaks before the word that was changed stay; from there on it is broken until a row begins where one began.
    """
    same = _alike(old, new)
    behind = len(new) - _alike(old[same:][::-1], new[same:][::-1])
    moved = len(new) - len(old)
    kept = breaks[: bisect_left(breaks, _unmoved(new, same, width))]
    found = kept.copy()
    for one in _breaks_from(new, kept[-1] if kept else 0, width, tab_width):
        found.append(one)
        if one >= behind:
            at = bisect_right(breaks, one - moved)
            if at and breaks[at - 1] == one - moved:
                return found + [after + moved for after in breaks[at:]]
    return found


def _breaks_from(text: str, row: int, width: int, tab_width: int) -> Iterator[int]:
    """Yield the breaks behind the beginning of a row, a stretch of rows at a time."""
    size = ROWS_AT_ONCE * width
    while True:
        end = row + size
        found = [row + one for one in compute_wrap_offsets(text[row:end], width, tab_width)]
        if end >= len(text):
            yield from found
            return
        sure = found[: bisect_left(found, _unmoved(text, end, width))]
        yield from sure
        if sure:
            row = sure[-1]
        else:
            size *= 2


def _unmoved(text: str, at: int, width: int) -> int:
    """Return the place before which every break stays, whatever follows the character `at`.

    That is the beginning of the chunk that reaches there; of one that is longer than some rows a place within it, since
    where it is cut depends on nothing behind the cut.
    """
    begin = max(0, at - 4 * width)
    found = [one.start() for one in _CHUNK.finditer(text, begin, at)]
    if found:
        return found[-1]
    return max(0, at - 2 * width) if begin else 0


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with alike."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least
