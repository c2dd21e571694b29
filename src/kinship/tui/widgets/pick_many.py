"""Several of many words: arrows move, space marks, a letter or digit marks at once; enter goes on.

Where it matters how much, + and − behind a mark say so; nothing needs to be said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from kinship.ground.width import cells
from kinship.reflect.answers import LITTLE, MUCH
from kinship.tui.keymap import act
from kinship.tui.widgets.marking import Weighing

KEYS = "123456789abcdefgilmnoprstvwxyz"
"""The keys of the words, in order; h, j, k, q and u move or undo elsewhere, so they mark nothing."""
GAP = 3
MARKED, LEFT = "●", "○"
WEIGHT = {LITTLE: "−", MUCH: "+"}
"""What stands behind a word that weighs less, or more, than usual."""


class Cell(NamedTuple):
    """Where a word stands: its index, its row and its first column."""

    at: int
    row: int
    x: int


class PickMany(Weighing):
    """`options` are (value, word) pairs; a pair with an empty value begins a new line with its word as a heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("h", "sign_left", "left", tooltip="To the word before", show=False),
        act("enter", "words_done", "go on", tooltip="Go on with what is marked", show=False),
    ]

    picked: reactive[tuple[str, ...]] = reactive(())
    """The values that are marked, in the order they were."""
    weights: reactive[Mapping[str, int]] = reactive(dict[str, int])
    """How much a value weighs, where that was said: LITTLE or MUCH."""
    at: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """A word was marked, or its mark taken back."""

        picker: PickMany

    @dataclass
    class Done(Message):
        """The person goes on."""

        picker: PickMany

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        picked: Sequence[str] = (),
        *,
        most: int | None = None,
        weights: Mapping[str, int] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """`weights` are the values that are said to weigh little or much; None where that does not matter here."""
        super().__init__(id=id)
        self.most = most
        self._weighs = weights is not None
        self._take(options)
        self.set_reactive(PickMany.picked, tuple(picked))
        self.set_reactive(PickMany.weights, dict(weights or {}))
        self.set_reactive(PickMany.at, self._words[0] if self._words else 0)

    def _take(self, options: Sequence[tuple[str, str]]) -> None:
        self.options = tuple(options)
        self._words = [at for at, (value, _) in enumerate(self.options) if value]
        self._keys = dict(zip(self._words, KEYS, strict=False))

    def offer(self, options: Sequence[tuple[str, str]], picked: Sequence[str]) -> None:
        """Show other words, these of them marked."""
        self._take(options)
        self.picked = tuple(picked)
        self.at = self._words[0] if self._words else 0
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - shape of the hook
        return 1 + max((cell.row for cell in self._cells(width)), default=0)

    def _cells(self, width: int) -> list[Cell]:
        """Return where everything stands in so many columns: each word whole, a heading at the start of its line."""
        found: list[Cell] = []
        row = x = 0
        for at, (value, _) in enumerate(self.options):
            if not value:
                row, x = row + bool(found), 0
                found.append(Cell(at, row, x))
                x = self._indent
                continue
            if x > self._indent and x + self._width(at) > width:
                row, x = row + 1, self._indent
            found.append(Cell(at, row, x))
            x += self._width(at) + GAP - self._weighs
        return found

    @property
    def _indent(self) -> int:
        headings = [cells(word) for value, word in self.options if not value]
        return max(headings) + 2 if headings else 0

    def _width(self, at: int) -> int:
        return len(f"{self._keys.get(at, ' ')} {LEFT} ") + cells(self.options[at][1]) + self._weighs

    def render(self) -> Content:
        rows: dict[int, list[Cell]] = {}
        for cell in self._cells(self.size.width):
            rows.setdefault(cell.row, []).append(cell)
        return Content("\n").join(self._line(rows.get(row, [])) for row in range(max(rows, default=0) + 1))

    def _line(self, line: list[Cell]) -> Content:
        parts: list[Content | tuple[str, str]] = []
        x = 0
        for cell in line:
            parts.append((" " * (cell.x - x), ""))
            shown = self._shown(cell.at)
            parts.append(shown)
            x = cell.x + shown.cell_length
        return Content.assemble(*parts)

    def _shown(self, at: int) -> Content:
        value, word = self.options[at]
        if not value:
            return Content.assemble((word, "$dim"))
        marked, here = value in self.picked, self.has_focus and at == self.at
        style = f"{'bold ' if marked else ''}{'$accent' if here else '$ink'}{' underline' if here else ''}"
        return Content.assemble(
            (f"{self._keys.get(at, ' ')} ", "$dim"),
            (f"{MARKED if marked else LEFT} ", "$accent" if marked else "$dim"),
            (word, style),
            (WEIGHT.get(self.weights.get(value, 0), " " * self._weighs), "bold $accent"),
        )

    def toggle(self, at: int) -> None:
        """Mark a word, or take its mark back; past the most that may be marked, the first mark goes."""
        value = self.options[at][0]
        if value in self.picked:
            self.picked = tuple(one for one in self.picked if one != value)
            self.weights = {one: weight for one, weight in self.weights.items() if one != value}
        else:
            self.picked = (*self.picked, value)[-(self.most or len(self.options)) :]
        self.post_message(self.Changed(self))

    def go(self, across: int, down: int) -> None:
        if down:
            self._move_row(down)
        elif self._words:
            self.at = self._words[(self._words.index(self.at) + across) % len(self._words)]

    def _move_row(self, by: int) -> None:
        """Go to the nearest word of the line above or below; at the edge nothing moves."""
        found = [cell for cell in self._cells(self.size.width) if self.options[cell.at][0]]
        here = next((cell for cell in found if cell.at == self.at), None)
        if here is None:
            return
        rows = sorted(
            {cell.row for cell in found if (cell.row - here.row) * by > 0}, key=lambda row: abs(row - here.row)
        )
        if rows:
            line = [cell for cell in found if cell.row == rows[0]]
            self.at = min(line, key=lambda cell: abs(cell.x - here.x)).at

    def action_mark_sign(self) -> None:
        if self._words:
            self.toggle(self.at)

    def weigh(self, step: int) -> None:
        """Say that a word weighs much or little; the other sign takes that back, and one not marked is marked."""
        if not self._weighs or not self._words:
            return
        value = self.options[self.at][0]
        if value not in self.picked:
            self.picked = (*self.picked, value)
        wanted = MUCH if step > 0 else LITTLE
        others = {one: weight for one, weight in self.weights.items() if one != value}
        self.weights = others if self.weights.get(value, wanted) != wanted else {**others, value: wanted}
        self.post_message(self.Changed(self))

    def action_words_done(self) -> None:
        self.post_message(self.Done(self))

    def on_key(self, event: events.Key) -> None:
        at = next((at for at, key in self._keys.items() if key == event.character), None)
        if at is not None:
            event.stop()
            self.at = at
            self.toggle(at)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for cell in self._cells(self.size.width):
            if cell.row == offset.y and cell.x <= offset.x < cell.x + self._width(cell.at) and self.options[cell.at][0]:
                self.at = cell.at
                self.toggle(cell.at)
                return
