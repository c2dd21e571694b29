"""`kinship without`: what would rest on whom if somebody were away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.finding import find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json, wrapped
from kinship.cli.shapes import Shape
from kinship.ground.errors import NotFound

if TYPE_CHECKING:
    from kinship.circle.what_if import WhatIf
    from kinship.journal.model import AlterId, Circle


@click.command(epilog=example("kinship without Bea", "kinship without Bea Ana --as-of 2025-06-01"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--as-of", type=a_day, metavar="DAY", help="On the map of this day; today when left out.")
@output_options
@vault_options
@click.pass_obj
def without(invocation: Invocation, names: tuple[str, ...], *, as_of: dt.date | None) -> int:
    """Say what would rest on whom if these were away; nothing is changed by asking."""
    with open_journal(invocation) as opened:
        from kinship.circle.what_if import what_if, what_if_in_words

        journal = opened.journal
        circle = journal.circle.as_of(as_of if as_of is not None else journal.today())
        there = {bond.alter.id for bond in circle.bonds}
        away = [find_person(journal, name) for name in names]
        for alter in away:
            if alter.id not in there:
                raise NotFound(f"{alter.name} is not on the map on {circle.as_of}.")
        found = what_if(circle, [alter.id for alter in away])
        sentences = what_if_in_words(found, circle)
        if invocation.json:
            say_json(_shape(found, circle, sentences))
        else:
            for sentence in sentences:
                for line in wrapped(sentence):
                    say(line)
        return opened.reading_code


def _shape(found: WhatIf, circle: Circle, sentences: Iterable[str]) -> Shape:
    """Return the answer as `without --json` prints it."""
    names = {bond.alter.id: bond.alter.name for bond in circle.bonds}

    def who(alter: AlterId) -> Shape:
        return {"id": alter, "name": names[alter]}

    return {
        "as_of": circle.as_of.isoformat(),
        "away": [who(one) for one in found.away],
        "size": {"before": found.size_before, "after": found.size_after},
        "kinds_lost": [kind.value for kind in found.kinds_lost],
        "left_with_one": {kind.value: who(alter) for kind, alter in found.left_with_one.items()},
        "subkinds_lost": list(found.subkinds_lost),
        "components": {"before": found.parts_before, "after": found.parts_after},
        "cut_off": [[who(one) for one in piece] for piece in found.cut_off],
        "concentration": {"before": found.concentration_before, "after": found.concentration_after},
        "sentences": list(sentences),
    }
