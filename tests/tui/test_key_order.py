"""What is typed while a screen is coming reaches that screen, letter by letter."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.message_pump import Callback
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static, TextArea

from kinship.tui.key_order import KeysInOrder


class Page(Screen[None]):
    """Takes its time to come, as a screen with late imports does."""

    def compose(self) -> ComposeResult:
        time.sleep(0.05)
        yield TextArea()


class Home(Screen[None]):
    """A screen on which every letter is a command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write"),
        Binding("m", "spoil", "spoil"),
        Binding("e", "spoil", "spoil"),
        Binding("t", "spoil", "spoil"),
    ]
    spoilt = 0

    class Wanted(Message):
        """A page is asked for."""

    def compose(self) -> ComposeResult:
        yield Static("home")
        yield OptionList("first", "second")

    def action_write(self) -> None:
        self.post_message(self.Wanted())

    def on_option_list_option_selected(self) -> None:
        self.post_message(self.Wanted())

    def action_spoil(self) -> None:
        type(self).spoilt += 1


class Desk(KeysInOrder):
    """The App under test."""

    def on_mount(self) -> None:
        Home.spoilt = 0
        self.push_screen(Home())

    def on_home_wanted(self) -> None:
        self.push_screen(Page())


class Careless(App[int]):
    """The same without keys in order."""

    on_mount = Desk.on_mount
    on_home_wanted = Desk.on_home_wanted


def letter(key: str) -> events.Key:
    """Return the event of a key."""
    return events.Key(key, key if len(key) == 1 else None)


async def typed_at_once(app: App[int], *keys: str) -> str:
    """Return what the page holds after keys that all arrived in one moment."""
    async with app.run_test() as pilot:
        await pilot.pause()
        for key in keys:
            app.post_message(letter(key))
        for _ in range(40):
            await pilot.pause()
            if isinstance(app.screen, Page) and app.screen.query_one(TextArea).text:
                break
            await asyncio.sleep(0.01)
        await pilot.pause()
        await pilot.pause()
        return app.screen.query_one(TextArea).text if isinstance(app.screen, Page) else ""


async def test_letters_behind_a_command_reach_the_page_it_opens() -> None:
    assert await typed_at_once(Desk(), "w", "m", "e", "t") == "met"
    assert Home.spoilt == 0


async def test_letters_behind_a_chosen_line_reach_the_page_it_opens() -> None:
    assert await typed_at_once(Desk(), "down", "enter", "m", "e", "t") == "met"
    assert Home.spoilt == 0


async def test_without_the_order_letters_are_taken_as_commands() -> None:
    assert await typed_at_once(Careless(), "w", "m", "e", "t") != "met"


async def test_a_key_whose_screen_never_comes_does_not_hold_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinship.tui.key_order.LONGEST_WAIT", 0.05)
    app = Desk()
    async with app.run_test() as pilot:
        monkeypatch.setattr(app, "_climb", lambda *_: None)
        await pilot.press("m", "m")
        await asyncio.sleep(0.2)
        await pilot.pause()
        assert Home.spoilt == 2


class Fields(KeysInOrder):
    """Two fields; enter goes on to the second."""

    def compose(self) -> ComposeResult:
        yield Input(id="first")
        yield Input(id="second")

    def on_input_submitted(self) -> None:
        self.query_one("#second", Input).focus()


async def test_what_follows_enter_goes_to_the_next_field() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        for key in ("a", "b", "enter", "c", "d"):
            app.post_message(letter(key))
        for _ in range(5):
            await pilot.pause()
        assert [app.query_one(one, Input).value for one in ("#first", "#second")] == ["ab", "cd"]


class Hurried(Fields):
    """Something more is typed each time the program puts something off, and arrives just before it."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = deque[events.Event]()

    def call_later(self, callback: Callback, *told: Any, **named: Any) -> bool:
        if self.typed:
            self.post_message(self.typed.popleft())
        return super().call_later(callback, *told, **named)


@pytest.mark.parametrize("later", [2, 4, 6, 8])
async def test_what_is_typed_while_others_wait_stays_behind_them(later: int) -> None:
    word = "Zephyrknuckle"
    app = Hurried()
    async with app.run_test() as pilot:
        app.post_message(letter("enter"))
        app.typed.extend([*map(letter, word[:later]), events.Paste(word[later:])])
        for _ in range(5):
            await pilot.pause()
        assert [app.query_one(one, Input).value for one in ("#first", "#second")] == ["", word]


async def test_a_key_that_was_given_up_on_lets_nothing_past_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        on_their_way: list[Callable[[], None]] = []
        monkeypatch.setattr(app, "_climb", lambda _, then: on_their_way.append(then))
        monkeypatch.setattr("kinship.tui.key_order.LONGEST_WAIT", 0.01)
        app.post_message(letter("enter"))
        while not on_their_way:
            await pilot.pause()
        monkeypatch.setattr("kinship.tui.key_order.LONGEST_WAIT", 60)
        for key in ("tab", "x"):
            app.post_message(letter(key))
        while len(on_their_way) < len(("enter", "tab")):
            await pilot.pause()
        monkeypatch.undo()
        on_their_way[0]()
        for _ in range(5):
            await pilot.pause()
        assert [one.value for one in app.query(Input)] == ["", ""], "the x went past the tab"
        on_their_way[1]()
        for _ in range(5):
            await pilot.pause()
        assert "x" in [one.value for one in app.query(Input)]
