"""A change between two days on the drawing and beside names: marks for the map, and a few words for each person."""

from __future__ import annotations

from collections import defaultdict

from kinship.circle.cellmap import Marks
from kinship.circle.change import Change
from kinship.circle.glyphs import Glyphs
from kinship.circle.layout import RING_INDEX
from kinship.circle.sentences import RING_WORDS, STATUS_WORDS
from kinship.circle.support import Look
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind
from kinship.journal.model import AlterId, Ring, Status

_OUTSIDE = 2
"""Where whoever has no ring yet is drawn."""


def marks_of(change: Change, glyphs: Glyphs) -> Marks:
    """Return the marks for a drawing of `change.both`: who is gone, new or on another ring, and signs of support.

    The signs after a name say what somebody who is there on both days gives now (`+`) and no longer gives (`-`).
    """
    moved = {one.alter: _index(one.after) - _index(one.before) for one in change.moved}
    gained, lost = _kinds(change)
    notes = {}
    for alter in change.kept:
        signs = [f"+{_sign(kind, glyphs)}" for kind in gained[alter]] + [
            f"-{_sign(kind, glyphs)}" for kind in lost[alter]
        ]
        if signs:
            notes[alter] = "".join(signs)
    return Marks(
        ghosts=frozenset(change.gone),
        fresh=frozenset(change.new),
        moved={alter: by for alter, by in moved.items() if by},
        notes=notes,
    )


def remarks_of(change: Change) -> dict[AlterId, str]:
    """Return what is different about each person, in a few words; whoever is as before is left out."""
    found: defaultdict[AlterId, list[str]] = defaultdict(list)
    turned = {turn.alter: turn for turn in change.turned}
    for alter in change.new:
        before = turned[alter].before if alter in turned else None
        found[alter].append("new" if before is None else f"here again, was {STATUS_WORDS[before]}")
    for alter in change.gone:
        after = turned[alter].after if alter in turned else None
        found[alter].append(STATUS_WORDS[after] if after is not None and after is not Status.ACTIVE else "gone")
    for move in change.moved:
        found[move.alter].append(f"moved from {_ring(move.before)} to {_ring(move.after)}")
    gained, lost = _kinds(change)
    for alter in change.kept:
        for word, kinds in (("now also", gained[alter]), ("no longer", lost[alter])):
            if kinds:
                found[alter].append(f"{word} {' and '.join(KIND_WORDS[kind] for kind in kinds)}")
    return {alter: "; ".join(words) for alter, words in found.items()}


def _kinds(change: Change) -> tuple[dict[AlterId, list[Kind]], dict[AlterId, list[Kind]]]:
    both: tuple[defaultdict[AlterId, list[Kind]], ...] = (defaultdict(list), defaultdict(list))
    for found, told in zip(both, (change.gained, change.lost), strict=True):
        for one in sorted(told, key=lambda one: SUPPORT.index(one.kind)):
            found[one.alter].append(one.kind)
    return both[0], both[1]


def _sign(kind: Kind, glyphs: Glyphs) -> str:
    return glyphs.nodes[Look(kind.value)]


def _index(ring: Ring | None) -> int:
    return _OUTSIDE if ring is None else RING_INDEX[ring]


def _ring(ring: Ring | None) -> str:
    return f"the {RING_WORDS[ring]}" if ring is not None else "no ring"
