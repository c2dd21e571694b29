"""`kinship write`: a new entry from the line, from standard input, or typed on the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import listed, on_terminal, remark, say
from kinship.cli.passphrase import refuse_shared_input
from kinship.ground.errors import Misused, NotSaved
from kinship.ground.settings import Settings, read_settings
from kinship.privacy.text import clean

if TYPE_CHECKING:
    from kinship.cli.opening import Opened
    from kinship.journal.acts import Act
    from kinship.journal.drafts import PageText
    from kinship.journal.journal import Journal

_LONGEST = 16 * 1024 * 1024


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
            page = page_of(_from_input(invocation, text) if given is None else given)
        except _Stopped as stopped:
            remark(_as_draft(opened, page_of(stopped.typed)))
            raise KeyboardInterrupt from stopped
        if not clean(page.body).strip():
            raise Misused("There are no words to keep.")
        act = _keep(opened, page, piped=given is None and not on_terminal(sys.stdin))
        (id_,) = act.made["entries"]
        _ask_about(opened.journal, id_)
        say(id_)


class _Stopped(Exception):
    """Ctrl-C while somebody was typing on the terminal; what they had typed must not be lost."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


def _from_input(invocation: Invocation, text: str | None) -> str:
    if on_terminal(sys.stdin):
        settings = read_settings(invocation.surroundings.places.settings_file)
        if text is None and settings.editor:
            return _edited(settings, invocation.surroundings.environment)
        return _typed()
    told = sys.stdin.buffer.read(_LONGEST + 1)
    if len(told) > _LONGEST:
        raise Misused("Standard input is longer than an entry can be (16 MiB).")
    try:
        return told.decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise Misused("Standard input is no UTF-8 text; nothing was kept.") from error


def _edited(settings: Settings, environment: Mapping[str, str]) -> str:
    """Return what another editor saved. Raises Misused or Refused where none may or can be used."""
    from kinship.privacy.editor import edit_elsewhere, find_editor

    return edit_elsewhere("", find_editor(settings.editor, settings.editor_flags, environment), environment)


def _typed() -> str:
    """Return what is typed on the terminal, line by line; raises _Stopped where Ctrl-C came after some words."""
    remark("Write; Ctrl-D on a line of its own keeps it.")
    lines: list[bytes] = []
    try:
        lines.extend(iter(sys.stdin.buffer.readline, b""))
    except KeyboardInterrupt:
        typed = b"".join(lines).decode("utf-8", "replace")
        if not clean(typed).strip():
            raise
        raise _Stopped(typed) from None
    return b"".join(lines).decode("utf-8", "replace").removesuffix("\n")


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


def _ask_about(journal: Journal, id_: str) -> None:
    """Say once which mentions of a page mean nobody, or more than one."""
    page = journal.pages.get(id_)
    open_names = journal.unresolved(page) if page is not None else ()
    if open_names:
        told = listed(f"@{one.text}" for one in open_names)
        remark(f"Not linked to anybody yet: {told}. Add them with: kinship people add NAME")


def _keep(opened: Opened, page: PageText, *, piped: bool) -> Act:
    try:
        return opened.journal.keep_page(page)
    except NotSaved as error:
        raise NotSaved(error.message, _where_it_is(opened, page, piped=piped)) from error


def _where_it_is(opened: Opened, page: PageText, *, piped: bool) -> str:
    """Return the sentence that says where the words are now: with the sender, in a draft, or on the screen."""
    if piped:
        return "Nothing was kept; the text is still with whoever sent it."
    return _as_draft(opened, page)


def _as_draft(opened: Opened, page: PageText) -> str:
    """Keep the words as a draft, or print them; return the sentence that says which."""
    try:
        opened.journal.drafts.keep(page)
    except NotSaved:
        say(clean(page.body))
        return "There was no room for a draft; the text is printed above."
    return "The text is kept as an encrypted draft on this computer and offered when you next open the journal."
