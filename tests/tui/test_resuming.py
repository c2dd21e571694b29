"""Back to where it was locked: requests that open the screens anew, and the line that was being typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from builders.screens import staged
from kinship.journal.bookmarks import Place
from kinship.tui import navigation as go
from kinship.tui.resuming import Trail, give_line_back, line_in_hand, place_of, request_of
from kinship.tui.widgets.passphrase import PassphraseField

REQUESTS = [
    go.WriteRequested(),
    go.WriteRequested(entry="ab12"),
    go.WriteRequested(prompt=go.Question("p1", "Who was there?", "belonging")),
    go.CircleRequested(focus="cd34"),
    go.PersonRequested("cd34"),
    go.PagesRequested("rain"),
    go.PageRequested("ab12"),
    go.ExportRequested(),
    go.InboxRequested(),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: type(one).__name__)
def test_a_request_comes_back_as_it_was(request_: go.Navigation) -> None:
    place = place_of(request_)
    assert place is not None
    again = request_of(place)
    assert type(again) is type(request_)
    assert place_of(again) == place


@dataclass
class Odd(go.Navigation):
    """A request with something that is not kept."""

    day: dt.date = dt.date.min


def test_what_cannot_be_kept_is_left_out() -> None:
    assert place_of(Odd()) is None


@pytest.mark.parametrize(
    "place",
    [
        Place("NoSuchRequest"),
        Place("Message"),
        Place("BackRequested"),
        Place("PersonRequested"),
        Place("PersonRequested", {"someone": "else"}),
        Place("WriteRequested", {"prompt": {"Answer": {"id": "x"}}}),
        Place("WriteRequested", {"prompt": {}}),
        Place("sys"),
    ],
)
def test_a_place_of_another_version_is_none(place: Place) -> None:
    assert request_of(place) is None


def test_a_trail_is_as_long_as_the_stack() -> None:
    trail = Trail()
    today, circle, person, veil = (Screen[None]() for _ in range(4))
    trail.note(circle, go.CircleRequested())
    trail.note(person, go.PersonRequested("cd34"))
    trail.note(person, go.InboxRequested())
    trail.note(today, go.BackRequested())
    assert [place.name for place in trail.bookmark([today, circle, person]).places] == [
        "CircleRequested",
        "PersonRequested",
    ]
    assert [place.name for place in trail.bookmark([today, circle]).places] == ["CircleRequested"]
    assert not trail.bookmark([today, veil])


class Fields(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Input(id="name")
        yield Input()
        yield TextArea(id="note")
        yield PassphraseField(id="secret")
        yield Static("no field")


@pytest.mark.parametrize(("field", "line"), [("name", "Wobblesnipe"), ("note", "two\nlines")])
async def test_the_line_in_hand_goes_back_into_its_field(field: str, line: str) -> None:
    shown = Fields()
    async with staged(shown) as (_, pilot):
        shown.query_one(f"#{field}").focus()
        await pilot.pause()
        assert give_line_back(shown, field, line)
        assert line_in_hand(shown) == (field, line)


async def test_a_secret_is_no_line() -> None:
    shown = Fields()
    async with staged(shown) as (_, pilot):
        secret = shown.query_one("#secret", Input)
        secret.value = "hush"
        secret.focus()
        await pilot.pause()
        assert line_in_hand(shown) == ("", "")


@pytest.mark.parametrize("field", ["", "gone", "Input", "n4me; #x"])
async def test_a_field_that_is_not_there_takes_nothing(field: str) -> None:
    shown = Fields()
    async with staged(shown):
        assert not give_line_back(shown, field, "words")


async def test_a_hidden_field_takes_nothing() -> None:
    shown = Fields()
    async with staged(shown) as (_, pilot):
        shown.query_one("#name").display = False
        await pilot.pause()
        assert not give_line_back(shown, "name", "words")
