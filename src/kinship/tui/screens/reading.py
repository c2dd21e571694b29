"""A long page to read: keys that scroll it, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested


class ReadingScreen(Screen[None]):
    """What is read stands in the `page` of the screen; nothing on it can be wrong or has to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("space,pagedown", "page(1)", "scroll", tooltip="A screen down"),
        act("escape,q", "back", "back", tooltip="One step back"),
        act("j,down", "step(1)", "down", tooltip="A line down", show=False),
        act("k,up", "step(-1)", "up", tooltip="A line up", show=False),
        act("pageup", "page(-1)", "up", tooltip="A screen up", show=False),
        act("g,home", "ends(-1)", "first", tooltip="To the beginning", show=False),
        act("G,end", "ends(1)", "last", tooltip="To the end", show=False),
    ]

    page = getters.query_one("#page", VerticalScroll)

    def on_mount(self) -> None:
        self.page.focus()

    def action_step(self, way: int) -> None:
        self.page.scroll_relative(y=way, animate=False)

    def action_page(self, way: int) -> None:
        (self.page.scroll_page_down if way > 0 else self.page.scroll_page_up)(animate=False)

    def action_ends(self, way: int) -> None:
        (self.page.scroll_end if way > 0 else self.page.scroll_home)(animate=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())
