"""Completing `@` people and `#` tags while writing: what is being typed, what fits, and the list that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.ground.width import cells, fill, shorten

MOST_SHOWN = 7
_LONGEST_PREFIX = 40
_WIDEST_LABEL = 34
_OPENING = re.compile(r"(?:^|(?<=[^\w\\@#/&]))(?:@(?P<person>[^@#\n]*)|#(?P<tag>[\w/-]*))$")
_WORD = r"[^\W\d_](?:[\w'’-]*\w)?"
_NEW_NAME = re.compile(rf"{_WORD}(?: (?=[^a-z]){_WORD}){{0,2}}(?<!['’]s)")


class Opening(NamedTuple):
    """A mention or tag that is being typed: its sign, the column the sign stands in, and what follows it so far."""

    sign: str
    start: int
    prefix: str


class Suggestion(NamedTuple):
    """One thing that fits: the words that go behind the sign, what the list says beside them, and whose they are."""

    words: str
    note: str = ""
    alter: str | None = None
    new: bool = False
    """Whether accepting it offers a person who is not in the circle yet."""


class Suggestions(Protocol):
    """Where the list gets what fits, best first."""

    def suggest_people(self, prefix: str) -> Sequence[Suggestion]: ...

    def suggest_tags(self, prefix: str) -> Sequence[Suggestion]: ...


def opening_in(text: str) -> Opening | None:
    """Return the mention or tag that `text`, a line up to the cursor, ends in; None where it ends in none."""
    tail = text[-_LONGEST_PREFIX:]
    found = _OPENING.search(tail)
    if found is None or tail[: found.start()].count("`") % 2:
        return None
    sign = tail[found.start()]
    prefix = found["person"] if sign == "@" else found["tag"]
    if prefix[:1].isspace():
        return None
    return Opening(sign, len(text) - len(tail) + found.start(), prefix)


def newcomer_in(prefix: str) -> str | None:
    """Return the name in `prefix` that could be somebody new: one word, or more where each begins with a capital."""
    return prefix if _NEW_NAME.fullmatch(prefix) else None


class CompletionList(OptionList, can_focus=False):
    """The list beside the cursor; the editor keeps the focus and moves in it."""

    def __init__(self) -> None:
        super().__init__(id="completion")
        self.opening: Opening | None = None
        self.suggestions: Sequence[Suggestion] = ()
        self.moved = False
        """Whether the person chose within the list, so that enter is meant for it."""

    def show(self, opening: Opening, suggestions: Sequence[Suggestion], cursor: Offset) -> None:
        """Open the list under the sign, which stands `opening.prefix` before the `cursor` on the screen."""
        self.opening, self.suggestions, self.moved = opening, suggestions[:MOST_SHOWN], False
        labels = [_label(suggestion) for suggestion in self.suggestions]
        width = max(cells(label) + cells(suggestion.note) + 3 for label, suggestion in self._beside(labels))
        self.styles.width = width + 2
        self.set_options([Option(_line(label, one.note, width)) for label, one in self._beside(labels)])
        self.highlighted = 0
        self.absolute_offset = Offset(max(0, cursor.x - cells(opening.prefix) - 2), cursor.y + 1)
        self._open(display=True)

    def close(self) -> None:
        self.opening = None
        self._open(display=False)

    def _open(self, *, display: bool) -> None:
        if self.display is not display:
            self.display = display
            self.refresh_bindings()

    def chosen(self) -> Suggestion:
        """Return the suggestion under the mark."""
        return self.suggestions[self.highlighted or 0]

    def move(self, down: int) -> None:
        """Move the mark by `down` lines, around the end."""
        self.moved = True
        self.highlighted = ((self.highlighted or 0) + down) % max(1, self.option_count)

    @property
    def takes_enter(self) -> bool:
        """Whether enter means the list: something was chosen in it, or a known name is half typed."""
        if self.opening is None:
            return False
        if self.moved:
            return True
        one, prefix = self.chosen(), self.opening.prefix
        half_typed = bool(prefix) and " " not in prefix and one.words.casefold() != prefix.casefold()
        return self.opening.sign == "@" and half_typed and not one.new

    def _beside(self, labels: Sequence[str]) -> list[tuple[str, Suggestion]]:
        return list(zip(labels, self.suggestions, strict=True))


def _label(suggestion: Suggestion) -> str:
    words = shorten(suggestion.words, _WIDEST_LABEL)
    return f"+ new: @{words}" if suggestion.new else words


def _line(label: str, note: str, width: int) -> Content:
    if not note:
        return Content(label)
    return Content.assemble(fill(label, width - cells(note)), (note, "italic"))
