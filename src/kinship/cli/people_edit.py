"""`kinship people edit, status, knows, merge, part, delete, ways`: what changes somebody who is in the circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_merged, find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.shapes import person_shape
from kinship.cli.support import GIVEN, STRAINED, way_of, weighed, words
from kinship.ground.days import birthday_in
from kinship.ground.errors import Misused, NotFound
from kinship.journal.kept_maps import holding
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Ring, Status

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Alter

USUAL = 2
"""The strength of what is said without a number."""
RHYTHMS = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 90, "never": 0}
SINCE = click.option("--since", type=a_day, metavar="DAY", help="It holds from this day on; today when left out.")


def rhythm(told: str) -> int:
    """Return the days of a rhythm, 0 for none."""
    folded = told.strip().casefold()
    if folded in RHYTHMS:
        return RHYTHMS[folded]
    if folded.isdecimal():
        return int(folded)
    raise click.BadParameter(f"'{told}' is no rhythm; it is one of: {', '.join(RHYTHMS)}, or a number of days.")


@click.command(
    epilog=example(
        "kinship people edit Bea --ring inner --since 'June 2024'",
        "kinship people edit Bea --expects listening=3,advice --no-longer time",
    )
)
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Another name; the old one still means them.")
@click.option("--kind", type=click.Choice([kind.value for kind in AlterKind]), help="What they are.")
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="One more name; may be said more than once.")
@click.option("--no-alias", "no_aliases", multiple=True, metavar="NAME", help="No longer a name of theirs.")
@click.option("--pronouns", metavar="WORDS", help="Such as she/her; empty for none.")
@click.option("--birthday", metavar="DAY", help="3 May, or 1980-05-03; empty for none.")
@click.option("--notes", metavar="TEXT", help="Notes, in place of those there were.")
@click.option("--ring", type=click.Choice([*(ring.value for ring in Ring), "none"]), help="How close.")
@click.option("--circle", "sector", metavar="WORD", help="Family, friends, your own word; empty for none.")
@click.option("--status", type=click.Choice([one.value for one in Status]), help="How the tie stands.")
@click.option("--expects", type=words, metavar="KINDS", help="What you could turn to them for: listening=3,advice …")
@click.option("--offers", type=words, metavar="KINDS", help="What they could turn to you for.")
@click.option("--weighs", type=words, metavar="KINDS", help="What weighs: drains, conflict …")
@click.option("--no-longer", type=words, metavar="KINDS", help="What ends of all that.")
@click.option("--keep-in-touch", "touch", type=rhythm, metavar="HOW", help="weekly, monthly, a number of days, never.")
@SINCE
@output_options
@vault_options
@click.pass_obj
def edit(
    invocation: Invocation,
    /,
    *,
    name: str,
    since: dt.date | None,
    touch: int | None,
    **told: str | Sequence[str] | None,
) -> None:
    """Change what is known or said of somebody; everything on one line is one act."""
    import msgspec

    if touch is None and not any(value is not None and value != () for value in told.values()):
        raise click.UsageError("Say what changes, such as --ring inner; see --help.")
    with open_journal(invocation) as opened:
        journal = opened.journal
        alter = find_person(journal, name)
        journal.edit_person(
            _edited(alter, told),
            list(_said(journal, alter, told, since)),
            from_=since,
            touch=msgspec.UNSET if touch is None else touch or None,
        )
        _show(invocation, journal, alter)


def _edited(alter: Alter, told: dict[str, str | Sequence[str] | None]) -> Alter:
    """Return somebody with the own fields that were told."""
    import msgspec

    from kinship.journal.mentions import fold

    fields = {"name": "new_name", "pronouns": "pronouns", "notes": "notes"}
    own = {field: told[option] for field, option in fields.items() if told[option] is not None}
    if isinstance(born := told["birthday"], str):
        own["birthday"] = birthday_in(born) if born.strip() else ""
    gone = {fold(one) for one in told["no_aliases"] or ()}
    if unknown := gone - set(map(fold, alter.aliases)):
        raise NotFound(f"{alter.name} is not called {', '.join(sorted(unknown))} besides.")
    aliases = (*(one for one in alter.aliases if fold(one) not in gone), *(told["aliases"] or ()))
    kind = AlterKind(told["kind"]) if isinstance(told["kind"], str) else alter.kind
    return msgspec.structs.replace(alter, aliases=aliases, kind=kind, **own)


def _said(
    journal: Journal, alter: Alter, told: dict[str, str | Sequence[str] | None], since: dt.date | None
) -> Iterator[tuple[str, int | str | None]]:
    """Yield what is said of somebody, each the field of a fact and its value."""
    for field, option in (("ring", "ring"), ("sector", "sector"), ("status", "status")):
        value = told[option]
        if isinstance(value, str):
            yield field, None if value.strip() in ("", "none") else value
    for head, option, kinds in (
        ("gives", "expects", GIVEN), ("receives", "offers", GIVEN), ("strain", "weighs", STRAINED),
    ):  # fmt: skip
        for word in told[option] or ():
            name, strength = weighed(word)
            yield f"{head}.{way_of(journal, name, kinds)}", strength or USUAL
    bond = journal.circle.bond(alter, since or journal.today())
    for word in told["no_longer"] or ():
        way = way_of(journal, word, tuple(Kind))
        held = (("gives", bond.gives), ("receives", bond.receives), ("strain", bond.strain)) if bond is not None else ()
        ended = [f"{head}.{way}" for head, said in held if way in said]
        if not ended:
            raise NotFound(f"{word} was not said of {alter.name}, so it cannot end.")
        yield from ((field, None) for field in ended)


@click.command(epilog=example("kinship people status Tom remembered --since '3 May'"))
@click.argument("name")
@click.argument("standing", metavar="STATUS", type=click.Choice([one.value for one in Status]))
@SINCE
@output_options
@vault_options
@click.pass_obj
def status(invocation: Invocation, name: str, standing: str, since: dt.date | None) -> None:
    """Say how a tie stands: active, wished, paused, remembered, ended or no_contact; none of these is nudged about."""
    with open_journal(invocation) as opened:
        alter = find_person(opened.journal, name)
        opened.journal.state(alter.id, "status", standing, from_=since)
        _show(invocation, opened.journal, alter)


@click.command(epilog=example("kinship people knows Ana Bea", "kinship people knows Ana Bea --not --since 'June 2024'"))
@click.argument("name")
@click.argument("other")
@click.option("--not", "ended", is_flag=True, help="They do not, or no longer.")
@click.option("--strength", type=click.IntRange(1, 3), default=1, show_default=True, help="How well.")
@SINCE
@vault_options
@click.pass_obj
def knows(
    invocation: Invocation, name: str, other: str, *, ended: bool, strength: int, since: dt.date | None
) -> None:  # fmt: skip
    """Say that two know each other; of a group, that somebody belongs to it."""
    with open_journal(invocation) as opened:
        one, two = find_person(opened.journal, name), find_person(opened.journal, other)
        done = opened.journal.say_knows(one.id, two.id, None if ended else strength, from_=since)
        if ended and not done:
            raise NotFound(f"It was not said that {one.name} and {two.name} know each other.")
        say(f"{one.name} and {two.name} {'do not know' if ended else 'know'} each other.")


@click.command(epilog=example("kinship people merge Beatrice Bea"))
@click.argument("keep")
@click.argument("gone", metavar="OTHER")
@vault_options
@click.pass_obj
def merge(invocation: Invocation, keep: str, gone: str) -> None:
    """Make two one: OTHER is KEEP from now on; `people part` undoes it."""
    with open_journal(invocation) as opened:
        kept, other = find_person(opened.journal, keep), find_person(opened.journal, gone)
        opened.journal.merge_alters(kept.id, other.id)
        say(f"{other.name} is {kept.name}. They are parted again with: kinship people part {other.id[:8]}")


@click.command(epilog=example("kinship people part Beatrice"))
@click.argument("name")
@vault_options
@click.pass_obj
def part(invocation: Invocation, name: str) -> None:
    """Part somebody from whom they were made one with."""
    with open_journal(invocation) as opened:
        other = find_merged(opened.journal, name)
        opened.journal.part_alters(other.id)
        say(f"{other.name} stands alone again.")


@click.command(epilog=example("kinship people delete Bea"))
@click.argument("name")
@vault_options
@click.pass_obj
def delete(invocation: Invocation, name: str) -> None:
    """Take somebody off the map with all that was said of them; pages keep their words, kept maps their pictures."""
    with open_journal(invocation) as opened:
        alter = find_person(opened.journal, name)
        kept = holding(opened.journal.snapshots, opened.journal.alters.kin(alter.id))
        opened.journal.delete_alter(alter.id)
        say(f"{alter.name} is off the map; pages keep their words.")
        if kept:
            maps = "1 kept map still shows" if len(kept) == 1 else f"{len(kept)} kept maps still show"
            remark(f"{maps} them, by name: kinship snapshots")
        remark("A backup still has them: kinship restore --help. To remember somebody instead: people status.")


@click.command(epilog=example("kinship people ways", "kinship people ways --add practical soup"))
@click.option("--add", "added", nargs=2, metavar="KIND WORD", help="A way of giving in your own word, under a kind.")
@click.option("--remove", metavar="WORD", help="Offer it no longer; what was said with it stays.")
@output_options
@vault_options
@click.pass_obj
def ways(invocation: Invocation, added: tuple[str, str] | None, remove: str | None) -> int:
    """List the kinds of support and strain with their ways, your own among them."""
    with open_journal(invocation) as opened:
        journal = opened.journal
        if added:
            journal.add_way(_kind(added[0]), added[1])
        if remove:
            journal.forget_way(journal.way_named(remove) or remove)
        rows = {kind.value: journal.ways_of(kind) for kind in Kind}
        if invocation.json:
            say_json({kind: [{"id": way.id, "label": way.label} for way in its] for kind, its in rows.items()})
        else:
            for kind, its in rows.items():
                say(f"{kind}: {', '.join(way.label for way in its)}")
        return opened.reading_code


def _kind(word: str) -> Kind:
    try:
        return Kind(word.strip().casefold())
    except ValueError as error:
        raise Misused(f"{word} is no kind; it is one of: {', '.join(Kind)}.") from error


def _show(invocation: Invocation, journal: Journal, alter: Alter) -> None:
    """Print how somebody stands now."""
    from kinship.circle.sentences import one_line

    if invocation.json:
        say_json(person_shape(journal, alter, journal.today()))
        return
    bond = journal.circle.bond(alter.id, journal.today())
    say(one_line(bond) if bond is not None else f"{alter.name}: not on the map today")


COMMANDS = (edit, status, knows, merge, part, delete, ways)
