"""Lines of one's own to be put on a list: a digit or enter takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kinship.privacy.text import clean_line


class StarredLines(OptionList):
    """Numbered lines; one that was taken goes from here."""

    DEFAULT_CSS = """
    StarredLines { height: auto; max-height: 6; background: $paper; border: none; padding: 0; }
    StarredLines { scrollbar-size-vertical: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    StarredLines:focus { border: none; background-tint: $paper 0%; }
    StarredLines > .option-list--option-highlighted { background: $paper; color: $ink; text-style: none; }
    StarredLines:focus > .option-list--option-highlighted { background: $raised; color: $ink; text-style: none; }
    StarredLines:focus:ansi > .option-list--option-highlighted { text-style: bold underline; }
    """

    @dataclass
    class Taken(Message):
        """A line is to go on the list."""

        line: str

    def __init__(self, lines: Iterable[str] = ()) -> None:
        super().__init__(markup=False, compact=True)
        self._starred = [clean_line(line) for line in lines]

    def on_mount(self) -> None:
        self._fill()

    def offer(self, lines: Iterable[str]) -> None:
        """Show other lines."""
        self._starred = [clean_line(line) for line in lines]
        self._fill()

    def on_focus(self) -> None:
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def _fill(self) -> None:
        rows = enumerate(self._starred, start=1)
        self.set_options([Option(Content.assemble((f"{number} ", "$dim"), line)) for number, line in rows])

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character in "123456789":
            event.stop()
            self._take(int(event.character) - 1)

    @on(OptionList.OptionSelected)
    def take_line(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_index)

    def _take(self, at: int) -> None:
        if at < len(self._starred):
            line = self._starred.pop(at)
            self._fill()
            self.post_message(self.Taken(line))
