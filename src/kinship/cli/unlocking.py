"""From what a person has to the key of the vault that is meant; asks for a yes where one is due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.output import remark
from kinship.cli.passphrase import get_passphrase, has_source
from kinship.ground.errors import Damaged, KinshipError, NotFound, Refused

if TYPE_CHECKING:
    from kinship.vault import Key
    from kinship.vault.keyring_slot import SecretStore
    from kinship.vault.roots import Root, Terms


def meant_vault(invocation: Invocation) -> Path:
    """Return the vault that is meant, links followed. Raises NotFound or Refused where there is none of ours."""
    from kinship.vault import check_place, exists, remains

    path = invocation.vault_path
    check_place(path)
    if not exists(path) and not remains(path):
        raise NotFound(f"There is no vault at {path}.", "Make one with: kinship new")
    return path.resolve()


def find_key(invocation: Invocation) -> Key:
    """Return the key of the vault that is meant: by this computer's keyring where it may, else by passphrase."""
    path = meant_vault(invocation)
    root = _by_device(invocation, path)
    return (root or find_root(invocation, path, later=True)).key()


def find_root(invocation: Invocation, path: Path, *, later: bool = False, question: str = "Passphrase: ") -> Root:
    """Return the root secret, for which the passphrase is always asked. Raises what `unlock` raises."""
    from kinship.vault.roots import Terms, copies_would_do
    from kinship.vault.slots import FLOOR

    state = invocation.surroundings.places.state
    terms = Terms(floor=invocation.surroundings.cost or FLOOR, later=later, copies=_may_use_copies(path, state))
    if not terms.copies and copies_would_do(path, state):
        raise Damaged(
            "No key file of the vault can be read; this computer has copies.", "Say yes to them on a terminal."
        )
    passphrase = get_passphrase(invocation, question=question)
    return _opened(path, passphrase, keyfile_of(invocation), state, terms)


def _may_use_copies(path: Path, state: Path) -> bool:
    from kinship.vault.roots import copies_would_do

    return copies_would_do(path, state) and agreed(
        "No key file of the vault can be read. Use the copies that this computer kept?"
    )


def _opened(path: Path, passphrase: str, keyfile: bytes | None, state: Path, terms: Terms) -> Root:
    import msgspec

    from kinship.vault.roots import root_by_passphrase
    from kinship.vault.slots import TooHeavy
    from kinship.vault.unlocks import restore_copies

    try:
        root = root_by_passphrase(path, passphrase, state=state, keyfile=keyfile, terms=terms)
    except TooHeavy as error:
        if not agreed(f"{error.message} Go on?"):
            raise
        allowed = msgspec.structs.replace(terms, heavy=True)
        root = root_by_passphrase(path, passphrase, state=state, keyfile=keyfile, terms=allowed)
    if terms.copies:
        number = restore_copies(path, root.key(), state)
        remark(f"Key files were put back into the vault from this computer's copies: {number}.")
    return root


def keyfile_of(invocation: Invocation) -> bytes | None:
    """Return the content of the keyfile that `--keyfile` or KINSHIP_KEYFILE names, None where neither does."""
    from kinship.vault.keyfile import read_keyfile
    from kinship.vault.place import KEYFILE_VARIABLE

    told = invocation.keyfile or invocation.surroundings.environment.get(KEYFILE_VARIABLE)
    return None if not told else read_keyfile(Path(told))


def keyring_of(invocation: Invocation) -> SecretStore:
    """Return this computer's keyring. Raises Refused where there is none that keeps secrets encrypted."""
    from kinship.vault.keyring_slot import system_keyring

    return invocation.surroundings.keyring or system_keyring()


def _by_device(invocation: Invocation, path: Path) -> Root | None:
    """Return what the keyring opens; None where a passphrase is given, or this computer has no slot of its own."""
    from kinship.vault import key_copies
    from kinship.vault.roots import root_by_device, vault_id

    state = invocation.surroundings.places.state
    if has_source(invocation):
        return None
    try:
        if not key_copies.read(key_copies.device_folder(state, vault_id(path, later=True))):
            return None
        return root_by_device(path, keyring_of(invocation), state=state, later=True)
    except Refused as error:
        remark(error.message)
    except KinshipError:
        return None
    return None
