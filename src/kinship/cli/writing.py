"""`kinship write`: a new entry from the line, from standard input, or typed on the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import on_terminal, remark, say
from kinship.cli.passphrase import refuse_shared_input
from kinship.cli.typed import Stopped, as_draft, ask_about, keep, words_of
from kinship.ground.errors import Misused
from kinship.privacy.text import clean

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


@click.command(
    epilog=example(
        "kinship write 'Bea called, we laughed.' --with Bea --tag evening",
        "kinship write --date yesterday --mood 6 < page.md",
    )
)
@click.argument("text", required=False, metavar="[TEXT | -]")
@click.option("--date", "day", type=a_day, metavar="DAY", help="The day it is about: YYYY-MM-DD, today or yesterday.")
@click.option("--title", metavar="WORDS", help="A title; without one it is the first line.")
@click.option("--mood", type=click.IntRange(0, 10), metavar="0-10", help="How it was.")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="A tag; may be said more than once.")
@click.option("--topic", metavar="WORD", help="The topic it belongs to.")
@click.option("--with", "company", multiple=True, metavar="NAME", help="Who was there; may be said more than once.")
@vault_options
@click.pass_obj
def write(
    invocation: Invocation,
    text: str | None,
    *,
    day: dt.date | None,
    title: str | None,
    mood: int | None,
    tags: Sequence[str],
    topic: str | None,
    company: Sequence[str],
) -> None:
    """Keep a new entry and print its id.

    Without TEXT, or with "-", the entry is read from standard input. Words on a command line can be seen by other
    programs on this machine, and shells keep them: standard input is the quiet way.

    On a terminal it is typed line by line, or without "-" in another editor where the settings allow one (editor =
    "vim"): in memory only, and wiped afterwards.
    """
    given = None if text in (None, "-") else text
    if given is None:
        refuse_shared_input(invocation)
    with open_journal(invocation) as opened:
        from kinship.journal.drafts import PageText

        def page_of(body: str) -> PageText:
            names = _names(opened.journal, company)
            return PageText(body=body, title=title, day=day, mood=mood, tags=tuple(tags), topic=topic, names=names)

        try:
            page = page_of(words_of(invocation, text) if given is None else given)
        except Stopped as stopped:
            remark(as_draft(opened, page_of(stopped.typed)))
            raise KeyboardInterrupt from stopped
        if not clean(page.body).strip():
            raise Misused("There are no words to keep.")
        act = keep(opened, page, piped=given is None and not on_terminal(sys.stdin))
        (id_,) = act.made["entries"]
        ask_about(opened.journal, id_)
        say(id_)


def _names(journal: Journal, company: Iterable[str]) -> dict[str, str] | None:
    names = {}
    for word in company:
        found = journal.alters.by_name(word)
        if len(found) == 1:
            names[word.strip().removeprefix("@")] = found[0].id
        else:
            who = "More than one in the circle is" if found else "Nobody in the circle is"
            remark(f"{who} called {word}; the entry is kept without the link.")
    return names or None
