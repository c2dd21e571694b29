"""`kinship import`: what was written elsewhere comes into the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli import entry_imports, exporting, map_imports
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import say
from kinship.cli.passphrase import ask, read_descriptor
from kinship.ground.errors import Misused, NotFound

if TYPE_CHECKING:
    from kinship.vault import Vault
    from kinship.vault.roots import Root


@click.group("import", epilog=example("kinship import easynwk map.json --dry-run", "kinship import vcard contacts.vcf"))
def import_() -> None:
    """Import what was written elsewhere."""


@import_.command("vault", epilog=example("kinship import vault ~/old.kinship"))
@click.argument("old", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come, and change nothing.")
@click.option("--recovery", is_flag=True, help="Open OLD with its printed sheet instead of its passphrase.")
@click.option("--old-passphrase-fd", type=int, metavar="N", help="Read the passphrase of OLD from this descriptor.")
@vault_options
@click.pass_obj
def import_vault(
    invocation: Invocation, *, old: Path, dry_run: bool, recovery: bool, old_passphrase_fd: int | None
) -> int:
    """Merge another vault into this one, such as the folder you moved out of; OLD is only read.

    What is known already is left, a later edit takes the place of what it was made from, and what both sides edited
    stands side by side: kinship conflicts.
    """
    from kinship.vault import open_vault
    from kinship.vault.rotate import merge, news_of

    surroundings = invocation.surroundings
    with open_journal(invocation) as opened:
        path = _place(old, opened.vault)
        key = _root(invocation, path, recovery=recovery, descriptor=old_passphrase_fd).key()
        if key.vault == opened.vault.key_vault:
            raise Misused(
                "That is a copy of this vault.", "Lay its files into the folder's log: they merge by themselves."
            )
        with open_vault(path, key, state=surroundings.places.state, clock=surroundings.clock) as other:
            if dry_run:
                number = len({address for address, _ in news_of(other, opened.vault)})
                say(f"{number} documents would come.")
                return 0
            say(f"{merge(other, opened.vault)} documents came.")
        return opened.reading_code


for _command in (
    map_imports.kinship_map,
    map_imports.easynwk,
    map_imports.network_canvas,
    map_imports.graphml,
    map_imports.vcard,
    *entry_imports.COMMANDS,
    exporting.import_json,
    map_imports.undo,
):
    import_.add_command(_command)


def _place(old: Path, into: Vault) -> Path:
    from kinship.vault import check_place, exists, remains

    path = old.expanduser().resolve()
    check_place(path)
    if not exists(path) and not remains(path):
        raise NotFound(f"There is no vault at {path}.")
    if path == into.path:
        raise Misused("A vault cannot be merged into itself.")
    return path


def _root(invocation: Invocation, path: Path, *, recovery: bool, descriptor: int | None) -> Root:
    from kinship.cli.unlocking import keyfile_of
    from kinship.vault.roots import Terms, root_by_passphrase, root_by_sheet
    from kinship.vault.slots import FLOOR

    if recovery:
        return root_by_sheet(path, ask(invocation, "The recovery text of the other vault: "))
    passphrase = (
        read_descriptor(descriptor)
        if descriptor is not None
        else ask(invocation, "The passphrase of the other vault: ")
    )
    terms = Terms(floor=invocation.surroundings.cost or FLOOR)
    state = invocation.surroundings.places.state
    return root_by_passphrase(path, passphrase, state=state, keyfile=keyfile_of(invocation), terms=terms)
