"""Keys in order: what is typed while a screen is still coming waits for it, so that no letter falls beside the page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

ROUNDS = 3
"""How often the way from the focused widget up to the App is gone behind a key: for the key itself, for the message of
the widget it changed, and for what that message asks of the App."""

LONGEST_WAIT = 1.0
"""Seconds after which keys go on in any case."""


class KeysInOrder(App[int]):
    """An App that hands on one key after the other.

    Textual gives a key to whatever has the focus when it arrives. A key that opens a screen (or moves the focus) takes
    a moment; letters typed in that moment would be commands of the old screen. Here they wait. Letters typed into a
    field do not: nothing they do can move the focus.
    """

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._waiting: deque[events.Key] = deque()
        self._on_its_way = False
        self._longest: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._on_its_way:
            self._waiting.append(event)
        else:
            await self._hand_on(event)

    async def _hand_on(self, key: events.Key) -> None:
        if key.is_printable and self.focused is not None and self.focused.check_consume_key(key.key, key.character):
            await super().on_event(key)
            return
        self._on_its_way = True
        screen = self.screen
        start = self.focused or screen
        self._longest = self.set_timer(LONGEST_WAIT, self._arrived)
        await super().on_event(key)
        self._go_behind(start, screen, ROUNDS)

    def _go_behind(self, start: DOMNode, screen: Screen[Any], rounds: int) -> None:
        if rounds:
            self._climb(start, partial(self._go_behind, start, screen, rounds - 1))
        elif self.screen is not screen:
            self.screen.call_after_refresh(self._arrived)
        else:
            self._arrived()

    def _climb(self, node: MessagePump | None, then: Callable[[], None]) -> None:
        """Call `then` once everything that `node` and those above it had to do so far is done."""
        if node is None or node is self:
            self.call_later(then)
        elif not node.call_later(self._climb, node._parent, then):  # noqa: SLF001 - the way bubbling goes
            self._climb(node._parent, then)  # noqa: SLF001 - the way bubbling goes

    def _arrived(self) -> None:
        """The key has done what it does; hand on the next."""
        if self._longest is not None:
            self._longest.stop()
            self._longest = None
        self._on_its_way = False
        self.call_later(self._hand_on_waiting)

    async def _hand_on_waiting(self) -> None:
        while self._waiting and not self._on_its_way:
            await self._hand_on(self._waiting.popleft())
