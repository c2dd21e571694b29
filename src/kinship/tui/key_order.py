"""Keys in order: what is typed while a screen is still coming waits for it, so that no letter falls beside the page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

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


class OnItsWay(NamedTuple):
    """A key that was handed on: where it began, and the screen that was there then."""

    start: DOMNode
    screen: Screen[Any]


class KeysInOrder(App[int]):
    """An App that hands on one key after the other.

    Textual gives a key to whatever has the focus when it arrives. A key that opens a screen (or moves the focus) takes
    a moment; letters typed in that moment would be commands of the old screen. Here they wait, and so does all that is
    typed or pasted behind them. A letter typed into a field holds nothing up: nothing it does can move the focus.
    """

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._waiting: deque[events.Key | events.Paste] = deque()
        """What was typed behind a key on its way, in order; the first stays here until it is handed on."""
        self._key: OnItsWay | None = None
        self._longest: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._key is not None or self._waiting:
            self._waiting.append(event)
        else:
            await self._hand_on(event)

    async def _hand_on(self, typed: events.Key | events.Paste) -> None:
        if self._holds_nothing_up(typed):
            await super().on_event(typed)
            return
        key = self._key = OnItsWay(self.focused or self.screen, self.screen)
        self._longest = self.set_timer(LONGEST_WAIT, partial(self._arrived, key))
        await super().on_event(typed)
        self._go_behind(key, ROUNDS)

    def _holds_nothing_up(self, typed: events.Key | events.Paste) -> bool:
        if isinstance(typed, events.Paste):
            return True
        field = self.focused if typed.is_printable else None
        return field is not None and field.check_consume_key(typed.key, typed.character)

    def _go_behind(self, key: OnItsWay, rounds: int) -> None:
        if rounds:
            self._climb(key.start, partial(self._go_behind, key, rounds - 1))
        elif self.screen is not key.screen:
            self.screen.call_after_refresh(self._arrived, key)
        else:
            self._arrived(key)

    def _climb(self, node: MessagePump | None, then: Callable[[], None]) -> None:
        """Call `then` once everything that `node` and those above it had to do so far is done."""
        if node is None or node is self:
            self.call_later(then)
        elif not node.call_later(self._climb, node._parent, then):  # noqa: SLF001 - the way bubbling goes
            self._climb(node._parent, then)  # noqa: SLF001 - the way bubbling goes

    def _arrived(self, key: OnItsWay) -> None:
        """The key has done what it does; hand on the next. One that was given up on may still come: let it."""
        if key is not self._key:
            return
        if self._longest is not None:
            self._longest.stop()
            self._longest = None
        self._key = None
        self.call_later(self._hand_on_waiting)

    async def _hand_on_waiting(self) -> None:
        while self._waiting and self._key is None:
            await self._hand_on(self._waiting[0])
            self._waiting.popleft()
