"""From a query to the pages it asks for: what has an index is looked up there, the rest is looked at page by page."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from kinship.ground.errors import NotFound
from kinship.journal.journals import UNNAMED
from kinship.journal.mentions import fold
from kinship.journal.model import Alter, AlterId, Entry, EntryId
from kinship.journal.pages import Pages
from kinship.journal.people import Alters
from kinship.journal.query import Key, Query, Term

Test = Callable[[Entry], bool]

_INDEXED = frozenset({Key.WORDS, Key.PERSON, Key.TAG})
_DAYS = frozenset({Key.SINCE, Key.UNTIL, Key.ON})


def find_pages(query: Query, pages: Pages, alters: Alters, *, hidden: bool = False) -> list[Entry]:
    """Return the pages that a query asks for, newest first; those put out of sight only where it asks for them.

    Raises NotFound where it names somebody who is not in the circle.
    """
    hidden = hidden or query.asks_for_hidden
    since, until = dt.date.min, dt.date.max
    words: list[str] = []
    ids: AbstractSet[EntryId] | None = None
    without: set[EntryId] = set()
    tests: list[Test] = []
    for group in query.groups:
        term, alone = group[0], len(group) == 1
        if alone and term.negated and term.key in _INDEXED:
            without |= _looked_up(term, pages, alters)
        elif alone and not term.negated and term.key is Key.WORDS:
            words.append(term.word)
        elif alone and not term.negated and term.key in _DAYS:
            since, until = max(since, term.days.first), min(until, term.days.last)
        elif all(one.key in _INDEXED for one in group):
            ids = _both(ids, set().union(*(_indexed(one, pages, alters) for one in group)))
        else:
            tests.append(_any_of(tuple(_test(one, pages, alters) for one in group)))
    if words:
        ids = _both(ids, pages.holding_all(words))
    found = _in_days(pages, ids, since, until, hidden=hidden)
    if without:
        found = [one for one in found if one.id not in without]
    for test in tests:
        found = [one for one in found if test(one)]
    return found


def _both(one: AbstractSet[EntryId] | None, other: AbstractSet[EntryId]) -> AbstractSet[EntryId]:
    return other if one is None else one & other


def _in_days(
    pages: Pages, ids: AbstractSet[EntryId] | None, since: dt.date, until: dt.date, *, hidden: bool
) -> list[Entry]:
    if since > until:
        return []
    found = pages.all(hidden=hidden) if ids is None else pages.in_order(ids, hidden=hidden)
    if (since, until) == (dt.date.min, dt.date.max):
        return found
    first = bisect_left(found, -until.toordinal(), key=_newest_first)
    return found[first : bisect_right(found, -since.toordinal(), key=_newest_first)]


def _newest_first(entry: Entry) -> int:
    return -entry.day.toordinal()


def people_meant(word: str, alters: Alters) -> frozenset[AlterId]:
    """Return everybody meant by a name, an alias, the beginning of a word of one, or an id; those merged too.

    Raises NotFound, with the nearest name, where nobody is.
    """
    one = alters.get(word)
    found: tuple[Alter, ...] = (one,) if one is not None else alters.by_name(word) or _begun(word, alters)
    if found:
        return frozenset().union(*(alters.kin(alter.id) for alter in found))
    names = {fold(name): alter.name for alter in alters.all() for name in (alter.name, *alter.aliases)}
    names |= {part: name for whole, name in names.items() for part in whole.split() if part not in names}
    near = get_close_matches(fold(word), names, n=1)
    hint = f"did you mean {names[near[0]]}?" if near else "kinship people lists who is."
    raise NotFound(f"Nobody in the circle is called {word}; {hint}")


def asking_for(alter: Alter, alters: Alters) -> str:
    """Return the search line that asks for the pages that name somebody: by their name where it means them alone."""
    word = alter.name if '"' not in alter.name and alters.by_name(alter.name) == (alter,) else alter.id
    return f"person:{word}" if word and not any(map(str.isspace, word)) else f'person:"{word}"'


def _begun(word: str, alters: Alters) -> tuple[Alter, ...]:
    begun = fold(word)
    return tuple(
        alter
        for alter in alters
        if any(f" {fold(name)}".replace("-", " ").find(f" {begun}") != -1 for name in (alter.name, *alter.aliases))
    )


def _indexed(term: Term, pages: Pages, alters: Alters) -> AbstractSet[EntryId]:
    found = _looked_up(term, pages, alters)
    return pages.by_id.keys() - found if term.negated else found


def _looked_up(term: Term, pages: Pages, alters: Alters) -> AbstractSet[EntryId]:
    match term.key:
        case Key.WORDS:
            return pages.holding_all((term.word,))
        case Key.PERSON:
            return pages.naming(people_meant(term.word, alters))
        case _:
            return pages.tagging(term.word)


def _any_of(tests: tuple[Test, ...]) -> Test:
    first, *rest = tests
    if not rest:
        return first
    other = _any_of(tuple(rest))
    return lambda entry: first(entry) or other(entry)


def _test(term: Term, pages: Pages, alters: Alters) -> Test:
    if term.key in _INDEXED:
        return _held(_indexed(term, pages, alters))
    test = _seen(term, pages)
    return (lambda entry: not test(entry)) if term.negated else test


def _held(ids: AbstractSet[EntryId]) -> Test:
    return lambda entry: entry.id in ids


def _seen(term: Term, pages: Pages) -> Test:
    """Return what tells of a page by itself whether a term holds of it."""
    word, (least, most), days = term.word, term.span, term.days
    if term.key is Key.HAS:
        return _HAS[word]
    if term.key is Key.IS:
        return pages.is_hidden if word == "hidden" else lambda entry: entry.starred
    told: dict[Key, Test] = {
        Key.MOOD: lambda entry: entry.mood is not None and least <= entry.mood <= most,
        Key.STRESS: lambda entry: entry.stress is not None and least <= entry.stress <= most,
        Key.TOPIC: lambda entry: entry.topic is not None and fold(entry.topic) == word,
        Key.JOURNAL: lambda entry: (fold(entry.journal) or UNNAMED) == word,
        Key.DAY: lambda entry: f"{entry.day:%m-%d}" == word,
        Key.FEELING: lambda entry: any(fold(one) == word for one in entry.feelings),
    }
    return told.get(term.key, lambda entry: days.first <= entry.day <= days.last)


_HAS: dict[str, Test] = {
    "title": lambda entry: bool(entry.title),
    "mood": lambda entry: entry.mood is not None,
    "stress": lambda entry: entry.stress is not None,
    "feelings": lambda entry: bool(entry.feelings),
    "tags": lambda entry: bool(entry.tags),
    "people": lambda entry: any(entry.names.values()),
    "topic": lambda entry: bool(entry.topic),
    "prompt": lambda entry: bool(entry.prompt),
}
