"""The lock screen and a keyfile: the environment names it or the person does, and its absence is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from builders.doors import FLOOR, locked_vault
from builders.screens import NORMAL, SMALL, hold, kinship_app, painted, running, settle
from builders.sweep import sweep
from builders.vaults import PASSPHRASE
from kinship.ground.errors import Misused, WrongPassphrase
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.opening import open_journal
from kinship.tui.screens.today import TodayScreen
from kinship.tui.screens.unlock import UnlockScreen
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.word_button import WordButton
from kinship.vault import open_vault
from kinship.vault.keyfile import fresh_keyfile
from kinship.vault.place import KEYFILE_VARIABLE
from kinship.vault.roots import root_by_passphrase
from kinship.vault.unlocks import add_passphrase, remove_unlock


def flowing(app: KinshipApp) -> str:
    """Return what is painted, without the breaks of lines."""
    return " ".join(painted(app).split())


@pytest.fixture
def guarded(context: Context, tmp_path: Path) -> tuple[Path, Path]:
    """Return a vault that opens only with a keyfile, and that file."""
    path, _ = locked_vault(context)
    file = tmp_path / "stick.key"
    file.write_bytes(fresh_keyfile())
    root = root_by_passphrase(path, PASSPHRASE, state=context.places.state)
    with open_vault(path, root.key(), state=context.places.state, clock=context.clock) as vault:
        add_passphrase(vault, root, PASSPHRASE, keyfile=file.read_bytes(), cost=FLOOR)
        remove_unlock(vault, root.slot or "")
    return path, file


def test_the_keyfile_that_the_environment_names_is_used(context: Context, guarded: tuple[Path, Path]) -> None:
    path, file = guarded
    with_file = replace(context, environment={KEYFILE_VARIABLE: str(file)})
    open_journal(path, PASSPHRASE, with_file).vault.close()
    with pytest.raises(WrongPassphrase):
        open_journal(path, "not this one", with_file)


def test_without_it_the_screen_says_what_is_missing(context: Context, guarded: tuple[Path, Path]) -> None:
    path, file = guarded
    with pytest.raises(WrongPassphrase, match="wants its keyfile"):
        open_journal(path, PASSPHRASE, replace(context, environment={}))
    file.unlink()
    with pytest.raises(Misused, match="cannot be read"):
        open_journal(path, PASSPHRASE, replace(context, environment={KEYFILE_VARIABLE: str(file)}))


async def test_the_screen_asks_for_the_keyfile_and_forgets_its_path(
    context: Context, guarded: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file = guarded
    home = file.parent / "Ostrichwhistle"
    home.mkdir()
    file.rename(home / "my stick.key")
    monkeypatch.setenv("HOME", str(home.parent))
    app = kinship_app(replace(context, environment={}), path)
    async with running(app) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        assert "wants its keyfile too" in flowing(app)
        await pilot.press(*"~/Ostrichwhistle/my stick.key", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        lock = next(screen for screen in app.screen_stack if isinstance(screen, UnlockScreen))
        assert {typed.value for typed in lock.query(Input)} == {""}
    app.close_journal()
    kept = (path, context.places.state, context.places.config)
    assert sweep([folder for folder in kept if folder.exists()], {"keyfile": "Ostrichwhistle"}) == []


async def test_a_keyfile_that_is_not_there_is_said_and_nothing_has_to_be_typed_twice(
    context: Context, guarded: tuple[Path, Path]
) -> None:
    path, file = guarded
    app = kinship_app(replace(context, environment={}), path)
    async with running(app) as pilot:
        for missing in ("/nowhere/at.all", "~nobody-of-that-name/key"):
            app.screen.query_one("#keyfile", Input).value = missing
            app.screen.query_one(PassphraseField).value = PASSPHRASE
            await pilot.press("enter")
            assert f"There is no keyfile {missing}." in flowing(app)
            assert app.screen.query_one(PassphraseField).value == PASSPHRASE
        app.screen.query_one("#keyfile", Input).value = f"'{file}'"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    app.close_journal()


async def test_a_wrong_keyfile_is_told_in_one_sentence(context: Context, guarded: tuple[Path, Path]) -> None:
    path, file = guarded
    (file.parent / "empty.key").touch()
    (file.parent / "other.key").write_bytes(fresh_keyfile())
    app = kinship_app(replace(context, environment={}), path)
    async with running(app) as pilot:
        for name, told in (("empty", "keyfile"), ("other", "do not open this vault")):
            app.screen.query_one("#keyfile", Input).value = str(file.with_name(f"{name}.key"))
            app.screen.query_one(PassphraseField).value = PASSPHRASE
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, UnlockScreen)
            assert told in flowing(app)


async def test_no_keyfile_is_asked_for_where_none_is_needed(context: Context, guarded: tuple[Path, Path]) -> None:
    path, file = guarded
    named = kinship_app(replace(context, environment={KEYFILE_VARIABLE: str(file)}), path)
    async with running(named):
        assert not named.screen.query("#keyfile")
    plain, _ = locked_vault(context, path.with_name("plain.kinship"))
    app = kinship_app(replace(context, environment={}), plain)
    async with running(app):
        assert not app.screen.query("#keyfile")


async def test_the_sheet_needs_no_keyfile(context: Context, guarded: tuple[Path, Path]) -> None:
    path, _ = guarded
    app = kinship_app(replace(context, environment={}), path)
    async with running(app) as pilot:
        app.screen.query_one("#other", WordButton).action_press()
        await pilot.pause()
        assert not app.screen.query_one("#keyfile").display


async def test_the_lock_with_a_keyfile_looks_as_it_should(context: Context, guarded: tuple[Path, Path]) -> None:
    path, _ = guarded
    for size in (SMALL, NORMAL):
        async with running(kinship_app(replace(context, environment={}), path), size) as pilot:
            hold(pilot.app, "unlock-keyfile")
