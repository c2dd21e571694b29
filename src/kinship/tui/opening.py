"""From a secret to an open journal; everything heavy is imported here, in the thread that runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinship.tui.context import Context

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


def open_journal(path: Path, secret: str, context: Context, *, by_recovery: bool = False) -> Journal:
    """Return the journal in the vault at `path`.

    Raises WrongPassphrase, Damaged, NewerVault, NotFound or Refused, each with its sentence.
    """
    from kinship.journal.journal import Journal
    from kinship.privacy.process import guard_memory
    from kinship.vault import open_vault, unlock, unlock_with_recovery

    guard_memory()
    state = context.places.state
    if by_recovery:
        key = unlock_with_recovery(path, secret, state=state)
    else:
        key = unlock(path, secret, state=state, keyfile=_keyfile(context))
    journal = Journal(open_vault(path, key, state=state, clock=context.clock), context.clock)
    journal.take_notes()
    return journal


def _keyfile(context: Context) -> bytes | None:
    from kinship.vault.keyfile import read_keyfile
    from kinship.vault.place import KEYFILE_VARIABLE

    named = context.environment.get(KEYFILE_VARIABLE)
    return read_keyfile(Path(named)) if named else None


def make_journal(path: Path, passphrase: str, context: Context) -> tuple[Journal, str]:
    """Make a vault at `path` and return its journal and the recovery text, which is shown and forgotten.

    Raises NotSaved or Refused; then nothing is left at `path`.
    """
    from kinship.journal.journal import Journal
    from kinship.privacy.process import guard_memory
    from kinship.vault import create_vault

    guard_memory()
    vault, recovery = create_vault(path, passphrase, state=context.places.state, clock=context.clock)
    return Journal(vault, context.clock), recovery


def load_the_rest() -> None:
    """Import what Today will need, while the person types."""
    import kinship.journal.journal
    import kinship.reflect.packs
    import kinship.tui.screens.today
    import kinship.vault  # noqa: F401 - loaded for its effect
