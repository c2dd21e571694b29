"""`kinship people`: who is in the circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.shapes import bond_shape
from kinship.journal.model import AlterKind, Ring, Status
from kinship.privacy.text import clean_line

_SHOWN_PAGES = 10


@click.group(
    invoke_without_command=True, epilog=example("kinship people --json", "kinship people add Bea --ring inner")
)
@output_options
@vault_options
@click.pass_context
def people(context: click.Context) -> int:
    """List, add and show who is in the circle; without a word, list."""
    if context.invoked_subcommand is None:
        return _list(context.obj)
    return 0


@people.command("list", epilog=example("kinship people list --json"))
@output_options
@vault_options
@click.pass_obj
def list_people(invocation: Invocation) -> int:
    """List everybody in the circle today."""
    return _list(invocation)


@people.command(epilog=example("kinship people add Bea --ring inner --circle friends"))
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in AlterKind]), default="person", show_default=True)
@click.option("--ring", type=click.Choice([ring.value for ring in Ring]), help="How close.")
@click.option("--circle", "sector", metavar="WORD", help="The part of the map: family, friends, work, …")
@click.option("--status", type=click.Choice([one.value for one in Status]), default="active", show_default=True)
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name; may be said more than once.")
@click.option("--since", type=a_day, metavar="DAY", help="On the map from this day on; today when left out.")
@vault_options
@click.pass_obj
def add(
    invocation: Invocation,
    name: str,
    *,
    kind: str,
    ring: str | None,
    sector: str | None,
    status: str,
    aliases: Sequence[str],
    since: dt.date | None,
) -> None:
    """Add a person, group or other node, and print its id.

    Words on a command line can be seen by other programs on this machine, and shells keep them.
    """
    name = clean_line(name)
    if not name:
        raise click.BadParameter("a name needs a character that can be read.", param_hint="NAME")
    with open_journal(invocation) as opened:
        if opened.journal.alters.by_name(name):
            remark(f"Somebody in the circle is called {name} already; both are kept.")
        act = opened.journal.add_alter(
            name,
            kind=AlterKind(kind),
            aliases=tuple(aliases),
            ring=Ring(ring) if ring is not None else None,
            sector=sector,
            status=Status(status),
            since=since,
        )
        (id_,) = act.made["alters"]
        say(id_)


@people.command("show", epilog=example("kinship people show Bea"))
@click.argument("name")
@output_options
@vault_options
@click.pass_obj
def show_person(invocation: Invocation, name: str) -> int:
    """Show somebody: closeness, what they give, the latest pages that mention them."""
    with open_journal(invocation) as opened:
        from kinship.circle.sentences import describe
        from kinship.journal.titles import title_of

        journal = opened.journal
        alter, today = find_person(journal, name), journal.today()
        circle = journal.circle.as_of(today)
        bond = journal.circle.bond(alter, today)
        pages = journal.pages.mentioning(alter)
        if invocation.json:
            shape = bond_shape(bond) if bond is not None else {"id": alter.id, "name": alter.name}
            say_json({**shape, "entries": [page.id for page in pages]})
            return opened.reading_code
        for line in describe(bond, circle, today) if bond is not None else (f"{alter.name} · not on the map today",):
            say(line)
        for page in pages[:_SHOWN_PAGES]:
            say(f"{page.day}  {page.id[:8]}  {title_of(page)}")
        return opened.reading_code


def _list(invocation: Invocation) -> int:
    with open_journal(invocation) as opened:
        from kinship.circle.sentences import in_order, one_line

        journal = opened.journal
        bonds = in_order(journal.circle.as_of(journal.today()))
        if invocation.json:
            say_json([bond_shape(bond) for bond in bonds])
        else:
            for bond in bonds:
                say(one_line(bond))
        return opened.reading_code
