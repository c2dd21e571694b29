"""`kinship import easynwk|network-canvas|graphml|vcard`: a preview with counts and doubts, then one act."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_json
from kinship.cli.plain_lines import PlainLines, StopHere, tell
from kinship.ground.errors import Misused
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    import datetime as dt

    from kinship.transfer.keeping import Matched
    from kinship.transfer.plan import Plan

    Reader = Callable[[dt.date], Plan]
    Choice = Callable[[Plan], Collection[str] | None]

SHOWN = 60
"""Names that a preview lists."""

_FILE = click.argument("file", type=click.Path(path_type=Path))
_DRY = click.option("--dry-run", is_flag=True, help="Say what would come, and change nothing.")
_YES = click.option("--yes", is_flag=True, help="Bring it without asking; without a terminal nothing is asked.")
_EGO = click.option("--ego", default="", metavar="ID", help="Who in the file is you.")


@click.command("easynwk", epilog=example("kinship import easynwk map.json --dry-run"))
@_FILE
@_DRY
@_YES
@output_options
@vault_options
@click.pass_obj
def easynwk(invocation: Invocation, *, file: Path, dry_run: bool, yes: bool) -> int:
    """Bring a map of easyNWK, with every dated version of it."""
    from kinship.transfer.easynwk import read
    from kinship.transfer.files import read_file

    data = read_file(file)
    return _bring(invocation, lambda today: read(data, today), dry_run=dry_run, yes=yes)


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
    from kinship.transfer.files import read_set
    from kinship.transfer.network_canvas import read

    files = read_set(path)
    return _bring(invocation, lambda today: read(files, today, ego), dry_run=dry_run, yes=yes)


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
    from kinship.transfer.files import read_file
    from kinship.transfer.graphml import read

    data = read_file(file)
    return _bring(invocation, lambda today: read(data, today, ego), dry_run=dry_run, yes=yes)


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
    from kinship.transfer.files import read_file
    from kinship.transfer.vcard import read

    data = read_file(file)

    def chosen(plan: Plan) -> Collection[str] | None:
        return None if everybody else _whom(plan, names, asked=not dry_run)

    return _bring(invocation, lambda today: read(data, today), chosen, dry_run=dry_run, yes=yes)


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


def _bring(
    invocation: Invocation,
    read: Reader,
    chosen: Choice | None = None,
    *,
    dry_run: bool,
    yes: bool,
) -> int:
    """Show what would come, ask on a terminal, and keep it as one act, whose id is printed."""
    from kinship.transfer.keeping import keep, match

    with open_journal(invocation) as opened:
        journal = opened.journal
        plan = read(journal.today())
        matched = match(journal, plan, chosen(plan) if chosen is not None else None)
        if invocation.json:
            say_json(_shape(matched))
        elif dry_run or on_terminal():
            _preview(matched)
        if dry_run or not matched.values:
            if not dry_run:
                remark("Nothing new is in it.")
            return opened.reading_code
        if on_terminal(sys.stdin) and not agreed("Bring this into your journal?", yes=yes):
            remark("Nothing was changed.")
            return opened.reading_code
        act = keep(journal, matched)
        (kept,) = act.made["acts"]
        if not invocation.json:
            say(kept)
        remark(f"{_counts(matched)}. To take it back: kinship import undo {kept[:8]}")
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


def _preview(matched: Matched) -> None:
    tell(f"{_counts(matched)}.")
    for title, people in (("New", matched.new), ("On your map already", matched.there)):
        if people:
            more = f" and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
            tell(f"{title}: {', '.join(one.name for one in people[:SHOWN])}{more}")
    for title, told in (("Understood as", matched.doubts), ("Left out", matched.plan.left_out)):
        if told:
            tell(f"{title}: {'; '.join(told)}")


def _counts(matched: Matched) -> str:
    ties = sum(1 for one in matched.values if getattr(one, "field", "") == "knows")
    said = sum(1 for one in matched.values if hasattr(one, "field")) - ties
    return f"{len(matched.new)} new, {len(matched.there)} known already, {said} statements, {ties} ties"


def _shape(matched: Matched) -> dict[str, object]:
    return {
        "new": [one.name for one in matched.new],
        "known_already": [one.name for one in matched.there],
        "changes": len(matched.values),
        "doubts": list(matched.doubts),
        "left_out": list(matched.plan.left_out),
    }
