"""Where the words that a page was found by stand in a text, and the part of it that shows the first of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kinship.ground.width import ELLIPSIS, cells
from kinship.journal.mentions import fold
from kinship.journal.search import one_spaced

_JOINING = re.compile("[\u1161-\u1175\u11a8-\u11c2]")
"""Vowels and ends of Hangul syllables, which NFC joins to what stands before them."""
_BREAKS = re.compile(r"\s+")
_LEAD = 3
"""An excerpt starts so many words before what it shows, where it cannot start where the text does."""


class Mark(NamedTuple):
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int


def marks_in(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Return where in `text` one of the folded `words` stands, in order; what overlaps is one mark."""
    if not words:
        return ()
    folded = fold(one_spaced(text))
    spans = sorted((match.start(), match.end()) for match in _either(tuple(words)).finditer(folded))
    if not spans:
        return ()
    if len(folded) == len(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return tuple(Mark(*span) for span in spans)
    return _back(text, folded, spans)


@lru_cache(maxsize=8)
def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the longest of the words that stand at a place."""
    return re.compile("|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)))


def _back(text: str, folded: str, spans: Iterable[tuple[int, int]]) -> tuple[Mark, ...]:
    """Return marks of the folded text as marks of `text`; none where folding it piece by piece says otherwise."""
    starts, whole = _pieces(text)
    if whole != folded:
        return ()
    marks: list[Mark] = []
    for start, end in spans:
        first, last = starts[start][0], starts[end - 1][1]
        if marks and first < marks[-1].end:
            marks[-1] = Mark(marks[-1].start, max(last, marks[-1].end))
        else:
            marks.append(Mark(first, last))
    return tuple(marks)


def _pieces(text: str) -> tuple[list[tuple[int, int]], str]:
    """Return for each character of the folded text which characters of `text` it comes from, and the folded text."""
    starts: list[tuple[int, int]] = []
    parts: list[str] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _continues(text[at]):
            continue
        part = fold(one_spaced(text[begin:at]))
        parts.append(part)
        starts += [(begin, at)] * len(part)
        begin = at
    return starts, "".join(parts)


def _continues(character: str) -> bool:
    """Whether NFC may join a character to the one before it."""
    return not character.isascii() and (
        unicodedata.category(character).startswith("M") or _JOINING.match(character) is not None
    )


def excerpt(text: str, words: Sequence[str], width: int) -> str:
    """Return the part of `text` around the first of the `words` in it, on one line of at most `width` cells.

    Without one of them it is how the text begins.
    """
    marks = marks_in(text, words)
    first = marks[0] if marks else Mark(0, 0)
    before = _BREAKS.sub(" ", text[max(0, first.start - 4 * width) : first.start]).lstrip()
    after = _BREAKS.sub(" ", text[first.start : first.start + 4 * width])
    if cells(before) + cells(text[first.start : first.end]) > width * 2 // 3:
        before = ELLIPSIS + " ".join(before.rsplit(" ", _LEAD + 1)[1:])
        if cells(before) > width // 2:
            before = ELLIPSIS
    return before + after
