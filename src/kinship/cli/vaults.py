"""`kinship new`: a vault without the screen."""

from __future__ import annotations

from pathlib import Path

import click

from kinship.cli.choosing import new_passphrase, type_back
from kinship.cli.invocation import Invocation
from kinship.cli.options import example, vault_options
from kinship.cli.output import remark, say
from kinship.cli.passphrase import get_passphrase, has_source
from kinship.ground.errors import Refused
from kinship.privacy.process import guard_memory


@click.command(epilog=example("kinship new", "kinship new ~/Sync/mine.kinship"))
@click.argument("place", required=False, type=click.Path(), metavar="[VAULT]")
@vault_options
@click.pass_obj
def new(invocation: Invocation, place: str | None) -> None:
    """Make a vault, and print the recovery text once.

    The recovery text opens the vault when the passphrase is lost: write it down on paper. With a passphrase from a
    descriptor, a file or a command, nothing is asked.
    """
    from kinship.vault import check_place, create_vault, exists

    path = Path(place).expanduser() if place is not None else invocation.vault_path
    surroundings = invocation.surroundings
    check_place(path)
    if exists(path):
        raise Refused(f"There is a vault at {path} already.", "Open it, or name another place.")
    asking = not has_source(invocation)
    passphrase = (
        new_passphrase(invocation, "A passphrase for the new vault", None, "No vault was made.")
        if asking
        else get_passphrase(invocation)
    )
    guard_memory()
    made, recovery = create_vault(
        path, passphrase, state=surroundings.places.state, clock=surroundings.clock, cost=surroundings.cost
    )
    made.close()
    say(recovery)
    remark(f"The vault is at {path}. The recovery text is shown only now: write it down on paper.")
    if asking:
        type_back(invocation, recovery)
