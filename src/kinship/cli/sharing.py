"""`kinship share`: a sheet for a visit, a person's page, a book of pages, as a file for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, vault_options
from kinship.cli.output import remark, say
from kinship.cli.reading import filters, query_of
from kinship.cli.taking import Target, names_may_leave, say_taken, seal_options, take, target_of
from kinship.ground.errors import Misused, NotFound
from kinship.snapshot.documents import Written, rules_for, written
from kinship.snapshot.export import Paper, Style
from kinship.snapshot.sealing import ENDING as SEALED
from kinship.snapshot.share import STRUCTURE_WARNING, NamesMode, Share

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Appointment
    from kinship.snapshot.document import Document

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_TICKS = {
    "strain": "strain", "notes": "notes", "days": "exact_dates", "moments": "moments", "no-contact": "no_contact",
}  # fmt: skip
MOODS = "moods"
_OF_FILES = {
    "output", "names", "include", "page", "style", "preview", "yes", "force", "seal", "seal_fd", "seal_to",
}  # fmt: skip
"""What `file_options` gives; the rest are filters."""
_ENDINGS = {".pdf": Written.PDF, ".html": Written.HTML, ".htm": Written.HTML, ".txt": Written.TEXT}


def file_options(command: Decorated) -> Decorated:
    """Add what every document takes: how people are called, what leaves besides, how it looks, where it goes."""
    for option in (
        click.option("--force", is_flag=True, help="Replace the file if it is there."),
        click.option("--yes", is_flag=True, help="Let whole names go into a file without asking."),
        click.option("--preview", is_flag=True, help="Say line by line what would leave, and write nothing."),
        click.option("--style", type=click.Choice([style.value for style in Style]), help="The look of the pages."),
        click.option("--page", type=click.Choice([paper.value for paper in Paper]), default="a4", help="Of a PDF."),
        click.option(
            "--include",
            type=click.Choice([*_TICKS, MOODS]),
            multiple=True,
            help="Let this leave too; may be said more than once. Notes only with --names full.",
        ),
        click.option(
            "--names",
            type=click.Choice([mode.value for mode in NamesMode]),
            default=NamesMode.NONE.value,
            help="How people are called, in your own words too.",
        ),
        click.option("--output", type=click.Path(), metavar="FILE", help="A .pdf, .html or .txt; - prints it as text."),
    ):
        command = option(command)
    return vault_options(seal_options(command))


@click.group(epilog=example("kinship share visit --output thursday.pdf", "kinship share book tag:garden --preview"))
def share() -> None:
    """Write a sheet for a visit, a person's page, or a book of pages.

    Without names, strain, notes and exact days, unless you let them leave: --names and --include. --preview shows every
    line first.
    """


@share.command(
    epilog=example(
        "kinship share visit --preview",
        "kinship share visit --for 3f2a --since 'last May' --with-page 81c0 --output thursday.pdf --names roles",
    )
)
@click.option("--for", "which", metavar="ID", help="A date ahead, by its id; the next one when left out.")
@click.option("--as-of", type=a_day, metavar="DAY", help="The map of this day; today when left out.")
@click.option("--since", type=a_day, metavar="DAY", help="What changed since; else since the last visit or kept map.")
@click.option("--say", "talk", multiple=True, metavar="LINE", help="What you want to say, besides the date's own list.")
@click.option("--with-page", "pages", multiple=True, metavar="ID", help="Let this page be on it.")
@click.option("--title", default="", metavar="WORDS", help="A title of your own.")
@file_options
@click.pass_obj
def visit(invocation: Invocation, /, which: str | None, talk: Sequence[str], pages: Sequence[str], **told: Any) -> int:
    """Write a sheet to take to a visit: the map, what changed since last time, your list, pages you choose."""
    from kinship.cli.finding import find_entry
    from kinship.snapshot.sheet import Visit, last_time, visit_sheet

    def made(journal: Journal, chosen: Share) -> Document:
        date = _date(journal, which)
        day = told["as_of"] or journal.today()
        since = told["since"] or last_time(journal, date)
        on_it = Visit(
            day=day,
            since=since if since is not None and since < day else None,
            talk=(*(date.bring if date is not None else ()), *talk),
            pages=tuple(find_entry(journal, word) for word in pages),
            moods=MOODS in told["include"],
        )
        return visit_sheet(journal, msgspec.structs.replace(on_it, title=told["title"] or on_it.title), chosen)

    return _share(invocation, told, made, "The sheet")


@share.command(epilog=example("kinship share person Bea --output bea.html --names full --include moments"))
@click.argument("name")
@file_options
@click.pass_obj
def person(invocation: Invocation, /, name: str, **told: Any) -> int:
    """Write one person's page: what is known of the tie, in words."""
    from kinship.cli.finding import find_person
    from kinship.snapshot.person_page import person_page

    def made(journal: Journal, chosen: Share) -> Document:
        return person_page(journal, find_person(journal, name).id, chosen)

    return _share(invocation, told, made, "The page")


@share.command(
    epilog=example(
        "kinship share book since:2025 until:2025 --output 2025.pdf --include days",
        "kinship share book starred: --output pages.html --names initials",
    )
)
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@filters
@click.option("--title", default="", metavar="WORDS", help="A title of your own.")
@file_options
@click.pass_obj
def book(invocation: Invocation, /, words: Sequence[str], title: str, **told: Any) -> int:
    """Write pages as a book: those that WORDS and the filters ask for, as in kinship search, or all."""
    from kinship.snapshot.book import TITLE
    from kinship.snapshot.book import book as book_of
    from kinship.snapshot.hiding import hiding

    def made(journal: Journal, chosen: Share) -> Document:
        asked = {name: one for name, one in told.items() if name not in _OF_FILES}
        entries = journal.find(query_of(journal, " ".join(words), **asked))
        if not entries:
            raise NotFound("No entry fits that; nothing was written.")
        hide = hiding(journal, chosen)
        return book_of(entries, chosen, hide, title=title or TITLE, moods=MOODS in told["include"])

    return _share(invocation, told, made, "The book")


def _share(invocation: Invocation, told: dict[str, Any], made: Callable[[Journal, Share], Document], what: str) -> int:
    """Make the document, and write it, print it, or say what it would hold."""
    chosen = _chosen(told)
    form = _form(told["output"])
    target = _target(invocation, told)
    if target is None and not told["preview"]:
        raise Misused("Say where it goes: --output FILE, a .pdf, .html or .txt.", "Or look first: --preview")
    with open_journal(invocation) as opened:
        document = made(opened.journal, chosen)
        if target is None:
            _preview(document, chosen)
            return opened.reading_code
        if chosen.names is NamesMode.FULL and not names_may_leave(target, yes=told["yes"]):
            remark("Nothing was written.")
            return opened.reading_code
        style = Style(told["style"]) if told["style"] else None
        take(target, written(document, form, style=style, paper=Paper(told["page"]), remark=remark))
        say_taken(target, what)
        if target.path is not None:
            remark(STRUCTURE_WARNING)
        return opened.reading_code


def _target(invocation: Invocation, told: dict[str, Any]) -> Target | None:
    if told["preview"] or told["output"] is None:
        return None
    sealing = {name: told[name] for name in ("seal", "seal_fd", "seal_to")}
    return target_of(invocation, told["output"], force=told["force"], **sealing)


def _chosen(told: dict[str, Any]) -> Share:
    ticked = {_TICKS[one]: True for one in told["include"] if one != MOODS}
    chosen = msgspec.structs.replace(Share(names=NamesMode(told["names"])), **ticked)
    if chosen.notes and chosen.names is not NamesMode.FULL:
        raise Misused("Notes leave only together with whole names.", "Say --names full too.")
    return chosen


def _form(output: str | None) -> Written:
    """Return what a file is written as, by its ending. Raises Misused for another."""
    if output in (None, "-"):
        return Written.TEXT
    path = Path(str(output))
    ending = (path.with_suffix("") if path.suffix == SEALED else path).suffix.lower()
    if ending not in _ENDINGS:
        raise Misused("A document is a .pdf, a .html or a .txt.", "Name the file so: --output visit.pdf")
    return _ENDINGS[ending]


def _date(journal: Journal, which: str | None) -> Appointment | None:
    from kinship.cli.appointments import find_date

    if which is not None:
        return find_date(journal, which)
    return next(iter(journal.appointments.ahead(journal.clock.now())), None)


def _preview(document: Document, chosen: Share) -> None:
    from kinship.snapshot.document_text import lines_of_document

    for line in (*rules_for(chosen), "", *lines_of_document(document)):
        say(line)
