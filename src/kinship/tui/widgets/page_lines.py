"""What each line of a page is, remembered until the line changes, and rows of it cut into pieces of one style."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from rich.style import Style
from textual.cache import LRUCache

from kinship.tui.widgets.markdown_lines import Fence, Run, Span, fence_after, runs_of, spans_inside, spans_of

Notice = Callable[[str], Iterable[Span]]
"""Finds the mentions and tags in a line."""

LINES_REMEMBERED = 512
LONG = 8192
"""Characters of a line from which on it is read where it is looked at, a stretch at a time."""
STRETCH = 2048
"""Characters of a stretch: in so long a line no pair of marks reaches further."""


class Piece(NamedTuple):
    """Characters `start` to `end` of a line in one style."""

    start: int
    end: int
    style: Style


class PageLines:
    """Reads lines as Markdown; a line that was read before costs a look-up."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self._runs: LRUCache[tuple[str, Fence | None], tuple[Run, ...]] = LRUCache(LINES_REMEMBERED)
        self._stretches: LRUCache[tuple[str, bool], tuple[Run, ...]] = LRUCache(LINES_REMEMBERED)
        self._fences: list[Fence | None] | None = None

    def changed(self) -> None:
        """Say that some line is another one now."""
        self._fences = None

    def forget(self) -> None:
        """Forget what was read, after the names that are known have changed."""
        self._runs.clear()
        self._stretches.clear()

    def runs_within(self, lines: list[str], index: int, start: int, end: int) -> Iterator[Run]:
        """Yield the runs of the line `index` that have some of its characters `start` to `end`."""
        line = lines[index]
        if len(line) <= LONG or self.fence_before(lines, index) is not None:
            yield from within(self.runs(lines, index), start, end)
            return
        for begin in range(start - start % STRETCH, min(end, len(line)), STRETCH):
            runs = self._stretch(line[begin : begin + STRETCH], first=begin == 0)
            for run in within(runs, start - begin, end - begin):
                yield Run(run.start + begin, run.end + begin, run.roles)

    def _stretch(self, text: str, *, first: bool) -> tuple[Run, ...]:
        found = self._stretches.get((text, first))
        if found is None:
            spans = spans_of(text) if first else spans_inside(text)
            noticed = self.notice(text) if "@" in text or "#" in text else ()
            found = self._stretches[text, first] = runs_of(text, (*spans, *noticed))
        return found

    def runs(self, lines: list[str], index: int) -> tuple[Run, ...]:
        """Return the runs of the line `index` of a page."""
        key = lines[index], self.fence_before(lines, index)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = self._read(*key)
        return found

    def fence_before(self, lines: list[str], index: int) -> Fence | None:
        """Return the code fence that is open before the line `index`."""
        if self._fences is None:
            self._fences = _fences_in(lines)
        return self._fences[index] if self._fences else None

    def _read(self, line: str, fence: Fence | None) -> tuple[Run, ...]:
        spans = spans_of(line, fence)
        if fence is None and ("@" in line or "#" in line):
            spans = (*spans, *self.notice(line))
        return runs_of(line, spans)


def within(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """Yield the runs that lie in the characters `start` to `end`."""
    first = max(0, bisect_right(runs, start, key=lambda run: run.start) - 1)
    for run in runs[first:]:
        if run.start >= end:
            return
        if run.end > start:
            yield run


def painted_over(pieces: list[Piece], start: int, end: int, style: Style) -> list[Piece]:
    """Return `pieces` with `style` added to the characters `start` to `end`."""
    painted = []
    for piece in pieces:
        edges = sorted({piece.start, piece.end, *(edge for edge in (start, end) if piece.start < edge < piece.end)})
        painted += [
            Piece(first, last, piece.style + style if start <= first < end else piece.style)
            for first, last in pairwise(edges)
        ]
    return painted


def _fences_in(lines: list[str]) -> list[Fence | None]:
    """Return the code fence open before each line; empty where no line opens one."""
    if not any("```" in line or "~~~" in line for line in lines):
        return []
    fences: list[Fence | None] = []
    fence: Fence | None = None
    for line in lines:
        fences.append(fence)
        fence = fence_after(line, fence)
    return fences
