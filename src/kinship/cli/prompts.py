"""`kinship today`: the prompt of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json, wrapped
from kinship.cli.page_lines import page_line
from kinship.journal.titles import title_of

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.prompts import Prompt

MOST_BEFORE = 3
"""Pages of this day in years before that are shown by themselves."""


@click.command(epilog=example("kinship today", "kinship today --json"))
@output_options
@vault_options
@click.pass_obj
def today(invocation: Invocation) -> int:
    """Show the prompt of the day; it stays the same all day long."""
    with open_journal(invocation) as opened:
        print_prompt(invocation, opened.journal)
        return opened.reading_code


def print_prompt(invocation: Invocation, journal: Journal) -> None:
    """Print the prompt of the person's day, as text or as JSON."""
    from kinship.reflect.own_packs import library
    from kinship.reflect.selection import choose_today
    from kinship.reflect.state import note_shown, seed_of, selection_state
    from kinship.reflect.unasked import looked_back

    day = journal.today()
    pack = library(journal, invocation.surroundings.places.config).pack
    choice = choose_today(pack, selection_state(journal, day), day, seed_of(journal))
    note_shown(journal, day, choice)
    before = looked_back(journal, day)
    if invocation.json:
        others = choice.alternatives if choice is not None else ()
        alternatives = [_shape(one.prompt, one.text) for one in others]
        first = _shape(choice.prompt, choice.text) if choice is not None else {"id": None, "topic": None, "text": None}
        pages = [{"id": one.id, "date": one.day.isoformat(), "title": title_of(one)} for one in before]
        say_json({"date": day.isoformat(), **first, "alternatives": alternatives, "on_this_day": pages})
        return
    say(f"{day:%A} {day.day} {day:%B %Y}")
    say()
    for line in wrapped(choice.text if choice is not None else "Every prompt is put away. The page is yours."):
        say(line)
    for one in choice.alternatives if choice is not None else ():
        for line in wrapped(f"or: {one.text}"):
            say(line)
    if before:
        say()
        say("On this day")
        for page in before[:MOST_BEFORE]:
            say(page_line(journal, page))


def _shape(prompt: Prompt, text: str) -> dict[str, object]:
    return {"id": prompt.id, "topic": prompt.topic, "text": text}
