"""What somebody gives, or is given: a row for each kind, a sign for each way, set by keys.

What is expected and what was received are two signs: a claim that a moment tells of is full, one without is drawn
lighter, and what happened without being said is half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from kinship.ground.width import cells, shorten
from kinship.journal.kinds import SUPPORT, Kind, Subkind, subkind, subkinds_of
from kinship.journal.model import Direction
from kinship.privacy.text import clean_line
from kinship.tui.keymap import act
from kinship.tui.widgets.marking import Weighing

if TYPE_CHECKING:
    from kinship.journal.model import Bond

SIGNS = {"both": "●", "said": "◎", "happened": "◐", "neither": "○", "mutual": "⇄"}
ASCII_SIGNS = {"both": "x", "said": "o", "happened": "~", "neither": ".", "mutual": "<>"}
WEIGHT = {1: "−", 3: "+"}
"""What stands behind a way that is said with a strength other than the usual 2."""
SAID = 2
LABEL = 16
"""Cells of a row's number and kind."""
GAP = 2


class Spot(NamedTuple):
    """Where one way of a row is drawn: which way it is, and its first cell."""

    column: int
    x: int


class GiveTable(Weighing):
    """Digits choose a row and then a way in it; arrows and space do the same with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("enter", "behind_way", "what is behind", tooltip="The moments and pages behind this way", show=False),
        act("b", "both_ways", "both ways", tooltip="It goes both ways, or no longer", show=False),
    ]

    bond: reactive[Bond | None] = reactive(None, layout=True)
    direction: reactive[Direction] = reactive(Direction.FROM_THEM, layout=True)
    row: reactive[int] = reactive(0)
    column: reactive[int] = reactive(0)
    armed: reactive[bool] = reactive(default=False)
    """Whether a row was chosen by its digit, so that the next digit is a way in it."""
    own: reactive[tuple[Subkind, ...]] = reactive((), layout=True)
    """Ways that the person named."""

    @dataclass
    class Stated(Message):
        """Kinds or ways are to be said, each a field of a fact and a strength; None for no longer."""

        said: tuple[tuple[str, int | None], ...]

    @dataclass
    class Asked(Message):
        """What is behind a kind or a way is to be shown."""

        kind: Kind
        word: str

    def __init__(self, own: Sequence[Subkind] = (), *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.set_reactive(GiveTable.own, tuple(own))
        self._signs = ASCII_SIGNS if ascii_only else SIGNS

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The rows: strain is only ever theirs."""
        return tuple(Kind) if self.direction is Direction.FROM_THEM else SUPPORT

    def ways(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """Return a row: the kind itself, then each way of it, as the id and the word for it."""
        named = {one.id: one for one in (*subkinds_of(kind), *self.own) if one.kind is kind}
        for word in (*self._said(kind), *self._happened(kind)):
            if (found := subkind(word)) is not None and found.kind is kind:
                named.setdefault(word, found)
        return ((kind.value, kind.value), *((id_, clean_line(one.label)) for id_, one in named.items()))

    def _said(self, kind: Kind, *, turned: bool = False) -> Mapping[str, int]:
        """Return what is said in the direction that is shown, or in the other one."""
        if self.bond is None:
            return {}
        if kind is Kind.STRAIN:
            return {} if turned else self.bond.strain
        return self.bond.gives if (self.direction is Direction.FROM_THEM) is not turned else self.bond.receives

    def _happened(self, kind: Kind) -> set[str]:
        moments = self.bond.moments if self.bond is not None else ()
        here = (one for one in moments if one.kind is kind and one.direction is self.direction)
        return {one.subkind or one.kind.value for one in here}

    def _label(self, kind: Kind, word: str, name: str) -> str:
        """Return what stands behind the sign: the word, how much of it, and whether it goes both ways."""
        said = self._said(kind)
        mutual = word in said and word in self._said(kind, turned=True)
        return name + WEIGHT.get(said.get(word, SAID), "") + (f" {self._signs['mutual']}" if mutual else "")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - shape of the hook
        return len(self._lines(width))

    def _lines(self, width: int) -> list[tuple[int, list[Spot]]]:
        """Return the lines of the table: the row each belongs to, and the ways on it; a long row goes on below."""
        lines: list[tuple[int, list[Spot]]] = []
        for row, kind in enumerate(self.kinds):
            ways = self.ways(kind)
            lines.append((row, [Spot(0, 2)]))
            x = LABEL
            for column, (word, told) in enumerate(ways[1:], 1):
                name = shorten(self._label(kind, word, told), max(1, width - LABEL - 2))
                if x > LABEL and x + 2 + cells(name) > width:
                    lines.append((row, []))
                    x = LABEL
                lines[-1][1].append(Spot(column, x))
                x += 2 + cells(name) + GAP
        return lines

    def render(self) -> Content:
        return Content("\n").join(self._line(row, spots) for row, spots in self._lines(self.size.width))

    def _line(self, row: int, spots: list[Spot]) -> Content:
        line = Content.styled(f"{row + 1} " if spots[0].column == 0 else "", "$dim")
        for spot in spots:
            line = line + " " * (spot.x - line.cell_length) + self._way(row, spot.column)
        return line

    def _way(self, row: int, column: int) -> Content:
        kind = self.kinds[row]
        word, name = self.ways(kind)[column]
        here = self.has_focus and row == self.row
        said, moments = word in self._said(kind), self._happened(kind)
        happened = word in moments or (column == 0 and said and bool(moments))
        sign = self._signs["both" if said and happened else "said" if said else "happened" if happened else "neither"]
        if here and self.armed and 0 < column < 10:  # noqa: PLR2004 - there are nine digits
            sign = str(column)
        colour = f"${kind.value}" if said or happened or column == 0 else "$dim"
        style = (
            ("reverse" if self.app.no_color else "$paper on $accent")
            if here and column == self.column
            else colour
            if column == 0
            else ""
        )
        strong = "bold $ink" if said and happened else "$ink" if said else "$dim"
        name = shorten(self._label(kind, word, name), max(1, self.size.width - LABEL - 2))
        return Content.assemble((sign, colour), " ", (name, style or strong))

    def on_blur(self) -> None:
        self.armed = False

    def watch_direction(self) -> None:
        self.row, self.armed = min(self.row, len(self.kinds) - 1), False

    # Moving and marking.

    def go(self, across: int, down: int) -> None:
        if down:
            self._to_row(self.row + down)
        self.column = max(0, min(len(self._ways_here()) - 1, self.column + across))

    def action_mark_sign(self) -> None:
        self._toggle(self.column)

    def _ways_here(self) -> tuple[tuple[str, str], ...]:
        return self.ways(self.kinds[self.row])

    def _to_row(self, row: int) -> None:
        self.row = min(len(self.kinds) - 1, max(0, row))
        self.column = min(self.column, len(self._ways_here()) - 1)
        self.armed = False

    def action_behind_way(self) -> None:
        """Show what is behind the way under the cursor; after a digit alone, say the kind."""
        if self.armed:
            self._toggle(self.column)
        else:
            kind = self.kinds[self.row]
            self.post_message(self.Asked(kind, self._word))

    def weigh(self, step: int) -> None:
        """Say more or less of the way under the cursor; one that is not said yet is said as usual."""
        had = self._said(self.kinds[self.row]).get(self._word)
        if had is not None or step > 0:
            now = SAID if had is None else min(3, max(1, had + step))
            self._state(((self._field(self.direction, self._word), now),))

    def action_both_ways(self) -> None:
        """Say that it goes both ways; where that is said, end the other direction."""
        kind, word = self.kinds[self.row], self._word
        if kind is Kind.STRAIN:
            return
        had, back = self._said(kind).get(word), self._said(kind, turned=True).get(word)
        other = Direction.TO_THEM if self.direction is Direction.FROM_THEM else Direction.FROM_THEM
        if had is not None and back is not None:
            self._state(((self._field(other, word), None),))
        else:
            missing = ((self.direction, had), (other, back))
            self._state(tuple((self._field(way, word), SAID) for way, said in missing if said is None))

    @property
    def way(self) -> tuple[Kind, str]:
        """The kind and the way under the cursor."""
        return self.kinds[self.row], self._word

    @property
    def _word(self) -> str:
        ways = self._ways_here()
        return ways[min(self.column, len(ways) - 1)][0]

    def _field(self, direction: Direction, word: str) -> str:
        head = "gives" if direction is Direction.FROM_THEM else "receives"
        return f"{'strain' if self.kinds[self.row] is Kind.STRAIN else head}.{word}"

    def _toggle(self, column: int) -> None:
        kind = self.kinds[self.row]
        word = self.ways(kind)[column][0]
        self._state(((self._field(self.direction, word), None if word in self._said(kind) else SAID),))

    def _state(self, said: tuple[tuple[str, int | None], ...]) -> None:
        self.armed = False
        self.post_message(self.Stated(said))

    def digit(self, number: int) -> bool:
        """Take a digit: a row, or a way in the row chosen before; return whether it meant anything."""
        if self.armed and number < len(self._ways_here()):
            self.column = number
            self._toggle(number)
            return True
        if 1 <= number <= len(self.kinds):
            self.row, self.column, self.armed = number - 1, 0, True
            return True
        return False

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.armed:
            event.stop()
            self.armed = False

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        lines = self._lines(self.size.width)
        if offset is None or offset.y >= len(lines):
            return
        row, spots = lines[offset.y]
        for spot in spots:
            kind = self.kinds[row]
            name = self._label(kind, *self.ways(kind)[spot.column])
            if spot.x <= offset.x < spot.x + 2 + cells(name):
                self.row, self.column = row, spot.column
                self._toggle(spot.column)
