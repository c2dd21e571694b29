"""People and pages by what a person calls them on a command line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kinship.ground.errors import NotFound
from kinship.journal.mentions import fold
from kinship.journal.model import Alter, Entry

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_SHORTEST_ID = 4
_MOST_NEAR = 3


def find_person(journal: Journal, word: str) -> Alter:
    """Return the one alter of this name, alias or id; NotFound where nobody or more than one is."""
    found = journal.alters.by_name(word)
    if not found:
        found = tuple(one for one in journal.alters.all() if _begins(one.id, word))
    if len(found) == 1:
        return found[0]
    if not found:
        near = listed_or(nearest(journal, word))
        if near:
            raise NotFound(f"Nobody in the circle is called {word}; did you mean {near}?")
        raise NotFound(f"Nobody in the circle is called {word}.", "Add them with: kinship people add NAME")
    ids = ", ".join(f"{alter.name} {alter.id[:8]}" for alter in found)
    raise NotFound(f"More than one in the circle is called {word}: {ids}.", "Say which by the id.")


def nearest(journal: Journal, word: str) -> list[str]:
    """Return up to three names of the circle that look most like `word`."""
    from difflib import get_close_matches

    from kinship.journal.mentions import fold

    names = {fold(name): alter.name for alter in journal.alters.all() for name in (alter.name, *alter.aliases)}
    names |= {part: name for whole, name in names.items() for part in whole.split() if part not in names}
    close = get_close_matches(fold(word.strip().removeprefix("@")), names, n=_MOST_NEAR)
    return list(dict.fromkeys(names[one] for one in close))


def listed_or(words: list[str]) -> str:
    """Return words with commas and a last "or"."""
    *before, last = words or [""]
    return f"{', '.join(before)} or {last}" if before else last


def find_merged(journal: Journal, word: str) -> Alter:
    """Return the one alter of this name or id that was made one with another; NotFound where none or more than one."""
    gone = [one for one in journal.alters if one.merged_into is not None]
    named = [one for one in gone if fold(word) in map(fold, (one.name, *one.aliases))]
    found = named or [one for one in gone if _begins(one.id, word)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(f"{alter.name} {alter.id[:8]}" for alter in found)
        raise NotFound(f"More than one of that name was made one with somebody: {ids}.", "Say which by the id.")
    near = most_like(word, (one.name for one in gone))
    raise NotFound(f"Nobody called {word} was made one with somebody else.", f"Did you mean {near}?" if near else "")


def most_like(word: str, names: Iterable[str]) -> str:
    """Return the name that is most like `word`, empty where none is."""
    known = {fold(name): name for name in names}
    near = difflib.get_close_matches(fold(word), known, n=1)
    return known[near[0]] if near else ""


def find_entry(journal: Journal, word: str) -> Entry:
    """Return the one page whose id is or begins with `word`; NotFound where none or more than one is."""
    page = journal.pages.get(word)
    if page is not None:
        return page
    found = [one for id_ in journal.pages.starting(word) if (one := journal.pages.get(id_)) is not None]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"No entry has the id {word}.", "See the ids with: kinship list")
    raise NotFound(f"More than one entry has an id that begins with {word}.", "Give more of it.")


def _begins(id_: str, word: str) -> bool:
    return len(word) >= _SHORTEST_ID and id_.startswith(word.lower())
