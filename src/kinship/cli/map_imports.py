"""`kinship import map|easynwk|network-canvas|graphml|vcard`: maps and people, and the way back."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.bringing import bring
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal
from kinship.cli.plain_lines import PlainLines, StopHere, tell
from kinship.ground.errors import Misused
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.transfer.forms import Told
    from kinship.transfer.plan import Plan

_FILE = click.argument("file", type=click.Path(path_type=Path))
_DRY = click.option("--dry-run", is_flag=True, help="Say what would come, and change nothing.")
_YES = click.option("--yes", is_flag=True, help="Bring it without asking; without a terminal nothing is asked.")
_EGO = click.option("--ego", default="", metavar="ID", help="Who in the file is you.")


@click.command("map", epilog=example("kinship import map map.json --dry-run"))
@_FILE
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def kinship_map(invocation: Invocation, *, file: Path, dry_run: bool, yes: bool) -> int:
    """Bring a map that kinship wrote as JSON, as of its day; moments and what happened stay out."""
    from kinship.transfer.forms import Form

    return bring(invocation, Form.MAP, file, dry_run=dry_run, yes=yes)


@click.command("easynwk", epilog=example("kinship import easynwk map.json --dry-run"))
@_FILE
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def easynwk(invocation: Invocation, *, file: Path, dry_run: bool, yes: bool) -> int:
    """Bring a map of easyNWK, with every dated version of it."""
    from kinship.transfer.forms import Form

    return bring(invocation, Form.EASYNWK, file, dry_run=dry_run, yes=yes)


@click.command("network-canvas", epilog=example("kinship import network-canvas export.zip --ego 0f1c…"))
@click.argument("path", type=click.Path(path_type=Path))
@_EGO
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def network_canvas(invocation: Invocation, *, path: Path, ego: str, dry_run: bool, yes: bool) -> int:
    """Bring one interview of Network Canvas: a folder or zip of its CSV files. --ego names the interview."""
    from kinship.transfer.forms import Form, Wishes

    return bring(invocation, Form.NETWORK_CANVAS, path, Wishes(ego=ego), dry_run=dry_run, yes=yes)


@click.command("graphml", epilog=example("kinship import graphml map.graphml --ego me"))
@_FILE
@_EGO
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def graphml(invocation: Invocation, *, file: Path, ego: str, dry_run: bool, yes: bool) -> int:
    """Bring the people of a GraphML or GEXF graph, and who knows whom. --ego names your own node."""
    from kinship.transfer.forms import Form, Wishes

    return bring(invocation, Form.GRAPH, file, Wishes(ego=ego), dry_run=dry_run, yes=yes)


@click.command("vcard", epilog=example('kinship import vcard contacts.vcf --only "Bea Novak" --only Ana'))
@_FILE
@click.option("--only", "names", multiple=True, metavar="NAME", help="Bring this one; may be said more than once.")
@click.option("--all", "everybody", is_flag=True, help="Bring the whole address book.")
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def vcard(
    invocation: Invocation, *, file: Path, names: tuple[str, ...], everybody: bool, dry_run: bool, yes: bool
) -> int:
    """Bring people from an address book; on a terminal it asks whom. Numbers and addresses stay out."""
    from kinship.transfer.forms import Form
    from kinship.transfer.plan import Plan

    def chosen(told: Told) -> Collection[str] | None:
        return None if everybody or not isinstance(told, Plan) else _whom(told, names, asked=not dry_run)

    return bring(invocation, Form.CARDS, file, choose=chosen, dry_run=dry_run, yes=yes)


@click.command("undo", epilog=example("kinship import undo 3f9a1c02"))
@click.argument("id_", metavar="ID")
@vault_options
@click.pass_obj
def undo(invocation: Invocation, *, id_: str) -> int:
    """Take an import back, by the id it printed; what was changed since stays, and then nothing is taken back."""
    with open_journal(invocation) as opened:
        found = [one for one in opened.journal.kept_acts if one.id.startswith(id_) and len(id_) >= 4]  # noqa: PLR2004 - shortest id
        if len(found) != 1:
            raise Misused("There is no such import to take back." if not found else "Give more of the id.")
        opened.journal.take_back(found[0].id)
        return opened.reading_code


def _whom(plan: Plan, names: tuple[str, ...], *, asked: bool) -> Collection[str] | None:
    """Return who of an address book is to come: those named, or those whose numbers are typed."""
    if names:
        wanted = {clean_line(name).casefold() for name in names}
        found = {one.ref for one in plan.people if one.name.casefold() in wanted}
        missing = wanted - {one.name.casefold() for one in plan.people}
        if missing:
            raise Misused(f"Nobody in the file is called {min(missing)}.")
        return found
    if not asked or not on_terminal(sys.stdin):
        if asked:
            raise Misused("Say whom to bring with --only NAME, or --all.")
        return None
    people = sorted(plan.people, key=lambda one: one.name.casefold())
    for number, one in enumerate(people, 1):
        tell(f"{number:4}  {one.name}")
    lines = PlainLines(sys.stdin)
    try:
        told = lines.ask_until(
            lambda said: _numbers(said, len(people)), f"Numbers from 1 to {len(people)}, like 3, 7-12.", "Whom? "
        )
    except StopHere:
        told = None
    return {people[number - 1].ref for number in told or ()}


def _numbers(said: str, most: int) -> tuple[int, ...] | None:
    """Return the numbers of `3, 7-12`; None for what is none."""
    found: list[int] = []
    for part in said.split(","):
        first, dash, last = (one.strip() for one in part.partition("-"))
        if not first.isdecimal() or (dash and not last.isdecimal()):
            return None
        span = range(int(first), int(last if dash else first) + 1)
        if not span or span[0] < 1 or span[-1] > most:
            return None
        found += span
    return tuple(dict.fromkeys(found))
