"""Privacy is read on a screen of its own, from the palette, with the journal open or locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.computers import AROUND, Computer
from builders.doors import locked_vault, steady_journal
from builders.screens import (
    NORMAL,
    SMALL,
    WIDE,
    context_in,
    hold,
    kinship_app,
    painted,
    running,
    settle,
    staged,
    wait_for,
)
from kinship.ground.places import Places
from kinship.privacy.standing import NOT_PROTECTED, PROTECTED
from kinship.tui import navigation as go
from kinship.tui.screens.privacy import NOT_SEEN, PrivacyScreen


def screen_on(tmp_path: Path, computer: Computer) -> PrivacyScreen:
    places = Places(config=AROUND.config, data=AROUND.vault.parent, state=AROUND.state)
    return PrivacyScreen(context_in(tmp_path, places=places), AROUND.vault, computer)


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_three_parts_are_read_one_after_the_other(tmp_path: Path, size: tuple[int, int]) -> None:
    computer = Computer(user=0)
    async with staged(screen_on(tmp_path, computer), size=size) as (stage, pilot):
        hold(stage, "privacy")
        await pilot.press("n", "n")
        assert painted(stage).splitlines()[1].strip() == "How this computer stands"
        hold(stage, "privacy-machine")
        await pilot.press("G")
        assert "the lock" in painted(stage)
        await pilot.press("n")
        assert painted(stage).splitlines()[1].strip() == "What is protected"


async def test_everything_that_is_said_stands_on_the_page(tmp_path: Path) -> None:
    async with staged(screen_on(tmp_path, Computer()), size=(140, 200)) as (stage, _):
        told = painted(stage)
        assert all(sentence.split(".")[0][:60] in told for sentence in (*PROTECTED, *NOT_PROTECTED))
        assert all(state in told for state in ("cannot know", "fine"))
        assert "look at this" not in told


async def test_keys_scroll_and_step_back(tmp_path: Path) -> None:
    async with staged(screen_on(tmp_path, Computer())) as (stage, pilot):
        first = painted(stage)
        await pilot.press("space")
        assert painted(stage) != first
        await pilot.press("pageup")
        assert painted(stage) == first
        await pilot.press("j", "k", "G", "g")
        assert painted(stage) == first
        await pilot.press("escape")
        assert [type(one) for one in stage.asked] == [go.BackRequested]


async def test_a_look_that_fails_says_so_and_the_rest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise ValueError("words that must not show")

    monkeypatch.setattr("kinship.tui.screens.privacy.look_around", failing)
    async with staged(screen_on(tmp_path, Computer()), size=(140, 80)) as (stage, _):
        assert NOT_SEEN.format(kind="ValueError") in painted(stage)
        assert "must not show" not in painted(stage)
        assert "What is protected" in painted(stage)


async def test_a_hostile_environment_gives_no_orders(tmp_path: Path) -> None:
    computer = Computer(environment={"HOME": "/home/ana", "TERM": "x\x1b[2J[bold]y"})
    async with staged(screen_on(tmp_path, computer), size=(140, 200)) as (stage, _):
        assert "x�[2J[bold]y" in painted(stage)


@pytest.mark.parametrize("locked", [True, False])
async def test_the_palette_opens_it_with_the_journal_open_or_locked(tmp_path: Path, *, locked: bool) -> None:
    context = context_in(tmp_path)
    if locked:
        locked_vault(context)
    app = kinship_app(context, journal=None if locked else steady_journal(context))
    async with running(app) as pilot:
        under = type(app.screen)
        await pilot.press("ctrl+p", *"privacy")
        await wait_for(pilot, "What is protected, what is not")
        await pilot.press("enter")
        await wait_for(pilot, "Everything you write is encrypted")
        await settle(pilot)
        assert isinstance(app.screen, PrivacyScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert type(app.screen) is under
    app.close_journal()
