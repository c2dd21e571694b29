"""Several of many words: arrows move, space marks, a letter or digit marks at once; enter goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kinship.ground.width import cells
from kinship.tui.keymap import act

KEYS = "123456789abcdefgilmnoprstvwxyz"
"""The keys of the words, in order; h, j, k, q and u move or undo elsewhere, so they mark nothing."""
GAP = 3
MARKED, LEFT = "●", "○"


class Cell(NamedTuple):
    """Where a word stands: its index, its row and its first column."""

    at: int
    row: int
    x: int


class PickMany(Widget, can_focus=True):
    """`options` are (value, word) pairs; a pair with an empty value begins a new line with its word as a heading."""

    DEFAULT_CSS = """
    PickMany { height: auto; width: 1fr; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "word_left", "left", tooltip="To the word before", show=False),
        act("right", "word_right", "right", tooltip="To the word after", show=False),
        act("up,k", "word_up", "up", tooltip="To the line above", show=False),
        act("down,j", "word_down", "down", tooltip="To the line below", show=False),
        act("space", "mark_word", "mark", tooltip="Mark this word, or take the mark back", show=False),
        act("enter", "words_done", "go on", tooltip="Go on with what is marked", show=False),
    ]

    picked: reactive[tuple[str, ...]] = reactive(())
    """The values that are marked, in the order they were."""
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
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        self.most = most
        self._words = [at for at, (value, _) in enumerate(self.options) if value]
        self._keys = dict(zip(self._words, KEYS, strict=False))
        self.set_reactive(PickMany.picked, tuple(picked))
        self.set_reactive(PickMany.at, self._words[0] if self._words else 0)

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
            x += self._width(at) + GAP
        return found

    @property
    def _indent(self) -> int:
        headings = [cells(word) for value, word in self.options if not value]
        return max(headings) + 2 if headings else 0

    def _width(self, at: int) -> int:
        return len(f"{self._keys.get(at, ' ')} {LEFT} ") + cells(self.options[at][1])

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
        )

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def toggle(self, at: int) -> None:
        """Mark a word, or take its mark back; past the most that may be marked, the first mark goes."""
        value = self.options[at][0]
        if value in self.picked:
            self.picked = tuple(one for one in self.picked if one != value)
        else:
            self.picked = (*self.picked, value)[-(self.most or len(self.options)) :]
        self.post_message(self.Changed(self))

    def _move(self, by: int) -> None:
        if self._words:
            self.at = self._words[(self._words.index(self.at) + by) % len(self._words)]

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

    def action_word_left(self) -> None:
        self._move(-1)

    def action_word_right(self) -> None:
        self._move(1)

    def action_word_up(self) -> None:
        self._move_row(-1)

    def action_word_down(self) -> None:
        self._move_row(1)

    def action_mark_word(self) -> None:
        if self._words:
            self.toggle(self.at)

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
