"""A grid of cells to draw on: braille dots below, texts above, read back as rows of runs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from kinship.circle.frame import Frame
from kinship.circle.glyphs import Glyphs
from kinship.circle.labels import Label
from kinship.ground.width import ELLIPSIS

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bit of each dot of a braille cell, by row and column."""

LINKS = frozenset({"tie", "tie-all", "trail"})
"""Roles of lines from somebody to somebody, which plain signs draw as colons."""


class Run(Struct, frozen=True):
    """A stretch of one row in one look: `roles` is a word or several, such as "emotional light"."""

    text: str
    roles: str


class Canvas:
    """Dots below, texts above; a later text takes the place of whatever it covers."""

    def __init__(self, frame: Frame, glyphs: Glyphs) -> None:
        self.frame = frame
        self._braille = glyphs.braille
        self._ellipsis = glyphs.ellipsis
        self._dots: list[dict[int, tuple[int, str]]] = [{} for _ in range(frame.height)]
        self._texts: list[dict[int, tuple[Label, str]]] = [{} for _ in range(frame.height)]

    def dot(self, x: float, y: float, role: str) -> None:
        """Set one dot; `x` and `y` count dots from the upper left corner."""
        column, row = int(x // 2), int(y // 4)
        if 0 <= column < self.frame.width and 0 <= row < self.frame.height:
            dots = self._dots[row]
            bits = dots[column][0] if column in dots else 0
            dots[column] = bits | _BITS[int(y) % 4][int(x) % 2], role

    def line(self, start: tuple[float, float], end: tuple[float, float], role: str, every: float = 1.0) -> None:
        """Draw dots along a straight line, one for each `every` dots of its way; what lies outside is left out."""
        (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
        clipped = _inside(x, across, self.frame.width * 2, _inside(y, down, self.frame.height * 4, (0.0, 1.0)))
        if clipped is None:
            return
        steps = max(1, int(max(abs(across), abs(down)) / every))
        for step in range(int(clipped[0] * steps), int(clipped[1] * steps) + 1):
            share = step / steps
            self.dot(x + across * share, y + down * share, role)

    def put(self, label: Label, roles: str) -> None:
        """Write a text; what it covers, even in part, is gone."""
        row = self._texts[label.row]
        end = label.column + label.width
        for start, (other, _) in list(row.items()):
            if start < end and label.column < start + other.width:
                del row[start]
        row[label.column] = (label, roles)

    def free(self, column: int, row: int) -> bool:
        """Return whether a cell lies on the grid with no text on it."""
        if not (0 <= column < self.frame.width and 0 <= row < self.frame.height):
            return False
        return not any(start <= column < start + label.width for start, (label, _) in self._texts[row].items())

    def row(self, index: int) -> tuple[Run, ...]:
        """Return one row from left to right; its runs take exactly the width of the grid."""
        texts = self._texts[index]
        runs: list[Run] = []
        column = 0
        for start in sorted(texts):
            label, roles = texts[start]
            runs.extend(self._between(index, column, start))
            runs.append(Run(label.text.replace(ELLIPSIS, self._ellipsis), roles))
            column = start + label.width
        runs.extend(self._between(index, column, self.frame.width))
        return tuple(runs)

    def _between(self, index: int, start: int, end: int) -> Iterator[Run]:
        """Return the runs of dots and blanks from one column to another, with air around texts."""
        dots, crowded = self._dots[index], self._crowded(index)
        text, role = "", ""
        for column in range(start, end):
            bits, now = (0, "") if column in crowded else dots.get(column, (0, ""))
            if now != role and text:
                yield Run(text, role)
                text = ""
            text += self._character(bits, now)
            role = now
        if text:
            yield Run(text, role)

    def _crowded(self, index: int) -> frozenset[int]:
        """Return the columns that touch a name in this row, so that no dots run into its letters."""
        names = [label for label, _ in self._texts[index].values() if label.width > 1]
        return frozenset(column for label in names for column in (label.column - 1, label.column + label.width))

    def _character(self, bits: int, role: str) -> str:
        if not bits:
            return " "
        if self._braille:
            return chr(0x2800 + bits)
        return ":" if role in LINKS else "."


def _inside(start: float, way: float, length: float, within: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return which shares of a way from `start` lie between 0 and `length`, of those `within`; None where none does."""
    if within is None:
        return None
    if not way:
        return within if 0 <= start < length else None
    ends = sorted((-start / way, (length - start) / way))
    low, high = max(within[0], ends[0]), min(within[1], ends[1])
    return (low, high) if low <= high else None
