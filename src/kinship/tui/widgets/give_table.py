"""What somebody gives, or is given: a row for each kind, a sign for each way, set by keys."""

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
from textual.widget import Widget

from kinship.ground.width import cells
from kinship.journal.kinds import SUPPORT, Kind, Subkind, subkinds_of
from kinship.journal.model import Direction
from kinship.tui.keymap import act

if TYPE_CHECKING:
    from kinship.journal.model import Bond

SIGNS = {"said": "●", "happened": "◐", "neither": "○"}
ASCII_SIGNS = {"said": "x", "happened": "~", "neither": "."}
LABEL = 16
"""Cells of a row's number and kind."""
GAP = 2


class Spot(NamedTuple):
    """Where one way of a row is drawn: which way it is, and its first cell."""

    column: int
    x: int


class GiveTable(Widget, can_focus=True):
    """Digits choose a row and then a way in it; arrows and space do the same with a cursor."""

    DEFAULT_CSS = """
    GiveTable { height: auto; width: 1fr; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "table_left", "left", tooltip="To the way before", show=False),
        act("right,l", "table_right", "right", tooltip="To the way after", show=False),
        act("up,k", "table_up", "up", tooltip="To the kind above", show=False),
        act("down,j", "table_down", "down", tooltip="To the kind below", show=False),
        act("space,enter", "toggle_way", "mark", tooltip="Mark this way, or take the mark back", show=False),
    ]

    bond: reactive[Bond | None] = reactive(None, layout=True)
    direction: reactive[Direction] = reactive(Direction.FROM_THEM, layout=True)
    row: reactive[int] = reactive(0)
    column: reactive[int] = reactive(0)
    armed: reactive[bool] = reactive(default=False)
    """Whether a row was chosen by its digit, so that the next digit is a way in it."""

    @dataclass
    class Toggled(Message):
        """A kind or a way of giving is to be said, or no longer; `field` is that of a fact."""

        field: str
        said: bool

    def __init__(self, own: Sequence[Subkind] = (), *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._own = tuple(own)
        self._signs = ASCII_SIGNS if ascii_only else SIGNS

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The rows: strain is only ever theirs."""
        return tuple(Kind) if self.direction is Direction.FROM_THEM else SUPPORT

    def ways(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """Return a row: the kind itself, then each way of it, as the id and the word for it."""
        named = (*subkinds_of(kind), *(one for one in self._own if one.kind is kind))
        return ((kind.value, kind.value), *((one.id, one.label) for one in named[:9]))

    def _said(self, kind: Kind) -> Mapping[str, int]:
        if self.bond is None:
            return {}
        if kind is Kind.STRAIN:
            return self.bond.strain
        return self.bond.gives if self.direction is Direction.FROM_THEM else self.bond.receives

    def _happened(self, kind: Kind) -> set[str]:
        moments = self.bond.moments if self.bond is not None else ()
        return {
            one.subkind or one.kind.value for one in moments if one.kind is kind and one.direction is self.direction
        }

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - shape of the hook
        return len(self._lines(width))

    def _lines(self, width: int) -> list[tuple[int, list[Spot]]]:
        """Return the lines of the table: the row each belongs to, and the ways on it; a long row goes on below."""
        lines: list[tuple[int, list[Spot]]] = []
        for row, kind in enumerate(self.kinds):
            ways = self.ways(kind)
            lines.append((row, [Spot(0, 2)]))
            x = LABEL
            for column, (_, name) in enumerate(ways[1:], 1):
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
        said, happened = word in self._said(kind), word in self._happened(kind)
        sign = self._signs["said" if said else "happened" if happened else "neither"]
        if here and self.armed and column:
            sign = str(column)
        colour = f"${kind.value}" if said or happened or column == 0 else "$dim"
        style = "$paper on $accent" if here and column == self.column else colour if column == 0 else ""
        return Content.assemble((sign, colour), " ", (name, style or ("$ink" if said else "$dim")))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.armed = False
        self.refresh()

    def watch_direction(self) -> None:
        self.row, self.armed = min(self.row, len(self.kinds) - 1), False

    # Moving and marking.

    def action_table_left(self) -> None:
        self.column = max(0, self.column - 1)

    def action_table_right(self) -> None:
        self.column = min(len(self._ways_here()) - 1, self.column + 1)

    def action_table_up(self) -> None:
        self._to_row(self.row - 1)

    def action_table_down(self) -> None:
        self._to_row(self.row + 1)

    def action_toggle_way(self) -> None:
        self._toggle(self.column)

    def _ways_here(self) -> tuple[tuple[str, str], ...]:
        return self.ways(self.kinds[self.row])

    def _to_row(self, row: int) -> None:
        self.row = min(len(self.kinds) - 1, max(0, row))
        self.column = min(self.column, len(self._ways_here()) - 1)
        self.armed = False

    def _toggle(self, column: int) -> None:
        kind = self.kinds[self.row]
        word = self.ways(kind)[column][0]
        head = "gives" if self.direction is Direction.FROM_THEM else "receives"
        field = f"{'strain' if kind is Kind.STRAIN else head}.{word}"
        self.armed = False
        self.post_message(self.Toggled(field, said=word not in self._said(kind)))

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
            name = self.ways(self.kinds[row])[spot.column][1]
            if spot.x <= offset.x < spot.x + 2 + cells(name):
                self.row, self.column = row, spot.column
                self._toggle(spot.column)
