"""`kinship where`: the folders and files that belong to one person; nothing is opened or made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json
from kinship.ground.places import shipped_themes

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog=example("kinship where", "kinship where --json"))
@output_options
@vault_options
@click.pass_obj
def where(invocation: Invocation) -> None:
    """Say where things lie: the vault, settings, your own themes, and what is only for this computer."""
    places = invocation.surroundings.places
    found: dict[str, tuple[str, Path]] = {
        "vault": ("the journal, encrypted", invocation.vault_path),
        "settings": ("settings", places.settings_file),
        "themes": ("your own themes", places.own_themes),
        "state": ("only for this computer: drafts, locks, backups", places.state),
        "shipped_themes": ("the themes that come along", shipped_themes()),
    }
    if invocation.json:
        say_json({name: {"path": str(path), "there": path.exists()} for name, (_, path) in found.items()})
        return
    for name, (sentence, path) in found.items():
        say(f"{path}")
        say(f"    {name.replace('_', ' ')}: {sentence}{'' if path.exists() else '; nothing is there yet'}")
