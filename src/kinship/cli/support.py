"""`kinship support`: a moment of support or strain."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_entry, find_person, most_like
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import listed, say, say_json
from kinship.cli.shapes import moment_shape
from kinship.ground.errors import Misused
from kinship.journal.kinds import SUPPORT, Kind, is_own, label_of
from kinship.journal.model import Direction

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


GIVEN = SUPPORT
STRAINED = (Kind.STRAIN,)


def words(told: str) -> tuple[str, ...]:
    """Return the words of `listening,advice`, each once."""
    found = (word.strip() for word in told.split(","))
    return tuple(dict.fromkeys(word for word in found if word))


def weighed(word: str) -> tuple[str, int | None]:
    """Return a kind or way and its strength where one is said: `listening=3`. Raises Misused."""
    name, equals, strength = word.partition("=")
    if not equals:
        return word, None
    if strength.strip() not in ("1", "2", "3"):
        raise Misused(f"A strength is 1, 2 or 3, not {strength.strip() or 'nothing'}.")
    return name.strip(), int(strength)


@click.command(
    epilog=example(
        "kinship support Bea --gives listening=3,advice --on yesterday", "kinship support Bea --receives time"
    )
)
@click.argument("name")
@click.option("--gives", type=words, metavar="KINDS", help="What they gave me: listening, advice=3 …")
@click.option("--receives", type=words, metavar="KINDS", help="What they received from me.")
@click.option("--strain", type=words, metavar="KINDS", help="What weighed: drains, conflict, strain …")
@click.option("--on", "day", type=a_day, metavar="DAY", help="The day it happened; today when left out.")
@click.option("--entry", metavar="ID", help="The entry that tells of it.")
@output_options
@vault_options
@click.pass_obj
def support(
    invocation: Invocation,
    name: str,
    *,
    gives: tuple[str, ...] | None,
    receives: tuple[str, ...] | None,
    strain: tuple[str, ...] | None,
    day: dt.date | None,
    entry: str | None,
) -> None:
    """Record that somebody gave, received or strained, with commas between several kinds.

    How much it meant or weighed may stand behind a kind: 1 a little, 2, 3 a lot.
    """
    told = [
        *((word, Direction.FROM_THEM, GIVEN) for word in gives or ()),
        *((word, Direction.TO_THEM, GIVEN) for word in receives or ()),
        *((word, Direction.FROM_THEM, STRAINED) for word in strain or ()),
    ]
    if not told:
        raise click.UsageError("Say what happened with --gives, --receives or --strain.")
    with open_journal(invocation) as opened:
        journal = opened.journal
        alter = find_person(journal, name)
        page = find_entry(journal, entry).id if entry is not None else None
        said = [(*weighed(word), to, kinds) for word, to, kinds in told]
        ways = [(way_of(journal, word, kinds), strength, to) for word, strength, to, kinds in said]
        moments = [
            journal.moment(alter.id, word, direction=to, day=day, strength=strength, entry=page)
            for word, strength, to in ways
        ]
        journal.perform(f"Marked for {alter.name}", map(journal.put, moments))
        if invocation.json:
            say_json([moment_shape(moment) for moment in moments])
        else:
            labels = (
                label_of(word) if to is Direction.FROM_THEM else f"{label_of(word)} given" for word, _, to in ways
            )
            say(f"{alter.name}, {moments[0].day}: {listed(labels)}.")


def way_of(journal: Journal, word: str, kinds: tuple[Kind, ...]) -> str:
    """Return the id of a kind or way by any spelling of it, the person's own among them. Raises Misused."""
    found = journal.way_named(word, kinds)
    if found is not None:
        return found
    ways = [(kind.value, *(way.label if is_own(way.id) else way.id for way in journal.ways_of(kind))) for kind in kinds]
    known = [name for row in ways for name in row]
    near = most_like(word, known)
    remedy = f"Did you mean {near}?" if near else "A word of your own: kinship people ways --add KIND WORD"
    raise Misused(f"{word} is none of: {', '.join(known)}.", remedy)
