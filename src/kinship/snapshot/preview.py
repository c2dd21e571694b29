"""Everything that leaves, line by line, before it leaves: no more and no less than the file of each format says.

A picture's signs are told in words here: where somebody stands, how their sign is filled, how thick a line is. A list
or a drawing in text is shown as it will be.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, UnsetType

from kinship.circle.change import compare
from kinship.circle.compared import remarks_of
from kinship.circle.sentences import RING_WORDS, STATUS_WORDS
from kinship.journal.kinds import Kind, label_of
from kinship.journal.model import AlterTie, Bond, Circle, Direction, Status
from kinship.snapshot.formats import Format
from kinship.snapshot.map_json import MapFile, MapNode, MapTie, map_file
from kinship.snapshot.share import NamesMode, Share, told_date
from kinship.snapshot.words import KIND_WORDS, line_of

DATA = frozenset({Format.JSON, Format.GRAPHML, Format.CSV})
"""Formats for programs."""

_NAMES_SAID = {
    NamesMode.NONE: "Names stay here: each person has a code, the same one in every export.",
    NamesMode.ROLES: 'Names stay here: people are called by what they are, such as "friend 2".',
    NamesMode.INITIALS: "Initials leave, whole names stay here.",
    NamesMode.FULL: "Names leave, as you wrote them.",
}


class Leaves(Struct, frozen=True):
    """What leaves: how it was chosen, then every line of it."""

    rules: tuple[str, ...]
    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Leaves({len(self.lines)} lines)"


def rules_of(circle: Circle, share: Share, form: Format | None, before: Circle | None = None) -> Iterator[str]:
    """Yield what was chosen, a sentence each; `circle` and `before` are as they stand in the vault."""
    away = {bond.alter.id for one in (circle, before) if one for bond in one.bonds if bond.status is Status.NO_CONTACT}
    yield _NAMES_SAID[share.names]
    if share.names is not NamesMode.FULL:
        yield "Professionals and groups go unnamed, circles and ways in your own words too."
    days = [told_date(one.as_of, share) for one in (before, circle) if one is not None]
    yield f"The date leaves as {days[0]}." if len(days) == 1 else f"The dates leave as {days[0]} and {days[1]}."
    notes = share.notes and share.names is NamesMode.FULL
    in_data = form in {Format.JSON, None}
    stays = [word for word, leaves in (("notes", notes and in_data), ("strain", share.strain)) if not leaves]
    if stays:
        yield f"{' and '.join(stays).capitalize()} stay here." if len(stays) > 1 else f"{_stay(stays[0])} here."
    if notes and in_data:
        yield "Notes, other names, pronouns and birthdays leave."
    if share.moments and in_data:
        yield "Each moment leaves, with its date as above."
    if away and not share.no_contact:
        yield f"{len(away)} marked no contact {'is' if len(away) == 1 else 'are'} left out."
    if form in DATA or form is None:
        yield "How strong ties and support are leaves as numbers from 1 to 3."


def _stay(word: str) -> str:
    return f"{word.capitalize()} {'stay' if word.endswith('s') else 'stays'}"


def lines_of(seen: Circle, form: Format | None, share: Share, seed: str, before: Circle | None = None) -> Iterator[str]:
    """Yield every line on a circle that has passed `careful`, for formats that are no text themselves."""
    if form in DATA or form is None:
        yield from _data(map_file(seen, share=share, seed=seed))
    else:
        yield from _drawn(seen, before)


def _drawn(seen: Circle, before: Circle | None) -> Iterator[str]:
    """Yield a line for everybody on a picture, who is gone since `before` among them."""
    remarks = remarks_of(compare(before, seen)) if before is not None else {}
    for bond in seen.bonds:
        yield _with_remark(line_of(bond, knows=_knows(bond, seen)), remarks.get(bond.alter.id, ""))
    here = {bond.alter.id for bond in seen.bonds}
    for bond in before.bonds if before is not None else ():
        if before is not None and bond.alter.id not in here:
            yield _with_remark(line_of(bond, knows=_knows(bond, before)), "not on the later map")


def _with_remark(line: str, remark: str) -> str:
    return f"{line} Since then: {remark}." if remark else line


def _knows(bond: Bond, seen: Circle) -> tuple[str, ...]:
    """Return whom somebody knows in alphabetical order, with the strength of a tie that is drawn thicker."""
    me = bond.alter.id
    names = {one.alter.id: one.alter.name for one in seen.bonds}
    told = [(names[_other(tie, me)], tie.strength) for tie in seen.ties if me in (tie.a, tie.b)]
    told.sort(key=lambda one: one[0].casefold())
    return tuple(f"{name} ({strength} of 3)" if strength > 1 else name for name, strength in told)


def _other(tie: AlterTie | MapTie, me: str) -> str:
    return tie.b if tie.a == me else tie.a


def _data(file: MapFile) -> Iterator[str]:
    """Yield a line for everybody in a file for programs, and one for each way, moment and note of theirs."""
    names = {node.id: node.name for node in file.nodes}
    for node in file.nodes:
        yield f"{node.name}: {', '.join(_standing(node))}."
        for one in node.support:
            way = _way(one.kind, one.subkind, one.direction)
            often = f"{one.moments} in the past year" if one.moments else ""
            strength = f"{one.expected} of 3" if one.expected is not None else ""
            yield f"    {way}: {', '.join(part for part in (strength, often) if part) or 'marked'}"
        for about, told in _own(node):
            yield f"    {about}: {told}"
        knows = [
            f"{names[_other(tie, node.id)]} ({tie.strength} of 3{', belongs' if tie.member else ''})"
            for tie in file.ties
            if node.id in (tie.a, tie.b)
        ]
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
    word = f"{label_of(way)} ({kind.value})" if way is not None and label_of(way) != kind.value else kind.value
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
