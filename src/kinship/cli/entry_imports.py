"""`kinship import jrnl|dayone|markdown|rednotebook|minidiary|tui-journal|text|csv`: pages of other journals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinship.cli.bringing import bring
from kinship.cli.invocation import Invocation
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.passphrase import ask, read_descriptor
from kinship.ground.errors import Misused

if TYPE_CHECKING:
    from kinship.transfer.csv_entries import Scale
    from kinship.transfer.whens import Order

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

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
        click.option(
            "--add", multiple=True, metavar="NAME", help="Bring this name, which pages mention, onto your map."
        ),
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
    from kinship.transfer.forms import Form, Wishes

    def password() -> str:
        return read_descriptor(password_fd) if password_fd is not None else ask(invocation, "The password of jrnl: ")

    wishes = Wishes(form=form, order=_order(dates), symbols=symbols, password=password)
    return bring(invocation, Form.JRNL, path, wishes, **options)


@click.command("dayone", epilog=example("kinship import dayone ~/Export.zip --dry-run"))
@_PATH
@click.option("--places", is_flag=True, help="Keep where it was written as the last line of a page.")
@_import_options
@click.pass_obj
def dayone(invocation: Invocation, /, *, path: Path, places: bool, **options: Any) -> int:
    """Bring journals of Day One. The zip of its JSON export, that folder, or one file; photos stay out."""
    from kinship.transfer.forms import Form, Wishes

    return bring(invocation, Form.DAY_ONE, path, Wishes(places=places), **options)


@click.command("markdown", epilog=example("kinship import markdown ~/Notes/Daily --dry-run"))
@_PATH
@_DATES
@_import_options
@click.pass_obj
def markdown(invocation: Invocation, /, *, path: Path, dates: str | None, **options: Any) -> int:
    """Bring a folder of Markdown. Or a zip, such as Obsidian's daily notes; the day is in the file or its name."""
    from kinship.transfer.forms import Form, Wishes

    return bring(invocation, Form.MARKDOWN, path, Wishes(order=_order(dates)), **options)


@click.command("rednotebook", epilog=example("kinship import rednotebook ~/.rednotebook/data --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def rednotebook(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of RedNotebook. The folder (or zip) of its month files, or one of them."""
    from kinship.transfer.forms import Form

    return bring(invocation, Form.REDNOTEBOOK, path, **options)


@click.command("minidiary", epilog=example("kinship import minidiary ~/mini-diary.json --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def minidiary(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of Mini Diary. The JSON file it exports."""
    from kinship.transfer.forms import Form

    return bring(invocation, Form.MINI_DIARY, path, **options)


@click.command("tui-journal", epilog=example("kinship import tui-journal ~/export.json --dry-run"))
@_PATH
@_import_options
@click.pass_obj
def tui_journal(invocation: Invocation, /, *, path: Path, **options: Any) -> int:
    """Bring a journal of tui-journal. The JSON file it exports or keeps."""
    from kinship.transfer.forms import Form

    return bring(invocation, Form.TUI_JOURNAL, path, **options)


@click.command("text", epilog=example("kinship import text diary.txt --dates day-first --dry-run"))
@_PATH
@_FORM
@_DATES
@_import_options
@click.pass_obj
def text(invocation: Invocation, /, *, path: Path, form: str, dates: str | None, **options: Any) -> int:
    """Bring a text parted by days. Or a folder of them; entries stand under lines that are days."""
    from kinship.transfer.forms import Form, Wishes

    return bring(invocation, Form.TEXT, path, Wishes(order=_order(dates), form=form), **options)


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
    from kinship.transfer.forms import Form, Wishes

    told = dict(_column(one) for one in columns)
    wishes = Wishes(columns=told, order=_order(dates), form=form, scale=_scale(scale))
    return bring(invocation, Form.TABLE, path, wishes, **options)


COMMANDS = (jrnl, dayone, markdown, rednotebook, minidiary, tui_journal, text, table)
"""The imports of journals, each a command of `kinship import`."""


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
