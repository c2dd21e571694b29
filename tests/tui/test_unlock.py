"""The lock screen: quick, alive while it works, and clear about what went wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from builders.doors import locked_vault
from builders.screens import NORMAL, SMALL, WIDE, context_in, hold, kinship_app, painted, running, settle
from builders.vaults import PASSPHRASE
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.tui.opening import open_journal
from kinship.tui.screens.help import HelpScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.screens.unlock import UnlockScreen
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.word_button import WordButton

LATE = ("networkx", "tinydb", "plotext", "cryptography", "kinship.journal", "kinship.reflect", "kinship.circle")


async def test_the_passphrase_opens_today(context: Context) -> None:
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_a_wrong_passphrase_says_so_and_may_be_typed_again(context: Context) -> None:
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*"not this one", "enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert "not the passphrase" in painted(app)
        assert app.screen.field.value == ""
        assert app.screen.field.has_focus


async def test_damage_is_not_taken_for_a_wrong_passphrase(context: Context) -> None:
    path, _ = locked_vault(context)
    for key in (path / "keys").glob("*.key"):
        key.write_bytes(b"{}")
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert "not the passphrase" not in painted(app)
        assert "damaged" in painted(app) or "cannot be read" in painted(app).replace("\n", " ")


async def test_the_recovery_sheet_opens_too(context: Context) -> None:
    path, recovery = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        app.screen.query_one("#other", WordButton).action_press()
        await pilot.pause()
        await pilot.press(*str(recovery).lower(), "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_what_is_typed_is_shown_only_when_asked_for_and_never_copied(context: Context) -> None:
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*"hidden word")
        assert "hidden" not in painted(app)
        await pilot.press("f2")
        assert "hidden word" in painted(app)
        await pilot.press("home", "shift+end", "ctrl+c", "ctrl+x")
        assert app.clipboard == ""
        assert app.screen.query_one(PassphraseField).value == "hidden word"


async def test_help_is_there_before_any_passphrase(context: Context) -> None:
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        for keys in (("f1",), ("ctrl+g",), ("tab", "enter")):
            await pilot.press(*keys)
            await pilot.pause()
            assert isinstance(app.screen, HelpScreen)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, UnlockScreen)


async def test_the_screen_is_alive_while_it_opens_and_help_is_not_taken_away(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = locked_vault(context)
    may_go_on = threading.Event()

    def slowly(*told: Any, **more: Any) -> Journal:
        may_go_on.wait(10)
        return open_journal(*told, **more)

    monkeypatch.setattr("kinship.tui.opening.open_journal", slowly)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        assert "Opening" in painted(app)
        await pilot.press("f1")
        may_go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_it_looks_as_it_should(context: Context) -> None:
    path, _ = locked_vault(context)
    for size in (SMALL, NORMAL, WIDE):
        async with running(kinship_app(context, path), size) as pilot:
            hold(pilot.app, "unlock")


async def test_forty_columns_are_enough(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app, (40, 12)) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


def test_nothing_heavy_is_imported_for_the_lock() -> None:
    asked = (
        "import sys, kinship.vault, kinship.tui.app\n"
        "import kinship.tui.screens.unlock, kinship.tui.screens.first_start\n"
        f"print([name for name in {LATE!r} if any(one == name or one.startswith(name + '.') for one in sys.modules)])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
