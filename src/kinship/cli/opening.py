"""From the vault's path and a passphrase to an open journal, and back to a closed vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from kinship.cli.discreet import as_initials
from kinship.cli.invocation import Invocation
from kinship.cli.output import remark
from kinship.cli.unlocking import find_key
from kinship.ground.errors import Damaged, NewerVault
from kinship.privacy.process import guard_memory
from kinship.privacy.reports import silence_logs
from kinship.privacy.throw_away import sweep_leftovers

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.vault import Vault


class Opened(NamedTuple):
    """An open vault as a journal."""

    journal: Journal
    vault: Vault

    @property
    def reading_code(self) -> int:
        """The exit code of a command that read: that of damage where a part of the vault could not be read.

        That of a newer vault where it is one: what this program understands of it was shown.
        """
        if self.vault.read_only:
            return NewerVault.exit_code
        return Damaged.exit_code if any(notice.what == "damaged" for notice in self.vault.notices) else 0


@contextmanager
def open_journal(invocation: Invocation) -> Iterator[Opened]:
    """Open the vault that is meant; what its owner should know of it is said on standard error.

    Afterwards its files are looked after, as far as that is due; a command that failed leaves that to the next one.
    Raises NotFound, Refused, WrongPassphrase, Damaged or NewerVault, each with its sentence.
    """
    from kinship.vault import open_vault

    path, surroundings = invocation.vault_path, invocation.surroundings
    sweep_leftovers(surroundings.environment)
    guard_memory()
    silence_logs()
    key = find_key(invocation)
    from kinship.journal.journal import Journal
    from kinship.journal.leftovers import leftovers
    from kinship.vault.known import note_place
    from kinship.vault.upkeep import look_after

    state = surroundings.places.state
    with open_vault(path, key, state=state, clock=surroundings.clock) as vault:
        note_place(state, key.vault, path)
        journal = Journal(vault, surroundings.clock)
        journal.take_notes()
        for notice in vault.notices:
            remark(f"{notice.sentence} ({notice.where})" if notice.where else notice.sentence)
        with as_initials(invocation, journal):
            yield Opened(journal, vault)
        look_after(vault, lambda: leftovers(journal))
