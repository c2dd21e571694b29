"""How pages are printed in lists: a line each, with a second one that shows what was searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kinship.cli.output import on_terminal, say, say_json, width
from kinship.cli.shapes import entry_shape, people_in
from kinship.ground.width import shorten
from kinship.journal.marks import excerpt, marks_in
from kinship.journal.titles import title_of

if TYPE_CHECKING:
    from kinship.cli.invocation import Invocation
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry

SHORT_ID = 8
INDENT = "    "
PIPED = 200
"""Cells of an excerpt where no terminal says how wide it is."""


def print_pages(invocation: Invocation, journal: Journal, entries: Iterable[Entry], words: Sequence[str] = ()) -> None:
    """Print pages as JSON or as lines; with the folded `words` they were found by, also where these stand."""
    if invocation.json:
        say_json([entry_shape(journal, entry, title_of(entry)) for entry in entries])
        return
    for entry in entries:
        say(page_line(journal, entry))
        found = _found(entry, words)
        if found:
            say(INDENT + found)


def page_line(journal: Journal, entry: Entry) -> str:
    """Return day, short id and title of a page, with who is on it, how it felt and whether it has a star."""
    people = ", ".join(alter.name for alter in people_in(journal, entry))
    title = " ".join(title_of(entry).split())
    told = [people, f"mood {entry.mood}" if entry.mood is not None else "", "starred" if entry.starred else ""]
    side = "; ".join(part for part in told if part)
    line = f"{entry.day}  {entry.id[:SHORT_ID]}  {title}" + (f"  ({side})" if side else "")
    return shorten(line, width()) if on_terminal() else line


def _found(entry: Entry, words: Sequence[str]) -> str:
    """Return the part of a page that shows the first of the words; empty where its title does."""
    if not words or marks_in(title_of(entry), words):
        return ""
    room = width() - len(INDENT) if on_terminal() else PIPED
    return shorten(excerpt(entry.body, words, room), room)
