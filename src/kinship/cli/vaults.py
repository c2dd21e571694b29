"""`kinship new` and `kinship vaults`: making a vault without the screen, and which there are, moved or removed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.choosing import new_passphrase, type_back
from kinship.cli.invocation import Invocation
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import askable, on_terminal, remark, say, say_json
from kinship.cli.passphrase import get_passphrase, has_source
from kinship.cli.unlocking import keyring_of, meant_vault
from kinship.ground.errors import KinshipError, Misused, Refused
from kinship.privacy.process import guard_memory
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.vault.removing import Weight

STAYS = (
    "What stays: copies on other devices and in a sync provider's or git's history, backups made elsewhere, snapshots "
    "of the drive, files you exported, and printed sheets. Whoever has such a copy and your passphrase or sheet can "
    "read it. A drive may keep what was deleted until it is written over."
)
_NEVER = "never here"


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
    from kinship.vault.known import note_place

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
    note_place(surroundings.places.state, made.key_vault, path)
    say(recovery)
    remark(f"The vault is at {path}. The recovery text is shown only now: write it down on paper.")
    if asking:
        type_back(invocation, recovery)


@click.group(
    invoke_without_command=True,
    epilog=example("kinship vaults", "kinship vaults move /media/stick", "kinship --vault OLD.kinship vaults remove"),
)
@output_options
@vault_options
@click.pass_context
def vaults(context: click.Context) -> None:
    """List the vaults this computer knows: those opened here, and those beside the usual place."""
    if context.invoked_subcommand is not None:
        return
    from kinship.vault.known import known_vaults

    invocation: Invocation = context.obj
    places, own = invocation.surroundings.places, invocation.vault_path
    found = known_vaults(places.state, places.default_vault, [own])
    if invocation.json:
        say_json([{"path": str(one.path), "opened": _iso(one.opened), "there": one.there} for one in found])
        return
    for one in found:
        mark = "*" if one.path == own.resolve() else " "
        when = (_iso(one.opened) or _NEVER)[: len(_NEVER)]
        say(f"{mark} {when}  {one.path}{'' if one.there else '  (not there now)'}")
    if not found:
        remark("This computer knows no vault. Make one with: kinship new")


def _iso(opened: float) -> str | None:
    return dt.datetime.fromtimestamp(opened, dt.UTC).isoformat(timespec="seconds") if opened else None


@vaults.command("move", epilog=example("kinship vaults move ~/Sync", "kinship vaults move /media/stick/mine.kinship"))
@click.argument("to", type=click.Path(path_type=Path), metavar="PLACE")
@vault_options
@click.pass_obj
def move(invocation: Invocation, *, to: Path) -> None:
    """Move the vault's folder to PLACE, or into it where that is a folder; its keys and passphrase stay the same.

    On another drive it is copied, made durable, read again and compared, and only then is the old one removed: cut off
    at any moment, one of the two is whole, and the same command once more ends it.
    """
    from kinship.vault.moving import move_vault

    path = meant_vault(invocation)
    new = move_vault(path, to, state=invocation.surroundings.places.state, progress=_progress())
    say(str(new))
    remark(f"The vault is at {new} now. Syncers and backups that know the old place have to be told.")
    if new != invocation.surroundings.places.default_vault.resolve():
        remark(f"Use it with --vault {new}, or KINSHIP_VAULT={new}")


@vaults.command("remove", epilog=example("kinship --vault OLD.kinship vaults remove"))
@click.option("--confirm", metavar="NAME", help="The name of its folder, instead of typing it on a terminal.")
@vault_options
@click.pass_obj
def remove(invocation: Invocation, *, confirm: str | None) -> None:
    """Remove a vault from this computer for good, with its drafts, its backups here and what this computer knows of it.

    No passphrase is asked: what cannot be opened any more can be removed too. It is confirmed by typing the name of its
    folder.
    """
    from kinship.vault.removing import check_unused, remove_vault, state_folder, weigh

    path = meant_vault(invocation)
    state = invocation.surroundings.places.state
    check_unused(state_folder(path, state))
    weight = weigh(path, state)
    remark(f"This removes {path}: {_told(weight)}. Nobody can bring it back.")
    remark(STAYS)
    if not _confirmed(path.name, confirm):
        remark("Nothing was removed.")
        return
    left = remove_vault(path, state)
    _drop_secrets(invocation, weight.secrets)
    remark(f"The vault is gone. Other things in its folder stay: {', '.join(left)}." if left else "The vault is gone.")


def _drop_secrets(invocation: Invocation, secrets: tuple[str, ...]) -> None:
    """Forget what this computer's keyring opened it with; without a keyring that is nothing."""
    with suppress(KinshipError):
        for secret in secrets:
            keyring_of(invocation).drop(secret)


def _told(weight: Weight) -> str:
    parts = [f"{max(1, round(weight.size / 1024)):,} KB"]
    for number, what in ((weight.backups, "backup"), (weight.drafts, "draft")):
        if number:
            parts.append(f"{number} {what}{'s' if number > 1 else ''} on this computer")
    return ", ".join(parts)


def _confirmed(name: str, told: str | None) -> bool:
    """Return whether the name of the folder was given. Raises Misused where nobody can be asked, or for another one."""
    if told is None:
        if not on_terminal(sys.stdin):
            raise Misused("Nobody can be asked here.", f"Say it with: --confirm {clean_line(name)}")
        question = askable(f"Type {name} to remove it (enter keeps it)")
        told = click.prompt(question, default="", show_default=False, err=True)
        return clean_line(told) == clean_line(name)
    if clean_line(told) != clean_line(name):
        raise Misused("That is not the name of its folder.", "Nothing was removed.")
    return True


def _progress() -> Callable[[int, int], None] | None:
    if not on_terminal(sys.stderr):
        return None

    def tell(done: int, all_: int) -> None:
        sys.stderr.write(f"\r{done // 1024:,} of {all_ // 1024:,} KB" + ("\n" if done >= all_ else ""))
        sys.stderr.flush()

    return tell
