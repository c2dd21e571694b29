"""`kinship rotate`: moving into a fresh vault with keys of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.choosing import agreed, new_passphrase, type_back
from kinship.cli.invocation import Invocation
from kinship.cli.keys import entered, new_option
from kinship.cli.options import example, vault_options
from kinship.cli.output import listed, on_terminal, remark, say

if TYPE_CHECKING:
    from kinship.vault import Vault
    from kinship.vault.rotate import Moved


@click.command(epilog=example("kinship rotate ~/journal-2.kinship", "kinship rotate NEW --new-passphrase-fd 3 3<new"))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--remove-old", is_flag=True, help="Remove the old folder and its backups without asking, if it may go.")
@new_option
@vault_options
@click.pass_obj
def rotate(invocation: Invocation, *, new: Path, remove_old: bool, new_passphrase_fd: int | None) -> None:
    """Move everything into a fresh vault at NEW, and print its recovery text: for when a key fell into wrong hands.

    The new vault has its own sheet and one passphrase, and shares no key with the old one. It is read again and
    compared before the old folder and the backups on this computer are offered for removal. Copies elsewhere (a sync
    provider, git, other backups) stay readable with the old keys.
    """
    from kinship.journal.journal import Journal
    from kinship.vault.rotate import rotate as move

    surroundings = invocation.surroundings
    with entered(invocation) as (old, _):
        Journal(old, surroundings.clock).take_notes()
        chosen = new_passphrase(invocation, "A passphrase for the new vault", new_passphrase_fd, "Nothing was moved.")
        moved = move(
            old,
            new,
            chosen,
            state=surroundings.places.state,
            clock=surroundings.clock,
            cost=surroundings.cost,
            progress=_progress(),
        )
        with moved.vault:
            say(moved.recovery)
            remark(f"Everything is in {moved.vault.path} now: {moved.documents} documents, {moved.drafts} drafts.")
            remark("The recovery text is shown only now: write it down on paper. The old sheet does not open it.")
            if new_passphrase_fd is None:
                type_back(invocation, moved.recovery)
            remark("Keyfiles, keyrings and other passphrases are added anew with: kinship unlock add")
            remark(f"Use it with --vault or KINSHIP_VAULT={moved.vault.path}")
            _offer_removal(old, moved, remove_old=remove_old)


def _offer_removal(old: Vault, moved: Moved, *, remove_old: bool) -> None:
    from kinship.vault.rotate import remove_old as remove

    if moved.keep:
        remark(f"Keep the old folder {old.path} for now. {' '.join(moved.keep)}")
        return
    if not agreed(f"Remove the old folder {old.path}, its drafts and its backups on this computer?", yes=remove_old):
        remark(f"The old folder stays at {old.path}. What is still written there comes over with: kinship import vault")
        return
    left = remove(old)
    remark(f"The old folder is gone; other things in it stay: {listed(left)}." if left else "The old folder is gone.")


def _progress() -> Callable[[int, int], None] | None:
    if not on_terminal(sys.stderr):
        return None

    def tell(done: int, all_: int) -> None:
        sys.stderr.write(f"\r{done} of {all_}" + ("\n" if done == all_ else ""))
        sys.stderr.flush()

    return tell
