"""What may be asked of the pages, on the screen and on the command line alike: one line of words, and what it means.

`garden "two words" -rain person:Bea mood:>=5 since:2026-01` asks for pages that hold everything it names; `or` joins
the two beside it, a minus in front turns one round. A key with a colon asks for more than words: see `KEYS`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum

from msgspec import Struct

from kinship.ground.days import Span, birthday_in, span_in
from kinship.ground.errors import Misused
from kinship.journal.mentions import fold, tag_of
from kinship.journal.statements import SCALE


class Key(StrEnum):
    """What of a page is asked for."""

    WORDS = "words"
    PERSON = "person"
    TAG = "tag"
    TOPIC = "topic"
    MOOD = "mood"
    STRESS = "stress"
    FEELING = "feeling"
    SINCE = "since"
    UNTIL = "until"
    ON = "on"
    DAY = "day"
    JOURNAL = "journal"
    IS = "is"
    HAS = "has"


KEYS: Mapping[str, tuple[Key, str]] = {
    "person": (Key.PERSON, "Bea"),
    "people": (Key.PERSON, "Bea"),
    "tag": (Key.TAG, "garden"),
    "topic": (Key.TOPIC, "rest"),
    "mood": (Key.MOOD, "3..6"),
    "stress": (Key.STRESS, ">=7"),
    "feeling": (Key.FEELING, "calm"),
    "since": (Key.SINCE, "2026-01"),
    "until": (Key.UNTIL, "yesterday"),
    "on": (Key.ON, "2026-05-03"),
    "day": (Key.DAY, "11-22"),
    "journal": (Key.JOURNAL, "dreams"),
    "is": (Key.IS, "starred"),
    "has": (Key.HAS, "mood"),
}
"""Every key that may stand before a colon, and a word that may stand after it."""
BEING = ("starred", "hidden")
HAVING = ("title", "mood", "stress", "feelings", "tags", "people", "topic", "prompt")

_TOKEN = re.compile(r'(-?)(?:([^\W\d_]{2,}):)?(?:"([^"]*)"?|(\S+))')
_NUMBERS = re.compile(r"^(?:(\d{1,4})(?:\.\.|-)(\d{1,4})|(>=|<=|>|<|=)?(\d{1,4}))$")


class Term(Struct, frozen=True):
    """One thing asked for."""

    key: Key
    word: str = ""
    """Folded for words, topics, journals and feelings, as kept for tags; for people a name as typed, or an id; for a
    day of every year its month and day, "11-22"."""
    span: tuple[int, int] = (0, 0)
    """Least and most, of mood and stress."""
    days: Span = Span(dt.date.min, dt.date.max)
    negated: bool = False


class Query(Struct, frozen=True):
    """Every group must hold, and of a group one term at least."""

    groups: tuple[tuple[Term, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def __and__(self, other: Query) -> Query:
        return Query((*self.groups, *other.groups))

    def __repr__(self) -> str:
        return f"Query({len(self.groups)})"

    @property
    def asks_for_hidden(self) -> bool:
        """Whether pages that are put out of sight are looked at too."""
        return any(term.key is Key.IS and term.word == "hidden" for group in self.groups for term in group)

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words and phrases that a page was found by, to be marked in it."""
        found = (one.word for group in self.groups for one in group if one.key is Key.WORDS and not one.negated)
        return tuple(dict.fromkeys(found))


def parse(line: str, today: dt.date) -> Query:
    """Return what a line asks for; an empty one asks for every page. Raises Misused with one sentence."""
    groups: list[tuple[Term, ...]] = []
    joined = False
    for token in _TOKEN.finditer(line):
        if _is_or(token):
            joined = bool(groups)
            continue
        term = _term(token, today)
        if term is None:
            continue
        if joined:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joined = False
    return Query(tuple(groups))


def asked(key: str, value: str, today: dt.date) -> Query:
    """Return the query of one key of `KEYS` and what stands after its colon. Raises Misused."""
    return Query(((_keyed(key, value, today, negated=False),),))


def _is_or(token: re.Match[str]) -> bool:
    return token[0].casefold() == "or"


def _term(token: re.Match[str], today: dt.date) -> Term | None:
    minus, name, quoted, bare = token.groups()
    if bare is not None and name is None and bare.endswith(":") and bare[:-1].casefold() in KEYS:
        name, bare = bare[:-1], ""
    value = quoted if quoted is not None else bare
    if name is None:
        return _words(value, negated=bool(minus))
    key = name.casefold()
    if key not in KEYS:
        return _unknown(token[0], name, value)
    return _keyed(key, value, today, negated=bool(minus))


def _words(value: str, *, negated: bool = False) -> Term | None:
    folded = fold(value).strip()
    return Term(Key.WORDS, folded, negated=negated) if folded else None


def _unknown(whole: str, name: str, value: str) -> Term | None:
    """Return the words of what only looks like a key, such as an address. Raises Misused for all else."""
    if value.startswith("//"):
        return _words(whole)
    near = get_close_matches(name.casefold(), KEYS, n=1, cutoff=0.5)
    words = whole.replace('"', "")
    hint = (
        f'did you mean {near[0]}:, or the words "{words}" in quotes?'
        if near
        else f'for the words, "{words}" in quotes.'
    )
    raise Misused(f"There is no {name}: to ask for; {hint}")


def _keyed(name: str, value: str, today: dt.date, *, negated: bool) -> Term:
    key, sample = KEYS[name]
    value = value.strip()
    if not value:
        raise Misused(f"{name}: wants a word after it, as in {name}:{sample}")
    match key:
        case Key.MOOD | Key.STRESS:
            return Term(key, span=_span(name, value), negated=negated)
        case Key.SINCE | Key.UNTIL | Key.ON:
            return Term(key, days=_days(key, value, today), negated=negated)
        case _:
            return Term(key, _word(key, name, value, today), negated=negated)


def _word(key: Key, name: str, value: str, today: dt.date) -> str:
    """Return what stands after a colon as a term keeps it. Raises Misused."""
    match key:
        case Key.PERSON:
            return value.removeprefix("@")
        case Key.TAG:
            return tag_of(value)
        case Key.DAY:
            return _day_of_any_year(value, today)
        case Key.IS | Key.HAS:
            return _one_of(name, value, BEING if key is Key.IS else HAVING)
        case _:
            return fold(value)


def _span(name: str, value: str) -> tuple[int, int]:
    found = _NUMBERS.match(value.replace(" ", ""))
    if found is None:
        raise Misused(f"{name}: wants a number or a span of them, as in {name}:6, {name}:3..6 or {name}:>=5")
    first, last, sign, alone = found.groups()
    low, high = (int(first), int(last)) if alone is None else (int(alone), int(alone))
    if not (low in SCALE and high in SCALE):
        raise Misused(f"{name}: goes from {SCALE[0]} to {SCALE[-1]}")
    if low > high:
        raise Misused(f"{name}:{value} holds no number; write the smaller one first")
    match sign:
        case ">=":
            return low, SCALE[-1]
        case ">":
            return low + 1, SCALE[-1]
        case "<=":
            return SCALE[0], high
        case "<":
            return SCALE[0], high - 1
        case _:
            return low, high


def _days(key: Key, value: str, today: dt.date) -> Span:
    span = span_in(value, today)
    if key is Key.SINCE:
        return Span(span.first, dt.date.max)
    return Span(dt.date.min, span.last) if key is Key.UNTIL else span


def _day_of_any_year(value: str, today: dt.date) -> str:
    """Return month and day of what is told as a day with or without a year. Raises Misused."""
    try:
        return birthday_in(value)[-5:]
    except Misused:
        span = span_in(value, today)
    if span.first != span.last:
        raise Misused('day: wants one day of the year, as in day:11-22, day:today or day:"3 May"')
    return f"{span.first:%m-%d}"


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    told = value.casefold()
    for word in known:
        if told in (word, word.removesuffix("s")) or (word == "people" and told == "person"):
            return word
    near = get_close_matches(told, known, n=1, cutoff=0.4)
    hint = f"did you mean {name}:{near[0]}?" if near else f"it is one of: {', '.join(known)}."
    raise Misused(f"There is no {name}:{value}; {hint}")
