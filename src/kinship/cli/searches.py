"""`kinship searches`: search lines that are saved under a name."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json


@click.group(
    invoke_without_command=True,
    epilog=example("kinship searches", "kinship searches save 'Good days' 'mood:>=7 or is:starred'"),
)
@output_options
@vault_options
@click.pass_context
def searches(context: click.Context) -> int:
    """List the searches that are saved under a name, save, rename and delete them.

    They are kept in the vault. `kinship search --saved NAME` searches for one, and so does the screen. Days in them are
    meant as of the day they are used: since:"two weeks ago" goes along with time.
    """
    if context.invoked_subcommand is not None:
        return 0
    invocation = context.obj
    from kinship.journal.saved import saved_searches

    with open_journal(invocation) as opened:
        found = saved_searches(opened.journal)
        if invocation.json:
            say_json([{"name": one.name, "words": one.line} for one in found])
        for one in found if not invocation.json else ():
            say(f"{one.name}: {one.line}")
        return opened.reading_code


@searches.command(epilog=example("kinship searches save 'With Bea' person:Bea mood:>=5"))
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@vault_options
@click.pass_obj
def save(invocation: Invocation, name: str, words: Sequence[str]) -> None:
    """Save a search line under a name; one of the same name gives way."""
    from kinship.journal.saved import save_search

    with open_journal(invocation) as opened:
        save_search(opened.journal, name, " ".join(words))
        remark(f"Saved: {name}.")


@searches.command(epilog=example("kinship searches rename 'With Bea' Bea"))
@click.argument("name")
@click.argument("other")
@vault_options
@click.pass_obj
def rename(invocation: Invocation, name: str, other: str) -> None:
    """Give a saved search another name."""
    from kinship.journal.saved import rename_search, saved_search

    with open_journal(invocation) as opened:
        rename_search(opened.journal, saved_search(opened.journal, name), other)
        remark(f"{name} is saved as {other} now.")


@searches.command(epilog=example("kinship searches delete 'With Bea'"))
@click.argument("name")
@vault_options
@click.pass_obj
def delete(invocation: Invocation, name: str) -> None:
    """Delete a saved search; the pages stay."""
    from kinship.journal.saved import delete_search, saved_search

    with open_journal(invocation) as opened:
        found = saved_search(opened.journal, name)
        delete_search(opened.journal, found)
        remark(f"Deleted: {found.name}. The pages stay.")
