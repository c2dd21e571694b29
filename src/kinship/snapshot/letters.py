"""Every text of a picture, where it stands on the page: the same for whoever draws it, a browser or the typesetter."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from kinship.journal.model import Status
from kinship.snapshot.drawing import EGO, FOOTER_SIZE, MARGIN, Drawing
from kinship.snapshot.labels import Label
from kinship.snapshot.legend import HEADING_SIZE, LINE, SIGN_ROOM, TEXT_SIZE
from kinship.snapshot.lettering import BOLD, shortened, width_of
from kinship.snapshot.marks import Node, Presence

TITLE_SIZE, HEAD_SIZE, HEAD_LINE = 26.0, 13.0, 18.0
_EGO_SIZE = 14.0
FOOT = 46.0
"""From the legend's lower edge to the baseline of the footer."""


class Tone(StrEnum):
    """Which colour of the palette a text has."""

    INK = "ink"
    SOFT = "soft"
    ON_INK = "on_ink"


class Letters(Struct, frozen=True, kw_only=True):
    """One line of text: its left end on the baseline, its font size and the width it fills, in page units."""

    text: str
    x: float
    y: float
    size: float
    width: float
    tone: Tone = Tone.INK
    bold: bool = False
    halo: bool = False
    """Whether a rim of the ground keeps it readable on lines."""


def letters(drawing: Drawing) -> tuple[Letters, ...]:
    """Return all texts of the page in reading order."""
    return (*_head(drawing), *map_letters(drawing), *_legend(drawing), *_foot(drawing))


def map_letters(drawing: Drawing) -> tuple[Letters, ...]:
    """Return the texts of the map itself: sectors, the middle, names."""
    x, y = drawing.centre
    captions = (
        _of_label(wedge.label, x, y, tone=Tone.SOFT, bold=True) for wedge in drawing.wedges if wedge.label is not None
    )
    width = width_of(EGO, _EGO_SIZE)
    ego = Letters(text=EGO, x=round(x - width / 2, 1), y=y + 4.5, size=_EGO_SIZE, width=width, tone=Tone.ON_INK)
    names = (
        _of_label(label, x, y, tone=_tone(node), halo=True)
        for node, label in zip(drawing.nodes, drawing.labels, strict=True)
    )
    return (*captions, ego, *names)


def _tone(node: Node) -> Tone:
    plain = node.status is Status.ACTIVE and node.presence is not Presence.GONE
    return Tone.INK if plain else Tone.SOFT


def _of_label(label: Label, x: float, y: float, *, tone: Tone, bold: bool = False, halo: bool = False) -> Letters:
    return Letters(
        text=label.text,
        x=round(x + label.x, 1),
        y=round(y + label.y, 1),
        size=label.size,
        width=label.width,
        tone=tone,
        bold=bold,
        halo=halo,
    )


def _head(drawing: Drawing) -> Iterator[Letters]:
    scale, room = drawing.scale, drawing.width - 2 * MARGIN
    title = shortened(drawing.title, TITLE_SIZE * scale, room)
    yield _line(title, MARGIN, MARGIN + 18 * scale, TITLE_SIZE * scale)
    for index, line in enumerate(drawing.subtitle):
        down = (44 + HEAD_LINE * index) * scale
        yield _line(shortened(line, HEAD_SIZE * scale, room), MARGIN, MARGIN + down, HEAD_SIZE * scale, tone=Tone.SOFT)


def _legend(drawing: Drawing) -> Iterator[Letters]:
    legend, scale, top = drawing.legend, drawing.scale, drawing.legend_top
    left = (drawing.width - legend.width * scale) / 2
    for heading in legend.headings:
        yield _line(
            heading.text,
            left + heading.x * scale,
            top + heading.y * scale,
            HEADING_SIZE * scale,
            tone=Tone.SOFT,
            bold=True,
        )
    for row in legend.rows:
        for index, words in enumerate(row.words):
            down = row.y + LINE * index
            yield _line(words, left + (row.x + SIGN_ROOM) * scale, top + down * scale, TEXT_SIZE * scale)


def _foot(drawing: Drawing) -> Iterator[Letters]:
    size = FOOTER_SIZE * drawing.scale
    left = (drawing.width - width_of(drawing.footer, size)) / 2
    down = drawing.legend_top + (drawing.legend.height + FOOT) * drawing.scale
    yield _line(drawing.footer, left, down, size, tone=Tone.SOFT)


def _line(text: str, x: float, y: float, size: float, *, tone: Tone = Tone.INK, bold: bool = False) -> Letters:
    width = round(width_of(text, size) * (BOLD if bold else 1), 1)
    return Letters(text=text, x=round(x, 1), y=round(y, 1), size=round(size, 2), width=width, tone=tone, bold=bold)
