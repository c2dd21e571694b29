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
    from kinship.journal.model import Entry
    from kinship.transfer.leaving import Sheet

FORMATS = ("markdown", "markdown-file", "text", "json")
STDOUT = "-"
_READABLE = "It is not encrypted: whoever has it can read it."


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
    full = form == "json" or names == "full"
    if form == "json" and names == "initials":
        raise Misused("JSON is complete, so names leave in it.", "Without whole names: kinship export markdown")
    if form == "markdown" and path == STDOUT:
        raise Misused("A folder cannot be written to standard output.", "Take markdown-file.")
    _check_place(form, path, force=force)
    with open_journal(invocation) as opened:
        query = query_of(opened.journal, " ".join(words), **chosen)
        entries = opened.journal.find(query)
        if not entries and (query or form != "json"):
            raise NotFound("No entry fits that; nothing was written.")
        if full and not _may_leave(form, yes=yes):
            remark("Nothing was written.")
            return opened.reading_code
        if form == "json":
            _json(opened, path, entries if query else None, force=force)
        else:
            _pages(opened, form, path, entries, full=full, force=force)
        return opened.reading_code


def _check_place(form: str, path: str, *, force: bool) -> None:
    from kinship.privacy.files import check_replaceable
    from kinship.privacy.folders import check_folder

    if form == "markdown":
        check_folder(_path(path), force=force)
    elif path != STDOUT:
        check_replaceable(_path(path), force=force)


def _path(path: str) -> Path:
    return Path(path).expanduser()


def _may_leave(form: str, *, yes: bool) -> bool:
    """Return whether names may leave. Raises Misused where nobody can be asked and nobody said so."""
    what = (
        "Everything in the vault leaves, names and notes too." if form == "json" else "Names leave as you wrote them."
    )
    if not yes and not on_terminal(sys.stdin):
        raise Misused(what, "Say --yes for that.")
    return agreed(f"{what} Write it?", yes=yes)


def _pages(opened: Opened, form: str, path: str, entries: Sequence[Entry], *, full: bool, force: bool) -> None:
    from kinship.transfer import out_markdown, out_text
    from kinship.transfer.leaving import Naming, sheets

    leaving = sheets(opened.journal, entries, Naming.FULL if full else Naming.INITIALS)
    if form == "markdown":
        from kinship.privacy.folders import write_folder

        write_folder(_path(path), out_markdown.folder(leaving), force=force)
    else:
        _write(path, (out_markdown.one_file if form == "markdown-file" else out_text.text)(leaving), force=force)
    _say_what_left(leaving, full=full)


def _write(path: str, data: bytes, *, force: bool) -> None:
    if path == STDOUT:
        say_bytes(data)
        return
    from kinship.privacy.files import replace_private

    replace_private(_path(path), data, force=force)


def _say_what_left(leaving: Sequence[Sheet], *, full: bool) -> None:
    days = f"of {leaving[0].day}" + (f" to {leaving[-1].day}" if leaving[-1].day != leaving[0].day else "")
    fields = (
        ("titles", any(one.title for one in leaving)),
        ("moods", any(one.mood is not None or one.stress is not None for one in leaving)),
        ("feelings", any(one.feelings for one in leaving)),
        ("tags", any(one.tags for one in leaving)),
    )
    told = ", ".join(name for name, there in fields if there)
    remark(f"{_number(len(leaving), 'page')} {days} left" + (f", with {told}." if told else "."))
    if full:
        remark("Names are in it as you wrote them.")
    else:
        remark("Names on your map are initials; other words, and what they tell of somebody, stand as you wrote them.")
    remark(_READABLE)


def _json(opened: Opened, path: str, entries: Sequence[Entry] | None, *, force: bool) -> None:
    from kinship.transfer.whole import part, whole

    now = opened.journal.clock.now()
    if entries is None:
        _write(path, whole(opened.journal, now), force=force)
        remark("Everything in the vault is in it but drafts and keys; kinship import json reads it back.")
    else:
        _write(path, part(opened.journal, entries, now), force=force)
        remark(f"{_number(len(entries), 'page')} left, with their history, moments, and whom they name.")
    remark(_READABLE)


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


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
