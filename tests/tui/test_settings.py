"""The settings on one screen: changed by a key, lived by at once, and kept where they belong."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Input, OptionList, Static

from builders.doors import steady_journal
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle
from kinship.ground.settings import Settings, fields, read_settings
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.navigation import SettingsRequested
from kinship.tui.screens.settings import FILE, IN_DEMO, LABELS, VAULT, SettingsScreen


def point(app: KinshipApp, id_: str) -> None:
    rows = app.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(id_)


async def test_settings_are_changed_kept_and_lived_by_at_once(context: Context) -> None:
    journal = steady_journal(context)
    app = kinship_app(context, journal=journal)
    file = context.places.settings_file
    async with running(app) as pilot:
        assert str(app.animation_level) == "none"
        app.screen.post_message(SettingsRequested())
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("enter", "right", "enter")
        await settle(pilot)
        assert read_settings(file).theme == app.theme == "ansi"
        assert "(" not in str(app.screen.query_one("#told", Static).content)
        point(app, f"{FILE}motion")
        await pilot.press("enter", "left", "enter")
        await settle(pilot)
        assert read_settings(file).motion
        assert app.animation_level == "full"
        point(app, f"{FILE}lock_after")
        await pilot.press("enter", *"z", "enter")
        await settle(pilot)
        assert "a number from 0 to 1440" in painted(app)
        app.screen.query_one(Input).value = "12"
        await pilot.press("enter")
        await settle(pilot)
        assert read_settings(file).lock_after == 12
        point(app, f"{FILE}keys")
        await pilot.press("enter")
        app.screen.query_one(Input).value = "veil f9"
        await pilot.press("enter")
        await settle(pilot)
        assert read_settings(file).keys == {"veil": "f9"}
        point(app, f"{VAULT}own_name")
        await pilot.press("enter")
        app.screen.query_one(Input).value = "Robin"
        await pilot.press("enter")
        await settle(pilot)
        assert journal.choices.own_name == "Robin"
        assert "Robin" not in file.read_text()
        point(app, f"{FILE}theme")
        await pilot.press("r")
        await settle(pilot)
        assert read_settings(file) == Settings(motion=True, lock_after=12, keys={"veil": "f9"})
        await pilot.press("f9")
        assert app.veiled
    app.close_journal()


async def test_the_demo_changes_no_file_of_ones_own(context: Context) -> None:
    app = kinship_app(replace(context, demo=True), journal=steady_journal(context))
    async with running(app) as pilot:
        app.screen.post_message(SettingsRequested())
        await settle(pilot)
        await pilot.press("enter", "right", "enter")
        await settle(pilot)
        assert app.theme == "ansi"
        assert IN_DEMO[:60] in painted(app)
        assert not context.places.settings_file.exists()
    app.close_journal()


def test_every_setting_has_a_row() -> None:
    assert set(LABELS) == set(fields())


async def test_it_looks_as_it_should(context: Context) -> None:
    app = kinship_app(context, journal=steady_journal(context))
    async with running(app, SMALL) as pilot:
        app.screen.post_message(SettingsRequested())
        for size in (SMALL, NORMAL, WIDE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            hold(app, "settings")
    app.close_journal()
