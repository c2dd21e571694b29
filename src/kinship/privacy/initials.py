"""Names as initials, each in the room the name took: for a screen that others can read too.

Every word of a person's name is hidden wherever it stands, whatever its case, accents or width, with a possessive and
across two lines. What names no person (a group, a place) is hidden as a whole, and at the edge of a line in part. Any
word after an `@` counts as a name. Titles and words like "the" are no names, and a single letter is an initial already.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kinship.ground.width import cells

HIDDEN = "·"
"""Stands for a name that is no longer than its initial."""
_ARTICLES = ("a", "an", "das", "der", "die", "la", "le", "my", "our", "the", "your")
_LINKS = ("and", "at", "by", "da", "de", "del", "den", "do", "du", "for", "from", "in", "of", "on", "to", "und", "with")
SMALL_WORDS = frozenset({*_ARTICLES, *_LINKS, "van", "von", "dr", "mr", "mrs", "ms", "prof"})
"""Words in a name that name nobody."""
_UNSEEN = "\u00ad\u034f\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
"""Characters without a width: a name with some of them in it looks like the name."""
_BETWEEN = (
    r"\s!-/:-@\[-`{-~\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u200a"
    r"\u200e-\u205f\u2065-\u2bff\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\ufff0-\uffff\U0001f000-\U0001faff"
)
"""Space, signs, rules and pictures: what no name is made of."""
_WORD = re.compile(f"[^{_BETWEEN}]+")
_IGNORED = re.compile(f"[{_UNSEEN}\u0300-\u036f]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts that write the next word without a space."""
_RULES = "\u2500-\u25ff"
_APART = re.compile(rf"\s\s|[{_RULES}|]")
"""What stands between two columns of a line."""
_FEWEST = 3
"""Letters of a name that are known for it where a line cuts it."""
_WRAPS = 16
"""Letters of a word that no column breaks."""
_REMEMBERED = 4096
"""Lines that are remembered with what is hidden in them."""
_LONG = 1000
"""Characters of a line that is not remembered."""


class Hidden(NamedTuple):
    """What stands from `start` to `end` of a line, and what is shown for it: as many cells."""

    start: int
    end: int
    shown: str


class _Token(NamedTuple):
    start: int
    end: int
    key: str


class Initials:
    """The names that are not to be read, of `people` and of `things` (groups, places and the like).

    With `cut` a line may be cut at a column's edge, as on a screen, and the beginning of a name there counts as one.
    """

    def __init__(self, people: Iterable[str] = (), things: Iterable[str] = (), *, cut: bool = True) -> None:
        self._may_cut = cut
        self._words: set[str] = set()
        self._phrases: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._cut: set[str] = set()
        """Words of all names, of which a line with an ellipsis may show a part."""
        self._beginnings: set[str] = set()
        self._endings: set[str] = set()
        self._firsts: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        """What a line may end with, by its last word: the first part of a name of several words."""
        self._lasts: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        """What a line may begin with, by its first word: the rest of one."""
        joined: set[str] = set()
        for name in people:
            self._take(name, joined, whole=False)
        for name in things:
            self._take(name, joined, whole=True)
        inside = "|".join(re.escape(name) for name in sorted(joined, key=len, reverse=True))
        self._inside = re.compile(inside, re.IGNORECASE) if inside else None
        self._telling = frozenset().union(
            self._words, self._phrases, self._firsts, self._lasts, self._beginnings, self._endings
        )
        """Words that a line without anything hidden has none of."""
        self._known: dict[str, tuple[Hidden, ...]] = {}

    def _take(self, name: str, joined: set[str], *, whole: bool) -> None:
        keys = tuple(key for token in _tokens(name) if (key := token.key))
        if not keys or _UNSPACED.search(name):
            if name.strip():
                joined |= {name.strip(), *(unicodedata.normalize(form, name.strip()) for form in ("NFC", "NFD"))}
            return
        words = [key for key in keys if _says_something(key)] or [key for key in keys if len(key) > 1]
        self._cut.update(words)
        if whole and len(words) > 1:
            self._phrases[keys[0]].add(keys)
            for cut in range(1, len(keys) if self._may_cut else 1):
                if any(map(_says_something, keys[:cut])):
                    self._firsts[keys[cut - 1]].add(keys[:cut])
                if any(map(_says_something, keys[cut:])):
                    self._lasts[keys[cut]].add(keys[cut:])
            return
        self._words.update(words, (f"{word}s" for word in words if len(word) >= _FEWEST))
        for word in words if self._may_cut else ():
            self._beginnings |= {word[:end] for end in range(_FEWEST, len(word))} - SMALL_WORDS
            if len(word) >= _WRAPS:
                self._endings |= {word[start:] for start in range(1, len(word) - _FEWEST + 1)}

    def __bool__(self) -> bool:
        return bool(self._words or self._phrases or self._inside)

    def hide(self, text: str) -> str:
        """Return `text` with initials for names, line by line."""
        return "\n".join(map(self._hide_line, text.split("\n")))

    def _hide_line(self, line: str) -> str:
        shown, at = [], 0
        for one in self.found(line):
            shown += [line[at : one.start], one.shown]
            at = one.end
        return "".join([*shown, line[at:]])

    def found(self, line: str) -> tuple[Hidden, ...]:
        """Return what is to be hidden in a line, in order and apart from each other."""
        if len(line) > _LONG:
            return tuple(self._find(line))
        known = self._known.get(line)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[line] = tuple(self._find(line))
        return known

    def _find(self, line: str) -> Iterator[Hidden]:
        spans = [] if self._tells_nothing(line) else self._find_words(line)
        if self._inside is not None:
            spans = _merged([*spans, *(match.span() for match in self._inside.finditer(line))])
        for start, end in spans:
            yield Hidden(start, end, _initials(line[start:end]))

    def _tells_nothing(self, line: str) -> bool:
        return "@" not in line and "…" not in line and self._telling.isdisjoint(map(_key, _WORD.findall(line)))

    def _find_words(self, line: str) -> list[tuple[int, int]]:
        tokens = tuple(_tokens(line))
        hidden = [self._is_name(line, tokens, at) for at in range(len(tokens))]
        for at in range(len(tokens)):
            self._hide_phrases(line, tokens, at, hidden)
        return list(_joined(line, [token for token, one in zip(tokens, hidden, strict=True) if one]))

    def _is_name(self, line: str, tokens: tuple[_Token, ...], at: int) -> bool:
        token = tokens[at]
        key = token.key
        if key in self._words:
            return True
        if _is_mentioned(line, tokens, at) and len(key) > 1:
            return True
        if line.startswith("…", token.end):
            return bool(key) and any(word.startswith(key) for word in self._cut)
        if key in self._beginnings:
            return _ends_column(line, tokens, at)
        return key in self._endings and _begins_column(line, tokens, at)

    def _hide_phrases(self, line: str, tokens: tuple[_Token, ...], at: int, hidden: list[bool]) -> None:
        """Hide a whole name that begins at the word `at`, or the part of one that a column ends or begins with."""
        key = tokens[at].key
        for phrase in self._phrases.get(key, ()):
            _hide_if(tokens, at, phrase, hidden)
        if key in self._firsts and (_ends_column(line, tokens, at) or line.startswith("…", tokens[at].end)):
            for part in self._firsts[key]:
                _hide_if(tokens, at + 1 - len(part), part, hidden)
        if key in self._lasts and _begins_column(line, tokens, at):
            for part in self._lasts[key]:
                _hide_if(tokens, at, part, hidden)


def _hide_if(tokens: tuple[_Token, ...], at: int, part: tuple[str, ...], hidden: list[bool]) -> None:
    """Hide the words from `at` on where they are `part`."""
    if at >= 0 and tuple(token.key for token in tokens[at : at + len(part)]) == part:
        hidden[at : at + len(part)] = [True] * len(part)


def _ends_column(line: str, tokens: tuple[_Token, ...], at: int) -> bool:
    return at + 1 == len(tokens) or _APART.search(line, tokens[at].end, tokens[at + 1].start) is not None


def _begins_column(line: str, tokens: tuple[_Token, ...], at: int) -> bool:
    return at == 0 or _APART.search(line, tokens[at - 1].end, tokens[at].start) is not None


@lru_cache(_REMEMBERED)
def _key(word: str) -> str:
    """Return a word as names are compared: no case, no accents, no invisible characters, no wide forms."""
    if word.isascii():
        return word.lower()
    return _IGNORED.sub("", unicodedata.normalize("NFKD", word).casefold())


def _tokens(text: str) -> Iterator[_Token]:
    return (_Token(*match.span(), _key(match[0])) for match in _WORD.finditer(text))


def _says_something(key: str) -> bool:
    return len(key) > 1 and key not in SMALL_WORDS and not key.isdecimal()


def _is_mentioned(line: str, tokens: tuple[_Token, ...], at: int) -> bool:
    """Return whether the word follows an `@`, itself or behind a hyphen."""
    start = tokens[at].start
    if at and start and line[start - 1] in "-'’" and tokens[at - 1].end == start - 1:
        return _is_mentioned(line, tokens, at - 1)
    return line[start - 1 : start] == "@" and not line[max(0, start - 2) : start - 1].isalnum()


def _joined(line: str, tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """Yield where hidden words stand, those with one space or hyphen between them as one."""
    span: tuple[int, int] | None = None
    for token in tokens:
        if span is not None and line[span[1] : token.start] in (" ", "-"):
            span = (span[0], token.end)
            continue
        if span is not None:
            yield span
        span = (token.start, token.end)
    if span is not None:
        yield span


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _initials(name: str) -> str:
    """Return the initials of what stands there in as many cells; less than one initial fits into one cell."""
    room = cells(name)
    letters = [_first(match[0]) for match in _WORD.finditer(name)]
    bare = len(_key(name)) == 1
    for shown in ("".join(f"{letter}." for letter in letters), f"{letters[0]}." if letters else "", "".join(letters)):
        if shown and not bare and cells(shown) <= room and _key(shown) != _key(name):
            return shown + " " * (room - cells(shown))
    return HIDDEN * min(room, 1) + " " * (room - 1)


def _first(word: str) -> str:
    """Return the first letter of a word, upper case where that is one letter, with the marks on it."""
    plain = unicodedata.normalize("NFKC", re.sub(f"[{_UNSEEN}]", "", word)) or word
    end = 1
    while end < len(plain) and unicodedata.combining(plain[end]):
        end += 1
    upper = plain[:1].upper()
    return (upper if len(upper) == 1 else plain[:1]) + plain[1:end]
