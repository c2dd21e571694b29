"""The legend: only the signs that this drawing uses, in columns of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from kinship.journal.kinds import SUPPORT
from kinship.journal.model import Status
from kinship.snapshot.lettering import width_of, wrapped
from kinship.snapshot.marks import Fill, Node, Presence, Shape

HEADING_SIZE = 12.0
TEXT_SIZE = 11.5
LINE = 16.0
ROW_GAP = 6.0
SIGN_ROOM = 30.0
"""From the left edge of a row to its words."""

_COLUMN_GAP = 30.0
_WIDEST = 195.0

RECEIVED_WORDS = "full: it happened in the past year"
EXPECTED_WORDS = "light: could turn to them for it"
RINGS = (
    "inner ring: so close that life without them is hard to imagine",
    "middle ring: not quite as close, still very important",
    "outer ring: less close, important enough to be here",
)


class Sign(StrEnum):
    """What stands before the words of a row."""

    NODE = "node"
    BAND = "band"
    TIE = "tie"
    STRAIN = "strain"
    MOVED = "moved"


class Row(Struct, frozen=True, kw_only=True):
    """One sign with its words; `x` and `y` are the row's left edge and first baseline, inside the legend."""

    sign: Sign
    words: tuple[str, ...]
    x: float
    y: float
    shape: Shape = Shape.DISC
    status: Status = Status.ACTIVE
    fills: tuple[Fill, ...] = (Fill.NONE, Fill.NONE, Fill.NONE)
    band: int = 0
    presence: Presence = Presence.STAYS


class Heading(Struct, frozen=True):
    """The title of a column."""

    text: str
    x: float
    y: float


class Legend(Struct, frozen=True):
    """All rows, placed in a box of `width` by `height` whose corner is (0, 0)."""

    width: float
    height: float
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]


class _Item(Struct, frozen=True, kw_only=True):
    sign: Sign
    words: str
    shape: Shape = Shape.DISC
    status: Status = Status.ACTIVE
    fills: tuple[Fill, ...] = (Fill.NONE, Fill.NONE, Fill.NONE)
    band: int = 0
    presence: Presence = Presence.STAYS


def make_legend(nodes: Iterable[Node], *, has_ties: bool, since: str = "", has_moved: bool = False) -> Legend:
    """Return the legend for these nodes; `since` is the day a comparison begins with, in words."""
    drawn = tuple(nodes)
    columns = (
        ("What they give", tuple(_support_items(drawn))),
        ("How close", tuple(_Item(sign=Sign.BAND, words=words, band=band) for band, words in enumerate(RINGS))),
        ("Who or what", tuple(_shape_items(drawn))),
        ("How it stands", tuple(_standing_items(drawn, has_ties=has_ties))),
        (f"Since {since}", tuple(_change_items(drawn, has_moved=has_moved)) if since else ()),
    )
    headings: list[Heading] = []
    rows: list[Row] = []
    left, tallest = 0.0, 0.0
    for title, items in columns:
        if not items:
            continue
        headings.append(Heading(title, left, HEADING_SIZE))
        placed = list(_rows(items, left))
        rows += placed
        widest = max((width_of(line, TEXT_SIZE) for row in placed for line in row.words), default=0.0)
        tallest = max(tallest, max((row.y + LINE * (len(row.words) - 1) for row in placed), default=0.0))
        left += SIGN_ROOM + max(widest * 1.1, width_of(title, HEADING_SIZE)) + _COLUMN_GAP
    return Legend(round(left - _COLUMN_GAP, 1), round(tallest + 6, 1), tuple(headings), tuple(rows))


def _rows(items: Iterable[_Item], left: float) -> Iterator[Row]:
    down = HEADING_SIZE + 24
    for item in items:
        words = wrapped(item.words, TEXT_SIZE, _WIDEST)
        yield Row(
            sign=item.sign,
            words=words,
            x=round(left, 1),
            y=down,
            shape=item.shape,
            status=item.status,
            fills=item.fills,
            band=item.band,
            presence=item.presence,
        )
        down += LINE * len(words) + ROW_GAP


def _support_items(nodes: tuple[Node, ...]) -> Iterator[_Item]:
    where = ("upper left", "upper right", "below")
    for index, kind in enumerate(SUPPORT):
        fills = tuple(Fill.RECEIVED if slot == index else Fill.NONE for slot in range(len(SUPPORT)))
        yield _Item(sign=Sign.NODE, words=f"{kind.value} support ({where[index]})", fills=fills)
    used = {fill for node in nodes for fill in node.fills}
    if Fill.EXPECTED in used:
        yield _Item(sign=Sign.NODE, words=RECEIVED_WORDS, fills=(Fill.RECEIVED,) * len(SUPPORT))
        yield _Item(sign=Sign.NODE, words=EXPECTED_WORDS, fills=(Fill.EXPECTED,) * len(SUPPORT))


_SHAPE_WORDS = (
    (Shape.DISC, "person or pet"),
    (Shape.SQUARE, "professional"),
    (Shape.HEXAGON, "group or online circle"),
    (Shape.DIAMOND, "place or practice"),
)
_STATUS_WORDS = (
    (Status.WISHED, "wished for"),
    (Status.PAUSED, "paused"),
    (Status.REMEMBERED, "remembered"),
    (Status.ENDED, "ended"),
    (Status.NO_CONTACT, "no contact"),
)


def _shape_items(nodes: tuple[Node, ...]) -> Iterator[_Item]:
    shapes = {node.shape for node in nodes}
    for shape, words in _SHAPE_WORDS:
        if shape in shapes:
            yield _Item(sign=Sign.NODE, words=words, shape=shape)


def _standing_items(nodes: tuple[Node, ...], *, has_ties: bool) -> Iterator[_Item]:
    statuses = {node.status for node in nodes}
    for status, words in _STATUS_WORDS:
        if status in statuses:
            yield _Item(sign=Sign.NODE, words=words, status=status)
    if any(node.strained for node in nodes):
        yield _Item(sign=Sign.STRAIN, words="some strain")
    if has_ties:
        yield _Item(sign=Sign.TIE, words="know each other")


def _change_items(nodes: tuple[Node, ...], *, has_moved: bool) -> Iterator[_Item]:
    there = {node.presence for node in nodes}
    if Presence.NEW in there:
        yield _Item(sign=Sign.NODE, words="new, or in touch again", presence=Presence.NEW)
    if Presence.GONE in there:
        pale = (Fill.RECEIVED,) * len(SUPPORT)
        yield _Item(sign=Sign.NODE, words="pale: not part of it now", fills=pale, presence=Presence.GONE)
    if has_moved:
        yield _Item(sign=Sign.MOVED, words="moved from one ring to another")
