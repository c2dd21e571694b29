"""The line of keys at the foot of a screen: at most six, so that 80 columns hold them."""

from __future__ import annotations

from textual.widgets import Footer

MOST = 6


class KeyLine(Footer):
    """The keys that work here; each can be clicked."""

    DEFAULT_CSS = """
    KeyLine { margin: 0 1; height: 1; background: $paper; }
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
