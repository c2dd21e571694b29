"""A vault of a later version on the lock screen: it stays shut, and the commands that read it are named."""

from __future__ import annotations

import hashlib

from builders.doors import locked_vault
from builders.screens import kinship_app, painted, running, settle
from builders.vaults import PASSPHRASE
from kinship.tui.context import Context
from kinship.tui.screens.unlock import UnlockScreen


async def test_a_later_vault_stays_shut_and_the_commands_that_read_it_are_named(context: Context) -> None:
    path, _ = locked_vault(context)
    body = bytearray((path / "vault.kin").read_bytes()[:96])
    body[8] = 2
    (path / "vault.kin").write_bytes(bytes(body) + hashlib.sha256(bytes(body)).digest())
    app = kinship_app(context, path)
    async with running(app) as pilot:
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        words = " ".join(painted(app).split())
        assert "made by a later kinship" in words
        assert "kinship list" in words
