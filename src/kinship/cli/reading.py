"""`kinship list`, `show` and `search`: entries as text or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinship.cli.days import day as a_day
from kinship.cli.days import last_day
from kinship.cli.finding import find_entry, find_person
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json, wrapped
from kinship.cli.page_lines import print_pages
from kinship.cli.shapes import entry_shape, people_in
from kinship.ground.errors import Misused
from kinship.journal.model import Entry
from kinship.journal.titles import title_of

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.query import Query

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def filters(command: Decorated) -> Decorated:
    """Add the filters that `list`, `search` and `export` share: each is a key of the search language."""
    for option in (
        click.option("--starred", is_flag=True, help="Entries with a star."),
        click.option("--journal", metavar="NAME", help="Entries of this journal."),
        click.option("--stress", metavar="0-10", help="Entries with this stress, or a span: 3..6, >=7."),
        click.option("--mood", metavar="0-10", help="Entries with this mood, or a span: 3..6, >=5."),
        click.option("--topic", metavar="WORD", help="Entries of this topic."),
        click.option("--tag", metavar="WORD", help="Entries with this tag."),
        click.option("--person", metavar="NAME", help="Entries that mention somebody."),
        click.option("--until", type=last_day, metavar="DAY", help="Entries of this day or before."),
        click.option("--since", type=a_day, metavar="DAY", help="Entries of this day or later."),
    ):
        command = option(command)
    return command


limit_option = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many entries.")


@click.command("list", epilog=example("kinship list --since 2026-01-01 --person Bea", "kinship list --json | jq"))
@limit_option
@filters
@output_options
@vault_options
@click.pass_obj
def list_entries(invocation: Invocation, /, **chosen: Any) -> int:
    """List entries, newest first."""
    with open_journal(invocation) as opened:
        print_pages(invocation, opened.journal, _found(opened.journal, "", **chosen)[0])
        return opened.reading_code


@click.command(
    epilog=example("kinship search 'garden or balcony' person:Bea", "kinship search tag:work mood:3..6 --json")
)
@click.argument("words", nargs=-1)
@click.option("--saved", metavar="NAME", help="Search for what is saved under this name; words narrow it.")
@limit_option
@filters
@output_options
@vault_options
@click.pass_obj
def search(invocation: Invocation, /, words: Sequence[str], saved: str | None, **chosen: Any) -> int:
    """Find entries by their words, and by more than words.

    An entry is found when it holds every word; case does not matter. "or" joins the two words beside it, a minus leaves
    out what follows, and quotes hold words together: kinship search '"on the stairs" -rain'. Keys ask for more:
    person: tag: topic: mood:3..6 mood:>=5 stress: feeling: since: until: on: day: journal: is:starred has:mood. A line
    that begins with a minus stands after "--". Words on a command line can be seen by other programs on this machine,
    and shells keep them; `kinship searches` saves a line in the vault, to be searched by its name.
    """
    if not words and saved is None:
        raise Misused("Say what to search for.", "Everything there is: kinship list")
    with open_journal(invocation) as opened:
        line = " ".join(words)
        if saved is not None:
            from kinship.journal.saved import saved_search

            line = f"{saved_search(opened.journal, saved).line} {line}"
        found, marked = _found(opened.journal, line, **chosen)
        print_pages(invocation, opened.journal, found, marked)
        return opened.reading_code


@click.command(epilog=example("kinship show 3f9a1c02"))
@click.argument("id_", metavar="ID")
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation, id_: str) -> int:
    """Show one entry; the first characters of its id are enough."""
    with open_journal(invocation) as opened:
        journal = opened.journal
        entry = find_entry(journal, id_)
        if invocation.json:
            say_json(entry_shape(journal, entry, title_of(entry)))
        else:
            _print_page(journal, entry)
        return opened.reading_code


def _found(journal: Journal, words: str, /, *, limit: int | None, **chosen: Any) -> tuple[list[Entry], Sequence[str]]:
    """Return the pages, and the folded words they were found by."""
    query = query_of(journal, words, **chosen)
    return journal.find(query)[:limit], query.words


def query_of(
    journal: Journal,
    words: str,
    /,
    *,
    since: dt.date | None,
    until: dt.date | None,
    person: str | None,
    starred: bool,
    **keys: str | None,
) -> Query:
    """Return what a search line and the filters ask for together. Raises Misused, and NotFound for an unknown name."""
    from kinship.ground.days import Span
    from kinship.journal.query import Key, Query, Term, asked, parse

    today = journal.today()
    query = parse(words, today)
    if since is not None or until is not None:
        days = Span(since or dt.date.min, until or dt.date.max)
        query &= Query(((Term(Key.ON, days=days),),))
    if person is not None:
        query &= Query(((Term(Key.PERSON, find_person(journal, person).id),),))
    if starred:
        query &= asked("is", "starred", today)
    for key, value in keys.items():
        if value is not None:
            query &= asked(key, value, today)
    return query


def _print_page(journal: Journal, entry: Entry) -> None:
    say(title_of(entry))
    say(f"{entry.day}  {entry.at:%H:%M}  {entry.id}")
    for label, told in _said_of(journal, entry):
        say(f"{label}: {told}")
    say()
    for line in wrapped(entry.body):
        say(line)


def _said_of(journal: Journal, entry: Entry) -> Iterable[tuple[str, str]]:
    if entry.mood is not None:
        yield "Mood", f"{entry.mood} of 10"
    if entry.stress is not None:
        yield "Stress", f"{entry.stress} of 10"
    for label, words in (
        ("Feelings", entry.feelings),
        ("Tags", entry.tags),
        ("People", [alter.name for alter in people_in(journal, entry)]),
    ):
        if words:
            yield label, ", ".join(words)
    for label, word in (("Topic", entry.topic), ("Journal", entry.journal), ("Prompt", entry.prompt)):
        if word:
            yield label, word
    if entry.starred:
        yield "Starred", "yes"
