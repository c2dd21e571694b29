"""The lock screen and this computer's keyring: a key press opens, a passphrase does too, a lock asks for it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from builders.doors import locked_vault
from builders.keys import Memory
from builders.screens import NORMAL, SMALL, hold, kinship_app, painted, running, settle
from builders.vaults import PASSPHRASE
from kinship.ground.errors import Refused
from kinship.tui.again import Locked
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.screens.shut import ShutScreen
from kinship.tui.screens.today import TodayScreen
from kinship.tui.screens.unlock import UnlockScreen
from kinship.vault import keyring_slot, open_vault
from kinship.vault.roots import root_by_passphrase
from kinship.vault.unlocks import add_device


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Memory:
    store = Memory()
    monkeypatch.setattr(keyring_slot, "system_keyring", lambda: store)
    return store


@pytest.fixture
def path(context: Context, store: Memory) -> Path:
    """Return a vault that this computer's keyring opens."""
    path, _ = locked_vault(context)
    root = root_by_passphrase(path, PASSPHRASE, state=context.places.state)
    with open_vault(path, root.key(), state=context.places.state, clock=context.clock) as vault:
        add_device(vault, root, store)
    return path


def flowing(app: KinshipApp) -> str:
    return " ".join(painted(app).split())


async def test_enter_opens_with_the_keyring_and_says_so_before(context: Context, path: Path) -> None:
    app = kinship_app(context, path)
    async with running(app) as pilot:
        assert "enter opens it by this computer's keyring, or type the passphrase" in flowing(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_nothing_opens_without_a_key_press(context: Context, path: Path) -> None:
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert app.journal is None


async def test_the_passphrase_opens_all_the_same(context: Context, path: Path, store: Memory) -> None:
    store.kept.clear()
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert "keyring did not open it. Type the passphrase." in flowing(app)
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_a_computer_without_a_keyring_says_so(
    context: Context, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Memory:
        raise Refused("This computer has no keyring that keeps secrets encrypted.", "Use a passphrase.")

    monkeypatch.setattr(keyring_slot, "system_keyring", none)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert "no keyring that keeps secrets encrypted" in flowing(app)
        assert isinstance(app.screen, UnlockScreen)


@pytest.mark.parametrize("chosen", [False, True])
async def test_after_a_lock_the_passphrase_is_asked_for_unless_the_settings_say_else(
    context: Context, path: Path, chosen: bool
) -> None:
    settings = msgspec.structs.replace(context.settings, keyring_after_lock=chosen)
    app = kinship_app(replace(context, settings=settings, locked=Locked()), path)
    async with running(app) as pilot:
        assert ("keyring" in flowing(app)) is chosen
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen if chosen else UnlockScreen)
    app.close_journal()


async def test_a_lock_over_unsaved_words_never_opens_by_the_keyring(context: Context, path: Path) -> None:
    settings = msgspec.structs.replace(context.settings, keyring_after_lock=True)
    app = kinship_app(replace(context, settings=settings), path)
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert app.journal is not None
        app.push_screen(ShutScreen(app.context, app.journal, "The disk is full."))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ShutScreen)
    app.close_journal()


async def test_a_vault_without_a_slot_of_this_computer_does_not_speak_of_keyrings(
    context: Context, store: Memory
) -> None:
    path, _ = locked_vault(context)
    app = kinship_app(context, path)
    async with running(app) as pilot:
        assert "keyring" not in flowing(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert store.kept == {}


async def test_the_lock_with_a_keyring_looks_as_it_should(context: Context, path: Path) -> None:
    for size in (SMALL, NORMAL):
        async with running(kinship_app(context, path), size) as pilot:
            hold(pilot.app, "unlock-keyring")
