"""Somebody new in a city: from an empty vault to a next step that is kept, with places, an online circle and wishes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from textual.pilot import Pilot

from builders.console import Console, console
from builders.doors import steady_journal
from builders.screens import context_in, kinship_app, painted, running, settle
from kinship.journal.model import AlterKind, Status
from kinship.reflect.book import load_book
from kinship.tui import navigation as go
from kinship.tui.mapping import SECTORS

HARD = re.compile(
    r"\b(isolat\w*|lonel\w*|alone|nobody loves|friendless|outsider|empty circle|no friends)\b", re.IGNORECASE
)
MINUTES, SECONDS_A_KEY, SECONDS_A_STEP = 8, 1, 15
DOTTED = "0.1 3.4"
NOTHING_YET = "nobody is on it yet"


class Way:
    """The screens on the way, and how many keys and steps it took."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.seen: list[str] = []
        self.keys = self.steps = 0

    async def look(self) -> str:
        await settle(self.pilot)
        self.seen.append(painted(self.pilot.app))
        self.steps += 1
        return self.seen[-1]

    async def go(self, request: go.Navigation) -> str:
        self.pilot.app.screen.post_message(request)
        return await self.look()

    async def keys_(self, *told: str) -> str:
        for one in told:
            letters = [one] if one in KEYS else ["space" if letter == " " else letter for letter in one]
            self.keys += len(letters)
            await self.pilot.press(*letters)
            await self.pilot.pause()
        return await self.look()


KEYS = frozenset({"enter", "escape", "ctrl+j", "f3", "tab"})


async def test_from_an_empty_vault_to_a_next_step_in_eight_minutes_and_no_hard_word(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    journal = steady_journal(context)
    app = kinship_app(context, journal=journal)
    async with running(app, (100, 40)) as pilot:
        way = Way(pilot)
        await way.look()
        await way.go(go.CircleRequested())
        journal.remember("mapping", next(one.id for one in SECTORS if one.value == "online"))
        await way.go(go.MappingRequested())
        await way.keys_("the guild", "enter")
        await way.keys_("escape")
        await way.go(go.SessionRequested("bel-map"))
        seen = await way.keys_("6", "enter")
        assert "Which groups, places or circles" in seen
        await way.keys_("the choir", "enter")
        await way.keys_("ctrl+j")
        seen = way.seen[-1]
        for _ in range(12):
            if "choose one small next step" in seen:
                break
            seen = await way.keys_("f3")
        assert "choose one small next step" in seen
        seen = await way.keys_("1", "ctrl+j")
        for _ in range(4):
            if "f3" not in seen.casefold():
                break
            seen = await way.keys_("f3")
        await way.keys_("escape")
        await way.go(go.CircleRequested())
        assert way.keys * SECONDS_A_KEY + way.steps * SECONDS_A_STEP < MINUTES * 60
        for screen in way.seen:
            assert HARD.search(screen) is None, screen
    assert [one.text for one in journal.intentions] == ["send a few words"]
    kinds = {one.name: one.kind for one in journal.alters.all()}
    assert kinds == {"the guild": AlterKind.ONLINE, "the choir": AlterKind.GROUP}
    app.close_journal()


def test_a_hard_word_would_be_noticed() -> None:
    assert HARD.search("You are rather isolated.")


def test_no_step_of_a_session_and_no_prompt_says_it() -> None:
    book = load_book()
    told = [*(f"{one.text} {one.hint}" for one in book.steps.values()), *(one.text for one in book.pack.daily)]
    assert [one for one in told if re.search(r"isolat|friendless", one, re.IGNORECASE)] == []


# On the map.


@pytest.fixture
def arrived(tmp_path: Path) -> Console:
    """Give somebody with a place, an online circle, and two wishes."""
    machine = console(tmp_path)
    machine.fine("people", "add", "the reading room", "--kind", "place", "--ring", "outer")
    machine.fine("people", "add", "the guild", "--kind", "online", "--ring", "middle")
    machine.fine("people", "add", "the choir", "--kind", "group", "--ring", "outer", "--status", "wished")
    machine.fine("people", "add", "Noor", "--ring", "middle", "--status", "wished")
    return machine


def dotted(svg: str) -> int:
    return sum(one.get("stroke-dasharray") == DOTTED for one in ET.fromstring(svg).iter())


def test_places_and_online_circles_are_nodes(arrived: Console) -> None:
    nodes = arrived.fine("map", "--json", "--names", "full").json["nodes"]
    kinds = {one["name"]: (one["kind"], one["counted"]) for one in nodes}
    assert kinds["the reading room"] == ("place", False)
    assert kinds["the guild"] == ("online", True)
    assert "the guild" in arrived.fine("map", terminal=True).out


def test_what_is_wished_for_is_dotted(arrived: Console) -> None:
    wished = dotted(arrived.fine("map", "--format", "svg").out)
    for name in ("the choir", "Noor"):
        arrived.fine("people", "status", name, "active")
    assert wished >= 2
    assert dotted(arrived.fine("map", "--format", "svg").out) == 0


def test_what_is_wished_for_has_a_sign_and_a_word_and_counts_for_nobody(arrived: Console) -> None:
    assert arrived.fine("map", terminal=True).out.count("◌") == 3
    words = arrived.fine("map", "--plain", terminal=True).out
    assert words.count(f"({Status.WISHED.value} for)") == 2
    assert arrived.fine("measures", "--json").json["size"] == 1


def test_the_words_of_a_small_map_are_kind(arrived: Console, tmp_path: Path) -> None:
    empty = console(tmp_path / "empty")
    for machine in (arrived, empty):
        for words in (["map", "--plain"], ["map"], ["without", "Noor"], ["people"]):
            told = machine.run(*words, terminal=True)
            assert HARD.search(told.out + told.err) is None, words
    assert NOTHING_YET in empty.fine("map", "--plain").out
