"""`kinship passphrase` and `kinship unlock`: the ways to open a vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from kinship.cli.choosing import agreed, new_passphrase
from kinship.cli.invocation import Invocation
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.passphrase import ask
from kinship.cli.unlocking import find_key, find_root, keyfile_of, keyring_of, meant_vault
from kinship.ground.errors import Misused, NotFound, Refused
from kinship.privacy.files import create_private
from kinship.privacy.process import guard_memory

if TYPE_CHECKING:
    from kinship.vault import Vault
    from kinship.vault.keyring_slot import SecretStore
    from kinship.vault.roots import Root
    from kinship.vault.unlocks import Unlock

OLD_COPIES = "Old copies and backups of the folder still open with what opened them then."
_UNCHANGED = "Nothing was changed."
_KINDS = {"passphrase": "a passphrase", "keyfile": "a passphrase with a keyfile", "device": "a computer's keyring"}

new_option = click.option(
    "--new-passphrase-fd", type=int, metavar="N", help="Read the new passphrase from this open file descriptor."
)
label_option = click.option("--label", default="", metavar="WORDS", help="What to call it; kept inside the vault.")


class Entered(NamedTuple):
    """An open vault and the root secret it was opened by."""

    vault: Vault
    root: Root


@contextmanager
def entered(invocation: Invocation, *, by_sheet: bool = False) -> Iterator[Entered]:
    """Open the vault that is meant; the passphrase, or the sheet, is always asked."""
    from kinship.vault import open_vault

    surroundings = invocation.surroundings
    path = meant_vault(invocation)
    guard_memory()
    root = root_by_typed_sheet(invocation, path) if by_sheet else find_root(invocation, path)
    with open_vault(path, root.key(), state=surroundings.places.state, clock=surroundings.clock) as vault:
        yield Entered(vault, root)


def root_by_typed_sheet(invocation: Invocation, path: Path) -> Root:
    """Return the root secret that the typed recovery text opens."""
    from kinship.vault.roots import root_by_sheet

    return root_by_sheet(path, ask(invocation, "The recovery text, ten groups of four: "))


@click.group(epilog=example("kinship passphrase change", "kinship passphrase suggest"))
def passphrase() -> None:
    """Change the passphrase, or have one suggested."""


@passphrase.command(
    epilog=example(
        "kinship passphrase change",
        "kinship passphrase change --recovery",
        "kinship passphrase change 3<new --new-passphrase-fd 3",
    )
)
@click.option("--recovery", is_flag=True, help="The passphrase is forgotten: open with the printed sheet instead.")
@new_option
@vault_options
@click.pass_obj
def change(invocation: Invocation, *, recovery: bool, new_passphrase_fd: int | None) -> None:
    """Replace the passphrase that opens the vault now; a keyfile beside it stays the same.

    The new one is written and tried before the old one goes, so that one of them opens wherever this is cut off.
    """
    from kinship.vault.slots import ENDING, FOLDER
    from kinship.vault.unlocks import change_passphrase

    with entered(invocation, by_sheet=recovery) as (vault, root):
        keyfile = _keyfile_of_slot(invocation, vault, root)
        chosen = new_passphrase(invocation, "The new passphrase", new_passphrase_fd, _UNCHANGED)
        change_passphrase(vault, root, chosen, keyfile=keyfile, cost=invocation.surroundings.cost)
        if recovery:
            remark("The new passphrase opens the vault. What opened it before still does: kinship unlock list")
            return
        remark(f"The passphrase was changed. {OLD_COPIES}")
        if (vault.path / FOLDER / f"{root.slot}{ENDING}").exists():
            remark(f"The old key file could not be removed: kinship unlock remove {root.slot}")


def _keyfile_of_slot(invocation: Invocation, vault: Vault, root: Root) -> bytes | None:
    from kinship.vault.unlocks import unlocks

    kinds = {one.id: one.kind for one in unlocks(vault)}
    return keyfile_of(invocation) if kinds.get(root.slot or "") == "keyfile" else None


@passphrase.command(epilog=example("kinship passphrase suggest"))
def suggest() -> None:
    """Print six random words of kinship's own list of 1296: 62 bits, however well the list is known."""
    from kinship.vault.suggestion import suggest_passphrase

    say(suggest_passphrase())


@click.group(
    invoke_without_command=True,
    epilog=example("kinship unlock list", "kinship unlock add keyfile /media/stick/kinship.key"),
)
@output_options
@vault_options
@click.pass_context
def unlock(context: click.Context) -> None:
    """List, add and remove ways to open the vault; without a word, list."""
    if context.invoked_subcommand is None:
        _list(context.obj)


@unlock.command("list", epilog=example("kinship unlock list", "kinship unlock list --json"))
@output_options
@vault_options
@click.pass_obj
def list_unlocks(invocation: Invocation) -> None:
    """List the ways to open the vault that are known here; the printed sheet always opens it besides."""
    _list(invocation)


def _list(invocation: Invocation) -> None:
    from kinship.vault import open_vault
    from kinship.vault.unlocks import unlocks

    surroundings = invocation.surroundings
    guard_memory()
    path, key = meant_vault(invocation), find_key(invocation)
    with open_vault(path, key, state=surroundings.places.state, clock=surroundings.clock) as vault:
        found = unlocks(vault)
    if invocation.json:
        say_json([_shape(one, key.slot) for one in found])
        return
    for one in found:
        say(_line(one, key.slot))


def _shape(one: Unlock, opened: str | None) -> dict[str, object]:
    return {"id": one.id, "kind": one.kind, "label": one.label, "state": one.state, "opened": one.id == opened}


def _line(one: Unlock, opened: str | None) -> str:
    words = [one.id, _KINDS.get(one.kind, "of an unknown kind")]
    words += [f"“{one.label}”"] * bool(one.label)
    words += [one.state] * (one.state != "valid") + ["opened just now"] * (one.id == opened)
    return "  ".join(words)


@unlock.group(epilog=example("kinship unlock add passphrase --label 'for Bea'", "kinship unlock add device"))
def add() -> None:
    """Add a way to open the vault: at most eight passphrases, with or without a keyfile."""


@add.command("passphrase", epilog=example("kinship unlock add passphrase --label 'in the safe'"))
@label_option
@new_option
@vault_options
@click.pass_obj
def add_a_passphrase(invocation: Invocation, *, label: str, new_passphrase_fd: int | None) -> None:
    """Add another passphrase, and print its id."""
    _add(invocation, label, new_passphrase_fd, None)


@add.command("keyfile", epilog=example("kinship unlock add keyfile /media/stick/kinship.key"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--make", is_flag=True, help="Make the keyfile where there is none, without asking.")
@label_option
@new_option
@vault_options
@click.pass_obj
def add_a_keyfile(invocation: Invocation, *, file: Path, make: bool, label: str, new_passphrase_fd: int | None) -> None:
    """Add a passphrase that opens only together with a keyfile, and print its id.

    Any file of up to 1 MiB will do that never changes; where there is none, kinship offers to make one. The printed
    sheet opens the vault without it, and so does any other passphrase until it is removed.
    """
    from kinship.vault.keyfile import read_keyfile

    file = file.expanduser()
    vault = meant_vault(invocation)
    if vault in file.resolve().parents:
        raise Misused("A keyfile inside the vault protects nothing.", "Keep it on a stick, or elsewhere.")
    _make_keyfile(file, make=make)
    _add(invocation, label, new_passphrase_fd, read_keyfile(file))
    remark("Name the keyfile with --keyfile or KINSHIP_KEYFILE. The printed sheet opens the vault without it.")
    remark("A passphrase that opened the vault alone still does, until you take it away: kinship unlock list")


def _make_keyfile(file: Path, *, make: bool) -> None:
    from kinship.vault.keyfile import fresh_keyfile

    if file.exists():
        return
    if not agreed(f"There is no file {file}. Make a keyfile there?", yes=make):
        raise NotFound(f"There is no file {file}.", "Name one, or say --make.")
    create_private(file, fresh_keyfile())
    remark(f"A keyfile was made: {file}. Keep a copy of it elsewhere.")


def _add(invocation: Invocation, label: str, descriptor: int | None, keyfile: bytes | None) -> None:
    from kinship.privacy.text import clean_line
    from kinship.vault.unlocks import add_passphrase

    with entered(invocation) as (vault, root):
        chosen = new_passphrase(invocation, "The passphrase to add", descriptor, _UNCHANGED)
        cost = invocation.surroundings.cost
        say(add_passphrase(vault, root, chosen, keyfile=keyfile, label=clean_line(label), cost=cost))


@add.command("device", epilog=example("kinship unlock add device --label laptop"))
@label_option
@vault_options
@click.pass_obj
def add_this_device(invocation: Invocation, *, label: str) -> None:
    """Let the keyring of this computer open the vault, and print the id of that way.

    Needs the extra `keyring`. Whoever is logged in here as you can then open the vault without the passphrase: by
    commands, and by enter on the lock screen; after a lock it is asked for. A plain-text keyring is never used.
    """
    from kinship.privacy.text import clean_line
    from kinship.vault.unlocks import add_device

    store = keyring_of(invocation)
    with entered(invocation) as (vault, root):
        say(add_device(vault, root, store, label=clean_line(label)))


@unlock.command(epilog=example("kinship unlock remove 3f9a1c0252d7e6aa"))
@click.argument("id_", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@vault_options
@click.pass_obj
def remove(invocation: Invocation, *, id_: str, yes: bool) -> None:
    """Take away a way to open the vault; the last passphrase stays."""
    from kinship.vault.unlocks import remove_unlock, unlocks

    with entered(invocation) as (vault, _):
        found = {one.id: one for one in unlocks(vault)}.get(id_)
        if found is None:
            raise NotFound(f"There is no way to unlock called {id_}.", "See: kinship unlock list")
        if not agreed(f"Take away {_line(found, None)}?", yes=yes):
            raise Misused("Nothing was taken away.", "Say yes on a terminal, or --yes.")
        remove_unlock(vault, id_, store=_keyring_for(invocation, found))
    remark(f"It is taken away. {OLD_COPIES}")


def _keyring_for(invocation: Invocation, found: Unlock) -> SecretStore | None:
    if found.kind != "device":
        return None
    try:
        return keyring_of(invocation)
    except Refused:
        return None
