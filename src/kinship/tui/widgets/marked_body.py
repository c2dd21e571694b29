"""The words of a page as they are read, with those marked that it was found by; one of them is where one is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content, Span
from textual.widgets import Static

from kinship.journal.marks import Mark, marks_in

MARKED = "bold underline $accent"
HERE = "bold reverse $accent"
"""The mark one has walked to."""


def marked(content: Content, words: Sequence[str]) -> Content:
    """Return a text with every place marked where one of the folded words stands."""
    found = marks_in(content.plain, words)
    return content.add_spans([Span(*mark, MARKED) for mark in found]) if found else content


class MarkedBody(Static):
    """A page to read; without words to mark it is only that."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, markup=False)
        self.marks: tuple[Mark, ...] = ()
        self.at = 0
        """Which of the marks one is at."""
        self._read = Content("")

    def show(self, body: Content, words: Sequence[str]) -> None:
        """Show a text; one stays at the mark of the same number where the text has one."""
        self._read, self.marks = body, marks_in(body.plain, words)
        self.at = min(self.at, max(len(self.marks) - 1, 0))
        self._paint()

    def walk(self, step: int) -> None:
        """Go on by so many marks, round and round."""
        if self.marks:
            self.at = (self.at + step) % len(self.marks)
            self._paint()

    def begin(self) -> None:
        """Be at the first mark again."""
        self.at = 0

    def row(self) -> int:
        """Return the row of this text on which the mark ends that one is at; the first where there is none."""
        if not self.marks or not self.content_size.width:
            return 0
        return Content(self._read.plain[: self.marks[self.at].end]).get_height({}, self.content_size.width) - 1

    def _paint(self) -> None:
        spans = [Span(*mark, HERE if number == self.at else MARKED) for number, mark in enumerate(self.marks)]
        self.update(self._read.add_spans(spans) if spans else self._read)
