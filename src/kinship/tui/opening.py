"""From a secret to an open journal; everything heavy is imported here, in the thread that runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinship.ground.errors import Refused, WrongPassphrase
from kinship.tui.context import Context

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.vault import Key


def open_journal(path: Path, secret: str, context: Context, *, by_recovery: bool = False) -> Journal:
    """Return the journal in the vault at `path`.

    Raises WrongPassphrase, Damaged, NewerVault, NotFound or Refused, each with its sentence.
    """
    from kinship.privacy.process import guard_memory

    guard_memory()
    return _open(path, _key(path, secret, context, by_recovery=by_recovery), context)


def open_by_keyring(path: Path, context: Context) -> Journal:
    """Return the journal in the vault at `path`, which this computer's keyring opens.

    Raises WrongPassphrase where it does not, Refused where there is no keyring, and what `open_journal` raises.
    """
    from kinship.privacy.process import guard_memory
    from kinship.vault import keyring_slot
    from kinship.vault.opening import check_vault
    from kinship.vault.roots import root_by_device

    guard_memory()
    check_vault(path)
    root = root_by_device(path, keyring_slot.system_keyring(), state=context.places.state)
    if root is None:
        raise WrongPassphrase("This computer's keyring did not open it.", "Type the passphrase.")
    return _open(path, root.key(), context)


def _open(path: Path, key: Key, context: Context) -> Journal:
    from kinship.journal.journal import Journal
    from kinship.vault import open_vault
    from kinship.vault.known import note_place

    journal = Journal(open_vault(path, key, state=context.places.state, clock=context.clock), context.clock)
    note_place(context.places.state, key.vault, path)
    journal.take_notes()
    return journal


def prove(journal: Journal, secret: str, context: Context, *, by_recovery: bool = False) -> None:
    """Return where the secret opens the vault of an open journal; raises what `open_journal` raises where it does not.

    Refused where another vault has come to lie in its place.
    """
    key = _key(journal.vault.path, secret, context, by_recovery=by_recovery)
    if key.vault != journal.vault.key_vault:
        raise Refused("Another vault lies where this one was.", "Put the one that is open back in its place.")


def _key(path: Path, secret: str, context: Context, *, by_recovery: bool) -> Key:
    from kinship.vault import unlock, unlock_with_recovery

    if by_recovery:
        return unlock_with_recovery(path, secret, state=context.places.state)
    return unlock(path, secret, state=context.places.state, keyfile=_keyfile(context))


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
    from kinship.vault.known import note_place

    guard_memory()
    vault, recovery = create_vault(path, passphrase, state=context.places.state, clock=context.clock)
    note_place(context.places.state, vault.key_vault, path)
    return Journal(vault, context.clock), recovery


def load_the_rest() -> None:
    """Keep what will be typed from other programs, and import what Today will need."""
    from kinship.privacy.process import guard_memory

    guard_memory()
    import kinship.journal.journal
    import kinship.reflect.packs
    import kinship.tui.screens.today
    import kinship.vault  # noqa: F401 - loaded for its effect
