"""A terminal that goes away: what is still to be painted goes nowhere, and the program notices that nobody is there."""

from __future__ import annotations

import os

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread


class OutlivingWriter(WriterThread):
    """Textual's writer, which takes what it is given also when its terminal takes nothing any more.

    Textual's own ends with the first refusal; the program then waits for ever for room to paint in.
    """

    def run(self) -> None:
        try:
            super().run()
        except (OSError, ValueError):
            while self._queue.get() is not None:
                pass


def outlive_terminals() -> None:
    """Let Textual's terminal driver write so. A private name of Textual's: a test fails if it moves."""
    vars(linux_driver)["WriterThread"] = OutlivingWriter


class Terminal:
    """The terminal that a program began on."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._was_there = os.isatty(descriptor)

    @property
    def is_gone(self) -> bool:
        """Whether there was one and is none any more; Textual reads nothing from such a one, as fast as it can."""
        return self._was_there and not os.isatty(self._descriptor)
