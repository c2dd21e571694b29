"""Keys have ids, own keys work, and what cannot work is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from builders.journals import new_journal
from builders.screens import context_in, kinship_app, painted, running
from kinship.ground.settings import Settings
from kinship.tui.app import KinshipApp
from kinship.tui.keymap import act, bindings_of, faults_of
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
