"""`kinship people`: who is in the circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.people_edit import COMMANDS
from kinship.cli.shapes import bond_shape, person_shape
from kinship.ground.days import birthday_in
from kinship.journal.kinds import SUPPORT, label_of
from kinship.journal.model import AlterKind, Direction, Ring, Status
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Alter, Moment

_SHOWN_PAGES = 10
_SHOWN_MOMENTS = 20


@click.group(
    invoke_without_command=True, epilog=example("kinship people --json", "kinship people add Bea --ring inner")
)
@output_options
@vault_options
@click.pass_context
def people(context: click.Context) -> int:
    """List, add, show and change who is in the circle; without a word, list."""
    if context.invoked_subcommand is None:
        return _list(context.obj)
    return 0


@people.command("list", epilog=example("kinship people list --json"))
@click.option("--as-of", "day", type=a_day, metavar="DAY", help="Those of this day; today when left out.")
@output_options
@vault_options
@click.pass_obj
def list_people(invocation: Invocation, day: dt.date | None) -> int:
    """List everybody in the circle."""
    return _list(invocation, day)


@people.command(epilog=example("kinship people add Bea --ring inner --circle friends"))
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in AlterKind]), default="person", show_default=True)
@click.option("--ring", type=click.Choice([ring.value for ring in Ring]), help="How close.")
@click.option("--circle", "sector", metavar="WORD", help="The part of the map: family, friends, work, …")
@click.option("--status", type=click.Choice([one.value for one in Status]), default="active", show_default=True)
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name; may be said more than once.")
@click.option("--pronouns", default="", metavar="WORDS", help="Such as she/her.")
@click.option("--birthday", default="", metavar="DAY", help="3 May, or 1980-05-03.")
@click.option("--notes", default="", metavar="TEXT", help="What you want to remember of them.")
@click.option("--since", type=a_day, metavar="DAY", help="On the map from this day on; today when left out.")
@vault_options
@click.pass_obj
def add(
    invocation: Invocation,
    /,
    name: str,
    *,
    kind: str,
    ring: str | None,
    sector: str | None,
    status: str,
    aliases: Sequence[str],
    since: dt.date | None,
    **more: str,
) -> None:
    """Add a person, group or other node, and print its id.

    Words on a command line can be seen by other programs on this machine, and shells keep them.
    """
    name = clean_line(name)
    if not name:
        raise click.BadParameter("a name needs a character that can be read.", param_hint="NAME")
    if more["birthday"]:
        more["birthday"] = birthday_in(more["birthday"])
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
            **more,
        )
        (id_,) = act.made["alters"]
        say(id_)


@people.command("show", epilog=example("kinship people show Bea", "kinship people show Bea --as-of 'June 2024'"))
@click.argument("name")
@click.option("--as-of", "day", type=a_day, metavar="DAY", help="As it stood on this day.")
@output_options
@vault_options
@click.pass_obj
def show_person(invocation: Invocation, name: str, day: dt.date | None) -> int:
    """Show somebody: closeness, what they give and what tells of it, how it changed, the pages that mention them."""
    with open_journal(invocation) as opened:
        journal = opened.journal
        alter = find_person(journal, name)
        if invocation.json:
            say_json(person_shape(journal, alter, day or journal.today()))
        else:
            for line in _told(journal, alter, day or journal.today()):
                say(line)
        return opened.reading_code


def _told(journal: Journal, alter: Alter, day: dt.date) -> Iterator[str]:
    from kinship.circle.sentences import describe
    from kinship.journal.titles import title_of

    bond = journal.circle.bond(alter, day)
    yield from (
        describe(bond, journal.circle.as_of(day), day) if bond is not None else (f"{alter.name} · not on the map then",)
    )
    yield from _own(journal, alter)
    moments = [moment for moment in journal.moments.of(alter) if moment.day <= day]
    if moments:
        yield ""
        yield "What happened"
        yield from _on_days(moments)
    for moment in reversed(moments[-_SHOWN_MOMENTS:]):
        way = label_of(moment.subkind or moment.kind)
        whose = "from them" if moment.direction is Direction.FROM_THEM else "from me"
        yield f"{moment.day}  {way}, {whose}" + (f"  ({moment.entry[:8]})" if moment.entry else "")
    if history := journal.circle.timeline().history_of(alter.id):
        yield ""
        yield "How it changed"
        yield from (f"{told.day}  {told.text}" for told in history)
    if pages := journal.pages.mentioning(alter):
        yield ""
        yield "Pages"
        yield from (f"{page.day}  {page.id[:8]}  {title_of(page)}" for page in pages[:_SHOWN_PAGES])


def _on_days(moments: Iterable[Moment]) -> Iterator[str]:
    """Yield on how many days each of the two gave something, as a plain sentence."""
    told = {way: set[dt.date]() for way in Direction}
    for moment in moments:
        if moment.kind in SUPPORT:
            told[moment.direction].add(moment.day)
    days = {way: f"{len(found)} {'day' if len(found) == 1 else 'days'}" for way, found in told.items() if found}
    said = {Direction.FROM_THEM: "they gave something on {}", Direction.TO_THEM: "you gave something on {}"}
    words = ", ".join(said[way].format(count) for way, count in days.items())
    if words:
        yield f"{words[0].upper()}{words[1:]}."


def _own(journal: Journal, alter: Alter) -> Iterator[str]:
    """Yield what somebody is called, when they were born, and what was noted."""
    every = journal.choices.touch(alter.id)
    told = {
        "kind": alter.kind.value,
        "also called": ", ".join(alter.aliases),
        "one with": ", ".join(one.name for one in journal.alters.merged(alter.id)),
        "pronouns": alter.pronouns,
        "birthday": alter.birthday,
        "in touch": f"every {every} days" if every is not None else "",
        "notes": alter.notes,
    }
    yield from (f"{word}: {value}" for word, value in told.items() if value)


def _list(invocation: Invocation, day: dt.date | None = None) -> int:
    with open_journal(invocation) as opened:
        from kinship.circle.sentences import in_order, one_line

        journal = opened.journal
        bonds = in_order(journal.circle.as_of(day or journal.today()))
        if invocation.json:
            say_json([bond_shape(bond) for bond in bonds])
        else:
            for bond in bonds:
                say(one_line(bond))
        return opened.reading_code


for _command in COMMANDS:
    people.add_command(_command)
