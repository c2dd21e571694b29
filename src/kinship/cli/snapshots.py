"""`kinship snapshots`: maps kept in the vault: list, keep, show, rename, compare, delete."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.compare import comparison_lines, comparison_shape, no_history
from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_bytes, say_json
from kinship.ground.errors import NotFound
from kinship.privacy.text import clean_line
from kinship.snapshot.share import CAREFUL, ON_SCREEN, NamesMode

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Circle, Snapshot

SHORT_ID = 8
NOTHING = "No map is kept yet. Keep one with: kinship snapshots keep"
_ONE = click.argument("one", metavar="MAP")
_NAMED = {"none": "without names", "roles": "by roles", "initials": "by initials", "full": "with names"}


@click.group(
    invoke_without_command=True,
    epilog=example("kinship snapshots", "kinship snapshots keep --title 'Before the move'"),
)
@output_options
@vault_options
@click.pass_context
def snapshots(context: click.Context) -> int:
    """Keep the map of a day in the vault, and look at it, compare it or let it leave later; without a word, list.

    MAP is an id, the beginning of one, or a title. A kept map never changes: it is the map as it was known then. To let
    it leave: kinship map --snapshot MAP
    """
    return _list(context.obj) if context.invoked_subcommand is None else 0


@snapshots.command("list", epilog=example("kinship snapshots list --json"))
@output_options
@vault_options
@click.pass_obj
def list_snapshots(invocation: Invocation) -> int:
    """List the kept maps, the latest day first."""
    return _list(invocation)


def _list(invocation: Invocation) -> int:
    from kinship.journal.kept_maps import newest_first

    with open_journal(invocation) as opened:
        kept = newest_first(opened.journal.snapshots)
        if invocation.json:
            say_json([_shape(one) for one in kept])
        else:
            for one in kept:
                say(_line(one))
            if not kept:
                remark(NOTHING)
        return opened.reading_code


def _shape(one: Snapshot) -> dict[str, object]:
    from kinship.journal.kept_maps import nodes_of

    return {
        "id": one.id,
        "as_of": one.as_of.isoformat(),
        "taken": one.taken.isoformat(timespec="seconds"),
        "title": one.title,
        "names": one.names,
        "people": len(nodes_of(one)),
    }


def _line(one: Snapshot) -> str:
    from kinship.journal.kept_maps import nodes_of

    people = f"{len(nodes_of(one))} on it, {_NAMED.get(one.names, one.names)}"
    told = "  ".join(part for part in (one.id[:SHORT_ID], one.as_of.isoformat(), clean_line(one.title)) if part)
    return f"{told}  ({people}; kept {one.taken.date()})"


@snapshots.command(
    epilog=example("kinship snapshots keep --title 'Before the move'", "kinship snapshots keep --as-of 'last May'")
)
@click.option("--as-of", type=a_day, metavar="DAY", help="The map of this day; today when left out.")
@click.option("--title", default="", metavar="WORDS", help="What to call it.")
@click.option(
    "--names",
    type=click.Choice([mode.value for mode in NamesMode]),
    default=NamesMode.FULL.value,
    show_default=True,
    help="How people are called in it. Without whole names it can never leave with them.",
)
@vault_options
@click.pass_obj
def keep(invocation: Invocation, *, as_of: dt.date | None, title: str, names: str) -> int:
    """Keep the map of a day in the vault, and print its id. Notes are never kept in it."""
    from kinship.snapshot.keeping import keep_map

    with open_journal(invocation) as opened:
        journal = opened.journal
        circle = journal.circle.as_of(as_of or journal.today())
        if not circle.bonds:
            raise NotFound("Nobody is on the map of that day, so there is nothing to keep.")
        say(keep_map(journal, circle, title=title, names=NamesMode(names)).id)
        return opened.reading_code


@snapshots.command(epilog=example("kinship snapshots show 'Before the move'"))
@_ONE
@click.option("--names", type=click.Choice([mode.value for mode in NamesMode]), help="How people are called.")
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation, one: str, *, names: str | None) -> int:
    """Show a kept map as a list, as it was known then.

    On a terminal with the names it was kept with; everywhere else nobody is named unless --names says so.
    """
    from kinship.snapshot.export import render
    from kinship.snapshot.formats import Format
    from kinship.snapshot.keeping import leaving_of

    with open_journal(invocation) as opened:
        journal = opened.journal
        kept = journal.find_snapshot(one)
        shown = on_terminal() and not invocation.json
        leaving = leaving_of(journal, kept, ON_SCREEN if shown else CAREFUL, NamesMode(names) if names else None)
        form = Format.JSON if invocation.json else Format.LIST
        say_bytes(render(leaving.circle, form, share=leaving.share, seed=leaving.seed, order=leaving.order))
        if shown and clean_line(kept.title):
            remark(f"{clean_line(kept.title)}, kept {kept.taken.date()}")
        return opened.reading_code


@snapshots.command(epilog=example("kinship snapshots rename 3f9a1c02 'Before the move'"))
@_ONE
@click.argument("title")
@vault_options
@click.pass_obj
def rename(invocation: Invocation, one: str, title: str) -> int:
    """Give a kept map another title."""
    with open_journal(invocation) as opened:
        kept = opened.journal.find_snapshot(one)
        opened.journal.rename_snapshot(kept.id, title)
        say(_line(msgspec.structs.replace(kept, title=clean_line(title))))
        return opened.reading_code


@snapshots.command(epilog=example("kinship snapshots compare 'Before the move'", "kinship snapshots compare 3f9a 77b2"))
@_ONE
@click.argument("other", metavar="[MAP]", required=False)
@output_options
@vault_options
@click.pass_obj
def compare(invocation: Invocation, one: str, other: str | None) -> int:
    """Say what is different between two kept maps, or between one and the map of today.

    The later day is compared with the earlier one.
    """
    from kinship.circle.change import change_in_words
    from kinship.snapshot.kept import compared_circles

    with open_journal(invocation) as opened:
        journal = opened.journal
        first = _named(journal, one)
        second = _named(journal, other) if other is not None else _today(journal)
        earlier, later = sorted((first, second), key=lambda told: told[0].as_of)
        change, before, after = compared_circles(earlier, later, journal.vault.id)
        sentences = change_in_words(change, before, after)
        if invocation.json:
            say_json(comparison_shape(change, before, after, sentences))
        else:
            for line in comparison_lines(change, before, after, sentences, no_history):
                say(line)
        return opened.reading_code


def _named(journal: Journal, told: str) -> tuple[Circle, NamesMode]:
    from kinship.snapshot.kept import names_of, thawed

    kept = journal.find_snapshot(told)
    return thawed(kept), names_of(kept)


def _today(journal: Journal) -> tuple[Circle, NamesMode]:
    return journal.circle.as_of(journal.today()), NamesMode.FULL


@snapshots.command(epilog=example("kinship snapshots delete 3f9a1c02", "kinship snapshots delete --undo 3f9a1c02"))
@_ONE
@click.option("--undo", is_flag=True, help="Bring a kept map back that was deleted by this command.")
@vault_options
@click.pass_obj
def delete(invocation: Invocation, one: str, *, undo: bool) -> int:
    """Throw a kept map away.

    Nothing is asked, since it can be brought back until the vault is purged: by itself that is a month later.
    """
    with open_journal(invocation) as opened:
        journal = opened.journal
        if undo:
            (brought,) = journal.bring_back_snapshot(one).made["snapshots"]
            say(brought)
            return opened.reading_code
        kept = journal.find_snapshot(one)
        journal.delete_snapshot(kept.id, kept=True)
        remark(f"Deleted. To bring it back: kinship snapshots delete --undo {kept.id[:SHORT_ID]}")
        return opened.reading_code
