"""j, k, g and G in every list and in whatever scrolls, where the focused part has no other use for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from textual.widget import Widget

MOVES = {
    "list_down": ("cursor_down", "scroll_down"),
    "list_up": ("cursor_up", "scroll_up"),
    "list_first": ("first", "scroll_home"),
    "list_last": ("last", "scroll_end"),
}
"""What a list calls the move, and what a part that only scrolls does instead."""


class MovesInLists(App[int]):
    """An App whose lists obey the letters that editors taught to many hands."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in MOVES:
            return self._way(action) is not None
        return super().check_action(action, parameters)

    def _way(self, move: str) -> str | None:
        """Return the focused part's own action for a move, None where it has none."""
        part: Widget | None = self.focused
        if part is None or part.check_consume_key("j", "j"):
            return None
        in_list, scrolling = MOVES[move]
        if hasattr(part, f"action_{in_list}"):
            return in_list
        return scrolling if part.allow_vertical_scroll else None

    def _move(self, move: str) -> None:
        way = self._way(move)
        if way is not None and self.focused is not None:
            getattr(self.focused, f"action_{way}")()

    def action_list_down(self) -> None:
        self._move("list_down")

    def action_list_up(self) -> None:
        self._move("list_up")

    def action_list_first(self) -> None:
        self._move("list_first")

    def action_list_last(self) -> None:
        self._move("list_last")
