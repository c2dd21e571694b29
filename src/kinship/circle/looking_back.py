"""What changed on the map over a stretch of days, told gently: without anybody the person keeps out of sight."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from kinship.circle.change import change_in_words, compare
from kinship.journal.model import AlterId, Circle


def changes_between(before: Circle, after: Circle, away: Collection[AlterId] = ()) -> tuple[str, ...]:
    """Return what is different in `after` as sentences, none where nothing is; nobody in `away` is spoken of."""
    was, now = _without(before, away), _without(after, away)
    change = compare(was, now)
    quiet = not (change.new or change.gone or change.moved or change.gained or change.lost or change.turned)
    return () if quiet and not change.ties_new else change_in_words(change, was, now)


def _without(circle: Circle, away: Collection[AlterId]) -> Circle:
    if not away:
        return circle
    bonds = tuple(bond for bond in circle.bonds if bond.alter.id not in away)
    return replace(circle, bonds=bonds, ties=tuple(tie for tie in circle.ties if not {tie.a, tie.b} & set(away)))
