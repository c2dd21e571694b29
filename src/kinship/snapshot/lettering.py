"""How wide a text is drawn, by the advance widths of one free font (DejaVu Sans), without opening any font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

_FULL = 1.0
_EMOJI = 1.25
_UNKNOWN = 0.66
_FIRST_EMOJI = 0x1F000
_JOINER = "\u200d"
_MOST_MARKS = 4
_FLAGS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
ELLIPSIS = "…"
BOLD = 1.12
"""How much wider the bold face of the font runs."""


def width_of(text: str, size: float) -> float:
    """Return the drawn width of `text` at a font size, in the same unit; scripts the font lacks are estimated."""
    return sum(_advance(cluster) for cluster in _clusters(text)) * size


def shortened(text: str, size: float, most: float) -> str:
    """Return `text` no wider than `most`, ending in an ellipsis where something was left out.

    Marks piled on one letter are cut to a few, so that they stay on their line.
    """
    room, kept, end = most / size, "", 0
    used, ellipsis = 0.0, _advance(ELLIPSIS)
    for cluster in _clusters(text):
        used += _advance(cluster)
        if used > room:
            return kept[:end].rstrip() + ELLIPSIS
        kept += _without_pile(cluster)
        if used + ellipsis <= room:
            end = len(kept)
    return kept


def wrapped(text: str, size: float, most: float) -> tuple[str, ...]:
    """Return `text` in lines no wider than `most`, broken at spaces."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _clusters(text: str) -> Iterator[str]:
    """Give the text in the pieces that are drawn as one: marks, joined emoji and flags stay together."""
    piece = ""
    for sign in text:
        if piece and _continues(piece, sign):
            piece += sign
        else:
            if piece:
                yield piece
            piece = sign
    if piece:
        yield piece


def _without_pile(cluster: str) -> str:
    marks, kept = 0, ""
    for sign in cluster:
        marks += unicodedata.category(sign) in {"Mn", "Me"}
        if marks <= _MOST_MARKS or unicodedata.category(sign) not in {"Mn", "Me"}:
            kept += sign
    return kept


def _continues(piece: str, sign: str) -> bool:
    code = ord(sign)
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"} or piece.endswith(_JOINER) or code in _SKIN_TONES:
        return True
    return code in _FLAGS and len(piece) == 1 and ord(piece) in _FLAGS


def _advance(cluster: str) -> float:
    sign = cluster[0]
    known = _widths().get(ord(sign))
    if known is not None:
        return known
    if unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if ord(sign) >= _FIRST_EMOJI:
        return _EMOJI
    return _FULL if unicodedata.east_asian_width(sign) in {"W", "F"} else _UNKNOWN


@cache
def _widths() -> dict[int, float]:
    """Read `widths.txt`: each line a first code point (hex) and the widths from there on, in thousandths of an em.

    `500*3` stands for three neighbours of the same width.
    """
    table: dict[int, float] = {}
    lines = resources.files("kinship.snapshot").joinpath("widths.txt").read_text(encoding="ascii")
    for line in lines.splitlines():
        first, *runs = line.split()
        code = int(first, 16)
        for run in runs:
            width, _, times = run.partition("*")
            for _ in range(int(times or 1)):
                table[code] = int(width) / 1000
                code += 1
    return table
