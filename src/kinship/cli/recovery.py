"""`kinship recovery`: the printed sheet, shown again or proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.keys import root_by_typed_sheet
from kinship.cli.options import example, vault_options
from kinship.cli.output import remark, say
from kinship.cli.unlocking import find_root, meant_vault
from kinship.privacy.files import check_replaceable, replace_private
from kinship.privacy.process import guard_memory

if TYPE_CHECKING:
    import datetime as dt


@click.group(epilog=example("kinship recovery check", "kinship recovery show --page sheet.txt"))
def recovery() -> None:
    """Show the recovery text again, or prove that a sheet is right."""


@recovery.command(epilog=example("kinship recovery show", "kinship recovery show --page - | lpr"))
@click.option("--page", metavar="FILE", help="Write a page to print instead; - is standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@vault_options
@click.pass_obj
def show(invocation: Invocation, *, page: str | None, force: bool) -> None:
    """Show the recovery text; the passphrase is asked again, whatever else would open the vault.

    Whoever holds the sheet can read everything, and no passphrase change shuts it out.
    """
    from kinship.vault import readme
    from kinship.vault.recovery import write_recovery
    from kinship.vault.sheet import sheet

    file = None if page in (None, "-") else Path(str(page)).expanduser()
    if file is not None:
        check_replaceable(file, force=force)
    path = meant_vault(invocation)
    guard_memory()
    text = write_recovery(find_root(invocation, path, later=True, question="The passphrase, once more: ").secret)
    if page is None:
        say(text)
        remark(f"{readme.NAME} in the vault reads it without kinship; its SHA-256 must be {readme.sha256()}.")
        return
    told = sheet(text, path.name, _day(invocation))
    if file is None:
        say(told.rstrip("\n"))
        return
    replace_private(file, told.encode("utf-8"), force=force)
    remark(f"The sheet is in {file}, unencrypted: print it and remove the file.")


def _day(invocation: Invocation) -> dt.date:
    return invocation.surroundings.clock.now().date()


@recovery.command(epilog=example("kinship recovery check"))
@vault_options
@click.pass_obj
def check(invocation: Invocation) -> None:
    """Prove that a sheet opens this vault; nothing is changed, and a typo's group is named."""
    path = meant_vault(invocation)
    guard_memory()
    root_by_typed_sheet(invocation, path)
    remark("The sheet is right: it opens this vault.")
