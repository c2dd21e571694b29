"""Markdown one line at a time: which characters of a line are a heading, emphasis, code, a quote, a link or a mark.

Pure and linear in the length of the line, since it runs at every key stroke. The only thing carried from line to line
is the open code fence. What is found is a reading aid and changes no character.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

Fence = str
"""The run of backticks or tildes that opened a block of code."""

HEADING = "heading"
MARK = "mark"
EMPHASIS = "emphasis"
STRONG = "strong"
STRUCK = "struck"
CODE = "code"
QUOTE = "quote"
BULLET = "bullet"
LINK = "link"
ADDRESS = "address"
MENTION = "mention"
UNKNOWN = "unknown"
TAG = "tag"

ROLES = (HEADING, MARK, EMPHASIS, STRONG, STRUCK, CODE, QUOTE, BULLET, LINK, ADDRESS, MENTION, UNKNOWN, TAG)
"""Every role; where two lie on one character, the later one in this order wins what both would set."""

_RANK = {role: rank for rank, role in enumerate(ROLES)}
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_INLINE = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>`+)
    | !?\[(?P<label>[^\[\]]{0,400})\]\((?P<target>[^()\s]{0,800})\)
    | (?P<address>https?://[^\s<>)\]]{1,800})
    | (?P<run>\*{1,3}|_{1,3}|~~)""",
    re.VERBOSE,
)


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of a line, and what they are."""

    start: int
    end: int
    role: str


class Run(NamedTuple):
    """Characters that share all their roles, `roles` in the order of `ROLES`."""

    start: int
    end: int
    roles: tuple[str, ...]


def fence_after(line: str, fence: Fence | None) -> Fence | None:
    """Return the fence that is open after `line`, given the one open before it (CommonMark 0.31, 4.5)."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    run, rest = found[1], line[found.end() :]
    if fence is None:
        return None if run[0] == "`" and "`" in rest else run
    closes = run[0] == fence[0] and len(run) >= len(fence) and not rest.strip()
    return None if closes else fence


def spans_of(line: str, fence: Fence | None = None) -> tuple[Span, ...]:
    """Return what the characters of `line` are; spans may lie in each other. `fence` is the one open before it."""
    if not line:
        return ()
    if fence is not None:
        role = CODE if fence_after(line, fence) == fence else MARK
        return (Span(0, len(line), role),)
    if fence_after(line, None) is not None or _is_rule(line):
        return (Span(0, len(line), MARK),)
    return tuple(_block(line))


def spans_inside(text: str) -> tuple[Span, ...]:
    """Return what the characters of a stretch from the middle of a line are."""
    return tuple(_inline(text, 0))


def runs_of(line: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    """Return `spans` flattened: runs that follow each other without gap or overlap and cover the line."""
    edges = sorted({0, len(line), *(edge for span in spans for edge in span[:2])})
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for start, end, role in spans:
        starts.setdefault(start, []).append(role)
        ends.setdefault(end, []).append(role)
    runs = []
    open_roles: list[str] = []
    for start, end in itertools.pairwise(edges):
        for role in ends.get(start, ()):
            open_roles.remove(role)
        open_roles += starts.get(start, ())
        runs.append(Run(start, end, tuple(sorted(set(open_roles), key=_RANK.__getitem__))))
    return tuple(runs)


def _is_rule(line: str) -> bool:
    bare = line.replace(" ", "")
    return len(bare) >= len("---") and bare[0] in "-*_" and bare == bare[0] * len(bare)


def _block(line: str) -> Iterator[Span]:
    begin = 0
    if quote := _QUOTE.match(line):
        begin = quote.end()
        yield Span(0, begin, MARK)
        if begin < len(line):
            yield Span(begin, len(line), QUOTE)
    if heading := _HEADING.match(line, begin):
        yield Span(begin, heading.end(), MARK)
        begin = heading.end()
        if begin < len(line):
            yield Span(begin, len(line), HEADING)
    elif bullet := _BULLET.match(line, begin):
        yield Span(begin, bullet.end(), BULLET)
        begin = bullet.end()
    yield from _inline(line, begin)


def _inline(line: str, begin: int) -> Iterator[Span]:
    """Yield the spans within the text of a line, from the character `begin` on."""
    closings = _ticks_by_length(line, begin)
    delimiters = _Delimiters(line)
    position = begin
    while found := _INLINE.search(line, position):
        position = found.end()
        if found["ticks"]:
            end = closings.after(found)
            if end is not None:
                yield from _code(found.start(), end, len(found["ticks"]))
                position = end
        elif found["label"] is not None:
            yield from _link(found)
        elif found["escaped"]:
            yield Span(found.start(), found.start() + 1, MARK)
        elif found["address"]:
            yield Span(found.start(), found.end(), ADDRESS)
        else:
            yield from delimiters.take(found.start(), found["run"])


def _code(start: int, end: int, ticks: int) -> Iterable[Span]:
    return Span(start, start + ticks, MARK), Span(start + ticks, end - ticks, CODE), Span(end - ticks, end, MARK)


def _link(found: re.Match[str]) -> Iterator[Span]:
    label_start, label_end = found.span("label")
    yield Span(found.start(), label_start, MARK)
    if label_end > label_start:
        yield Span(label_start, label_end, LINK)
    yield Span(label_end, found.end(), ADDRESS)


class _Ticks:
    """Where each length of backtick run stands, so that a code span finds its end without searching again."""

    def __init__(self) -> None:
        self.starts: dict[int, list[int]] = {}

    def after(self, opening: re.Match[str]) -> int | None:
        """Return the end of the run that closes `opening`, None where there is none."""
        length = len(opening["ticks"])
        starts = self.starts.get(length, [])
        index = bisect_right(starts, opening.end())
        if index and starts[index - 1] == opening.end():
            index -= 1
        return starts[index] + length if index < len(starts) else None


def _ticks_by_length(line: str, begin: int) -> _Ticks:
    ticks = _Ticks()
    if "`" in line:
        for found in re.compile("`+").finditer(line, begin):
            ticks.starts.setdefault(len(found[0]), []).append(found.start())
    return ticks


class _Delimiters:
    """Pairs runs of `*`, `_` and `~~`, the nearest opening one first; what lies between a pair can no longer open."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.opened: list[tuple[int, str]] = []
        self.places: dict[str, list[int]] = {}

    def take(self, start: int, run: str) -> Iterator[Span]:
        """Yield the spans of the pairs that `run` closes; remember it as an opening where it closes none."""
        end = start + len(run)
        before = self.line[start - 1] if start else " "
        after = self.line[end] if end < len(self.line) else " "
        if run[0] == "_" and before.isalnum() and after.isalnum():
            return
        spans = [] if before.isspace() else self._close(start, run)
        yield from spans
        if not spans and not after.isspace():
            for piece in _pieces(run):
                self.places.setdefault(piece, []).append(len(self.opened))
                self.opened.append((start, piece))
                start += len(piece)

    def _close(self, start: int, run: str) -> list[Span]:
        spans: list[Span] = []
        for piece in sorted(_pieces(run), key=self._nearest, reverse=True):
            place = self._nearest(piece)
            if place >= 0:
                opening = self.opened[place][0]
                del self.opened[place:]
                spans += _pair(opening, start, piece)
                start += len(piece)
        return spans

    def _nearest(self, run: str) -> int:
        """Return the place of the last opening of `run`, -1 where none is open."""
        places = self.places.get(run, [])
        while places and (places[-1] >= len(self.opened) or self.opened[places[-1]][1] != run):
            places.pop()
        return places[-1] if places else -1


def _pieces(run: str) -> tuple[str, ...]:
    """Return what a run is made of: three marks are two and one."""
    return (run[:2], run[2:]) if len(run) == len("***") else (run,)


def _pair(opening: int, closing: int, run: str) -> Iterator[Span]:
    inner = opening + len(run)
    if inner >= closing:
        return
    yield Span(opening, inner, MARK)
    yield Span(inner, closing, STRUCK if run[0] == "~" else (STRONG if len(run) > 1 else EMPHASIS))
    yield Span(closing, closing + len(run), MARK)
