"""The map as a drawing, before any format: rings, wedges, nodes, ties, labels, legend and caption, all in page units.

Every picture format renders this one model, so that they cannot differ. Units are points on the page at 96 to the inch;
y runs downwards. The same circle gives the same drawing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from kinship.circle.layout import RADII, Layout, Place, Wedge
from kinship.circle.support import expected, received, strained
from kinship.journal.kinds import SUPPORT
from kinship.journal.model import AlterId, Bond, Circle, Status
from kinship.privacy.text import clean_line
from kinship.snapshot.geometry import Box, Point, around, cubic
from kinship.snapshot.labels import Anchor, Label, place_labels
from kinship.snapshot.legend import Legend, make_legend
from kinship.snapshot.lettering import BOLD, shortened, width_of, wrapped
from kinship.snapshot.marks import Fill, Node, Presence, shape_of
from kinship.snapshot.share import CAREFUL, FOOTER, NamesMode, Share, told_date
from kinship.snapshot.spacing import spread
from kinship.snapshot.ties import Curve, curves
from kinship.snapshot.words import line_of

TITLE = "Support map"
EGO = "you"
MARGIN = 44.0
LEAST_WIDTH = 900.0

BANDS = (0.52, 0.795, 1.09)
"""Outer edge of the three bands, the layout's rings lying inside them."""

_LABEL_SIZES = (14.5, 13.5, 12.5)
_CAPTION_SIZE = 12.0
_HEAD_SIZE = 13.0
_TITLE_ROOM, _HEAD_LINE = 38.0, 18.0
_MOST_CAPTION_LINES = 3
FOOTER_SIZE = 11.0
_WIDEST_LABEL = 170.0
_EGO_RADIUS = 22.0
_NEW_RIM = 5.5
"""What the mark of somebody new takes round a sign."""

_AIR, _LEAST_AIR = 10.0, 4.0
_PLAIN_WIDTH, _LARGEST_SCALE = 1100.0, 1.35


class Caption(Struct, frozen=True):
    """A wedge: where it ends clockwise, the arc it spans at the rim (radians), and its sector's name."""

    start: float
    end: float
    label: Label | None


class Way(Struct, frozen=True):
    """From where somebody stood on the earlier day to where they stand, from the middle of the map."""

    start: Point
    end: Point


class Since(Struct, frozen=True, kw_only=True):
    """What is different from an earlier day, for a drawing of everybody of both days."""

    day: dt.date
    new: frozenset[AlterId]
    gone: frozenset[AlterId]
    moved: Mapping[AlterId, int]
    """The ring, 0 to 2, on which somebody stood who stands on another now."""
    remarks: Mapping[AlterId, str]
    """What is different about somebody, in a few words."""


class Drawing(Struct, frozen=True, kw_only=True):
    """Everything that a picture of the map shows."""

    width: float
    height: float
    scale: float
    """How much larger title, legend and footer are set on a large page."""
    map_box: Box
    """Where the map lies on the page, with all its names."""
    legend_top: float
    centre: Point
    bands: tuple[float, ...]
    """Radii of the inner, middle and outer band."""
    ego: float
    """Radius of the disc in the middle."""
    title: str
    subtitle: tuple[str, ...]
    footer: str
    description: str
    wedges: tuple[Caption, ...]
    ties: tuple[Curve, ...]
    nodes: tuple[Node, ...]
    labels: tuple[Label, ...]
    """One for each node, in the order of `nodes`."""
    legend: Legend
    ways: tuple[Way, ...] = ()
    """Who moved from one ring to another since the earlier day of a comparison."""


def drawing(
    circle: Circle,
    layout: Layout,
    *,
    share: Share = CAREFUL,
    title: str = TITLE,
    caption: str = "",
    since: Since | None = None,
) -> Drawing:
    """Return the drawing of a circle that has passed `careful`, on a layout of that same circle.

    `caption` is a sentence of the person's own, set below the date. With `since`, `circle` holds everybody of two days
    (see `comparison.compared`).
    """
    radius = 190.0 + 31.0 * math.sqrt(max(1, len(circle.bonds)))
    crowd = len(circle.bonds)
    rings = {place.alter: place.ring for place in layout.places}
    new = since.new if since is not None else frozenset()
    room = {
        bond.alter.id: (_room(bond, rings[bond.alter.id], crowd) + (_NEW_RIM if bond.alter.id in new else 0)) / radius
        for bond in circle.bonds
    }
    aired = spread(layout, room)
    places = aired.by_alter()
    nodes = tuple(_node(bond, places[bond.alter.id], radius, crowd, since) for bond in circle.bonds)
    ways = tuple(_ways(nodes, since, radius))
    drawn_ties = curves(circle.ties, aired, (0.0, 0.0), radius)
    captions = tuple(_captions(layout.wedges, radius))
    labels = _labels(circle.bonds, places, nodes, captions, drawn_ties, ways)
    legend = make_legend(
        nodes, has_ties=bool(drawn_ties), since=told_date(since.day, share) if since else "", has_moved=bool(ways)
    )
    extent = _extent(radius, nodes, labels, captions)
    reach = max(-extent.left, extent.right)
    width = round(max(LEAST_WIDTH, 2 * (reach + MARGIN), legend.width + 2 * MARGIN))
    scale = _scale(width, legend.width)
    head = (*_head(circle, share, since), *_own_words(caption, width, scale))
    top = MARGIN + (_TITLE_ROOM + len(head) * _HEAD_LINE) * scale + 18
    centre = (width / 2, round(top - extent.top, 1))
    legend_top = round(centre[1] + extent.bottom + 34, 1)
    return Drawing(
        width=width,
        height=round(legend_top + (legend.height + 46) * scale + MARGIN * 0.6),
        scale=scale,
        map_box=Box(-reach, extent.top, reach, extent.bottom).grown(8).moved(*centre),
        legend_top=legend_top,
        centre=centre,
        bands=tuple(round(radius * band, 1) for band in BANDS),
        ego=_EGO_RADIUS,
        title=clean_line(title) or TITLE,
        subtitle=head,
        footer=FOOTER,
        description=_description(circle, share, since),
        wedges=captions,
        ties=drawn_ties,
        nodes=nodes,
        labels=labels,
        legend=legend,
        ways=ways,
    )


def _scale(width: float, legend: float) -> float:
    """Return how much larger the words round the map are set, so that the legend still fits on the page."""
    return math.floor(100 * min(_LARGEST_SCALE, max(1.0, width / _PLAIN_WIDTH), (width - 2 * MARGIN) / legend)) / 100


def _size(ring: int, crowd: int) -> float:
    return round(max(7.5, 10.5 - crowd / 75) + (1.5, 0.7, 0.0)[ring], 1)


def _room(bond: Bond, ring: int, crowd: int) -> float:
    """Return the radius of what is drawn for a bond, and some air."""
    around_it = 6.0 if strained(bond) else 3.5 if bond.status is Status.REMEMBERED else 0.0
    return _size(ring, crowd) + around_it + max(_LEAST_AIR, _AIR - crowd / 25)


def _node(bond: Bond, place: Place, radius: float, crowd: int, since: Since | None) -> Node:
    sentence, presence = line_of(bond), Presence.STAYS
    if since is not None:
        if remark := since.remarks.get(bond.alter.id):
            sentence = f"{sentence} Since {since.day:%B %Y}: {remark}."
        if bond.alter.id in since.new:
            presence = Presence.NEW
        elif bond.alter.id in since.gone:
            presence = Presence.GONE
    return Node(
        id=bond.alter.id,
        x=round(radius * place.x, 1),
        y=round(radius * place.y, 1),
        radius=_size(place.ring, crowd),
        ring=place.ring,
        shape=shape_of(bond.alter.kind),
        status=bond.status,
        fills=tuple(
            Fill.RECEIVED if kind in received(bond) else Fill.EXPECTED if kind in expected(bond) else Fill.NONE
            for kind in SUPPORT
        ),
        strained=strained(bond),
        sentence=sentence,
        presence=presence,
    )


def _ways(nodes: tuple[Node, ...], since: Since | None, radius: float) -> Iterator[Way]:
    for node in nodes:
        before = since.moved.get(node.id) if since is not None else None
        far = math.hypot(node.x, node.y)
        if before is None or far == 0:
            continue
        right, down = node.x / far, node.y / far
        start, inward = RADII[before] * radius, 1 if RADII[before] * radius > far else -1
        end = far + inward * (node.radius + 2)
        yield Way(
            (round(start * right, 1), round(start * down, 1)),
            (round(end * right, 1), round(end * down, 1)),
        )


def _labels(
    bonds: tuple[Bond, ...],
    places: dict[str, Place],
    nodes: tuple[Node, ...],
    captions: tuple[Caption, ...],
    ties: tuple[Curve, ...],
    ways: tuple[Way, ...],
) -> tuple[Label, ...]:
    named = {bond.alter.id: bond.alter.name for bond in bonds}
    anchors = [_anchor(node, named[node.id], places[node.id]) for node in nodes]
    first = sorted(anchors, key=lambda anchor: (places[anchor.id].ring, -len(anchor.text), anchor.id))
    middle = Box(-_EGO_RADIUS, -_EGO_RADIUS, _EGO_RADIUS, _EGO_RADIUS).grown(3)
    blocked = [middle, *(caption.label.box.grown(2) for caption in captions if caption.label is not None)]
    blocked += (Box(x, y, x, y).grown(3) for way in ways for x, y in _along(way))
    placed = {label.id: label for label in place_labels(first, blocked=blocked, inked=_ink(ties))}
    return tuple(placed[node.id] for node in nodes)


def _anchor(node: Node, name: str, place: Place) -> Anchor:
    size = _LABEL_SIZES[place.ring]
    room = node.radius + (4.5 if node.strained or node.status is Status.REMEMBERED else 0)
    room += _NEW_RIM if node.presence is Presence.NEW else 0
    return Anchor(node.id, shortened(name, size, _WIDEST_LABEL), size, node.x, node.y, room, place.angle)


def _ink(ties: Iterable[Curve]) -> Iterator[Point]:
    for tie in ties:
        long = math.dist(tie.path[0], tie.path[3])
        steps = max(4, int(long / 10))
        for step in range(1, steps):
            yield cubic(tie.path, step / steps)


def _along(way: Way) -> Iterator[Point]:
    """Give points along a way that no name may cover."""
    steps = max(2, int(math.dist(way.start, way.end) / 5))
    for step in range(steps):
        part = step / steps
        yield way.start[0] + (way.end[0] - way.start[0]) * part, way.start[1] + (way.end[1] - way.start[1]) * part


def _captions(wedges: tuple[Wedge, ...], radius: float) -> Iterator[Caption]:
    taken: list[Box] = []
    for wedge in wedges:
        label = _caption(wedge, radius * BANDS[2], taken) if wedge.sector and len(wedges) > 1 else None
        if label is not None:
            taken.append(label.box.grown(2))
        yield Caption(round(wedge.start, 5), round(wedge.end, 5), label)


def _caption(wedge: Wedge, rim: float, taken: list[Box]) -> Label:
    text = shortened(clean_line(wedge.sector), _CAPTION_SIZE, _WIDEST_LABEL)
    width = round(width_of(text, _CAPTION_SIZE) * BOLD, 1)
    right, down = math.cos(wedge.middle), math.sin(wedge.middle)
    label = Label("", text, _CAPTION_SIZE, 0, 0, width)
    for gap in range(14, 200, 8):
        x, y = (rim + gap) * right, (rim + gap) * down
        x -= width / 2 * (1 - max(-1.0, min(1.0, 1.6 * right)))
        y += _CAPTION_SIZE * (0.35 + 0.3 * down)
        label = Label("", text, _CAPTION_SIZE, round(x, 1), round(y, 1), width)
        if not any(label.box.touches(other) for other in taken):
            break
    return label


def _extent(radius: float, nodes: tuple[Node, ...], labels: tuple[Label, ...], captions: tuple[Caption, ...]) -> Box:
    rim = radius * BANDS[2] + 4
    boxes = [Box(-rim, -rim, rim, rim), *(label.box for label in labels)]
    boxes += [caption.label.box for caption in captions if caption.label is not None]
    boxes += [Box(node.x, node.y, node.x, node.y).grown(node.radius + 6) for node in nodes]
    return around(boxes)


_NAMED = {
    NamesMode.NONE: "people under codes",
    NamesMode.ROLES: "people by what they are to me",
    NamesMode.INITIALS: "people by initials",
    NamesMode.FULL: "",
}


def _head(circle: Circle, share: Share, since: Since | None) -> tuple[str, ...]:
    parts = [f"as of {told_date(circle.as_of, share)}", _count(circle, since), _NAMED[share.names]]
    line = " · ".join(part for part in parts if part)
    return (line, _changed(since, share)) if since is not None else (line,)


def _changed(since: Since, share: Share) -> str:
    counts = ((len(since.new), "new"), (len(since.gone), "not part of it now"), (len(since.moved), "on another ring"))
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"compared with {told_date(since.day, share)}: {said or 'nobody came, went or moved'}"


def _own_words(caption: str, width: float, scale: float) -> tuple[str, ...]:
    """Return the person's caption in lines as wide as the page; what needs more than a few is cut."""
    size = _HEAD_SIZE * scale
    lines = wrapped(clean_line(caption), size, width - 2 * MARGIN)
    if len(lines) > _MOST_CAPTION_LINES:
        rest = " ".join(lines[_MOST_CAPTION_LINES - 1 :])
        lines = (*lines[: _MOST_CAPTION_LINES - 1], shortened(rest, size, width - 2 * MARGIN))
    return lines


def _count(circle: Circle, since: Since | None) -> str:
    gone = since.gone if since is not None else frozenset()
    counted = sum(bond.counted for bond in circle.bonds if bond.alter.id not in gone)
    others = len(circle.bonds) - len(gone) - counted
    if not circle.bonds:
        return "nobody is on the map yet"
    people = f"{counted} {'counts' if counted == 1 else 'count'} as support network"
    return f"{people}, {others} more drawn" if others else people


def _description(circle: Circle, share: Share, since: Since | None) -> str:
    compared = f", compared with {told_date(since.day, share)}" if since is not None else ""
    count, ties = len(circle.bonds), len(circle.ties)
    who = "1 person, group or place" if count == 1 else f"{count} people, groups and places"
    among = "1 tie" if ties == 1 else f"{ties} ties"
    return (
        f"A support map as of {told_date(circle.as_of, share)}{compared}: {who} in three rings round the person who "
        f"drew it, and {among} among them. It is {FOOTER}."
    )
