"""The lock screen and a keyfile: the environment names it, and its absence is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders.doors import FLOOR, locked_vault
from builders.vaults import PASSPHRASE
from kinship.ground.errors import Misused, WrongPassphrase
from kinship.tui.context import Context
from kinship.tui.opening import open_journal
from kinship.vault import open_vault
from kinship.vault.keyfile import fresh_keyfile
from kinship.vault.place import KEYFILE_VARIABLE
from kinship.vault.roots import root_by_passphrase
from kinship.vault.unlocks import add_passphrase, remove_unlock


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
