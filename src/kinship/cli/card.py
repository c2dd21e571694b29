"""`kinship card`: the hard-day card, read and written a part at a time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_json
from kinship.cli.plain_lines import tell
from kinship.cli.typed import words_of
from kinship.privacy.text import clean, clean_line

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

PARTS = ("words", "people", "numbers", "helps")
TITLES = {"people": "Who you can turn to", "numbers": "Your numbers", "helps": "What helps"}
EMPTY = "Your hard-day card is empty. kinship card set helps 'a walk' 'tea' begins it."
a_part = click.argument("part", type=click.Choice(PARTS))
some_lines = click.argument("lines", nargs=-1)


@click.group(invoke_without_command=True, epilog=example("kinship card", "kinship card add numbers 'Bea 0123 456'"))
@output_options
@vault_options
@click.pass_context
def card(context: click.Context) -> int:
    """Show and write your hard-day card: words to yourself, people, numbers, what helps."""
    return _show(context.obj) if context.invoked_subcommand is None else 0


@card.command(epilog=example("kinship card show --json"))
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation) -> int:
    """Show the card, your own words first."""
    return _show(invocation)


@card.command("set", epilog=example("kinship card set helps 'a walk' 'tea'", "kinship card set words - < words.txt"))
@a_part
@some_lines
@vault_options
@click.pass_obj
def set_part(invocation: Invocation, part: str, lines: Sequence[str]) -> int:
    """Write a part anew, one line for each word or quoted words; - or nothing reads standard input.

    An empty line ('') empties the part.
    """
    told = _told(invocation, lines)
    with open_journal(invocation) as opened:
        _write(opened.journal, part, told)
        return opened.reading_code


@card.command(epilog=example("kinship card add people Bea", "kinship card add helps 'call the garden group'"))
@a_part
@some_lines
@vault_options
@click.pass_obj
def add(invocation: Invocation, part: str, lines: Sequence[str]) -> int:
    """Add lines to a part; what stands there stays."""
    told = _told(invocation, lines)
    with open_journal(invocation) as opened:
        _write(opened.journal, part, (*_lines(opened.journal, part), *told))
        return opened.reading_code


def _told(invocation: Invocation, lines: Sequence[str]) -> tuple[str, ...]:
    if lines and tuple(lines) != ("-",):
        return tuple(lines)
    if on_terminal(sys.stdin):
        remark("One a line; Ctrl-D on an empty line ends.")
    return tuple(words_of(invocation, "-").splitlines())


def _lines(journal: Journal, part: str) -> tuple[str, ...]:
    """Return the lines of a part as they are read."""
    from kinship.journal.card import people_on_card

    if part == "people":
        return tuple(people_on_card(journal).values())
    kept = getattr(journal.card, part)
    return tuple(kept.splitlines()) if part == "words" else tuple(kept)


def _write(journal: Journal, part: str, lines: Sequence[str]) -> None:
    from kinship.journal.card import people_for_card

    kept: str | tuple[str, ...]
    if part == "words":
        kept = clean("\n".join(lines)).strip()
    else:
        kept = tuple(dict.fromkeys(line for one in lines if (line := clean_line(one))))
    if part == "people":
        kept = people_for_card(journal, tuple(kept))
    journal.write_card(msgspec.structs.replace(journal.card, **{part: kept}))


def _show(invocation: Invocation) -> int:
    with open_journal(invocation) as opened:
        if invocation.json:
            say_json(_shape(opened.journal))
        else:
            _say(opened.journal)
        return opened.reading_code


def _shape(journal: Journal) -> dict[str, object]:
    from kinship.journal.card import people_on_card

    known = people_on_card(journal).items()
    people = [{"id": told if journal.alters.get(told) is not None else None, "name": name} for told, name in known]
    own = journal.card
    return {"words": own.words, "people": people, "numbers": list(own.numbers), "helps": list(own.helps)}


def _say(journal: Journal) -> None:
    told = {part: [line for line in _lines(journal, part) if line.strip()] for part in PARTS}
    if not any(told.values()):
        remark(EMPTY)
    for line in told.pop("words"):
        tell(line)
    for part, lines in told.items():
        if lines:
            say(f"{TITLES[part]}:")
        for line in lines:
            tell(line, indent="  ")
