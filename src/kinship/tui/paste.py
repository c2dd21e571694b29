"""Pasted text stays text: an escape character inside a paste is taken out before it can be read as a key.

A terminal marks a paste by two sequences around it. Textual looks for keys between them as well, so that an escape in
the pasted text loses words and presses keys. Many terminals take such characters out themselves; not all do.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

BEGIN = "\x1b[200~"
END = "\x1b[201~"


class PasteFilter:
    """Goes between the terminal and the parser; remembers across reads whether a paste is under way."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""
        """The last characters outside a paste: a beginning may come in two reads."""
        self._held = ""
        """Characters inside a paste that may be the first part of its end."""

    def pass_on(self, data: str) -> str:
        """Return what the parser may see of `data`; the rest of a half-read end comes with the next read."""
        told = []
        while data:
            part, data = self._from_inside(data) if self._inside else self._from_outside(data)
            told.append(part)
        return "".join(told)

    def _from_outside(self, data: str) -> tuple[str, str]:
        seen = self._before + data
        at = seen.find(BEGIN)
        if at < 0:
            self._before = seen[-len(BEGIN) + 1 :]
            return data, ""
        self._inside, cut = True, at + len(BEGIN) - len(self._before)
        self._before = ""
        return data[:cut], data[cut:]

    def _from_inside(self, data: str) -> tuple[str, str]:
        data, self._held = self._held + data, ""
        at = data.find(END)
        if at >= 0:
            self._inside = False
            return data[:at].replace("\x1b", "") + END, data[at + len(END) :]
        keep = next((size for size in range(len(END) - 1, 0, -1) if data.endswith(END[:size])), 0)
        self._held = data[len(data) - keep :]
        return data[: len(data) - keep].replace("\x1b", ""), ""


class PasteSafeParser(XTermParser):
    """Textual's parser of what the terminal sends, behind the filter."""

    def __init__(self, debug: bool = False) -> None:
        self._filter = PasteFilter()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events in `data`; no data is the end, as it is for Textual."""
        passed = self._filter.pass_on(data)
        return super().feed(passed) if passed or not data else ()


def keep_pastes_whole() -> None:
    """Let Textual's terminal driver read through the filter. A private name of Textual's: a test fails if it moves."""
    from textual.drivers import linux_driver

    vars(linux_driver)["XTermParser"] = PasteSafeParser
