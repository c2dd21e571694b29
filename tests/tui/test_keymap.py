"""Keys have ids, own keys work, and what cannot work is said in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, OptionList

from builders.journals import new_journal
from builders.screens import context_in, kinship_app, painted, running, settle, wait_for
from kinship.ground.settings import Settings
from kinship.tui.app import KinshipApp
from kinship.tui.key_card import key_card
from kinship.tui.keymap import act, bindings_of, faults_of
from kinship.tui.navigation import ChoicesRequested
from kinship.tui.screens.every import every_screen
from kinship.tui.screens.veil import VeilScreen

ALL: tuple[type, ...] = (KinshipApp, *every_screen())
OURS = bindings_of(ALL)
SOME = {"Here": (act("w", "write", "write"), act("p", "pages", "pages"))}


def test_an_act_is_named_after_its_action() -> None:
    assert act("p", "turn_to('people')", "people").id == "turn_to"
    assert act("f1", "app.help", "help").id == "help"


@pytest.mark.parametrize("owner", OURS)
def test_every_act_says_what_it_does(owner: str) -> None:
    assert all(one.description or one.tooltip for one in OURS[owner])


def test_every_binding_of_ours_has_an_id() -> None:
    without = [
        (owner.__name__, binding)
        for owner in ALL
        for binding in owner.__dict__.get("BINDINGS", ())
        if not (isinstance(binding, Binding) and (binding.id or binding.system))
    ]
    assert without == []


@pytest.mark.parametrize("owner", OURS)
def test_no_screen_asks_for_a_key_twice(owner: str) -> None:
    keys = [key for one in OURS[owner] for key in one.key.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("owner", OURS)
def test_keys_that_terminals_take_are_never_the_only_way(owner: str) -> None:
    taken = {"ctrl+s", "ctrl+j", "ctrl+b", "ctrl+a", "ctrl+enter", "alt+enter"}
    assert [one.id for one in OURS[owner] if set(one.key.split(",")) <= taken] == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"wriet": "x"}, "No act is called 'wriet'. Did you mean write?"),
        ({"write": "ctrl+"}, "is no key"),
        ({"write": "boing boing"}, "is no key"),
        ({"write": "wumm+x"}, "is no key"),
        ({"write": "ctrl+c"}, "it copies"),
        ({"write": "p"}, "asked for by write and pages"),
    ],
)
def test_a_key_that_cannot_be_is_said_in_a_sentence(keys: dict[str, str], said: str) -> None:
    assert said in faults_of(keys, SOME)[next(iter(keys))]


def test_two_acts_may_change_places() -> None:
    assert faults_of({"write": "p", "pages": "w"}, SOME) == {}


async def test_an_own_key_works_and_a_wrong_one_is_one_toast(tmp_path: Path) -> None:
    context = context_in(tmp_path, settings=Settings(keys={"veil": "f9", "nonsense": "x"}))
    app = kinship_app(context, journal=new_journal(tmp_path))
    async with running(app) as pilot:
        assert "nonsense" in painted(app)
        await pilot.press("f9")
        assert isinstance(app.screen, VeilScreen)


def test_the_card_of_keys_is_current() -> None:
    card = Path(__file__).resolve().parent.parent.parent / "docs" / "keys.md"
    if os.environ.get("GOLDEN") == "write":
        card.write_text(key_card(), encoding="utf-8")
    assert key_card() == card.read_text(encoding="utf-8"), "docs/keys.md is old: kinship settings keys > docs/keys.md"
    assert "| `ctrl+p` `ctrl+o` | Go anywhere by name | command_palette |" in key_card()


async def test_letters_move_in_a_list_and_are_letters_in_a_line(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    app = kinship_app(context, journal=new_journal(tmp_path))
    async with running(app) as pilot:
        app.screen.post_message(ChoicesRequested())
        await settle(pilot)
        rows = app.screen.query_one(OptionList)
        for key, at in (("j", 1), ("j", 2), ("k", 1), ("G", rows.option_count - 1), ("g", 0)):
            await pilot.press(key)
            assert rows.highlighted == at
        await pilot.press("enter", "j", "g")
        assert app.screen.query_one(Input).value == "jg"


async def test_the_palette_goes_to_settings_and_to_guided_reflections(tmp_path: Path) -> None:
    app = kinship_app(context_in(tmp_path), journal=new_journal(tmp_path))
    async with running(app) as pilot:
        await pilot.press("ctrl+p", *"settings")
        await wait_for(pilot, "Theme, keys, lock")
        await pilot.press("escape", "ctrl+p", *"reflect: ")
        await wait_for(pilot, "A guided reflection,")
        await wait_for(pilot, "Reflect: ")
