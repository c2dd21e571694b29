"""`kinship write`: a new entry from the line, from standard input, or typed on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import page_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import on_terminal, remark, say
from kinship.cli.passphrase import refuse_shared_input
from kinship.cli.typed import Stopped, as_draft, ask_about, keep, words_of
from kinship.ground.errors import Misused
from kinship.privacy.text import clean

if TYPE_CHECKING:
    import datetime as dt

    from kinship.journal.journal import Journal


@click.command(
    epilog=example(
        "kinship write 'Bea called, we laughed.' --with Bea --tag evening",
        "kinship write --date 'last Friday' --mood 6 < page.md",
        "kinship write --journal dreams --template night",
    )
)
@click.argument("text", required=False, metavar="[TEXT | -]")
@click.option(
    "--date", "when", type=page_day, metavar="DAY", help="Its day: yesterday, last Friday, 3 May, 2026-05-03."
)
@click.option("--title", metavar="WORDS", help="A title; without one it is the first line.")
@click.option("--mood", type=click.IntRange(0, 10), metavar="0-10", help="How it was.")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="A tag; may be said more than once.")
@click.option("--topic", metavar="WORD", help="The topic it belongs to.")
@click.option("--with", "company", multiple=True, metavar="NAME", help="Who was there; may be said more than once.")
@click.option("--journal", metavar="NAME", help="The journal it goes into; without one it is in the unnamed one.")
@click.option("--template", metavar="NAME", help="One of your templates, which the words go into.")
@vault_options
@click.pass_obj
def write(
    invocation: Invocation,
    text: str | None,
    *,
    when: str | None,
    title: str | None,
    mood: int | None,
    tags: Sequence[str],
    topic: str | None,
    company: Sequence[str],
    journal: str | None,
    template: str | None,
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
        from kinship.ground.page_day import page_day_in
        from kinship.journal.drafts import PageText

        day = page_day_in(when, opened.journal.today()) if when is not None else None
        begin, usual = _begun(opened.journal, template, day)
        into = opened.journal.journal_meant(journal if journal is not None else usual)

        def page_of(body: str) -> PageText:
            names = _names(opened.journal, company)
            return PageText(
                body=body, title=title, day=day, mood=mood, tags=tuple(tags), topic=topic, names=names, journal=into
            )

        try:
            page = page_of(words_of(invocation, text, template=begin) if given is None else _into(begin, given))
        except Stopped as stopped:
            remark(as_draft(opened, page_of(stopped.typed)))
            raise KeyboardInterrupt from stopped
        if not clean(page.body).strip():
            raise Misused("There are no words to keep.")
        act = keep(opened, page, piped=given is None and not on_terminal(sys.stdin))
        (id_,) = act.made["entries"]
        ask_about(opened.journal, id_)
        say(id_)


def _begun(journal: Journal, template: str | None, day: dt.date | None) -> tuple[str, str]:
    """Return what a template lets a page begin with, and the journal it goes into. Raises NotFound."""
    if template is None:
        return "", ""
    from kinship.journal.template_acts import words_from

    found = journal.template_named(template)
    return words_from(found, day or journal.today(), journal.clock.now()), found.journal


def _into(template: str, text: str) -> str:
    from kinship.journal.template_acts import filled

    return filled(template, text)


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
