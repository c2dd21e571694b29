"""Two days of the map as one drawing: who is gone is pale, who is new is marked, who moved has a line between rings."""

from __future__ import annotations

from kinship.circle.change import both, compare
from kinship.circle.compared import remarks_of
from kinship.circle.layout import RING_INDEX, lay_out
from kinship.journal.model import Circle, Ring
from kinship.snapshot.drawing import TITLE, Drawing, Since, drawing
from kinship.snapshot.share import CAREFUL, Share

_OUTSIDE = 2
"""Where whoever has no ring yet is drawn."""


def compared(
    before: Circle, after: Circle, *, share: Share = CAREFUL, title: str = TITLE, caption: str = ""
) -> Drawing:
    """Return the drawing of `after` that shows what is different from `before`; both of `careful_pair`."""
    whole = both(before, after)
    return drawing(whole, lay_out(whole), share=share, title=title, caption=caption, since=since(before, after))


def since(before: Circle, after: Circle) -> Since:
    """Return what is different in `after`, as a drawing of everybody shows it."""
    change = compare(before, after)
    rings = {move.alter: (_index(move.before), _index(move.after)) for move in change.moved}
    return Since(
        day=before.as_of,
        new=frozenset(change.new),
        gone=frozenset(change.gone),
        moved={alter: then for alter, (then, now) in rings.items() if then != now},
        remarks=remarks_of(change),
    )


def _index(ring: Ring | None) -> int:
    return _OUTSIDE if ring is None else RING_INDEX[ring]
