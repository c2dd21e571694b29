"""`kinship reflect`: a guided session on a plain terminal or through a pipe, one question after the other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.plain_answers import PlainAnswers
from kinship.cli.plain_lines import GoBack, PlainLines, StopHere, chosen, numbered, tell
from kinship.ground.errors import Misused
from kinship.reflect.book import Book
from kinship.reflect.engine import Question, Walk, answer, arc, back, begin, question
from kinship.reflect.keeping import Begun, finish, note, own_name, stop, waiting
from kinship.reflect.outcome import outcome
from kinship.reflect.own_packs import library
from kinship.reflect.picking import left_out, offered
from kinship.reflect.sessions import Session
from kinship.reflect.state import READ_BACK, seed_of, selection_state

if TYPE_CHECKING:
    from kinship.journal.journal import Act, Journal


@click.command(epilog=example("kinship reflect", "kinship reflect val-heard --short", "kinship reflect --list --json"))
@click.argument("session", required=False)
@click.option("--short", is_flag=True, help="The short form: four or five steps.")
@click.option("--list", "listing", is_flag=True, help="Say which there are, the one that suits today first.")
@click.option("--new", "anew", is_flag=True, help="Begin anew, though one was left before its end.")
@output_options
@vault_options
@click.pass_obj
def reflect(invocation: Invocation, session: str | None, *, short: bool, listing: bool, anew: bool) -> int:
    """Be guided through a short reflection, one question after the other.

    One answer a line; an empty line passes; /back, /stop and /help work everywhere. What was written is kept whenever
    you stop, and the next time it goes on from there. The id of the page stands on standard output at the end.
    """
    with open_journal(invocation) as opened:
        journal = opened.journal
        book = library(journal, invocation.surroundings.places.config).book
        if listing:
            _print(invocation, _offered(journal, book))
            return opened.reading_code
        lines = PlainLines(sys.stdin)
        begun = None if anew else _begun(journal, book, session)
        walk = begun.walk if begun is not None else begin(book, session or _choose(journal, book, lines), short=short)
        if begun is not None:
            remark("You stopped here before; it goes on from there. --new begins anew.")
        _Sitting(journal, book, lines, begun).go(walk)
        return 0


def _begun(journal: Journal, book: Book, session: str | None) -> Begun | None:
    """Return the walk to go on with: of the session that was named, or of any where none was."""
    if session is not None:
        book.session(session)
    return next((one for one in waiting(journal, book) if session in (None, one.walk.session)), None)


def _offered(journal: Journal, book: Book) -> tuple[Session, ...]:
    day = journal.today()
    done = journal.pages.latest(READ_BACK)
    return offered(book, selection_state(journal, day), done, day, seed_of(journal))


def _print(invocation: Invocation, sessions: tuple[Session, ...]) -> None:
    if invocation.json:
        fields = ("id", "topic", "title", "minutes", "intensity")
        say_json([{field: getattr(one, field) for field in fields} for one in sessions])
        return
    for one in sessions:
        tell(f"{one.id}  {one.title} · {one.minutes} min")


def _choose(journal: Journal, book: Book, lines: PlainLines) -> str:
    """Return the session that is chosen; an empty line takes the one that suits today."""
    sessions = _offered(journal, book)
    if not sessions:
        raise Misused("No reflection is offered today.", "kinship reflect ID begins one all the same.")
    numbered([f"{one.title} · {one.minutes} min" for one in sessions])
    tell("Which one? An empty line takes the first.")
    titles = tuple(one.title for one in sessions)
    by_id = {one.id: one for one in sessions}
    try:
        found = lines.ask_until(
            lambda said: said if said in by_id else chosen(said.partition(" · ")[0], titles), "A number, or its name."
        )
    except (GoBack, StopHere):
        raise Misused("No reflection was begun.") from None
    return next((one.id for one in sessions if found in (one.id, one.title)), sessions[0].id)


class _Sitting:
    """One session from its first question, or the one it was left at, to its end."""

    def __init__(self, journal: Journal, book: Book, lines: PlainLines, begun: Begun | None) -> None:
        self._journal = journal
        self._book = book
        self._begun = begun
        self._answers = PlainAnswers(lines, journal, book.pack)
        self._own_name = own_name(journal)

    def go(self, walk: Walk) -> None:
        """Ask until the end, or until the person stops; what was said is kept either way.

        A draft is kept after every answer, so that a closed terminal or Ctrl-C loses nothing.
        """
        tell(self._book.session(walk.session).title)
        try:
            while (asked := self._question(walk)) is not None:
                self._put(walk, asked.text, asked.hint)
                try:
                    walk = answer(self._book, walk, self._answers.answer(asked))
                except GoBack:
                    walk = back(walk)
                self._begun = note(self._journal, self._book, walk, self._begun)
        except StopHere:
            self._say_page(stop(self._journal, self._book, walk, self._begun))
            remark("Kept as it is. kinship reflect goes on from here whenever you like.")
            return
        self._say_page(finish(self._journal, self._book, walk, self._begun))
        for sentence in dict.fromkeys(filter(None, map(_offered_after, outcome(self._book, walk).offers))):
            remark(sentence)

    def _question(self, walk: Walk) -> Question | None:
        nobody = left_out(self._journal.circle.as_of(self._journal.today()))
        return question(self._book, walk, own_name=self._own_name, left_out=nobody)

    def _put(self, walk: Walk, text: str, hint: str) -> None:
        say()
        told = arc(self._book, walk)
        if text:
            tell(f"{told.at} of {told.of} · {text}")
        if hint:
            tell(hint, indent="  ")

    def _say_page(self, act: Act) -> None:
        """Print the id of the page that was made or grew; a walk without words leaves none."""
        grown = (self._begun.entry,) if self._begun is not None and self._begun.entry is not None else ()
        for id_ in act.made.get("entries", grown):
            say()
            say(id_)


def _offered_after(effect: str) -> str:
    """Return the command for what an answer asked for, empty where there is none."""
    what, _, which = effect.partition(":")
    if which == "card":
        return "kinship card shows the card."
    if which.startswith("visit"):
        return "kinship appointments shows the list for your visit."
    return "kinship people add NAME puts it on your map." if what == "offer_add_to_map" else ""
