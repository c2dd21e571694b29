"""The safe screen: everybody's initials where names would stand, so that a page can be written on a train.

It is a filter on the way out, behind every screen, toast and list: nothing that is kept or exported changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.filter import LineFilter

from kinship.ground.width import cells
from kinship.privacy.initials import Hidden, Initials

if TYPE_CHECKING:
    from textual.color import Color

    from kinship.journal.journal import Journal


class NamesAsInitials(LineFilter):
    """Writes initials in the room of names, over however many pieces of a line a name goes."""

    def __init__(self, initials: Initials) -> None:
        super().__init__()
        self.initials = initials

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's own signature
        found = self.initials.found("".join(segment.text for segment in segments))
        return list(_rewritten(segments, found)) if found else segments


def _rewritten(segments: Iterable[Segment], found: Sequence[Hidden]) -> Iterable[Segment]:
    """Yield the pieces of a line with what is hidden in them; each keeps its look and its cells."""
    begin, left = 0, list(found)
    for text, style, control in segments:
        end = begin + len(text)
        parts, at = [], begin
        while left and left[0].start < end:
            one = left[0]
            stop = min(one.end, end)
            taken = text[max(one.start, begin) - begin : stop - begin]
            parts += [text[at - begin : max(one.start, at) - begin], set_cell_size(one.shown, cells(taken))]
            at = stop
            if one.end > end:
                left[0] = Hidden(end, one.end, _after(one.shown, cells(taken)))
                break
            left.pop(0)
        yield Segment("".join([*parts, text[at - begin :]]), style, control)
        begin = end


def _after(shown: str, width: int) -> str:
    """Return what is left of `shown` behind its first `width` cells."""
    while width > 0 and shown:
        width -= cells(shown[0])
        shown = shown[1:]
    return shown


def names_in(journal: Journal) -> Initials:
    """Return every name that a journal knows: people, their aliases, and words that pages and visits name them by."""
    from kinship.journal.known_names import names_of_people, names_of_things

    return Initials(names_of_people(journal), names_of_things(journal))
