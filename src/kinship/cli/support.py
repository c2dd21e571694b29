"""`kinship support`: a moment of support or strain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_entry, find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import listed, say, say_json
from kinship.cli.shapes import moment_shape
from kinship.journal.kinds import SUBKINDS, SUPPORT, Kind, label_of
from kinship.journal.model import Direction


class Word(NamedTuple):
    """One kind or subkind, and who gave it to whom."""

    word: str
    direction: Direction


def words_of(*kinds: Kind) -> Callable[[str], tuple[str, ...]]:
    """Return what reads `listening,advice`: kinds or subkinds of `kinds`, with commas between them."""
    known = [*(kind.value for kind in kinds), *(one.id for one in SUBKINDS if one.kind in kinds)]

    def read(told: str) -> tuple[str, ...]:
        words = [word.strip().casefold().replace("-", "_").replace(" ", "_") for word in told.split(",")]
        for word in words:
            if word not in known:
                raise click.BadParameter(f"'{word}' is none of: {', '.join(known)}.")
        return tuple(dict.fromkeys(words))

    return read


@click.command(
    epilog=example("kinship support Bea --gives listening,advice --on yesterday", "kinship support Bea --receives time")
)
@click.argument("name")
@click.option(
    "--gives", type=words_of(*SUPPORT), metavar="KINDS", help="What they gave me: listening, advice, emotional …"
)
@click.option("--receives", type=words_of(*SUPPORT), metavar="KINDS", help="What they received from me.")
@click.option("--strain", type=words_of(Kind.STRAIN), metavar="KINDS", help="What weighed: drains, conflict, strain …")
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
    """Record that somebody gave, received or strained, with commas between several kinds."""
    words = [Word(word, Direction.FROM_THEM) for word in (*(gives or ()), *(strain or ()))]
    words += [Word(word, Direction.TO_THEM) for word in receives or ()]
    if not words:
        raise click.UsageError("Say what happened with --gives, --receives or --strain.")
    with open_journal(invocation) as opened:
        journal = opened.journal
        alter = find_person(journal, name)
        page = find_entry(journal, entry).id if entry is not None else None
        made = [
            id_
            for word, direction in words
            for id_ in journal.record_moment(alter, word, direction=direction, day=day, entry=page).made["moments"]
        ]
        moments = [moment for id_ in made if (moment := journal.moments.get(id_)) is not None]
        if invocation.json:
            say_json([moment_shape(moment) for moment in moments])
            return
        told = listed(label_of(word) if to is Direction.FROM_THEM else f"{label_of(word)} given" for word, to in words)
        say(f"{alter.name}, {day or journal.today()}: {told}.")
