"""Everything that leaves, line by line, before it leaves: no more and no less than the file of each format says.

What a picture says by signs is told in words: where somebody stands, how their sign is filled, how thick a line is.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, UnsetType

from kinship.circle.sentences import RING_WORDS, STATUS_WORDS
from kinship.circle.support import expected, received, strained
from kinship.journal.kinds import SUPPORT, Kind, kind_of, label_of
from kinship.journal.model import AlterTie, Bond, Circle, Direction, Status
from kinship.snapshot.attributes import attributes, code_of
from kinship.snapshot.drawing import Since
from kinship.snapshot.formats import Format
from kinship.snapshot.map_json import MapFile, MapNode, MapTie, map_file
from kinship.snapshot.marks import Shape, shape_of
from kinship.snapshot.share import FOOTER, NamesMode, Share, told_date
from kinship.snapshot.words import KIND_WORDS, line_of

DATA = frozenset({Format.JSON, Format.GRAPHML, Format.CSV})
"""Formats for programs."""
WITH_NOTES = frozenset({Format.JSON, Format.HTML})
"""Formats that hold notes and single moments, where these were ticked."""

_NAMES_SAID = {
    NamesMode.NONE: "Names stay here: each person has a code, the same one in every export.",
    NamesMode.ROLES: 'Names stay here: people are called by what they are, such as "friend 2".',
    NamesMode.INITIALS: "Initials leave, whole names stay here.",
    NamesMode.FULL: "Names leave, as you wrote them.",
}
_SHAPES = {
    Shape.DISC: "somebody", Shape.SQUARE: "professional", Shape.HEXAGON: "group", Shape.DIAMOND: "place or practice",
}  # fmt: skip


class Leaves(Struct, frozen=True):
    """What leaves: how it was chosen, then every line of it."""

    rules: tuple[str, ...]
    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Leaves({len(self.lines)} lines)"


def rules_of(circle: Circle, share: Share, form: Format, before: Circle | None = None) -> Iterator[str]:
    """Yield what was chosen, a sentence each; `circle` and `before` are as they stand in the vault."""
    yield _NAMES_SAID[share.names]
    if share.names is not NamesMode.FULL:
        yield "Professionals and groups go unnamed, own words for circles and ways too."
    yield f"The date leaves as {' and '.join(told_date(one.as_of, share) for one in (before, circle) if one)}."
    yield from _ticked(share, form)
    away = {bond.alter.id for one in (circle, before) if one for bond in one.bonds if bond.status is Status.NO_CONTACT}
    if away and not share.no_contact:
        yield f"{len(away)} marked no contact {'is' if len(away) == 1 else 'are'} left out."
    if form in DATA:
        yield "How strong ties and support are leaves as numbers from 1 to 3."
    yield f"Besides: a title, what the signs mean, and “{FOOTER}”."


def _ticked(share: Share, form: Format) -> Iterator[str]:
    """Yield what is said of strain, notes and moments: whether they leave, and why they stay where they were ticked."""
    full = share.names is NamesMode.FULL
    notes = share.notes and full and form in WITH_NOTES
    stays = [word for word, leaves in (("notes", notes), ("strain", share.strain)) if not leaves]
    if stays:
        told = " and ".join(stays).capitalize()
        yield f"{told} {'stays' if stays == ['strain'] else 'stay'} here."
    if share.notes and not notes:
        yield "Notes leave only in a web page or JSON, and only with full names."
    if notes:
        yield "Notes, other names, pronouns and birthdays leave."
    if share.moments:
        there = form in WITH_NOTES
        yield "Each moment leaves, with its date as above." if there else "Moments leave only in a web page or JSON."


def lines_of(seen: Circle, form: Format, share: Share, seed: str, since: Since | None = None) -> Iterator[str]:
    """Yield every line on a circle that has passed `careful`, for formats that are no text themselves.

    With `since`, the circle is that of both days of a comparison.
    """
    if form is Format.JSON:
        yield from _file(map_file(seen, share=share, seed=seed))
    elif form in DATA:
        yield from _columns(seen, share, seed)
    else:
        for bond in seen.bonds:
            line = _drawn(bond, seen) if form is Format.PNG else _told(bond, seen, form)
            remark = since.remarks.get(bond.alter.id, "") if since is not None else ""
            yield f"{line} Since then: {remark}." if remark else line
            if form is Format.HTML:
                yield from (f"    {about}: {told}" for about, told in _beside(bond, share))


# Pictures.


def _drawn(bond: Bond, seen: Circle) -> str:
    """Return what a picture without words for each sign says of somebody."""
    there, happened = expected(bond), received(bond)
    signs = [
        f"{kind.value}{' that happened' if kind in happened else ''}" for kind in SUPPORT if kind in there | happened
    ]
    parts = [", ".join(_place(bond, _SHAPES[shape_of(bond.alter.kind)])), f"gives {', '.join(signs)}" if signs else ""]
    parts += ["weighs" if strained(bond) else "", f"knows {', '.join(knows)}" if (knows := _knows(bond, seen)) else ""]
    return f"{bond.alter.name}: {'; '.join(part for part in parts if part)}."


def _place(bond: Bond, what: str) -> Iterator[str]:
    yield from (part for part in (what, bond.sector, RING_WORDS[bond.ring], STATUS_WORDS[bond.status]) if part)


def _told(bond: Bond, seen: Circle, form: Format) -> str:
    return line_of(bond, knows=_knows(bond, seen), counted=form is not Format.PDF)


def _knows(bond: Bond, seen: Circle) -> tuple[str, ...]:
    """Return whom somebody knows in alphabetical order, with the strength of a tie that is drawn thicker."""
    me = bond.alter.id
    names = {one.alter.id: one.alter.name for one in seen.bonds}
    told = [(names[_other(tie, me)], tie.strength) for tie in seen.ties if me in (tie.a, tie.b)]
    told.sort(key=lambda one: one[0].casefold())
    return tuple(f"{name} ({strength} of 3)" if strength > 1 else name for name, strength in told)


def _other(tie: AlterTie | MapTie, me: str) -> str:
    return tie.b if tie.a == me else tie.a


def _beside(bond: Bond, share: Share) -> Iterator[tuple[str, str]]:
    """Yield notes and moments as a web page has them, where they leave."""
    alter = bond.alter
    if share.notes and share.names is NamesMode.FULL:
        told = (
            ("other names", ", ".join(alter.aliases)), ("pronouns", alter.pronouns), ("birthday", alter.birthday),
            ("notes", alter.notes),
        )  # fmt: skip
        yield from ((about, " ".join(text.split())) for about, text in told if text.strip())
    if share.moments:
        for one in bond.moments:
            yield told_date(one.day, share), one.subkind or one.kind.value


# Tables and graphs.


def _columns(seen: Circle, share: Share, seed: str) -> Iterator[str]:
    """Yield what a table or a graph says of everybody: the columns that say anything."""
    names = {bond.alter.id: bond.alter.name for bond in seen.bonds}
    for bond in seen.bonds:
        told = attributes(bond, share)
        own = (told["kind"], told["circle"], told["ring"], told["status"], "" if told["counted"] else "not counted")
        yield f"{bond.alter.name}: {', '.join(str(part) for part in own if part)}; code {code_of(bond.alter.id, seed)}."
        if not told["marked"]:
            yield "    nothing marked yet"
        for head, about in (("support_", "gives"), ("receives_", "I give"), ("strain_", "weighs")):
            words = [column.removeprefix(head) for column, value in told.items() if column.startswith(head) and value]
            if words:
                yield f"    {about}: {', '.join(words)}"
        often = [f"{kind.value} {told[f'moments_{kind.value}']}" for kind in SUPPORT if told[f"moments_{kind.value}"]]
        if often:
            yield f"    in the past year: {', '.join(often)}"
        knows = [_tie(names[_other(tie, bond.alter.id)], tie) for tie in seen.ties if bond.alter.id in (tie.a, tie.b)]
        if knows:
            yield f"    knows: {', '.join(knows)}"


def _tie(name: str, tie: AlterTie | MapTie) -> str:
    return f"{name} ({tie.strength} of 3{', belongs' if tie.member else ''})"


# JSON.


def _file(file: MapFile) -> Iterator[str]:
    """Yield a line for everybody in the file, and one for each way, moment and note of theirs."""
    names = {node.id: node.name for node in file.nodes}
    for node in file.nodes:
        yield f"{node.name}: {', '.join(_standing(node))}."
        for one in node.support:
            often = f"{one.moments} in the past year" if one.moments else ""
            strength = f"{one.expected} of 3" if one.expected is not None else ""
            said = ", ".join(part for part in (strength, often) if part)
            yield f"    {_way(one.kind, one.subkind, one.direction)}: {said}"
        yield from (f"    {about}: {told}" for about, told in _own(node))
        knows = [_tie(names[_other(tie, node.id)], tie) for tie in file.ties if node.id in (tie.a, tie.b)]
        if knows:
            yield f"    knows: {', '.join(knows)}"


def _standing(node: MapNode) -> Iterator[str]:
    yield KIND_WORDS[node.kind]
    if node.sector:
        yield node.sector
    yield RING_WORDS[node.ring]
    yield STATUS_WORDS[node.status] or "active"
    yield f"under the id {node.id}"


def _way(kind: Kind, way: str | None, direction: Direction) -> str:
    """Return one way of giving or straining in words: "listening (emotional), from them"."""
    word = kind.value if way is None or kind_of(way) is None else f"{label_of(way)} ({kind.value})"
    return f"{word}, {'from me' if direction is Direction.TO_THEM else 'from them'}"


def _own(node: MapNode) -> Iterator[tuple[str, str]]:
    """Yield moments and notes, where they leave."""
    if not isinstance(node.moments, UnsetType):
        for one in node.moments:
            strength = f", {one.strength} of 3" if one.strength else ""
            yield f"on {one.date}", f"{_way(one.kind, one.subkind, one.direction)}{strength}"
    if not isinstance(node.aliases, UnsetType) and node.aliases:
        yield "other names", ", ".join(node.aliases)
    for about, told in (("pronouns", node.pronouns), ("birthday", node.birthday), ("notes", node.notes)):
        if not isinstance(told, UnsetType) and told:
            yield about, told
