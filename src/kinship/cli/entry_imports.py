"""`kinship import jrnl|dayone|markdown|rednotebook|minidiary|tui-journal|text|csv`: a preview, then one act."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_json
from kinship.cli.passphrase import ask, read_descriptor
from kinship.cli.plain_lines import tell
from kinship.ground.errors import Misused

if TYPE_CHECKING:
    from kinship.transfer.csv_entries import Scale
    from kinship.transfer.entries import Pages
    from kinship.transfer.keeping_entries import Incoming
    from kinship.transfer.whens import Order

    Reader = Callable[[], Pages]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SHOWN = 20
"""Names that a preview lists."""
_MANY = 1000
"""Pages from which on it is said how far it is."""
_CLEAR_LINE = "\r\x1b[K"
_SCALE_ENDS = 2

_PATH = click.argument("path", type=click.Path(path_type=Path))
_DATES = click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="What stands first in 03/04/2024."
)
_FORM = click.option(
    "--time-format", "form", default="", metavar="FORM", help="How days are written there, as in '%d.%m.%Y %H:%M'."
)


def _import_options(command: Decorated) -> Decorated:
    """Add the options that every import of a journal has."""
    for option in (
        vault_options,
        output_options,
        click.option("--yes", is_flag=True, help="Bring it without asking; without a terminal nothing is asked."),
        click.option("--dry-run", is_flag=True, help="Say what would come, and change nothing."),
        click.option("--zone", default="", metavar="ZONE", help="Where it was written, such as Europe/Vienna."),
        click.option("--journal", "into", default="", metavar="NAME", help="The journal in this vault to bring it to."),
    ):
        command = option(command)
    return command


@click.command("jrnl", epilog=example("kinship import jrnl ~/journal.txt --dry-run"))
@_PATH
@_FORM
@_DATES
@click.option("--tag-symbols", "symbols", default="@", metavar="SIGNS", help="What tags begin with there.")
@click.option("--password-fd", type=int, metavar="N", help="Read the journal's password from this descriptor.")
@_import_options
@click.pass_obj
def jrnl(
    invocation: Invocation,
    /,
    *,
    path: Path,
    form: str,
    dates: str | None,
    symbols: str,
    password_fd: int | None,
    **options: Any,
) -> int:
    """Bring a journal of jrnl. Its text file, or the encrypted one, whose password is asked."""
    from kinship.transfer.entry_files import read_journal
    from kinship.transfer.jrnl import read

    files = read_journal(path, (".txt",)).files

    def password() -> str:
        return read_descriptor(password_fd) if password_fd is not None else ask(invocation, "The password of jrnl: ")

    return _bring(
        invocation,
        lambda: read(files, form=form, order=_order(dates), symbols=symbols, password=password),
        **options,
    )


@click.command("dayone", epilog=example("kinship import dayone ~/Export.zip --dry-run"))
@_PATH
@click.option("--places", is_flag=True, help="Keep where it was written as the last line of a page.")
@_import_options
@click.pass_obj
def dayone(invocation: Invocation, /, *, path: Path, places: bool, **options: Any) -> int:
    """Bring journals of Day One. The zip of its JSON export, that folder, or one file; photos stay out."""
    from kinship.transfer.day_one import read
    from kinship.transfer.entry_files import read_journal

    found = read_journal(path, (".json",))
    return _bring(invocation, lambda: read(found.files, found.others, places=places), **options)


@click.command("markdown", epilog=example("kinship import markdown ~/Notes/Daily --dry-run"))
@_PATH
@_DATES
@_import_options
@click.pass_obj
def markdown(invocation: Invocation, /, *, path: Path, dates: str | None, **options: Any) -> int:
    """Bring a folder of Markdown. Or a zip, such as Obsidian's daily notes; the day is in the file or its name."""
    from kinship.transfer.entry_files import read_journal
    from kinship.transfer.markdown_folder import ENDINGS, read

    found = read_journal(path, ENDINGS)
    return _bring(invocation, lambda: read(found.files, found.others, order=_order(dates)), **options)


@click.command("rednotebook", epilog=example("kinship import rednotebook ~/.rednotebook/data --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def rednotebook(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of RedNotebook. The folder (or zip) of its month files, or one of them."""
    from kinship.transfer.entry_files import read_journal
    from kinship.transfer.rednotebook import read

    files = read_journal(path, (".txt",)).files
    return _bring(invocation, lambda: read(files), **options)


@click.command("minidiary", epilog=example("kinship import minidiary ~/mini-diary.json --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def minidiary(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of Mini Diary. The JSON file it exports."""
    from kinship.transfer.mini_diary import read

    data = _one(path)
    return _bring(invocation, lambda: read(data), **options)


@click.command("tui-journal", epilog=example("kinship import tui-journal ~/export.json --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def tui_journal(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of tui-journal. The JSON file it exports or keeps."""
    from kinship.transfer.tui_journal import read

    data = _one(path)
    return _bring(invocation, lambda: read(data), **options)


@click.command("text", epilog=example("kinship import text diary.txt --dates day-first --dry-run"))
@_PATH
@_FORM
@_DATES
@_import_options
@click.pass_obj
def text(invocation: Invocation, /, *, path: Path, form: str, dates: str | None, **options: Any) -> int:
    """Bring a text parted by days. Or a folder of them; entries stand under lines that are days."""
    from kinship.transfer.dated_text import ENDINGS, read
    from kinship.transfer.entry_files import read_journal

    files = read_journal(path, ENDINGS).files
    return _bring(invocation, lambda: read(files, order=_order(dates), form=form), **options)


@click.command("csv", epilog=example("kinship import csv days.csv --column text=Diary --mood-scale 1-5 --dry-run"))
@_PATH
@click.option("--column", "columns", multiple=True, metavar="WHAT=NAME", help="Which column is date, text, mood, …")
@click.option("--mood-scale", "scale", default="", metavar="LOW-HIGH", help="The lowest and highest mood there.")
@_FORM
@_DATES
@_import_options
@click.pass_obj
def table(
    invocation: Invocation,
    /,
    *,
    path: Path,
    columns: tuple[str, ...],
    scale: str,
    form: str,
    dates: str | None,
    **options: Any,
) -> int:
    """Bring a table of entries. Columns are found by their names, and what each was taken for is shown."""
    from kinship.transfer.csv_entries import read

    told = dict(_column(one) for one in columns)
    moods = _scale(scale)
    data = _one(path)
    return _bring(invocation, lambda: read(data, told=told, order=_order(dates), form=form, scale=moods), **options)


COMMANDS = (jrnl, dayone, markdown, rednotebook, minidiary, tui_journal, text, table)
"""The imports of journals, each a command of `kinship import`."""


def _one(path: Path) -> bytes:
    """Return the content of the one file that is meant. Raises Refused for a folder."""
    from kinship.transfer.files import read_file

    return read_file(path)


def _order(dates: str | None) -> Order | None:
    from kinship.transfer.whens import Order

    return Order(dates) if dates else None


def _column(told: str) -> tuple[str, str]:
    what, sign, name = told.partition("=")
    if not sign or not name.strip():
        raise Misused("A column is told as WHAT=NAME, such as text=Diary.")
    return what.strip().casefold(), name


def _scale(told: str) -> Scale | None:
    if not told:
        return None
    ends = told.split("-")
    if len(ends) != _SCALE_ENDS or not all(one.isdecimal() and len(one) < len("1000") for one in ends):
        raise Misused("A scale of moods is told as LOW-HIGH, such as 1-5.")
    low, high = int(ends[0]), int(ends[1])
    if low >= high:
        raise Misused("A scale of moods is told as LOW-HIGH, such as 1-5.")
    return low, high


def _bring(invocation: Invocation, read: Reader, *, into: str, zone: str, dry_run: bool, yes: bool) -> int:
    """Show what would come, ask on a terminal, and keep it as one act, whose id is printed."""
    from kinship.transfer.keeping_entries import keep_pages, match_pages

    plan = read()
    with open_journal(invocation) as opened:
        journal = opened.journal
        incoming = match_pages(journal, plan, into=into, zone=zone, progress=_progress(len(plan.pages)))
        if invocation.json:
            say_json(_shape(incoming))
        elif dry_run or on_terminal():
            _preview(incoming)
        if dry_run or not incoming.values:
            if not dry_run:
                remark("Nothing new is in it.")
            return opened.reading_code
        if on_terminal(sys.stdin) and not agreed("Bring this into your journal?", yes=yes):
            remark("Nothing was changed.")
            return opened.reading_code
        act = keep_pages(journal, incoming)
        (kept,) = act.made["acts"]
        if not invocation.json:
            say(kept)
        remark(f"{_counts(incoming)}. To take it back: kinship import undo {kept[:8]}")
        return opened.reading_code


def _progress(total: int) -> Callable[[int, int], None] | None:
    """Return what says on a terminal how far it is, None for few pages or without one."""
    if total < _MANY or not on_terminal(sys.stderr):
        return None

    def told(done: int, of: int) -> None:
        click.echo(f"{_CLEAR_LINE}Reading: {done:,} of {of:,} pages", nl=False, err=True)
        if done + _MANY >= of:
            click.echo(_CLEAR_LINE, nl=False, err=True)

    return told


def _preview(incoming: Incoming) -> None:
    days = [entry.day for entry in incoming.values]
    span = f", {min(days)} to {max(days)}" if days else ""
    tell(f"{_counts(incoming)}{span}.")
    tagged, starred, moods = _carried(incoming)
    if tagged or starred or moods:
        tell(f"With tags: {tagged}, starred: {starred}, with a mood: {moods}.")
    for title, names in (("On your map already", incoming.linked), ("Not on your map", incoming.offered)):
        if names:
            told = ", ".join(f"{name} ({times})" for name, times in names[:SHOWN])
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            tell(f"{title}: {told}{more}")
    if incoming.offered:
        tell("Nobody is made of these names. Add whom you want first with: kinship people add NAME")
    for title, asides in (("Understood as", incoming.doubts), ("Left out", incoming.left_out)):
        if asides:
            tell(f"{title}: {'; '.join(asides)}")


def _carried(incoming: Incoming) -> tuple[int, int, int]:
    entries = incoming.values
    return (
        sum(1 for one in entries if one.tags),
        sum(1 for one in entries if one.starred),
        sum(1 for one in entries if one.mood is not None),
    )


def _counts(incoming: Incoming) -> str:
    told = [f"{len(incoming.new)} new"]
    for number, what in (
        (len(incoming.renewed), "changed there since and brought again"),
        (incoming.known, "known already"),
        (incoming.changed_here, "changed here since and left alone"),
        (incoming.thrown_away, "deleted here and left away"),
    ):
        if number:
            told.append(f"{number} {what}")
    return ", ".join(told)


def _shape(incoming: Incoming) -> dict[str, object]:
    days = [entry.day for entry in incoming.values]
    return {
        "new": len(incoming.new),
        "brought_again": len(incoming.renewed),
        "known_already": incoming.known,
        "changed_here": incoming.changed_here,
        "deleted_here": incoming.thrown_away,
        "first": str(min(days)) if days else None,
        "last": str(max(days)) if days else None,
        "people": [{"name": name, "pages": times} for name, times in incoming.linked],
        "not_on_the_map": [{"name": name, "pages": times} for name, times in incoming.offered],
        "doubts": list(incoming.doubts),
        "left_out": list(incoming.left_out),
    }
