"""The first start: whole or nothing, and left at any point."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from builders.doors import FLOOR
from builders.screens import NORMAL, SMALL, WIDE, context_in, hold, kinship_app, painted, running, settle
from kinship.ground.errors import NotSaved
from kinship.tui.context import Context
from kinship.tui.screens.first_start import ASKED_GROUPS, FirstStartScreen, folded, groups_of
from kinship.tui.screens.today import TodayScreen
from kinship.tui.widgets.word_button import WordButton
from kinship.vault import exists

GOOD = "lantern orchard pebble violin"


@pytest.fixture(autouse=True)
def no_calibration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinship.vault.opening.calibrate", lambda: FLOOR)


async def choose(pilot: Pilot[int], first: str = GOOD, second: str = GOOD) -> None:
    """Go past the welcome and type the passphrase twice."""
    await pilot.press("enter")
    await pilot.press(*first, "enter", *second, "enter")
    await settle(pilot)


def first_start(pilot: Pilot[int]) -> FirstStartScreen:
    assert isinstance(pilot.app.screen, FirstStartScreen)
    return pilot.app.screen


async def test_it_leads_to_today(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot)
        made = first_start(pilot)._made
        assert made is not None
        groups = groups_of(made.recovery)
        assert len(groups) == 10
        assert all(group in painted(app) for group in groups)
        await pilot.press(*groups[ASKED_GROUPS[0]].lower(), "enter", *groups[ASKED_GROUPS[1]], "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert exists(context.places.default_vault)
    app.close_journal()


async def test_a_group_copied_wrongly_is_named_and_nothing_is_lost(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot)
        await pilot.press(*"zzzz", "enter", "enter")
        await pilot.pause()
        assert "third group reads differently" in painted(app)
        assert first_start(pilot).step == "recovery"
    app.close_journal()


async def test_the_sheet_can_be_put_off(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot)
        app.screen.query_one("#later", WordButton).action_press()
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_leaving_before_the_passphrase_is_chosen_leaves_nothing(context: Context) -> None:
    for keys in ((), ("enter",), ("enter", *"lantern"), ("enter", *GOOD, "enter", *"lan")):
        app = kinship_app(context)
        async with running(app) as pilot:
            await pilot.press(*keys)
            await pilot.press("ctrl+q")
            await pilot.pause()
        assert not context.places.default_vault.exists()


async def test_leaving_at_the_sheet_leaves_a_whole_vault(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
    app.close_journal()
    assert exists(context.places.default_vault)


async def test_two_that_differ_make_nothing(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot, GOOD, "lantern orchard")
        assert "The two differ" in painted(app)
        assert not context.places.default_vault.exists()


async def test_too_short_a_passphrase_makes_nothing(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot, "short", "short")
        assert "eight characters" in painted(app)
        assert not context.places.default_vault.exists()


async def test_the_strength_is_said_while_typing(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await pilot.press("enter", *"short")
        assert "too short" in painted(app)
        await pilot.press(*"er than not")
        assert "weak" in painted(app)


async def test_esc_steps_back_and_forgets_what_was_typed(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await pilot.press("enter", *GOOD, "escape")
        await pilot.pause()
        assert first_start(pilot).step == "welcome"
        assert app.screen.query_one("#first", Input).value == ""


async def test_a_refused_disk_says_so_and_stays(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_told: object, **_more: object) -> None:
        raise NotSaved("The vault could not be made: no space left.")

    monkeypatch.setattr("kinship.vault.create_vault", refused)
    app = kinship_app(context)
    async with running(app) as pilot:
        await choose(pilot)
        assert "no space left" in painted(app)
        assert first_start(pilot).step == "passphrase"


def test_look_alikes_are_the_same_in_a_group() -> None:
    assert folded(" oIl0 ") == folded("0110")


async def test_it_looks_as_it_should(tmp_path: Path) -> None:
    for size in (SMALL, NORMAL, WIDE):
        context = context_in(Path("/home/ada"))
        async with running(kinship_app(context), size) as pilot:
            hold(pilot.app, "first-start-welcome")
            await pilot.press("enter", *"lantern orchard")
            await settle(pilot)
            hold(pilot.app, "first-start-passphrase")
    assert not (tmp_path / "person").exists()


async def test_six_random_words_are_offered_and_taken_by_typing_them(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinship.vault.suggestion.suggest_passphrase", lambda: GOOD)
    app = kinship_app(context)
    async with running(app) as pilot:
        await pilot.press("f3")
        assert GOOD not in painted(app)
        await pilot.press("enter", "f3")
        await pilot.pause()
        assert GOOD in painted(app)
        await pilot.press(*GOOD, "enter", *GOOD, "enter")
        await settle(pilot)
        assert first_start(pilot).step == "recovery"
        assert GOOD not in painted(app)
    app.close_journal()


async def test_an_offer_is_gone_after_a_step_back(context: Context) -> None:
    app = kinship_app(context)
    async with running(app) as pilot:
        await pilot.press("enter", "f3")
        await pilot.pause()
        assert "F3 offers others" in painted(app)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert "F3 offers others" not in painted(app)
