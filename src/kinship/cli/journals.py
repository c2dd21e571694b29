"""`kinship journals`: the journals that pages of one vault are in, and another name for one."""

from __future__ import annotations

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json


@click.group(
    "journals",
    invoke_without_command=True,
    epilog=example("kinship journals", "kinship list --journal dreams", "kinship journals rename dreams nights"),
)
@output_options
@vault_options
@click.pass_context
def journals(context: click.Context) -> int:
    """List the journals in this vault, with how many pages each has; a page goes into one by write --journal.

    A journal is there as long as a page is in it. The unnamed one is where a page goes by itself.
    """
    if context.invoked_subcommand is not None:
        return 0
    invocation: Invocation = context.obj
    with open_journal(invocation) as opened:
        from kinship.journal.journals import UNNAMED

        found = opened.journal.journals()
        if invocation.json:
            say_json([{"name": one.name, "pages": one.pages, "last": one.last.isoformat()} for one in found])
            return opened.reading_code
        for one in found:
            count = "1 page" if one.pages == 1 else f"{one.pages} pages"
            say(f"{one.name or UNNAMED}  {count}, the last of {one.last}")
        if not found:
            remark("There is no page yet.")
        return opened.reading_code


@journals.command(epilog=example("kinship journals rename dreams nights", "kinship journals rename '' daily"))
@click.argument("name")
@click.argument("to", metavar="NEW")
@vault_options
@click.pass_obj
def rename(invocation: Invocation, name: str, to: str) -> None:
    """Give all pages of a journal another journal's name; one that exists takes them in. "" is the unnamed one."""
    with open_journal(invocation) as opened:
        journal = opened.journal
        known = {one.name for one in journal.journals()}
        wanted = journal.journal_meant(to)
        act = journal.rename_journal(journal.journal_meant(name), to)
        moved = "1 page" if len(act.changes) == 1 else f"{len(act.changes)} pages"
        remark(f"{moved} went into a journal that was there before." if wanted in known else f"{moved} renamed.")
