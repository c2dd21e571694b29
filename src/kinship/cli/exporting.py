"""`kinship export`: pages as Markdown or text with names as initials, or everything as JSON; and JSON back again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.opening import Opened, open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import on_terminal, remark, say_bytes
from kinship.cli.reading import filters, query_of
from kinship.ground.errors import Misused, NotFound

if TYPE_CHECKING:
    from kinship.transfer.taking_out import Leaving

FORMATS = ("markdown", "markdown-file", "text", "json")
STDOUT = "-"


@click.command(
    epilog=example(
        "kinship export markdown ~/pages --since 2026-01-01",
        "kinship export text - tag:garden",
        "kinship export json everything.json --yes",
    )
)
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("path", metavar="PATH")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@filters
@click.option("--names", type=click.Choice(("initials", "full")), help="How people are called; initials by default.")
@click.option("--yes", is_flag=True, help="Let names leave without asking.")
@click.option("--force", is_flag=True, help="Write over what is there.")
@vault_options
@click.pass_obj
def export(
    invocation: Invocation,
    /,
    form: str,
    path: str,
    words: Sequence[str],
    names: str | None,
    yes: bool,
    force: bool,
    **chosen: Any,
) -> int:
    """Write pages to PATH ("-" is standard output): those that WORDS and the filters ask for, or all.

    FORMAT is markdown (a folder, one file a page), markdown-file, text or json. WORDS are as in kinship search.

    In Markdown and text, names that the journal knows become initials unless you say --names full, and are asked about
    then. JSON is complete: everything in the vault, names too; kinship import json reads it back. Nothing that is
    there already is written over without --force, and nobody else on this computer can read what is written.
    """
    if form == "json" and names == "initials":
        raise Misused("JSON is complete, so names leave in it.", "Without whole names: kinship export markdown")
    if form == "markdown" and path == STDOUT:
        raise Misused("A folder cannot be written to standard output.", "Take markdown-file.")
    from kinship.transfer.leaving import Naming
    from kinship.transfer.taking_out import Form, Leaving, check_place

    if path != STDOUT:
        check_place(Form(form), _path(path), force=force)
    with open_journal(invocation) as opened:
        query = query_of(opened.journal, " ".join(words), **chosen)
        entries = opened.journal.find(query)
        if not entries and (query or form != "json"):
            raise NotFound("No entry fits that; nothing was written.")
        naming = Naming(names or Naming.INITIALS)
        leaving = Leaving(form=Form(form), entries=tuple(entries), all=not query, naming=naming)
        if leaving.names_leave and not _may_leave(leaving.question, yes=yes):
            remark("Nothing was written.")
            return opened.reading_code
        _write(opened, leaving, path, force=force)
        for sentence in leaving.sentences():
            remark(sentence)
        return opened.reading_code


def _path(path: str) -> Path:
    return Path(path).expanduser()


def _may_leave(what: str, *, yes: bool) -> bool:
    """Return whether names may leave. Raises Misused where nobody can be asked and nobody said so."""
    if not yes and not on_terminal(sys.stdin):
        raise Misused(what, "Say --yes for that.")
    return agreed(f"{what} Write it?", yes=yes)


def _write(opened: Opened, leaving: Leaving, path: str, *, force: bool) -> None:
    from kinship.transfer.taking_out import data_of, write

    if path == STDOUT:
        say_bytes(data_of(opened.journal, leaving, opened.journal.clock.now()))
    else:
        write(opened.journal, leaving, _path(path), force=force)


@click.command("json", epilog=example("kinship import json everything.json --dry-run"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come, and change nothing.")
@click.option("--yes", is_flag=True, help="Bring it without asking; without a terminal nothing is asked.")
@vault_options
@click.pass_obj
def import_json(invocation: Invocation, *, file: Path, dry_run: bool, yes: bool) -> int:
    """Bring what kinship export json wrote; into a new vault, everything as it was.

    What is here already stays as it is, and nothing comes twice.
    """
    from kinship.cli.bringing import bring
    from kinship.transfer.forms import Form

    return bring(invocation, Form.WHOLE, file, dry_run=dry_run, yes=yes)
