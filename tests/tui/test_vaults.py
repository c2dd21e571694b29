"""Another vault from the lock, from the first start and from an open journal; what is not there is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.screens import context_in, kinship_app, painted, running, settle, wait_for
from builders.vaults import CHEAP, PASSPHRASE
from kinship.journal.journal import Journal
from kinship.tui import locking
from kinship.tui.context import Context
from kinship.tui.screens.first_start import FirstStartScreen
from kinship.tui.screens.unlock import UnlockScreen
from kinship.tui.screens.vaults import VaultsScreen
from kinship.tui.widgets.path_field import PathInput
from kinship.vault import create_vault
from kinship.vault.known import note_place


def made(context: Context, path: Path) -> Path:
    vault, _ = create_vault(path, PASSPHRASE, state=context.places.state, clock=context.clock, cost=CHEAP)
    vault.close()
    note_place(context.places.state, vault.key_vault, path)
    return path


def chosen_context(tmp_path: Path) -> Context:
    return context_in(tmp_path, environment={"HOME": str(tmp_path / "person")})


async def test_the_lock_of_another_vault_is_one_key_away(tmp_path: Path) -> None:
    context = chosen_context(tmp_path)
    own = made(context, context.places.default_vault)
    other = made(context, tmp_path / "person" / "second.kinship")
    app = kinship_app(context, own)
    async with running(app) as pilot:
        await pilot.press(*"half", "f4")
        await settle(pilot)
        assert isinstance(app.screen, VaultsScreen)
        assert "  ~/second.kinship" in painted(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert (app.path, app.screen.path, app.screen.field.value) == (other, other, "")
        assert "second.kinship" in painted(app)
        await pilot.press("f4")
        await settle(pilot)
        own.rename(tmp_path / "away")
        await pilot.press("enter")
        await settle(pilot)
        assert "Is its drive connected?" in painted(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)


async def test_from_the_first_start_a_vault_that_lies_elsewhere_is_opened(tmp_path: Path) -> None:
    context = chosen_context(tmp_path)
    other = made(context, tmp_path / "stick.kinship")
    app = kinship_app(context)
    async with running(app) as pilot:
        assert isinstance(app.screen, FirstStartScreen)
        await pilot.press("f4")
        await settle(pilot)
        app.screen.query_one(PathInput).value = str(tmp_path / "none")
        app.screen.query_one(PathInput).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert "No vault lies there." in painted(app)
        app.screen.query_one(PathInput).value = str(other)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert "stick.kinship" in painted(app)
        await pilot.press("escape")
        assert isinstance(app.screen, UnlockScreen)


async def test_an_open_journal_is_locked_before_another_is_gone_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = chosen_context(tmp_path)
    other = made(context, tmp_path / "other.kinship")
    vault, _ = create_vault(
        context.places.default_vault, PASSPHRASE, state=context.places.state, clock=context.clock, cost=CHEAP
    )
    gone_to: list[Path] = []
    monkeypatch.setattr(locking, "lock_anew", lambda _driver, path, _environment: gone_to.append(path))
    app = kinship_app(context, vault.path, Journal(vault, context.clock))
    async with running(app) as pilot:
        await wait_for(pilot, "Lately")
        await pilot.press("ctrl+p", *"Vaults", "enter")
        await settle(pilot)
        assert isinstance(app.screen, VaultsScreen)
        assert "is locked first" in painted(app)
        await pilot.press("enter")
        await settle(pilot)
    assert gone_to == [other]
    app.close_journal()
