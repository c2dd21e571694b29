"""Searches that the person keeps under a name: in the vault, a choice each, so that they are on every device."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act, change
from kinship.journal.mentions import fold
from kinship.journal.query import parse
from kinship.journal.records import Choice
from kinship.privacy.text import clean_line
from kinship.vault import new_id

if TYPE_CHECKING:
    from kinship.journal.ledger import Ledger
    from kinship.vault import Change

PREFIX = "search."
"""What the key of a saved search begins with; an id follows."""
LONGEST_NAME = 80
"""Characters."""


class SavedSearch(Struct, frozen=True):
    """A line of the search language under a name; days in it are meant as of the day it is used."""

    id: str
    name: str
    line: str

    def __repr__(self) -> str:
        return f"SavedSearch({self.id})"


class _Told(Struct, frozen=True):
    name: str
    line: str


def saved_searches(ledger: Ledger) -> tuple[SavedSearch, ...]:
    """Return every saved search by its name; what another version keeps in another shape is left out."""
    found = []
    for choice in ledger.choices:
        if choice.id.startswith(PREFIX):
            try:
                told = msgspec.convert(choice.value, _Told)
            except msgspec.ValidationError:
                continue
            found.append(SavedSearch(choice.id, told.name, told.line))
    return tuple(sorted(found, key=lambda one: (fold(one.name), one.id)))


def saved_search(ledger: Ledger, name: str) -> SavedSearch:
    """Return the saved search of this name. Raises NotFound with the nearest one."""
    known = {fold(one.name): one for one in saved_searches(ledger)}
    found = known.get(fold(clean_line(name)))
    if found is not None:
        return found
    near = get_close_matches(fold(name), known, n=1)
    hint = f"Did you mean {known[near[0]].name}?" if near else "kinship searches lists them."
    raise NotFound(f"No search is saved as {name}.", hint)


def save_search(ledger: Ledger, name: str, line: str) -> Act:
    """Save a search line under a name; one of the same name gives way. Raises Misused for no name and for no search."""
    told = _named(name)
    line = clean_line(line)
    if not parse(line, ledger.today()):
        raise Misused("There is no search to save yet; search for something first.")
    same = [one.id for one in saved_searches(ledger) if fold(one.name) == fold(told)]
    first = same[0] if same else f"{PREFIX}{new_id()}"
    gone = [change("choices", id_, None) for id_ in same[1:]]
    return ledger.perform("Saved search", [_kept(ledger, first, told, line), *gone])


def rename_search(ledger: Ledger, search: SavedSearch, name: str) -> Act:
    """Give a saved search another name. Raises Misused for no name, and for one that another search has."""
    told = _named(name)
    if any(fold(one.name) == fold(told) and one.id != search.id for one in saved_searches(ledger)):
        raise Misused(f"Another search is saved as {told}.")
    return ledger.perform("Saved search", [_kept(ledger, search.id, told, search.line)])


def delete_search(ledger: Ledger, search: SavedSearch) -> Act:
    """Delete a saved search; the pages stay what they are."""
    return ledger.perform("Saved search, deleted", [change("choices", search.id, None)])


def _named(name: str) -> str:
    told = clean_line(name)
    if not told:
        raise Misused("A saved search wants a name.")
    if len(told) > LONGEST_NAME:
        raise Misused(f"A name has {LONGEST_NAME} characters at most.")
    return told


def _kept(ledger: Ledger, id_: str, name: str, line: str) -> Change:
    return ledger.put(Choice(id=id_, value={"name": name, "line": line}))
